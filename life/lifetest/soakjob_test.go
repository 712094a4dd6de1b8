package lifetest_test

import (
	"fmt"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
	"golife/patterns"
)

// soakOp is one thing that a job does to its engines. n is the generations to
// advance, the mark to rewind to or the limit in bytes.
type soakOp struct {
	name string // advance, mark, rewind, load, collect or limit
	n    int64
}

// soakJob is one run of the soak. Everything in it follows from seed.
type soakJob struct {
	seed    uint64
	what    string // the pattern, in words
	pattern *life.Pattern
	other   *life.Pattern // loaded in between
	most    int64         // generations that are affordable
	threads int
	limit   int64 // bytes; 0 is none
	ops     []soakOp
}

// String names the job for a log.
func (j *soakJob) String() string {
	return fmt.Sprintf("%s; %d threads, limit %d, %v", j.what, j.threads, j.limit, j.ops)
}

// Bounds of a job's work, so that its reference ends in time: cells looked at
// under a rule that may fill its light cone, generations times cells under one
// that settles, and generations of any.
const (
	soakChaos  = 4e9
	soakSettle = 40e9
	soakLong   = 100_000
)

// newSoakJob makes the job of a seed; a small one has a twentieth of the work.
func newSoakJob(t testing.TB, seed uint64, isSmall bool) *soakJob {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 4))
	j := &soakJob{seed: seed, threads: [...]int{1, 1, 2, 2, 3, 4}[rnd.IntN(6)], limit: soakLimit(rnd)}
	effort := 1.0
	if isSmall {
		effort = 0.05
	}
	switch rnd.IntN(8) {
	case 0, 1:
		j.collision(t, rnd, effort)
	case 2, 3:
		j.found(t, rnd, effort)
	default:
		j.soup(rnd, effort)
	}
	j.other = lifetest.Soup{Rule: soakRule(rnd), Seed: rnd.Uint64(), Rect: life.Rt(-9, 5, 40, 30), Density: 99}.Pattern()
	j.plan(rnd)
	return j
}

// soakLimit returns a memory limit, from tiny to none.
func soakLimit(rnd *rand.Rand) int64 {
	if rnd.IntN(3) == 0 {
		return 0
	}
	return 1<<16 + rnd.Int64N(1<<(17+rnd.IntN(8)))
}

// soakTame are rules under which soups settle, so that long runs are affordable.
var soakTame = []string{"B3/S23", "B36/S23", "B3678/S34678", "B3/S2-i34q", "B37/S2-i34q", "B3/S23-a4ei6"}

// soakRule returns a rule of any kind that the engines run.
func soakRule(rnd *rand.Rand) string {
	known := []string{
		"B3/S23", "B3/S23", "B36/S23", "B3678/S34678", "B3/S2-i34q", "B2/S34H", "B245/S3H", "B13/S012V",
		"B2/S013V", "W110", "B0123478/S01234678", "B0238/S1245678", "B0/S8", "B03/S23", "B0123/S01", "B013/S2V", "B02/S3H",
	}
	if i := rnd.IntN(len(known) + 5); i < len(known) {
		return known[i]
	}
	return lifetest.RandomRule(rnd, rnd.IntN(2) == 0)
}

// soup makes the job one of a random rectangle.
func (j *soakJob) soup(rnd *rand.Rand, effort float64) {
	side := func() int64 { return 1 + rnd.Int64N(1<<(2+rnd.IntN(9))) }
	place := func() int64 { return rnd.Int64N(1<<(1+rnd.IntN(40))) - rnd.Int64N(1<<(1+rnd.IntN(40))) }
	w, h := side(), side()
	s := lifetest.Soup{
		Rule: soakRule(rnd), Seed: rnd.Uint64(), Rect: life.Rt(place(), place(), w, h),
		Density: 10 + rnd.IntN(150), Generation: rnd.Int64N(4),
	}
	j.what, j.pattern = s.String(), s.Pattern()
	j.most = affordable(s.Rule, w, h, effort)
}

// affordable returns how many generations of w×h cells may be asked for.
func affordable(rulestring string, w, h int64, effort float64) int64 {
	if slices.Contains(soakTame, rulestring) {
		return max(8, min(int64(effort*soakLong), int64(effort*soakSettle)/(w*h)))
	}
	n := int64(1)
	for ; float64(w+2*n)*float64(h+2*n)*float64(n) < effort*soakChaos; n++ {
	}
	return n
}

// library returns the patterns that a soak may start from, once.
var library = sync.OnceValue(func() (list []patterns.Entry) {
	for _, e := range patterns.All() {
		r := rule.MustParse(e.Rule)
		if r.Family() == rule.TwoState && !r.IsBounded() {
			list = append(list, e)
		}
	}
	return list
})

// read returns the cells of a pattern of the library.
func read(t testing.TB, e patterns.Entry) *life.Pattern {
	t.Helper()
	p, err := e.Pattern()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// extent returns the width and the height of p's cells, at least 1 each.
func extent(p *life.Pattern) (w, h int64) {
	box, ok := p.Bounds()
	if !ok {
		return 1, 1
	}
	return box.Width().Int64(), box.Height().Int64()
}

// found makes the job one of a pattern of the library, somewhere. What repeats
// after two generations may go on for nearly any time.
func (j *soakJob) found(t testing.TB, rnd *rand.Rand, effort float64) {
	t.Helper()
	e := library()[rnd.IntN(len(library()))]
	p := read(t, e)
	dx, dy := rnd.Int64N(1<<30)-1<<29, rnd.Int64N(999)
	j.pattern = p.Translate(big.NewInt(dx), big.NewInt(dy))
	j.what = fmt.Sprintf("%s, moved by %d, %d", e.Name, dx, dy)
	w, h := extent(p)
	j.most = affordable(e.Rule, w, h, effort)
	switch {
	case e.Kind == "breeders": // the reference follows each of their cells
		j.most = min(j.most, int64(effort*soakLong/10))
	case e.DX == 0 && e.DY == 0 && (e.Period == 1 || e.Period == 2):
		j.most = 1 << 61
	}
}

// collision makes the job one of still lifes and oscillators with gliders on
// their way to them.
func (j *soakJob) collision(t testing.TB, rnd *rand.Rand, effort float64) {
	t.Helper()
	b := life.NewBuilder(rule.MustParse(soakTame[rnd.IntN(2)])) // gliders fly under both
	things, gliders := rnd.IntN(6), 1+rnd.IntN(12)
	for range things {
		e := library()[rnd.IntN(len(library()))]
		if e.Kind == "still-lifes" || e.Kind == "oscillators" {
			put(b, read(t, e), rnd.Int64N(120)-60, rnd.Int64N(120)-60)
		}
	}
	far := int64(effort * 3000)
	for range gliders {
		putGlider(b, rnd, 80+rnd.Int64N(far))
	}
	j.pattern = b.Pattern()
	j.what = fmt.Sprintf("%d gliders and up to %d things under %s", gliders, things, j.pattern.Rule())
	j.most = 4*far + int64(effort*soakLong/3)
}

// put adds the cells of p, moved.
func put(b *life.Builder, p *life.Pattern, dx, dy int64) {
	for c, s := range p.Cells(life.Everywhere()) {
		b.Set(c.X+dx, c.Y+dy, s)
	}
}

// putGlider adds a glider of any phase and direction that meets the origin, or
// nearly, from so many cells away.
func putGlider(b *life.Builder, rnd *rand.Rand, far int64) {
	sx, sy := 2*rnd.Int64N(2)-1, 2*rnd.Int64N(2)-1
	far, aside := far+rnd.Int64N(4), rnd.Int64N(60)-30
	phases := [2][5][2]int64{ // its two forms, flying south-east
		{{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}},
		{{0, 0}, {2, 0}, {1, 1}, {2, 1}, {1, 2}},
	}
	for _, c := range phases[rnd.IntN(2)] {
		b.Set(sx*(c[0]-far)+aside, sy*(c[1]-far), 1)
	}
}

// plan fills in the operations.
func (j *soakJob) plan(rnd *rand.Rand) {
	parts := 1 + rnd.IntN(4)
	marks := int64(0)
	for left := j.most; parts > 0 && left > 0; parts-- {
		n := soakGenerations(rnd, left/int64(parts))
		left -= n
		if rnd.IntN(3) == 0 {
			j.ops = append(j.ops, soakOp{"mark", 0})
			marks++
		}
		j.ops = append(j.ops, soakOp{"advance", n})
		switch rnd.IntN(12) {
		case 0, 1:
			if marks > 0 {
				j.ops = append(j.ops, soakOp{"rewind", rnd.Int64N(marks)})
			}
		case 2:
			j.ops = append(j.ops, soakOp{"load", 0})
			marks = 0
		case 3:
			j.ops = append(j.ops, soakOp{"collect", 0})
		case 4:
			j.ops = append(j.ops, soakOp{"limit", soakLimit(rnd)})
		case 5:
			j.ops = append(j.ops, soakOp{"advance", 1}, soakOp{"advance", 1})
		}
	}
}

// soakGenerations returns a number of generations up to most, of a kind that may
// matter: a power of two, a sum of two, an odd number, or any.
func soakGenerations(rnd *rand.Rand, most int64) int64 {
	if most <= 1 {
		return 1
	}
	top := rnd.IntN(bits.Len64(uint64(most)))
	switch rnd.IntN(4) {
	case 0:
		return 1 << top
	case 1:
		return min(most, 1<<top+1<<rnd.IntN(top+1))
	case 2:
		return 1 + rnd.Int64N(most)/2*2
	}
	return 1 + rnd.Int64N(most)
}
