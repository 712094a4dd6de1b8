package turing

import (
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golife/life"
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
	{"spoils the traces", func(r *rand.Rand, s *still) {
		all := slices.SortedFunc(maps.Keys(s.around), func(p, q life.Point) int { return int((p.Y-q.Y)<<20 + p.X - q.X) })
		for range 1 + r.IntN(3) {
			if len(all) > 0 {
				p := all[r.IntN(len(all))].Add(life.Point{X: r.Int64N(3) - 1, Y: r.Int64N(3) - 1})
				s.around[p] = !s.around[p]
			}
		}
	}},
	{"takes the traces away", func(r *rand.Rand, s *still) { clear(s.around) }},
	{"takes one of the traces away", func(r *rand.Rand, s *still) {
		for p := range s.around {
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

// each calls f for the cells of a random box inside the machine.
func (s *still) each(r *rand.Rand, side int64, f func(life.Point)) {
	at, w, h := somewhere(r), 1+r.Int64N(side), 1+r.Int64N(side)
	for y := at.Y; y < min(at.Y+h, frameBox.Max.Y); y++ {
		for x := at.X; x < min(at.X+w, frameBox.Max.X); x++ {
			f(life.Point{X: x, Y: y})
		}
	}
}

// TestDamage reads 10,000 soups and damaged machines: the answer is an error that
// says where, or that of the sound machine.
func TestDamage(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
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
	refused := map[string]int{}
	tried := map[string]int{}
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
		if !got.Config.Equal(want.Config) || got.Steps != want.Steps && d.name != "is at another time" || !got.Table.SameTable(&want.Table) {
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
		t.Logf("%-30s %4d of %4d refused", d.name, refused[d.name], tried[d.name])
		if refused[d.name] == 0 {
			t.Errorf("%s: never refused", d.name)
		}
	}
}
