package dense

import (
	"math/rand/v2"
	"slices"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
)

// guests are oscillators of periods 12, 5, 4, 8, 3 and 15, two still lifes and a blinker.
var guests = []string{
	"bo$b3o7b2o$4bo6bo$3b2o4bobo$9b2o2$5b3o$5b3o$2b2o$bobo4b2o$bo6bo$2o7b3o$11bo!",
	"3b2o$bo4bo$bo4bo$bo4bo$2bo2bo$obo2bobo$2o4b2o!",
	"3b2o$2bo2bo$o2bobo$4bo$ob2o$bo!",
	"3o$3o$3o$3b3o$3b3o$3b3o!",
	oscillators[0], oscillators[1],
	"2o$2o!", "b2o$o2bo$b2o!", "3o!",
}

// gliders go se, sw, ne and nw.
var gliders = []struct {
	cells  string
	dx, dy int64
}{{"bo$2bo$3o!", 1, 1}, {"bo$o$3o!", -1, 1}, {"3o$2bo$bo!", 1, -1}, {"3o$o$bo!", -1, -1}}

// siege returns a few oscillators and still lifes in and around one tile, and a glider that
// comes to them, or passes by, after some hundred generations. gens is about when.
func siege(rnd *rand.Rand, rulestring string) (p *life.Pattern, gens int64) {
	r := rule.MustParse(rulestring)
	g, _ := r.Grid()
	ox, oy := g.Origin()
	b := life.NewBuilder(r)
	taken := map[life.Point]bool{}
	add := func(cells string, x, y int64) {
		var all []life.Point
		for c := range lifetest.Cells("B3/S23", cells, 0, 0).Cells(life.Rt(0, 0, 64, 64)) {
			all = append(all, life.Point{X: ((c.X+x)%g.Width + g.Width) % g.Width, Y: ((c.Y+y)%g.Height + g.Height) % g.Height})
		}
		if slices.ContainsFunc(all, func(c life.Point) bool { return taken[life.Point{X: c.X / 8, Y: c.Y / 8}] }) {
			return
		}
		for _, c := range all {
			b.Set(ox+c.X, oy+c.Y, 1)
		}
		for _, c := range all {
			for dy := int64(-1); dy <= 1; dy++ {
				for dx := int64(-1); dx <= 1; dx++ {
					taken[life.Point{X: c.X/8 + dx, Y: c.Y/8 + dy}] = true
				}
			}
		}
	}
	x, y := rnd.Int64N(g.Width/64)*64, rnd.Int64N(g.Height/64)*64
	for i := range 1 + rnd.IntN(7) {
		reach := []int64{50, 50, 110}[rnd.IntN(3)]
		kind := rnd.IntN(len(guests))
		if i == 0 {
			kind = rnd.IntN(6)
		}
		add(guests[kind], x+rnd.Int64N(reach)-reach/8, y+rnd.Int64N(reach)-reach/8)
	}
	way, k := 150+rnd.Int64N(80), rnd.IntN(len(gliders))
	add(gliders[k].cells, x+20+rnd.Int64N(50)-25-way*gliders[k].dx, y+20+rnd.Int64N(50)-25-way*gliders[k].dy)
	return b.Pattern(), 4 * way
}

// rows returns the cells of a plane, row by row.
func rows(p plane) (all [][]uint64) {
	w, h := p.size()
	for y := range h {
		all = append(all, make([]uint64, (w+63)/64))
		p.line(y, all[y])
	}
	return all
}

// step advances both engines by n generations and compares them. It also checks what holds
// of a quilt between generations: tiles that are not dormant have this generation and
// the one before, the border is what it is a copy of, and books are kept.
func step(t *testing.T, e, want *Engine, n int64, what string) {
	t.Helper()
	advance(t, e, n)
	advance(t, want, n-1)
	before := rows(want.cells)
	advance(t, want, 1)
	now := rows(want.cells)
	q := e.cells.(*quilt)
	for i, all := range [][][]uint64{now, before} {
		tiles := q.tiles[q.now^i]
		for y, row := range all {
			for tx, cells := range row {
				k, r, _ := q.locate(64*tx, y)
				if d := (tiles[k][r] ^ cells) & q.mask(tx, y); d != 0 && (len(q.dormant) == 0 || !q.isDormant[k]) {
					t.Fatalf("%s: generation %v less %d: row %d of tile %d differs in %x", what, want.generation, i, y, tx, d)
				}
			}
		}
		for _, ghosts := range q.ghosts {
			for _, g := range ghosts {
				if len(q.dormant) > 0 && q.isDormant[g.from] && (i == 1 || !slices.Contains(q.seen, g.from)) {
					continue // nobody looks
				}
				if a, b := tiles[g.from][g.fromRow]>>g.fromBit&1, tiles[g.to][g.toRow]>>g.toBit&1; a != b {
					t.Fatalf("%s: generation %v less %d: the border at %+v is not what it is a copy of", what, want.generation, i, g)
				}
			}
		}
	}
	checkBooks(t, q, what)
	for y, row := range rows(q) {
		if !slices.Equal(row, now[y]) {
			t.Fatalf("%s: generation %v: row %d differs, of %x", what, want.generation, y, now[y])
		}
	}
}

// checkBooks checks what a quilt says of its dormant tiles and records.
func checkBooks(t *testing.T, q *quilt, what string) {
	t.Helper()
	var recorded int64
	for k, r := range q.records {
		near := 0
		for _, n := range q.beside[k] {
			if q.isDormant[n] {
				near++
			}
		}
		if near != int(q.near[k]) {
			t.Fatalf("%s: tile %d has %d dormant neighbours, not %d", what, k, near, q.near[k])
		}
		if r != nil {
			recorded += r.bytes()
			if near == 0 && !q.isDormant[k] {
				t.Fatalf("%s: tile %d has a record of no use", what, k)
			}
		}
	}
	if recorded != q.recorded {
		t.Fatalf("%s: records of %d bytes, not %d", what, recorded, q.recorded)
	}
}

// TestSiege: what comes to dormant tiles, or to tiles in any part of a trial, does there
// what it does in a twin that sweeps all tiles: at all edges and corners of tiles, and over
// those of the grid, with still tiles between.
func TestSiege(t *testing.T) {
	rnd, seed := random(14)
	kinds := []string{":T576,576", ":T576,576", ":P576,576", ":T530,560", ":T512+64,576", ":K576*,512", ":K512,576*", ":C560,540", ":S530"}
	dormant, roused := 0, 0
	n := soakTimes(150)
	for range n {
		name := "B3/S23" + kinds[rnd.IntN(len(kinds))]
		p, gens := siege(rnd, name)
		e, want := besieged(t, p, int(min(rnd.Int64N(gens), rnd.Int64N(gens))))
		q, most := e.cells.(*quilt), 0
		for left := gens + 250; left > 0; {
			n := min(left, 1+rnd.Int64N(120))
			left -= n
			step(t, e, want, n, seed+" "+name)
			most = max(most, len(q.dormant))
		}
		if most > 0 {
			dormant++
		}
		if len(q.dormant) < most {
			roused++
		}
	}
	if !testing.Short() && (dormant < n/3 || roused < n/10) {
		t.Errorf("%s: of %d universes %d had dormant tiles, and %d fewer later", seed, n, dormant, roused)
	}
}

// besieged returns p in tiles, with a trial to begin after wait generations, and in a twin.
func besieged(t *testing.T, p *life.Pattern, wait int) (e, want *Engine) {
	t.Helper()
	e, want = twin(t, p), twin(t, p)
	e.options = options{isQuilted: true, isUnhurried: true}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	e.cells.(*quilt).trial.wait = wait
	return e, want
}

// scene returns patterns at places, on a torus of 9×9 tiles, all of them moved by (dx, dy).
func scene(dx, dy int64, all ...placed) *life.Pattern {
	const side = 576
	b := life.NewBuilder(rule.MustParse("B3/S23:T576,576"))
	for _, p := range all {
		for c := range lifetest.Cells("B3/S23", p.cells, 0, 0).Cells(life.Rt(0, 0, 64, 64)) {
			b.Set((c.X+p.x+dx)%side-side/2, (c.Y+p.y+dy)%side-side/2, 1)
		}
	}
	return b.Pattern()
}

type placed struct {
	cells string
	x, y  int64
}

// TestStraddling: oscillators that reach from one tile into the next by any number of cells,
// where that one has no dormant tiles behind it, as an oscillator of period 8 goes on
// there for ever. Tiles that change rarely must not sleep beside dormant ones.
func TestStraddling(t *testing.T) {
	dormant, scenes, by := 0, 0, int64(1)
	if testing.Short() {
		by = 4
	}
	for _, k := range []int{0, 1, 4, 5} {
		for reach := int64(0); reach < 15; reach += by {
			for _, isVertical := range []bool{false, true} {
				at, other := [2]int64{4*64 - reach, 3*64 + 20}, [2]int64{5*64 + 20, 3*64 + 20}
				dx, dy := (reach%3)*64, (reach%5)*128
				if isVertical {
					at, other, dx, dy = [2]int64{at[1], at[0]}, [2]int64{other[1], other[0]}, dy, dx
				}
				p := scene(dx, dy, placed{guests[k], at[0], at[1]}, placed{guests[3], other[0], other[1]})
				e, want := besieged(t, p, 10)
				step(t, e, want, checked+40, "straddling")
				scenes++
				if len(e.cells.(*quilt).dormant) > 0 {
					dormant++
				}
				for range 3 {
					step(t, e, want, 41, "straddling")
				}
			}
		}
	}
	if dormant < scenes/2 {
		t.Errorf("dormant tiles in %d scenes of %d", dormant, scenes)
	}
}

// TestSpaceship: one comes to a dormant tile through one that is watched, north or south of
// the rows that change there.
func TestSpaceship(t *testing.T) {
	for _, y := range []int64{4, 54} {
		p := scene(0, 0, placed{guests[4], 4*64 - 5, 3*64 + 24}, placed{guests[3], 5*64 + 20, 3*64 + 29},
			placed{"bo2bo$o$o3bo$4o!", 8*64 + 30, 3*64 + y})
		e, want := besieged(t, p, 0)
		step(t, e, want, checked+5, "spaceship")
		q := e.cells.(*quilt)
		k, _, _ := q.locate(3*64, 3*64)
		if len(q.dormant) == 0 || !q.isDormant[k] {
			t.Fatal("tile (3, 3) is not dormant")
		}
		for range 10 {
			step(t, e, want, 20, "spaceship")
		}
		if q.isDormant[k] {
			t.Error("tile (3, 3) is still dormant")
		}
	}
}

// TestRoused: when a tile is roused, those behind it are seen at once, over an edge of the
// grid as well.
func TestRoused(t *testing.T) {
	for _, at := range [][2]int64{{0, 0}, {5 * 64, 0}, {0, 5 * 64}, {5 * 64, 5 * 64}} {
		all := []placed{{gliders[3].cells, 4*64 + 10 + 200, 4*64 + 10 + 200}}
		for _, tile := range [][2]int64{{4, 4}, {3, 4}, {4, 3}, {3, 3}} { // pulsars that touch edges
			all = append(all, placed{guests[4], tile[0]*64 + 5 + 45*(4-tile[0]), tile[1]*64 + 5 + 45*(4-tile[1])})
		}
		e, want := besieged(t, scene(at[0], at[1], all...), 0)
		step(t, e, want, checked+1, "rousing")
		q := e.cells.(*quilt)
		if len(q.dormant) < 4 {
			t.Fatalf("%d tiles are dormant", len(q.dormant))
		}
		before, fewer := len(q.dormant), 0
		for i := 0; i < 200 && fewer < 3; i++ {
			if step(t, e, want, 1, "rousing"); len(q.dormant) < before {
				before = len(q.dormant)
				fewer++
			}
		}
		if fewer == 0 {
			t.Error("no tile was roused")
		}
		step(t, e, want, 50, "rousing")
	}
}

// TestBadNeighbors: a tile is not dormant beside one that is not known to repeat itself, and
// one that is roused in a trial is not known to.
func TestBadNeighbors(t *testing.T) {
	e, want := besieged(t, scene(0, 0, placed{guests[4], 4*64 + 20, 4*64 + 20}), 0)
	step(t, e, want, checked+10, "pulsar")
	q := e.cells.(*quilt)
	if len(q.queue) > 0 || len(q.seen) > 0 {
		t.Errorf("%d tiles are stepped and %d seen, beside a pulsar alone", len(q.queue), len(q.seen))
	}
	i := slices.IndexFunc(q.dormant, func(k int32) bool { return q.records[k] != nil })
	if i < 0 {
		t.Fatal("no tile is dormant")
	}
	k := q.dormant[i]
	q.trial.wait = 0
	step(t, e, want, gathered+10, "pulsar")
	if !q.trial.isOn || q.trial.isBad[k] {
		t.Fatalf("trial %+v, want one without bad tiles", q.trial)
	}
	if q.rouse(k); !q.trial.isBad[k] || q.mayRetire(k) {
		t.Error("a roused tile may become dormant at once")
	}
	n := q.beside[k][0]
	if q.isDormant[n] = false; q.mayRetire(n) {
		t.Error("a tile beside a bad one may become dormant")
	}
}
