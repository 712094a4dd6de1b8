package dense

// Both layouts in turn: a field is swept, whatever happens on it, until a probe says
// that little changes; then a quilt takes over, until much does.
const (
	// calm is the share of changing tiles below which a quilt is faster. It steps the
	// tiles around them as well, and takes some three times as long for a tile.
	calm = 0.12
	// busy is the share of stepped tiles above which a field is faster.
	busy = 0.45
	// longest is the most generations between probes: a number with many divisors, as
	// a period that divides it is found by comparing with the last probe.
	longest = 840
	// batchTiles is about how many tiles are stepped between two looks at the context.
	batchTiles = 4096
)

// probe is what was seen of a field.
type probe struct {
	cells *field // as it was then
	age   int    // generations since
	wait  int    // generations from one to the next
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

// sweep is batch for a field: one sweep. Two generations after a probe it may go
// over to a quilt.
func (e *Engine) sweep(f *field, n int) (done, period int, err error) {
	f.prepare()
	p := &e.probe
	if p.age >= p.wait && e.mayProbe() {
		if period := p.look(f, e.rule.Alternates()); period > 0 {
			return 0, period, nil
		}
	}
	done = min(n, f.depth)
	if p.cells != nil && p.age < 2 {
		done = min(done, 2-p.age)
	}
	if err := e.makeRoom(done); err != nil || e.cells != plane(f) {
		return 0, 0, err
	}
	f.advance(e.sweeper, e.team, done, e.generation.Bit(0) == 1)
	e.room -= done
	e.sweeps++
	if p.age += done; p.cells != nil && p.age == 2 && f.differing(p.cells) < calm {
		e.quilt()
	}
	return done, 0, nil
}

// mayProbe reports whether there is memory for a second copy of the cells.
func (e *Engine) mayProbe() bool {
	return !e.options.isUnquilted && (e.limit == 0 || 2*e.cells.bytes() <= e.limit)
}

// look keeps the cells of f. It returns the number of generations since the last look
// if they are what they were then, else 0.
func (p *probe) look(f *field, isEven bool) (period int) {
	if p.cells != nil && p.cells.equal(f) && !(isEven && p.age%2 != 0) {
		period, p.age = p.age, 0
		return period
	}
	p.cells = f.copyTo(p.cells)
	p.age, p.wait = 0, min(max(2*p.wait, 60), longest)
	return 0
}

// quilt goes over to a quilt, if memory allows.
func (e *Engine) quilt() {
	q, err := e.newPlane(e.stored(), true)
	if err != nil || e.limit > 0 && q.bytes()+e.cells.bytes() > e.limit {
		return
	}
	copyPlane(q, e.cells, 0, 0)
	e.cells = q
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
		odd := int(e.generation.Bit(0)) ^ done&1
		share = q.advance(e.nets[odd], e.team)
		e.room--
		done++
		e.steps++
		e.tiles += int64(len(q.queue))
		work += 32 + len(q.queue)
		if p := q.cycle.period(q); p > 0 && !(p%2 != 0 && e.rule.Alternates()) {
			return done, p, nil
		}
	}
	if share > busy && e.sweeper != nil && !e.options.isQuilted {
		e.unquilt()
	}
	return done, 0, nil
}

// unquilt goes over to a field.
func (e *Engine) unquilt() {
	f, err := e.newPlane(e.stored(), false)
	if err != nil {
		return // a quilt will do
	}
	copyPlane(f, e.cells, 0, 0)
	e.cells = f
	e.probe.wait = longest
	e.switches++
}
