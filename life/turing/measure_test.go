package turing

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/big"
	"math/bits"
	"os"
	"slices"
	"strings"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/patterns"
)

var update = flag.Bool("update", false, "measure the machine and rewrite frame.tsv")

// measured are glider places by their names in frame.tsv.
func gliders() (names []string, all map[string]glider) {
	all = map[string]glider{}
	add := func(name string, g glider) {
		names = append(names, name)
		all[name] = g
	}
	for _, side := range []Side{SideA, SideB} {
		for cell := 1; cell <= Depth; cell++ {
			for bit := range symbolBits {
				add(fmt.Sprintf("%v%d.%d", side, cell, bit), stackGlider(side, cell, bit))
			}
		}
	}
	for s := range MaxStates {
		for y := range MaxSymbols {
			for slot := range slots {
				add(fmt.Sprintf("T%d%d.%d", s, y, slot), tableGlider(s, y, slot))
			}
		}
	}
	return names, all
}

func library(t testing.TB) *life.Pattern {
	t.Helper()
	e, _ := patterns.Lookup(PatternName)
	p, err := e.Pattern()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// load returns an engine with p in it.
func load(t testing.TB, name string, p *life.Pattern) life.Engine {
	t.Helper()
	e, err := engine.New(name, p.Rule(), engine.Options{})
	if err == nil {
		err = e.Load(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// advance advances e, or fails the test.
func advance(t testing.TB, e life.Engine, n int64) {
	t.Helper()
	if err := e.Advance(context.Background(), big.NewInt(n)); err != nil {
		t.Fatal(err)
	}
}

// withGliders returns the library's machine 1,440 generations after gliders were
// written at their places, or erased there, one after the other in the first 240.
// By then each has changed the streams of gliders that its trap is made of for good.
func withGliders(t testing.TB, isOn func(i int) bool) grid {
	e := load(t, "tile", library(t)).(life.Editor)
	names, all := gliders()
	for phase := int64(0); phase < tablePeriod; phase += 2 {
		for i, name := range names {
			if g := all[name]; g.phase == phase {
				for y, row := range strings.Split(g.picture, "/") {
					for x, c := range row {
						s := life.State(0)
						if isOn(i) && c == 'o' {
							s = 1
						}
						if err := e.Set(life.Point{X: g.x + int64(x), Y: g.y + int64(y)}, s); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
		}
		advance(t, e, 2)
	}
	advance(t, e, 1200)
	return readGrid(e)
}

// points returns the cells that differ between g and h.
func points(g, h grid) (all []life.Point) {
	for i, w := range g {
		for d := w ^ h[i]; d != 0; d &= d - 1 {
			all = append(all, g.point(i, bits.TrailingZeros64(d)))
		}
	}
	return all
}

func (g grid) has(p life.Point) bool {
	i, bit := g.word(p)
	return g[i]&bit != 0
}

// lines writes the cells as lines of frame.tsv, one for each group of cells that
// are near each other; on tells which are alive when the shape is on.
func lines(key string, cells []life.Point, on grid) string {
	var b strings.Builder
	left := map[life.Point]bool{}
	for _, p := range cells {
		left[p] = true
	}
	for _, p := range cells { // in reading order
		if !left[p] {
			continue
		}
		delete(left, p)
		group := []life.Point{p}
		for i := 0; i < len(group); i++ {
			for dy := int64(-2); dy <= 2; dy++ {
				for dx := int64(-2); dx <= 2; dx++ {
					if q := group[i].Add(life.Point{X: dx, Y: dy}); left[q] {
						delete(left, q)
						group = append(group, q)
					}
				}
			}
		}
		fmt.Fprintf(&b, "%s\t%s\n", key, drawing(group, on))
	}
	return b.String()
}

// drawing writes the place and picture of some cells.
func drawing(cells []life.Point, on grid) string {
	lo, hi := cells[0], cells[0]
	for _, p := range cells {
		lo = life.Point{X: min(lo.X, p.X), Y: min(lo.Y, p.Y)}
		hi = life.Point{X: max(hi.X, p.X), Y: max(hi.Y, p.Y)}
	}
	var rows []string
	for y := lo.Y; y <= hi.Y; y++ {
		row := []byte(strings.Repeat(".", int(hi.X-lo.X)+1))
		for _, p := range cells {
			if p.Y == y {
				row[p.X-lo.X] = 'x'
				if on == nil || on.has(p) {
					row[p.X-lo.X] = 'o'
				}
			}
		}
		rows = append(rows, string(row))
	}
	return fmt.Sprintf("%d,%d\t%s", lo.X, lo.Y, strings.Join(rows, "/"))
}

// measureBits writes the lines of all bits: bit i is on in the runs whose number
// is set in the binary digits of i+1, so that a few runs tell all cells apart.
func measureBits(t testing.TB) string {
	names, _ := gliders()
	off := withGliders(t, func(int) bool { return false })
	on := withGliders(t, func(int) bool { return true })
	owner := map[life.Point]int{}
	for r := 0; 1<<r <= len(names); r++ {
		for _, p := range points(off, withGliders(t, func(i int) bool { return (i+1)>>r&1 != 0 })) {
			owner[p] |= 1 << r
		}
	}
	cells := make([][]life.Point, len(names)+1)
	for _, p := range points(off, on) {
		if o := owner[p]; o < 1 || o > len(names) {
			t.Fatalf("the cell at %v belongs to no bit, or to two", p)
		} else {
			cells[o] = append(cells[o], p)
		}
		delete(owner, p)
	}
	if len(owner) > 0 {
		t.Fatalf("%d cells differ only in some combinations of bits", len(owner))
	}
	var b strings.Builder
	for i, name := range names {
		b.WriteString(lines(name, cells[i+1], on))
	}
	return b.String()
}

// measureStart writes the lines of "start": how the machine at generation 0
// differs from the halted one, the tape aside.
func measureStart(t testing.TB, bitLines string) string {
	e := load(t, "hashlife", library(t))
	first := readGrid(e)
	advance(t, e, 20*Cycle)
	halted := readGrid(e)
	f := &frame{traces: map[string]trace{}}
	for line := range strings.Lines(bitLines) {
		if err := f.parseLine(strings.TrimSuffix(line, "\n")); err != nil {
			t.Fatal(err)
		}
	}
	f.composeTape(halted, Tape{Left: []int{0, 0, 1, 1}}) // of the four 1s, to the two of generation 0
	return lines("start", points(first, halted), first)
}

// signalCase is a machine that comes into a state on a symbol with an entry in force.
func signalCase(f *frame, state, symbol int, entry Entry) (p *Program, before Tape, steps int64, after Tape) {
	p = &Program{}
	for s := range MaxStates {
		for y := range MaxSymbols {
			p.set(s, y, Entry{Kind: Halt})
		}
	}
	if state == 0 {
		p.set(0, symbol, entry)
		return p, Tape{Left: []int{symbol}}, 1, Tape{}
	}
	p.set(0, 1, Entry{Kind: Step, Next: state, Write: 1, Move: Left})
	p.set(state, symbol, entry)
	return p, Tape{Left: []int{1, symbol}}, 2, Tape{Right: []int{1}}
}

// entries are all that the machine can hold, within its limits.
func entries() (all []Entry) {
	for v := range uint(1 << slots) {
		if e := decode(v); fitsEntry(e) == nil {
			all = append(all, e)
		}
	}
	return all
}

// measureSignals writes the lines of one state and symbol: what is on the way
// depends on nothing but the entry in force, cell by cell on one slot at most.
func measureSignals(t testing.TB, f *frame, state, symbol int) string {
	var seen []map[life.Point]bool
	all := entries()
	cells := map[life.Point]bool{}
	for _, entry := range all {
		p, before, steps, after := signalCase(f, state, symbol, entry)
		g := f.compose(p, before)
		f.start.flip(g)
		b := life.NewBuilder(f.rule)
		g.build(b)
		e := load(t, "hashlife", b.Pattern())
		advance(t, e, steps*Cycle)
		d := map[life.Point]bool{}
		for _, q := range points(readGrid(e), f.compose(p, after)) {
			d[q], cells[q] = true, true
		}
		seen = append(seen, d)
	}
	byKey := map[string][]life.Point{}
	for q := range cells {
		key, ok := condition(all, seen, q)
		if !ok {
			t.Fatalf("state %d, symbol %d: the signal at %v depends on more than one slot", state, symbol, q)
		}
		byKey[key] = append(byKey[key], q)
	}
	var out strings.Builder
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		slices.SortFunc(byKey[key], func(p, q life.Point) int { return int((p.Y-q.Y)<<20 + p.X - q.X) })
		on := slices.Clone(f.idle)
		for _, q := range byKey[key] {
			i, bit := on.word(q)
			on[i] ^= bit
		}
		out.WriteString(lines(fmt.Sprintf("s%dy%d%s", state, symbol, key), byKey[key], on))
	}
	return out.String()
}

// condition returns on what it depends whether the cell q differs.
func condition(all []Entry, seen []map[life.Point]bool, q life.Point) (string, bool) {
	for slot := -1; slot < slots; slot++ {
		for _, key := range []string{"+", "-"} {
			fits := true
			for i, e := range all {
				want := slot < 0 || (encode(e)>>slot&1 != 0) == (key == "+")
				fits = fits && seen[i][q] == want
			}
			switch {
			case fits && slot < 0:
				return "", true
			case fits:
				return fmt.Sprint(key, slot), true
			}
		}
	}
	return "", false
}

// measureTraces writes the lines of the traces, from a machine in state 15 on
// symbol 7, where all gliders of both are on the way.
func measureTraces(t testing.TB, f *frame) string {
	p, _, _, _ := signalCase(f, 0, 1, Entry{})
	g := f.compose(p, Tape{Left: []int{1, 7}})
	f.start.flip(g)
	b := life.NewBuilder(f.rule)
	g.build(b)
	e := load(t, "hashlife", b.Pattern())
	advance(t, e, 2*Cycle)
	var out strings.Builder
	for _, lane := range []struct {
		name string
		bits int
		box  life.Rect
	}{
		{"state", stateBits, life.Rt(-560, 1650, 120, 120)},
		{"symbol", symbolBits, life.Rt(40, 2050, 120, 120)},
	} {
		var cells []life.Point
		for q := range e.Cells(lane.box) {
			cells = append(cells, q)
		}
		found := strings.Split(strings.TrimSuffix(lines("", cells, nil), "\n"), "\n")
		if len(found) != lane.bits+1 {
			t.Fatalf("%s: %d gliders, want %d", lane.name, len(found), lane.bits+1)
		}
		slices.Reverse(found) // the first one has flown furthest, to the south-west
		for i, line := range found {
			fmt.Fprintf(&out, "%s%s\n", traceName(lane.name, i), line)
		}
	}
	return out.String()
}

// TestFrameIsMeasured measures the machine again: bits, start and traces always,
// the signals of one entry or, with GOLIFE_SOAK, of all.
func TestFrameIsMeasured(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	text := measureBits(t)
	text += measureStart(t, text)
	f, err := newFrame(text)
	if err != nil {
		t.Fatal(err)
	}
	text += measureTraces(t, f)
	isAll := *update || os.Getenv("GOLIFE_SOAK") != ""
	for s := range MaxStates {
		for y := range MaxSymbols {
			if isAll {
				text += measureSignals(t, f, s, y)
			}
		}
	}
	if *update {
		if err := os.WriteFile("frame.tsv", []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if isAll && text != frameText {
		t.Error("frame.tsv is not what is measured: run go test -run TestFrameIsMeasured -update, and look at what has changed")
	}
	if !strings.HasPrefix(frameText, text) {
		t.Error("frame.tsv does not begin with what is measured")
	}
}
