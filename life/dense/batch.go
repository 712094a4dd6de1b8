package dense

import (
	"math"

	"golife/life/internal/team"
)

// Both layouts in turn: a field is swept, whatever happens on it, until a probe says
// that little changes; then a quilt takes over, until much does.
const (
	// calm is the share of changing tiles below which a quilt is faster. It steps the
	// tiles around them as well, and takes some three times as long for a tile.
	calm = 0.12
	// busy is the share of stepped tiles above which a field is faster.
	busy = 0.45
	// fewTiles is from where on the share of stepped tiles says anything.
	fewTiles = 16
	// firstWait is how many generations pass from the first probe to the second. Each
	// later wait is half as long again, so that any period is found in the end.
	firstWait = 60
	// firstPatience is how many generations are swept before a trial on a plane where much
	// changes, which costs some thousand of them and may find nothing; and latePatience if there may not be so many left.
	firstPatience, latePatience = 1_000, 20_000
	// batchTiles is about how many tiles are stepped between two looks at the context.
	batchTiles = 4096
)

// probe is what was seen of a field. Two generations later it is compared with what
// became of it, to see how much changes, and after every sweep, to see whether it came
// back.
type probe struct {
	cells *field // as it was then
	age   int    // generations since
	wait  int    // generations from one to the next
	rows  []int  // by band: one that differed when last looked at
}

// batch advances by up to n generations and returns how many it made. period is not 0
// when the universe is known to come back after that many.
func (e *Engine) batch(n int) (done, period int, err error) {
	switch c := e.cells.(type) {
	case *field:
		return e.sweep(c, n)
	case *quilt:
		return e.stitch(c, n)
	}
	return 0, 0, nil
}

// sweep is batch for a field: some sweeps. Two generations after a probe it may go
// over to a quilt.
func (e *Engine) sweep(f *field, n int) (done, period int, err error) {
	f.prepare()
	p := &e.probe
	if p.age >= p.wait && e.mayProbe() {
		p.look(f, e.team)
	}
	depth, sweeps := e.stride(f, n)
	done = depth * sweeps
	if err := e.makeRoom(done); err != nil || e.cells != plane(f) {
		return 0, 0, err
	}
	isOdd := e.generation.Bit(0) == 1
	age := p.age
	if back := f.run(e.sweeper, e.team, depth, sweeps, isOdd, func(b *band, sweeps int) bool {
		return e.mayRepeat(age+sweeps*depth) && p.isBackIn(f, b)
	}); back > 0 {
		period = age + back*depth
	}
	e.room -= done
	e.sweeps += int64(sweeps)
	e.swept += int64(done)
	p.age += done
	isTentative := p.age == window && e.mayTry(0, n-done)
	if p.cells != nil && (p.age == 2 || isTentative) {
		c := f.changesFrom(p.cells)
		if !isTentative {
			e.changed = c
		}
		if c.share() < calm {
			e.quilt(isTentative)
		}
	}
	return done, period, nil
}

// runWords is how many words of cells, of all generations, are swept without a look at the
// context: some 20 ms on one processor, with a thousand a generation for what else there
// is to do.
const runWords = 32 << 20

// stride returns how many sweeps of how many generations come next, n generations at
// most in all.
func (e *Engine) stride(f *field, n int) (depth, sweeps int) {
	p := &e.probe
	switch {
	case p.cells == nil:
	case p.age < 2:
		n = min(n, 2-p.age)
	case p.age < window && e.mayTry(window, n):
		n = min(n, window-p.age)
	case p.age < p.wait:
		n = min(n, (p.wait-p.age+f.depth-1)/f.depth*f.depth)
	}
	depth = min(n, f.depth)
	if x, y := e.isOpen(); x || y {
		n = min(n, max(depth, e.room))
	}
	return depth, max(1, min(n, runWords/(len(f.bands)*f.rows*f.stride+1000))/depth)
}

// mayTry reports whether there may be a trial where much changes, within some generations, when left are
// known to follow.
func (e *Engine) mayTry(within int64, left int) bool {
	patience := int64(firstPatience)
	if left < firstPatience {
		patience = latePatience
	}
	return e.options.isEager || e.swept+within >= max(patience, e.patience)
}

// mayRepeat reports whether cells that come back after n generations do so for ever.
func (e *Engine) mayRepeat(n int) bool { return n%2 == 0 || !e.rule.Alternates() }

// mayProbe reports whether there is memory for a second copy of the cells.
func (e *Engine) mayProbe() bool {
	return !e.options.isUnquilted && (e.limit == 0 || 2*e.cells.bytes() <= e.limit)
}

// look keeps the cells of f.
func (p *probe) look(f *field, t *team.Team) {
	p.cells = f.copyTo(p.cells, t)
	p.age, p.wait, p.rows = 0, max(p.wait+p.wait/2, firstWait), make([]int, len(f.bands))
}

// isBackIn reports whether a band of f is what it was at the probe; false if there was
// none. Mostly one row tells.
func (p *probe) isBackIn(f *field, b *band) bool {
	if p.cells == nil {
		return false
	}
	row, first := &p.rows[b.first/lanes], b.first*f.rows
	n := min(lanes*f.rows, f.h-first)
	for range n {
		if !f.equalRow(p.cells, first+*row) {
			return false
		}
		*row = (*row + 1) % n
	}
	return true
}

// quilt goes over to a quilt, if memory allows. If it is tentative, a trial will tell
// whether that was wise.
func (e *Engine) quilt(isTentative bool) {
	p, err := e.newPlane(e.stored(), true)
	if err != nil || e.limit > 0 && p.bytes()+e.cells.bytes() > e.limit {
		return
	}
	q := p.(*quilt)
	if isTentative && q.tw*q.th < fewTiles {
		return
	}
	copyPlane(q, e.cells, 0, 0)
	e.cells = q
	if q.isTentative = isTentative; isTentative {
		q.trial.wait = 0
	}
	e.probe = probe{wait: e.probe.wait}
	e.switches++
}

// stitch is batch for a quilt.
func (e *Engine) stitch(q *quilt, n int) (done, period int, err error) {
	work, share := 0, 0.0
	for done < n && work < batchTiles {
		if err := e.makeRoom(1); err != nil || e.cells != plane(q) {
			return done, 0, err
		}
		if q.trial.wait <= 0 && !q.trial.isOn {
			q.beginTrial(e.left())
		}
		odd := int(e.generation.Bit(0)) ^ done&1
		share = q.advance(e.nets[odd], e.team)
		e.room--
		done++
		e.steps++
		e.tiles += int64(len(q.queue))
		work += 32 + len(q.queue)
		if p := q.cycle.period(q); p > 0 && !(p%2 != 0 && e.rule.Alternates()) && !e.options.isUnhurried {
			return done, p, nil
		}
	}
	if share > busy && q.tw*q.th >= fewTiles && e.sweeper != nil && !e.options.isQuilted {
		e.unquilt()
	}
	return done, 0, nil
}

// left returns how many bytes there may be in use beside those that are.
func (e *Engine) left() int64 {
	if e.limit == 0 {
		return math.MaxInt64
	}
	return max(0, e.limit-e.Bytes())
}

// unquilt goes over to a field.
func (e *Engine) unquilt() {
	f, err := e.newPlane(e.stored(), false)
	if err != nil {
		return // a quilt will do
	}
	if q := e.cells.(*quilt); q.isTentative && q.clock < 2*checked {
		e.probe.wait = min(4*e.probe.wait, 1<<30)
		e.patience = 4 * e.swept
	}
	copyPlane(f, e.cells, 0, 0)
	e.cells = f
	e.switches++
}
