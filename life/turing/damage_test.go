package turing

import (
	"cmp"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
)

func mustRule(t testing.TB, s string) *rule.Rule {
	t.Helper()
	r, err := rule.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// damage is a way to spoil a machine.
type damage struct {
	name string
	do   func(r *rand.Rand, s *still)
}

// turnsBit makes another machine, but of a bit that is about to be used.
const turnsBit = "turns a bit round"

// damages are ways to spoil a machine; each returns what it did.
var damages = []damage{
	{"flips", func(r *rand.Rand, s *still) {
		for range 1 + r.IntN(5) {
			s.flip(somewhere(r))
		}
	}},
	{"flips a live cell", func(r *rand.Rand, s *still) {
		p := somewhere(r)
		for !s.inside.has(p) {
			p = somewhere(r)
		}
		s.flip(p)
	}},
	{"clears a box", func(r *rand.Rand, s *still) {
		s.each(r, 80, func(p life.Point) { s.set(p, false) })
	}},
	{"fills a box with soup", func(r *rand.Rand, s *still) {
		s.each(r, 80, func(p life.Point) { s.set(p, r.IntN(3) == 0) })
	}},
	{"moves a box by a cell", func(r *rand.Rand, s *still) {
		old := slices.Clone(s.inside)
		s.each(r, 80, func(p life.Point) { s.set(p, old.has(p.Add(life.Point{X: 1}))) })
	}},
	{"clears around a bit", func(r *rand.Rand, s *still) {
		g := stackGlider(Side(r.IntN(2)), 1+r.IntN(Depth), r.IntN(symbolBits))
		for y := range int64(24) {
			for x := range int64(24) {
				s.set(life.Point{X: g.x + x - 10, Y: g.y + y - 10}, false)
			}
		}
	}},
	{turnsBit, func(r *rand.Rand, s *still) {
		all := maps.Collect(theFrame().bits())
		all[slices.Sorted(maps.Keys(all))[r.IntN(len(all))]].flip(s.inside)
	}},
	{"spoils the traces", func(r *rand.Rand, s *still) {
		all := s.outside()
		for range 1 + r.IntN(3) {
			if len(all) > 0 {
				p := all[r.IntN(len(all))].Add(life.Point{X: r.Int64N(3) - 1, Y: r.Int64N(3) - 1})
				s.around[p] = !s.around[p]
			}
		}
	}},
	{"takes the traces away", func(r *rand.Rand, s *still) { clear(s.around) }},
	{"takes one of the traces away", func(r *rand.Rand, s *still) {
		for _, p := range s.outside() {
			if p.Y > 2000 == (r.IntN(2) == 0) {
				delete(s.around, p)
			}
		}
	}},
	{"is at another time", func(r *rand.Rand, s *still) { s.generation += Cycle * (1 + r.Int64N(4)) }},
	{"is a row higher at another time", func(r *rand.Rand, s *still) {
		copy(s.inside, s.inside[rowWords:])
		s.generation += Cycle
	}},
	{"is at no time", func(r *rand.Rand, s *still) { s.generation += 1 + r.Int64N(Cycle-1) }},
	{"is somewhere else", func(r *rand.Rand, s *still) {
		by := 1 + r.IntN(3)
		copy(s.inside, s.inside[rowWords*by:])
		clear(s.inside[len(s.inside)-rowWords*by:])
	}},
	{"is a soup", func(r *rand.Rand, s *still) {
		for i := range s.inside {
			s.inside[i] = r.Uint64() & r.Uint64()
		}
	}},
	{"is empty", func(r *rand.Rand, s *still) { clear(s.inside) }},
}

// somewhere returns a random place in and around the machine.
func somewhere(r *rand.Rand) life.Point {
	return life.Point{X: r.Int64N(1714), Y: r.Int64N(1647)}
}

func (s *still) flip(p life.Point) {
	i, bit := s.inside.word(p)
	s.inside[i] ^= bit
}

func (s *still) set(p life.Point, isLive bool) {
	if s.inside.has(p) != isLive {
		s.flip(p)
	}
}

// outside returns the live cells around the machine, in reading order.
func (s *still) outside() []life.Point {
	return slices.SortedFunc(maps.Keys(s.around), func(p, q life.Point) int { return cmp.Or(cmp.Compare(p.Y, q.Y), cmp.Compare(p.X, q.X)) })
}

// each calls f for the cells of a random box inside the machine.
func (s *still) each(r *rand.Rand, side int64, f func(life.Point)) {
	at, w, h := somewhere(r), 1+r.Int64N(side), 1+r.Int64N(side)
	for y := at.Y; y < min(at.Y+h, frameBox.Max.Y); y++ {
		for x := at.X; x < min(at.X+w, frameBox.Max.X); x++ {
			f(life.Point{X: x, Y: y})
		}
	}
}

// rewritten returns the machine in s, which reads as was, with the bits turned round in which
// was and is differ, and with the signals of is: what is there when is has been read rightly.
func (s *still) rewritten(was, is *Reading) grid {
	f, g := theFrame(), slices.Clone(s.inside)
	at := func(side []int, cell int) uint {
		if cell < len(side) {
			return uint(side[cell])
		}
		return 0
	}
	for cell := range Depth {
		flipBits(g, f.stacks[SideA][cell][:], at(was.Config.Tape.Right, cell)^at(is.Config.Tape.Right, cell))
		flipBits(g, f.stacks[SideB][cell][:], at(was.Config.Tape.Left, cell)^at(is.Config.Tape.Left, cell))
	}
	for state := range MaxStates {
		for symbol := range MaxSymbols {
			flipBits(g, f.table[state][symbol][:], encode(was.Table.Entry(state, symbol))^encode(is.Table.Entry(state, symbol)))
		}
	}
	if was.Phase == Ready || was.Steps < was.Cycle {
		return g // no signal is of the table
	}
	for _, x := range f.signals[was.Config.State][was.Config.Symbol] {
		if x.slot >= 0 && (encode(was.Entry())^encode(is.Entry()))>>x.slot&1 != 0 {
			x.shape.flip(g)
		}
	}
	return g
}

// TestDamage reads 10,000 soups and damaged machines: the answer is an error that says where,
// or a machine whose every cell is there. Mostly it is the sound one then, for what was damaged
// is none of its cells; but a box that is cleared of nothing but the gliders of some bits
// leaves one that has zeros there.
func TestDamage(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	if os.Getenv("GOLIFE_SEED") != "" {
		seed = lifetest.Seed()
	}
	t.Logf("GOLIFE_SEED=%d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	var sound []*still
	var answers []*Reading
	for _, p := range snapshots(t, 18) {
		sound = append(sound, takeStill(p))
		answers = append(answers, read(t, sound[len(sound)-1]))
	}
	buffer := newGrid()
	n := 10_000
	if testing.Short() {
		n = 500
	}
	refused, reread, tried := map[string]int{}, map[string]int{}, map[string]int{}
	try := func(d damage) {
		k := r.IntN(len(sound))
		from, want := sound[k], answers[k]
		copy(buffer, from.inside)
		s := &still{inside: buffer, around: maps.Clone(from.around), generation: from.generation}
		d.do(r, s)
		tried[d.name]++
		got, err := readFound(s, s.inside)
		if s.generation%Cycle != 0 || tried[d.name] < 3 {
			got, err = Read(s)
		}
		if err != nil {
			refused[d.name]++
			var x *DecodeError
			if !errors.As(err, &x) && !errors.Is(err, ErrBetween) || got != nil || strings.Contains(err.Error(), "%!") {
				t.Errorf("%s: %v", d.name, err)
			}
			return
		}
		if !got.Config.Tape.Equal(want.Config.Tape) || !got.Table.SameTable(&want.Table) {
			reread[d.name]++
		}
		if got.Config.State != want.Config.State || got.Config.Symbol != want.Config.Symbol ||
			got.Steps != want.Steps && d.name != "is at another time" || !slices.Equal(s.inside, from.rewritten(want, got)) {
			t.Errorf("%s: the machine at cycle %d is read as %+v, want %+v", d.name, want.Cycle, got, want)
		}
	}
	for range n {
		try(damages[r.IntN(len(damages))])
	}
	for _, d := range damages {
		for refused[d.name] == 0 && tried[d.name] < 1000 { // most are harmless for some kinds
			try(d)
		}
		t.Logf("%-30s %4d of %4d refused, %d another machine", d.name, refused[d.name], tried[d.name], reread[d.name])
		if refused[d.name] == 0 {
			t.Errorf("%s: never refused", d.name)
		}
	}
	if reread[turnsBit] == 0 {
		t.Errorf("%s: never another machine", turnsBit)
	}
}
