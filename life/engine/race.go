package engine

import (
	"context"
	"errors"
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
	// A probe takes at most this share of the effort so far, as 1 to it, and the next
	// one comes when that has grown by a factor; so all of them together take not
	// much more than such a share.
	share, pause effort
	// The share of probes while an engine that memoises finds nothing that it knows: what grows so is large.
	missShare effort
	// Where the end is known, all probes together may take such a share of the whole, if that is more.
	endShare effort
	// The least effort before a probe: less is lost in what a process costs anyway.
	first effort

	// Another engine takes over when it is so many times as fast. One that memoises
	// often gets faster still, so that it is not left for little: least of all, longGain, where
	// the cells grow in number with the generations to the power of growth or more, for that
	// is the work of machines, and chaos comes to rest. Gosper's puzzle of 2^18
	// generations is a third as fast on hashlife after 8,192, and 25 times as fast as a whole.
	// Where they grow by more than explosion, as of breeders, the other engine's generations take ever longer: then
	// longGain is asked of it however short the way is (switch-engine-breeder-MR to 2^14: 0.12 s → 0.02).
	// Where the end is known, for each shortRun times the effort so far that is left to the end, the
	// other engine has to be once as fast: what may be lost grows with it, and to go on with this
	// one costs no more than so small a part of what the other would take.
	stepperGain, longGain, memoiserGain, growth, explosion, shortRun float64
	// The power with which an engine that steps gets faster is taken to be this at most.
	rest float64
	// No probe is worth it where the run will end within so many times what that takes.
	worth effort
	// With so many times the rate of the slice before, of half as many generations, an
	// engine is about to catch up, and gets twice the time. So it does after a slice that is no longer than the one
	// before, if it makes less than someNew new leaf steps per look-up.
	catchUp, someNew float64

	// An engine that memoises is not doubted before it has come so many generations far:
	// longer periods do not show in short steps. Rendell's Turing machine, say, makes new
	// leaves at a constant rate for 512 generations, and next to none from there on; the
	// catacryst does so for 4,096. The longer the whole run, the longer the trial, since
	// it is lost time for an engine that steps to its end and saves much of the other's.
	fairTrial, longTrial, trialShare int64
	// A trial is over, too, when the rest is not more than partTrial times as many generations, and
	// takes longRest or more.
	partTrial int64
	longRest  effort
	// Generations of the first slice of a universe whose squares repeat: it is large, and each
	// slice is a pass over all of its nodes.
	repeatTrial int64
	// A universe with as many cells as in the beginning was mostly built, of guns and the
	// like. Before so many generations, which its parts may take to come together again, it is
	// left only for an engine longGain times as fast, if there will be so many. p138 makes new leaves for 1,100,
	// p59 guns for 1,000, and hardly any later.
	steadyTrial float64
	// Later it is left for one steadyGain times as fast while each generation takes so much less at the end of
	// a slice than on the average of it that the parts seem to come together.
	settling, steadyGain float64
	// With less than this share of hits among the look-ups it is doubted earlier: soups
	// have 0.2 to 0.5 in the beginning, circuits 0.55 and more.
	fewHits    float64
	earlyTrial int64
	// With less than this share it is left at once: guns that look like soups have 0.44 at first.
	hardlyHits float64
	// On leaves of bytes nothing repeats itself with so many new leaf steps per look-up: gases and the like have 0.22
	// to 0.4, loops and machines 0.17 at most.
	allNew float64
	// New leaf steps per look-up below which memoising works. It is 0.1 to 0.4 in chaos,
	// 0.03 and less in what repeats itself.
	chaos float64

	// What it costs to see how fast an engine is: to snapshot, load and warm it up.
	// An engine that sweeps takes over when it is so many times as fast. Where all
	// changes, a row of a tile takes edgeRow more than effort tells, and a visit farVisit, if there are farTiles.
	// For each row that changes linesARow are stepped, with those beside it.
	sweepGain, farTiles, linesARow float64
	edgeRow, farVisit              effort

	memoiserWarmUp  effort
	memoiserPerByte effort // of the stepper, to snapshot it for the first time
	memoiserPerLeaf effort // distinct 8×8 cells, to take it through a few generations
	stepperPerNode  effort // of the memoiser's table
	stepperPerLeaf  effort // 8×8 cells
}

// tuned was measured with the workloads of the package comment.
var tuned = tuning{
	share: 10, pause: 2, missShare: 4, endShare: 48, first: 1e6,
	stepperGain: 1.5, longGain: 4, memoiserGain: 1.1, growth: 0.6, explosion: 1.2, shortRun: 5.5, rest: 0.9, worth: 6,
	steadyTrial: 1 << 12, settling: 0.93, steadyGain: 3, catchUp: 1.5, someNew: 0.1,
	fairTrial: 1 << 10, longTrial: 1 << 13, trialShare: 32, partTrial: 3, longRest: 10e6, repeatTrial: 1 << 12,
	fewHits: 0.5, hardlyHits: 0.3, allNew: 0.2, earlyTrial: 64, chaos: 0.05,
	sweepGain: 1.2, farTiles: 2000, edgeRow: 2, farVisit: 200, linesARow: 2,
	memoiserWarmUp: 600e3, memoiserPerByte: 4, memoiserPerLeaf: 2000, stepperPerNode: 12, stepperPerLeaf: 400,
}

// race is what is known of the rivals since the last Load.
type race struct {
	spent     effort   // in Advance, probes included
	probed    effort   // in probes
	dearer    effort   // what the last snapshot of an engine that steps took, by what its memory told
	next      effort   // of spent, before which there is no probe
	begin     *big.Int // generation of the Load
	since     *big.Int // generation in which the present engine took over
	exp, skip uint     // the next slice is of 2^exp generations; exp grows by skip
	rate      float64  // generations a second of effort in the last slice
	slower    float64  // how many times as much a generation takes at the end of it, as far as known
	trend     float64  // the power of the generations with which that grows
	mid       float64  // when that slice was half done
	midRate   float64  // and the rate, which is that of then
	last      reading  // of the counters at the end of it
	pays      bool     // whether the last slice showed that memoising works
	doubts    bool     // or that it does not, so far
	misses    bool     // or that hardly a look-up, or hardly a leaf step, was known
	rests     bool     // whether nothing changes any more
	sizes     []size   // of the universe while memoising did not work
	rescues   int
	visits    float64  // of tiles, a generation, in the last slice
	lines     float64  // rows stepped, likewise
	looked    bool     // whether an engine that sweeps looked how much changes, in the last slice
	calms     bool     // whether it found that little does
	weighed   effort   // of spent, before which sweeping is not thought of again
	refused   effort   // likewise, of an end to it, for lack of memory
	end       *big.Int // generation at which all is done; nil is unknown
	trial     int64    // generations before an engine that memoises is doubted
	isSoup    bool     // whether the universe began as a large one, in an engine that memoises
}

// start begins a race at a generation.
func (a *auto) start(since *big.Int) {
	t := a.tuning
	a.race = race{begin: since, since: since, skip: 1, slower: 1, dearer: 1, trial: t.fairTrial, last: read(a.universe)}
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

// maxRescues is how often an engine may be left for lack of room.
const maxRescues = 2

// counterNames returns the names of each engine's counters.
var counterNames = sync.OnceValue(func() map[string][]string {
	names := map[string][]string{}
	for _, k := range kinds {
		e, err := k.make(rule.MustParse("B3/S23"), Options{})
		if errors.Is(err, life.ErrUnsupportedRule) {
			e, err = k.make(rule.MustParse("/2/3"), Options{})
		}
		if errors.Is(err, life.ErrUnsupportedRule) {
			continue // such an engine has no rivals
		}
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

// slice advances by one slice of at most left generations and notes the effort.
func (a *auto) slice(ctx context.Context, left *big.Int) error {
	r := &a.race
	n := sliceOf(left, r.exp)
	begin := time.Now()
	err := a.universe.Advance(ctx, n)
	was := r.last
	r.last = read(a.universe)
	took := a.costs.between(&was, &r.last)
	r.spent += took
	if err != nil {
		return err
	}
	r.rate = perSecond(n, took)
	r.visits = float64(r.last.visits-was.visits) / float(n)
	r.lines = float64(r.last.rows-was.rows) / float(n)
	r.follow(float(new(big.Int).Sub(a.Generation(), r.since)), float(n))
	a.judge(&was)
	if n.BitLen() >= int(r.exp) && !isPressing(ctx, begin) {
		a.pace(took)
	}
	return nil
}

// isPressing reports whether a longer slice than that which began then may not be finished
// before the deadline, and be lost.
func isPressing(ctx context.Context, begin time.Time) bool {
	deadline, ok := ctx.Deadline()
	return ok && 4*time.Since(begin) > time.Until(deadline)
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
	switch {
	case a.choice.Reason == repeats:
		trial = t.repeatTrial
	case r.isSoup:
		trial = 1 << a.costs.leafExp
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

// perSecond returns a rate in generations a second of effort.
func perSecond(n *big.Int, took effort) float64 { return float(n) / (1e-9 * float64(took)) }

// float returns n, or a number so large that others made of it are finite still.
func float(n *big.Int) float64 {
	f, _ := new(big.Float).SetInt(n).Float64()
	return min(f, 1e290)
}

// isMemoising reports whether the present engine is the one that memoises.
func (a *auto) isMemoising() bool { return a.choice.Name == a.rivals.memoiser }

// judge finds out whether the last slice was one of chaos, or of rest.
func (a *auto) judge(was *reading) {
	r, now := &a.race, &a.race.last
	lookups := float64(now.lookups - was.lookups)
	leaves := float64(now.leafSteps - was.leafSteps)
	hits := float64(now.hits - was.hits)
	done := new(big.Int).Sub(a.Generation(), r.since)
	r.pays = leaves < a.tuning.chaos*lookups
	r.misses = hits < a.tuning.hardlyHits*lookups || a.costs.isOnBytes() && leaves >= a.tuning.allNew*lookups
	isHopeless := (r.misses || hits < a.tuning.fewHits*lookups) && done.Cmp(big.NewInt(a.tuning.earlyTrial)) >= 0 || r.isSoup && r.misses
	isTried := isHopeless || done.Cmp(big.NewInt(r.trial)) >= 0 || a.nearsEnd()
	r.doubts = isTried && lookups > 0 && !r.pays
	r.rests = now.active == 0 && now.ships == 0
	r.calms = now.steps > was.steps
	r.looked = now.squaresChanged != was.squaresChanged || now.rowsChanged != was.rowsChanged
	if lookups > 0 && !r.pays {
		if k := len(r.sizes); k == 0 || float(done) >= 1.5*r.sizes[k-1].done {
			r.sizes = append(r.sizes, size{float(done), float(a.Population())})
		}
	}
}

// nearsEnd reports whether so much of a short run is done, and so much left to do, that there is no time
// for a longer trial.
func (a *auto) nearsEnd() bool {
	r, t := &a.race, &a.tuning
	if r.end == nil || a.effortToEnd() < t.longRest {
		return false
	}
	left := new(big.Int).Sub(r.end, a.Generation())
	done := new(big.Int).Sub(a.Generation(), r.since)
	return done.Mul(done, big.NewInt(t.partTrial)).Cmp(left) >= 0
}

// follow tells, from the rates of the last two slices, how much slower the engine is at the end of a slice, of n
// generations up to done, than on the average of it: as a power of the generations.
func (r *race) follow(done, n float64) {
	mid, power := done-n/2, 0.0
	if r.mid > 0 && mid > r.mid {
		power = math.Log(r.midRate/r.rate) / math.Log(mid/r.mid)
	}
	r.slower, r.trend = min(max(math.Pow(done/mid, power), 0.5), 2), power
	r.mid, r.midRate = mid, r.rate
}

// size is how large a universe was after so many generations of a race.
type size struct{ done, cells float64 }

// pace chooses the length of the next slice, after a full one. Slices double: an engine
// that memoises then needs not much more effort than for one step of the whole way.
// Where they cost nearly nothing they grow faster.
func (a *auto) pace(took effort) {
	r := &a.race
	isMemoising := a.isMemoising()
	if !isMemoising && took > max(500e3, r.spent/8) {
		if took > r.spent/4 && r.exp > 0 {
			r.exp--
		}
		return
	}
	isFree := took < max(200e3, r.spent/16)
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
	budget := min(a.stake(), a.effortFor(left)/4)
	gain := t.memoiserGain
	if a.isMemoising() {
		if !r.doubts || effort(r.last.nodes)*t.stepperPerNode > budget {
			return
		}
		gain = a.gainToLeave()
	} else if r.rests || t.memoiserWarmUp+r.dearer*a.snapshotOfBytes() > budget {
		return
	}
	if r.end != nil && a.effortToEnd() < t.worth*budget {
		return // not worth it any more
	}
	u, w, took := a.probe(ctx, left, budget, gain)
	r.spent += took
	r.probed += took
	r.next = t.pause * r.spent
	if u != nil {
		a.takeOver(u, w)
	}
}

// stake returns what a probe may take: a share of the effort so far, more where nothing repeats itself. An engine that memoises may
// have up to as much as was spent, while all probes together take less than a smaller share of the
// whole, if the end is known.
func (a *auto) stake() effort {
	r, t := &a.race, &a.tuning
	stake := r.spent / t.share
	if a.isMemoising() && r.misses {
		stake = r.spent / t.missShare
	}
	if r.end != nil && !a.isMemoising() {
		stake = max(stake, min(r.spent, (r.spent+a.effortToEnd())/t.endShare-r.probed))
	}
	return stake
}

// gainToLeave returns how many times as fast another engine must be to replace one that
// memoises. It is more where the way is long, or not known, unless the cells look like those of a
// methuselah, which comes to rest: they have grown in number, and do no more. Where hardly a look-up
// hits, there is nothing to wait for.
func (a *auto) gainToLeave() float64 {
	r, t := &a.race, &a.tuning
	least, most := t.stepperGain, t.longGain
	change := r.change()
	isSteady := change > 0.5 && change < 2
	switch {
	case r.misses:
		return least
	case isSteady && r.done() < t.steadyTrial && !r.endsWithin(t.steadyTrial):
		least, most = most, math.Inf(1)
	case isSteady && r.end != nil:
		most = math.Inf(1)
		if r.slower < t.settling {
			least = t.steadyGain
		}
	case change >= 1 && r.settles(t.growth):
		return least
	case r.grows(t.explosion):
		return t.longGain
	}
	if r.end == nil {
		return min(t.longGain, most)
	}
	return min(max(float64(a.effortToEnd()/r.spent)/t.shortRun, least), most)
}

// endsWithin reports whether the whole race is known to be of no more than n generations.
func (r *race) endsWithin(n float64) bool {
	return r.end != nil && float(new(big.Int).Sub(r.end, r.since)) <= n
}

// change returns how many times as many cells the universe has as in the beginning, as far as known.
func (r *race) change() float64 {
	if len(r.sizes) == 0 {
		return 0
	}
	return r.sizes[len(r.sizes)-1].cells / max(1, r.sizes[0].cells)
}

// done returns how many generations ago that was.
func (r *race) done() float64 {
	if len(r.sizes) == 0 {
		return 0
	}
	return r.sizes[len(r.sizes)-1].done
}

// settles reports whether the number of cells has grown by less than the given power of the
// generations, since a third of them or fewer.
func (r *race) settles(growth float64) bool {
	power, ok := r.power()
	return ok && power < growth
}

// grows reports whether it has grown by more than that.
func (r *race) grows(growth float64) bool {
	power, ok := r.power()
	return ok && power > growth
}

// power returns the power of the generations by which the number of cells has grown, since a third of
// them or fewer; ok is false while that is not known.
func (r *race) power() (power float64, ok bool) {
	for i := len(r.sizes) - 2; i >= 0; i-- {
		was, is := r.sizes[i], r.sizes[len(r.sizes)-1]
		if 3*was.done <= is.done {
			return math.Log(is.cells/was.cells) / math.Log(is.done/was.done), was.cells > 0
		}
	}
	return 0, false
}

// effortToEnd returns what a run whose end is known still takes at the present rate, or as long as an engine that steps gets
// faster, as soups come to rest, if it goes on to do so.
func (a *auto) effortToEnd() effort {
	r, left := &a.race, new(big.Int).Sub(a.race.end, a.Generation())
	took := a.effortFor(left)
	done := float(new(big.Int).Sub(a.Generation(), r.since))
	if a.isMemoising() || done == 0 || left.Sign() == 0 {
		return took
	}
	// The integral of u^p, from 1 to the end, beside that of 1.
	p, end := 1+min(max(r.trend, -a.tuning.rest), 0), 1+float(left)/done
	return took * effort((math.Pow(end, p)-1)/(p*(end-1)))
}

// effortFor returns what n generations take at the present rate.
func (a *auto) effortFor(n *big.Int) effort {
	return effort(float(n) / a.race.rate * 1e9)
}

// takeOver makes the winner of a probe the present universe.
func (a *auto) takeOver(u universe, w win) {
	c := Choice{a.rivals.other(a.choice.Name), fmt.Sprintf("%.2g times as fast as %s at generation %v", w.gain, a.choice.Name, w.since)}
	var left universe
	if a.isMemoising() {
		left, a.universe = a.universe, nil
	}
	a.adopt(u, c)
	if left != nil {
		a.retire(left)
	}
	a.counts.switches++
	r := &a.race
	r.since, r.exp, r.skip, r.sizes, r.mid = w.since, w.exp, 1, nil, 0
	r.last = read(u)
	r.rate = w.rate
}

// win is how a probe was won.
type win struct {
	since *big.Int // generation of its start
	gain  float64  // how many times as fast the other engine was
	rate  float64  // of it
	exp   uint     // its last slice was of 2^exp generations
}

// probe lets the other engine go on from the present universe for some time. It returns
// its universe, which is then ahead of the present one, when it is gain times as fast, and
// what the probe took.
func (a *auto) probe(ctx context.Context, left *big.Int, budget effort, gain float64) (u universe, w win, took effort) {
	a.counts.probes++
	p := a.Snapshot()
	name := a.rivals.other(a.choice.Name)
	isStepper := name == a.rivals.stepper
	took = a.costOfSnapshot(p)
	warmUp := a.warmUp(p, isStepper)
	if isStepper && warmUp > budget-took || warmUp > budget {
		return nil, w, took // what the snapshot took is lost
	}
	u, err := a.beside(name, p)
	if err != nil {
		return nil, w, took
	}
	w = win{since: p.Generation(), exp: a.firstExp(budget, isStepper)}
	// To snapshot and to load may have taken nearly all of the budget, and shows nothing.
	took += warmUp
	end := max(budget, took+budget/2)
	most := end
	was := read(u)
	before := new(big.Int)
	for last := 0.0; ; w.exp++ {
		n := sliceOf(left, w.exp)
		err := a.advanceWithin(ctx, u, n, most-took)
		is := read(u)
		slice := a.costs.between(&was, &is)
		isNew := float64(is.leafSteps-was.leafSteps) >= a.tuning.someNew*float64(is.lookups-was.lookups)
		was, took = is, took+slice
		if err != nil {
			break
		}
		w.rate = perSecond(n, slice)
		w.gain = w.rate / a.race.rate
		if isStepper && slice > budget/8 && (w.gain >= gain || w.gain < gain/2) || !isStepper && w.gain >= gain {
			break
		}
		if left = new(big.Int).Sub(left, n); left.Sign() == 0 {
			break
		}
		if most = end; w.rate > a.tuning.catchUp*last || n.Cmp(before) <= 0 && !isNew {
			most += budget
		}
		if took+slice > most {
			break
		}
		last, before = w.rate, n
	}
	switch {
	case w.gain >= gain:
		return u, w, took
	case isStepper:
		discard(u)
	default:
		a.retire(u)
	}
	return nil, w, took
}

// snapshotOfBytes returns what a snapshot of an engine that steps takes, as far as its memory tells.
func (a *auto) snapshotOfBytes() effort {
	return effort(a.universe.Bytes()) * a.tuning.memoiserPerByte
}

// costOfSnapshot returns what p took, a snapshot of the present universe. The next one of an engine that steps is
// expected to take as much more than its memory told.
func (a *auto) costOfSnapshot(p *life.Pattern) effort {
	if a.isMemoising() {
		return effort(a.race.last.nodes) * a.tuning.stepperPerNode
	}
	_, leaves := census(p)
	expected := a.snapshotOfBytes()
	took := max(expected, effort(leaves)*a.costs.saved)
	if expected > 0 {
		a.race.dearer = took / expected
	}
	return took
}

// firstExp returns which slice a probe begins with: of as many generations as the present
// engine needs a small part of the budget for. Shorter ones show nothing, and each of them is a
// pass over the whole tree, or the tiles. Nor does an engine that memoises take less for them than for those that
// a leaf step makes.
func (a *auto) firstExp(budget effort, isStepper bool) uint {
	n := a.race.rate * 1e-9 * float64(budget) / 32
	exp := uint(max(0, math.Ilogb(min(max(n, 1), math.MaxInt64))))
	if !isStepper {
		exp = max(exp, a.costs.leafExp)
	}
	return exp
}

// warmUp returns about what it takes until the other engine shows what it can with p.
func (a *auto) warmUp(p *life.Pattern, isStepper bool) effort {
	if isStepper {
		_, leaves := census(p)
		return effort(leaves) * a.tuning.stepperPerLeaf
	}
	return effort(distinctLeaves(p)) * a.tuning.memoiserPerLeaf
}

// advanceWithin advances u by n generations unless that takes more effort.
func (a *auto) advanceWithin(ctx context.Context, u universe, n *big.Int, most effort) error {
	ctx, cancel := context.WithTimeout(ctx, patience*time.Duration(most)+leastPatience)
	defer cancel()
	return u.Advance(&within{ctx, u, &a.costs, read(u), most}, n)
}

// patience is how many times as long as on an idle machine a probe may take: many, so that
// a busy one does not decide. To leastPatience a short one may be waiting for others.
const (
	patience      = 64
	leastPatience = 200 * time.Millisecond
)

// beside returns p in another engine, when there is memory for both. An engine that
// throws results away all the time may as well throw them away for this.
func (a *auto) beside(name string, p *life.Pattern) (universe, error) {
	if name == a.rivals.memoiser {
		if u := a.recall(p); u != nil {
			return u, nil
		}
	}
	u, err := a.rival(name, p, a.limit/4)
	if err != nil && a.race.last.collections > 0 {
		a.Collect()
		return a.rival(name, p, a.limit/4)
	}
	return u, err
}

// rescue hands the universe over to the other engine when the present one has no room
// for its next generation, also without what the other one knows. It reports whether that worked.
func (a *auto) rescue(why error) bool {
	if a.dropIdle() {
		return true
	}
	if a.race.rescues++; a.race.rescues > maxRescues || a.isMarked() {
		return false
	}
	p := a.Snapshot()
	a.Collect()
	name := a.rivals.instead(a.choice.Name)
	if !a.moveTo(name, p, fmt.Sprintf("from generation %v on: %v", p.Generation(), why)) {
		return false
	}
	r := &a.race
	r.exp, r.next = 0, a.tuning.pause*r.spent
	return true
}

// moveTo hands the universe, of which p is a snapshot, over to another engine. It reports whether that has room
// for it. An engine that sweeps gives up its memory before, of which it may have most, and takes p again if it has to.
func (a *auto) moveTo(name string, p *life.Pattern, why string) bool {
	isEmptied := a.limit > 0 && a.choice.Name == a.rivals.sweeper &&
		a.universe.Load(life.NewBuilder(p.Rule()).Pattern()) == nil
	u, err := a.rival(name, p, 0)
	if err != nil {
		if isEmptied {
			_ = a.universe.Load(p) // which it held, within its limit
		}
		return false
	}
	a.adopt(u, Choice{name, why})
	a.counts.switches++
	r := &a.race
	r.since, r.skip, r.mid, r.last = p.Generation(), 1, 0, read(u)
	return true
}
