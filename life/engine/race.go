package engine

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"sync"
	"time"

	"golife/life"
	"golife/life/rule"
)

// tuning is how eagerly engines are compared. Tests have their own.
type tuning struct {
	// A probe takes at most this share of the time spent so far, as 1 to it, and the next
	// one comes when that time has grown by a factor; so all of them together take not
	// much more than such a share.
	share, pause time.Duration
	// The least time spent before a probe: less is lost in what a process costs anyway.
	first time.Duration

	// Another engine takes over when it is so many times as fast. One that memoises
	// often gets faster still, so that it is not left for little: least of all, longGain, where
	// the cells grow in number with the generations to the power of growth or more, for that
	// is the work of machines, and chaos comes to rest. Gosper's puzzle of 2^18
	// generations is half as fast on hashlife after 8,192, and 25 times as fast as a whole.
	// A run that at stepperGain ends within shortRun times the time spent so far is no long one:
	// what may be lost then is little.
	stepperGain, longGain, memoiserGain, growth float64
	shortRun                                    time.Duration
	// With so many times the rate of the slice before, of half as many generations, an
	// engine is about to catch up, and gets twice the time.
	catchUp float64

	// An engine that memoises is not doubted before it has come so many generations far:
	// longer periods do not show in short steps. Rendell's Turing machine, say, makes new
	// leaves at a constant rate for 512 generations, and next to none from there on; the
	// catacryst does so for 4,096. The longer the whole run, the longer the trial, since
	// it is lost time for an engine that steps to its end and saves much of the other's.
	fairTrial, longTrial, trialShare int64
	// With less than this share of hits among the look-ups it is doubted earlier: soups
	// have 0.2 to 0.5 in the beginning, circuits 0.55 and more.
	fewHits    float64
	earlyTrial int64
	// New leaf steps per look-up below which memoising works. It is 0.1 to 0.4 in chaos,
	// 0.03 and less in what repeats itself.
	chaos float64

	// What it costs to see how fast an engine is: to snapshot, load and warm it up.
	memoiserWarmUp  time.Duration
	memoiserPerByte time.Duration // of the stepper, to snapshot it
	memoiserPerLeaf time.Duration // distinct 8×8 cells, to take it through a few generations
	stepperPerNode  time.Duration // of the memoiser's table
	stepperPerLeaf  time.Duration // 8×8 cells
}

// tuned was measured with the workloads of the package comment.
var tuned = tuning{
	share: 10, pause: 2, first: 3 * time.Millisecond,
	stepperGain: 1.5, longGain: 4, memoiserGain: 1.1, growth: 0.6, shortRun: 12, catchUp: 1.6,
	fairTrial: 1 << 10, longTrial: 1 << 13, trialShare: 32, fewHits: 0.5, earlyTrial: 64, chaos: 0.05,
	memoiserWarmUp: 600 * time.Microsecond, memoiserPerByte: 8, memoiserPerLeaf: 2000, stepperPerNode: 20, stepperPerLeaf: 600,
}

// race is what is known of the rivals since the last Load.
type race struct {
	spent     time.Duration // in Advance, probes included
	next      time.Duration // of spent, before which there is no probe
	since     *big.Int      // generation in which the present engine took over
	exp, skip uint          // the next slice is of 2^exp generations; exp grows by skip
	rates     [2]float64    // generations a second in the last two slices
	last      reading       // of the counters at the end of it
	pays      bool          // whether the last slice showed that memoising works
	doubts    bool          // or that it does not, so far
	rests     bool          // whether nothing changes any more
	sizes     [2]size       // of the universe at two times while it was doubted
	rescues   int
	end       *big.Int // generation at which all is done; nil is unknown
	trial     int64    // generations before an engine that memoises is doubted
}

// start begins a race at a generation.
func (a *auto) start(since *big.Int) {
	t := a.tuning
	a.race = race{since: since, skip: 1, trial: t.fairTrial}
	if n := a.options.Use.Generations; n != nil {
		a.race.end = new(big.Int).Add(since, n)
		if share := new(big.Int).Quo(n, big.NewInt(max(1, t.trialShare))); share.Cmp(big.NewInt(t.fairTrial)) > 0 {
			a.race.trial = t.longTrial
			if share.IsInt64() {
				a.race.trial = min(a.race.trial, share.Int64())
			}
		}
	}
}

// rate returns how fast the present engine is, in generations a second: when the
// system ran something else during one slice, the other counts.
func (r *race) rate() float64 { return max(r.rates[0], r.rates[1]) }

// maxRescues is how often an engine may be left for lack of room.
const maxRescues = 2

// reading are the counters that tell about an engine's work.
type reading struct{ lookups, hits, leafSteps, collections, nodes, active, ships int64 }

func read(s life.Stater) (r reading) {
	r.active = -1
	for _, c := range s.Stats() {
		switch c.Name {
		case "lookups":
			r.lookups = c.Value
		case "hits":
			r.hits = c.Value
		case "leaf_steps":
			r.leafSteps = c.Value
		case "collections":
			r.collections = c.Value
		case "nodes":
			r.nodes = c.Value
		case "tiles_active":
			r.active = c.Value
		case "ships":
			r.ships = c.Value
		}
	}
	return r
}

// counterNames returns the names of each engine's counters.
var counterNames = sync.OnceValue(func() map[string][]string {
	names := map[string][]string{}
	for _, k := range kinds {
		e, err := k.make(rule.MustParse("B3/S23"), Options{})
		if err != nil {
			panic("engine: " + err.Error())
		}
		if s, ok := e.(life.Stater); ok {
			for _, c := range s.Stats() {
				names[k.name] = append(names[k.name], c.Name)
			}
		}
		if u, ok := e.(universe); ok {
			discard(u)
		}
	}
	return names
})

// slice advances by one slice of at most left generations and keeps the time.
func (a *auto) slice(ctx context.Context, left *big.Int) error {
	r := &a.race
	n := sliceOf(left, r.exp)
	begin := a.now()
	err := a.universe.Advance(ctx, n)
	took := a.now().since(begin)
	r.spent += took
	if err != nil {
		return err
	}
	r.rates = [2]float64{perSecond(n, took), r.rates[0]}
	a.readCounters()
	if n.BitLen() >= int(r.exp) {
		a.pace(ctx, took)
	}
	return nil
}

// headStart makes the first slice of an engine that memoises one of some length, where no
// deadline may come before its end. Short steps tell nothing about it, and each
// costs a pass over the whole tree.
func (a *auto) headStart(ctx context.Context) {
	r, t := &a.race, &a.tuning
	if _, isShort := ctx.Deadline(); isShort || r.spent > 0 || !a.isMemoising() {
		return
	}
	trial := t.earlyTrial
	if a.choice.Reason == repeats {
		trial = t.fairTrial
	}
	r.exp = uint(bits.Len64(uint64(max(trial, 1))) - 1)
}

// sliceOf returns how many of the generations that are left come next, at most 2^exp:
// so many that the rest is a multiple of that. With exp = 0, 1, 2, … the slices double,
// and none of them needs shorter steps than the one before.
func sliceOf(left *big.Int, exp uint) *big.Int {
	n := new(big.Int).Lsh(one, exp)
	if left.Cmp(n) <= 0 {
		return new(big.Int).Set(left)
	}
	if low := new(big.Int).And(left, new(big.Int).Sub(n, one)); low.Sign() > 0 {
		return low
	}
	return n
}

var one = big.NewInt(1)

// perSecond returns a rate in generations a second.
func perSecond(n *big.Int, took time.Duration) float64 {
	f, _ := new(big.Float).SetInt(n).Float64() // infinite where it must be
	return f / max(took.Seconds(), 1e-9)
}

// isMemoising reports whether the present engine is the one that memoises.
func (a *auto) isMemoising() bool { return a.choice.Name == a.rivals.memoiser }

// readCounters finds out whether the last slice was one of chaos, or of rest. Engines
// that step can do without until a probe is due.
func (a *auto) readCounters() {
	r := &a.race
	if !a.isMemoising() && r.spent < a.tuning.first {
		return
	}
	now := read(a.universe)
	lookups := float64(now.lookups - r.last.lookups)
	leaves := float64(now.leafSteps - r.last.leafSteps)
	hits := float64(now.hits - r.last.hits)
	done := new(big.Int).Sub(a.Generation(), r.since)
	isTried := done.Cmp(big.NewInt(r.trial)) >= 0 ||
		hits < a.tuning.fewHits*lookups && done.Cmp(big.NewInt(a.tuning.earlyTrial)) >= 0
	r.pays = leaves < a.tuning.chaos*lookups
	r.doubts = isTried && lookups > 0 && !r.pays
	r.rests = now.active == 0 && now.ships == 0
	r.last = now
	if r.doubts { // as only an engine with look-ups is
		f, _ := new(big.Float).SetInt(done).Float64()
		if is := &r.sizes[1]; f >= 1.5*is.done {
			cells, _ := new(big.Float).SetInt(a.Population()).Float64()
			r.sizes = [2]size{*is, {f, cells}}
		}
	}
}

// size is how large a universe was after so many generations of a race.
type size struct{ done, cells float64 }

// pace chooses the length of the next slice, after a full one. Slices double: an engine
// that memoises then needs not much more time than for one step of the whole way.
// Where they cost nearly nothing they grow faster.
func (a *auto) pace(ctx context.Context, took time.Duration) {
	r := &a.race
	if deadline, ok := ctx.Deadline(); ok && 4*took > deadline.Sub(a.now().wall) {
		return // a slice that is not finished may be lost
	}
	isMemoising := a.isMemoising()
	if !isMemoising && took > max(500*time.Microsecond, r.spent/8) {
		if took > r.spent/4 && r.exp > 0 {
			r.exp--
		}
		return
	}
	isFree := took < max(200*time.Microsecond, r.spent/16)
	grows := !isMemoising && r.exp < freeExp
	if isFree && (r.rests || isMemoising && r.pays || grows) {
		r.skip = min(2*r.skip, 64)
	} else {
		r.skip = 1
	}
	if r.exp += r.skip; grows && !r.rests {
		r.exp = min(r.exp, freeExp)
	}
}

// freeExp is the exponent up to which slices of an engine that steps grow fast.
const freeExp = 8

// compare tries the other engine when it may be faster for the generations that are
// left of an Advance, and the time for it has come.
func (a *auto) compare(ctx context.Context, left *big.Int) {
	r, t := &a.race, &a.tuning
	if r.spent < max(t.first, r.next) || a.isMarked() {
		return
	}
	budget := min(r.spent/t.share, a.timeFor(left)/4)
	gain := t.memoiserGain
	if a.isMemoising() {
		if !r.doubts || time.Duration(r.last.nodes)*t.stepperPerNode > budget {
			return
		}
		gain = a.gainToLeave()
	} else if r.rests || t.memoiserWarmUp+time.Duration(a.Bytes())*t.memoiserPerByte > budget {
		return
	}
	if r.end != nil && a.timeToEnd() < 4*budget {
		return // not worth it any more
	}
	begin := a.now()
	u, w := a.probe(ctx, left, budget, gain)
	r.spent += a.now().since(begin)
	r.next = t.pause * r.spent
	if u != nil {
		a.takeOver(u, w)
	}
}

// gainToLeave returns how many times as fast another engine must be to replace one that
// memoises: more where the universe grows all the time, or it is not known, and the way
// is long.
func (a *auto) gainToLeave() float64 {
	r, t := &a.race, &a.tuning
	was, is := r.sizes[0], r.sizes[1]
	settles := was.done > 0 && is.cells < was.cells*math.Pow(is.done/was.done, t.growth)
	if settles || r.end != nil && float64(a.timeToEnd()) < t.stepperGain*float64(t.shortRun*r.spent) {
		return t.stepperGain
	}
	return t.longGain
}

// timeToEnd returns how long a run whose end is known still takes at the present rate.
func (a *auto) timeToEnd() time.Duration {
	return a.timeFor(new(big.Int).Sub(a.race.end, a.Generation()))
}

// timeFor returns how long n generations take at the present rate.
func (a *auto) timeFor(n *big.Int) time.Duration {
	f, _ := new(big.Float).SetInt(n).Float64()
	return time.Duration(min(f/a.race.rate()*1e9, 1<<62))
}

// takeOver makes the winner of a probe the present universe.
func (a *auto) takeOver(u universe, w win) {
	c := Choice{a.rivals.other(a.choice.Name), fmt.Sprintf("%.2g times as fast as %s at generation %v", w.gain, a.choice.Name, w.since)}
	a.adopt(u, c)
	a.counts.switches++
	r := &a.race
	r.since, r.exp, r.skip = w.since, w.exp, 1
	r.last = read(u)
	r.rates = [2]float64{w.gain * r.rate()}
}

// win is how a probe was won.
type win struct {
	since *big.Int // generation of its start
	gain  float64  // how many times as fast the other engine was
	exp   uint     // its last slice was of 2^exp generations
}

// probe lets the other engine go on from the present universe for some time. It returns
// its universe, which is then ahead of the present one, when it is gain times as fast.
func (a *auto) probe(ctx context.Context, left *big.Int, budget time.Duration, gain float64) (universe, win) {
	a.counts.probes++
	begin := a.now()
	p := a.Snapshot()
	name := a.rivals.other(a.choice.Name)
	isStepper := name == a.rivals.stepper
	if a.warmUp(p, isStepper) > budget-a.now().since(begin) {
		return nil, win{}
	}
	u, err := a.beside(name, p)
	if err != nil {
		return nil, win{}
	}
	w := win{since: p.Generation(), exp: a.firstExp(budget)}
	// To snapshot and to load may have taken nearly all of the budget, and shows nothing.
	end := begin.wall.Add(max(budget, a.now().wall.Sub(begin.wall)+budget/2))
	deadline := end
	for last := 0.0; ; w.exp++ {
		n := sliceOf(left, w.exp)
		start := a.now()
		if advanceUntil(ctx, u, n, deadline) != nil {
			break
		}
		took := a.now().since(start)
		rate := perSecond(n, took)
		w.gain = rate / a.race.rate()
		if isStepper && took > budget/8 && (w.gain >= gain || w.gain < gain/2) || !isStepper && w.gain >= gain {
			break
		}
		if left = new(big.Int).Sub(left, n); left.Sign() == 0 {
			break
		}
		if deadline = end; rate > a.tuning.catchUp*last {
			deadline = deadline.Add(budget)
		}
		if a.now().wall.Add(took).After(deadline) {
			break
		}
		last = rate
	}
	if w.gain >= gain {
		return u, w
	}
	discard(u)
	return nil, win{}
}

// firstExp returns which slice a probe begins with: of as many generations as the present
// engine needs a small part of the budget for. Shorter ones show nothing, and each of them is a
// pass over the whole tree, or the tiles.
func (a *auto) firstExp(budget time.Duration) uint {
	n := a.race.rate() * budget.Seconds() / 32
	return uint(max(0, math.Ilogb(min(max(n, 1), math.MaxInt64))))
}

// warmUp returns about how long it takes until the other engine shows what it can with p.
func (a *auto) warmUp(p *life.Pattern, isStepper bool) time.Duration {
	if isStepper {
		_, leaves := census(p)
		return time.Duration(leaves * float64(a.tuning.stepperPerLeaf))
	}
	return time.Duration(distinctLeaves(p)) * a.tuning.memoiserPerLeaf
}

// advanceUntil advances u by n generations unless the deadline comes first.
func advanceUntil(ctx context.Context, u universe, n *big.Int, deadline time.Time) error {
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	return u.Advance(ctx, n)
}

// beside returns p in another engine, when there is memory for both. An engine that
// throws results away all the time may as well throw them away for this.
func (a *auto) beside(name string, p *life.Pattern) (universe, error) {
	u, err := a.rival(name, p, a.limit/4)
	if err != nil && a.race.last.collections > 0 {
		a.Collect()
		return a.rival(name, p, a.limit/4)
	}
	return u, err
}

// rescue hands the universe over to the other engine when the present one has no room
// for its next generation. It reports whether that worked.
func (a *auto) rescue(why error) bool {
	if a.race.rescues++; a.race.rescues > maxRescues || a.isMarked() {
		return false
	}
	p := a.Snapshot()
	a.Collect()
	name := a.rivals.other(a.choice.Name)
	u, err := a.rival(name, p, 0)
	if err != nil {
		return false
	}
	a.adopt(u, Choice{name, fmt.Sprintf("from generation %v on: %v", p.Generation(), why)})
	a.counts.switches++
	r := &a.race
	r.since, r.exp, r.skip, r.next, r.last = p.Generation(), 0, 1, a.tuning.pause*r.spent, read(u)
	return true
}
