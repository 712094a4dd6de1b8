package naive_test

import (
	"errors"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
)

// TestGrids compares with what another simulator computes on small grids of all
// topologies, B0 rules among them.
func TestGrids(t *testing.T) { checkTable(t, "testdata/grids.tsv", 68) }

// TestFamilies does the same for other families, Larger than Life also on the plane.
func TestFamilies(t *testing.T) { checkTable(t, "testdata/families.tsv", 99) }

// checkTable runs the rows of a file.
func checkTable(t *testing.T, name string, want int) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		col := strings.Split(strings.TrimSpace(line), "\t")
		if len(col) != 4 {
			continue
		}
		rows++
		n, err := strconv.ParseInt(col[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		g, _ := rule.MustParse(col[0]).Grid()
		x, y := g.Origin()
		e := newEngine(t, col[0])
		if err := e.Load(lifetest.Cells(col[0], col[2], x, y)); err != nil {
			t.Fatal(err)
		}
		advance(t, e, n)
		want := lifetest.Cells(col[0], col[3], x, y)
		if got := e.Snapshot(); !cornered(got).SameCells(cornered(want)) {
			t.Errorf("%s, cells %s: %v cells after %d generations, want %s", col[0], col[2], got.Population(), n, col[3])
		}
	}
	if rows != want {
		t.Errorf("%d rows, want %d", rows, want)
	}
}

// cornered moves p so that its bounding box begins at the origin.
func cornered(p *life.Pattern) *life.Pattern {
	b, ok := p.Bounds()
	if !ok {
		return p
	}
	return p.Translate(new(big.Int).Neg(b.MinX), new(big.Int).Neg(b.MinY))
}

// TestGridsSeamless: a glider on a torus is back after as many steps as it takes to
// cross it, and one on an infinite side never is.
func TestGridsSeamless(t *testing.T) {
	for _, tt := range []struct {
		rule   string
		gens   int64
		dx, dy int64
	}{
		{"B3/S23:T10,10", 40, 0, 0},
		{"B3/S23:T10+3,10", 40, 3, 0}, // over the bottom: x + 3
		{"B3/S23:T10,0", 40, 0, 10},
		{"B3/S23:P0,0", 40, 10, 10},
	} {
		e := newEngine(t, tt.rule)
		p := lifetest.Cells(tt.rule, "bo$2bo$3o!", -2, -2)
		if err := e.Load(p); err != nil {
			t.Fatal(err)
		}
		advance(t, e, tt.gens)
		want := p.Translate(big.NewInt(tt.dx), big.NewInt(tt.dy))
		if d := lifetest.Diff(e, want.WithGeneration(e.Generation())); d != "" {
			t.Errorf("%s: %s", tt.rule, d)
		}
	}
}

// TestOutsideGrid: a cell outside the grid is refused.
func TestOutsideGrid(t *testing.T) {
	const name = "B3/S23:T10,7"
	e := newEngine(t, name)
	for _, p := range []life.Point{{X: -6}, {X: 5}, {Y: -4}, {Y: 4}} {
		if err := e.Set(p, 1); !errors.Is(err, life.ErrOutOfRange) {
			t.Errorf("Set(%v) returns %v, want ErrOutOfRange", p, err)
		}
		if err := e.Load(lifetest.Cells(name, "o!", p.X, p.Y)); !errors.Is(err, life.ErrOutOfRange) {
			t.Errorf("Load of a cell at %v returns %v, want ErrOutOfRange", p, err)
		}
	}
	for _, p := range []life.Point{{X: -5, Y: -3}, {X: 4, Y: 3}} {
		if err := e.Set(p, 1); err != nil {
			t.Errorf("Set(%v): %v", p, err)
		}
	}
}
