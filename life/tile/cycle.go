package tile

import (
	"slices"

	"golife/life/internal/kernel"
)

const (
	// trackAge is after how many samples with a change, and one, a tile gets a tracker,
	// 208 visits of it or so: most of what is going to die down has done so by then.
	trackAge = 14
	// maxPeriod is the longest period that is found, in passes of two generations:
	// what guns and logic circuits in the field's collections are made of has 30,
	// 46, 60, 120 or 240 generations, and few things more.
	maxPeriod = 120
	// maxBackoff bounds how many windows of maxPeriod pass between two searches for
	// the period of a tile that has none.
	maxBackoff = 16
	// maxRecorded bounds the memory of records when there is no other limit.
	maxRecorded = 256 << 20
)

// cycles finds tiles that repeat themselves, rim included, and knows their cells
// in each pass of their period.
type cycles struct {
	trackers []*tracker // by tile.tracker; the first is not used
	unused   []uint32
	asleep   int   // tiles
	recorded int64 // bytes
	serial   uint64
}

// tracker follows one tile. It looks for a state that comes again, records
// the states from there on for as long as that took, and then compares each
// pass with the record.
type tracker struct {
	record            // what the tile repeats, if it has states
	isWatching bool   // anchor is to come again
	witness    uint8  // a row in which the cells last differed from anchor
	anchorAt   int64  // the pass of anchor
	least      int64  // shorter periods did not last
	tryAt      int64  // when to take the next anchor
	backoff    int64  // windows of maxPeriod until the next but one
	matchedAt  int64  // the last pass that was as recorded
	changedAt  int64  // the last pass with a change
	fresh      record // being recorded

	serial  uint64    // of no other tracker
	records uint64    // how many there were
	linked  [8]uint64 // names of the neighbours' records that fit this one
	// The anchor comes last, so that what each pass looks at lies together.
	anchor kernel.Tile
}

// isAnchor reports whether the cells are those of the anchor. Where they were not, they
// most often are not again.
func (tr *tracker) isAnchor(rows *kernel.Tile) bool {
	if y := tr.witness & (side - 1); rows[y] != tr.anchor[y] {
		return false
	}
	for y := range rows {
		if rows[y] != tr.anchor[y] {
			tr.witness = uint8(y)
			return false
		}
	}
	return true
}

// record is the states of a tile in as many passes as its period has, the first
// being that of pass start.
type record struct {
	states []kernel.Tile
	start  int64
	known  int    // how many states there are so far
	live   uint8  // bit d: cells that face d are alive at some time
	varies uint8  // bit d: cells that face d change
	sides  uint64 // rows with cells that change at the west or east edge
	name   uint64 // of no other record
}

// at returns the cells at a pass.
func (r *record) at(pass int64) *kernel.Tile {
	i := (pass - r.start) % int64(len(r.states))
	if i < 0 {
		i += int64(len(r.states))
	}
	return &r.states[i]
}

// complete notes what faces the neighbours in the states.
func (r *record) complete() {
	or, and := r.states[0], r.states[0]
	for i := range r.states {
		for y, row := range r.states[i] {
			or[y] |= row
			and[y] &= row
		}
	}
	r.live = facing(&or)
	for y := range or {
		or[y] ^= and[y]
		if or[y]&(lowEdge|highEdge) != 0 {
			r.sides |= 1 << y
		}
	}
	r.varies = facing(&or)
}

// clone returns a copy that shares records, which do not change once complete.
func (c *cycles) clone() cycles {
	d := *c
	d.unused = slices.Clone(c.unused)
	d.trackers = make([]*tracker, len(c.trackers))
	for i, tr := range c.trackers {
		if tr == nil {
			continue
		}
		t := *tr
		d.recorded -= stateBytes * int64(len(t.fresh.states))
		t.fresh, t.isWatching = record{}, false
		d.trackers[i] = &t
	}
	return d
}

const (
	stateBytes   = int64(len(kernel.Tile{})) * 8
	trackerBytes = 1 << 10
)

// bytes returns the memory of the records.
func (tr *tracker) bytes() int64 {
	return trackerBytes + stateBytes*int64(len(tr.states)+len(tr.fresh.states))
}

// track gives a tile a tracker.
func (u *universe) track(t *tile) {
	u.serial++
	tr := &tracker{serial: u.serial, backoff: 1, matchedAt: -1, changedAt: u.clock}
	u.recorded += tr.bytes()
	if last := len(u.unused) - 1; last >= 0 {
		t.Tracker = u.unused[last]
		u.unused = u.unused[:last]
		u.trackers[t.Tracker] = tr
		return
	}
	if len(u.trackers) == 0 {
		u.trackers = append(u.trackers, nil)
	}
	t.Tracker = uint32(len(u.trackers))
	u.trackers = append(u.trackers, tr)
}

// untrack takes a tile's tracker away.
func (u *universe) untrack(t *tile) {
	u.recorded -= u.trackers[t.Tracker].bytes()
	u.trackers[t.Tracker] = nil
	u.unused = append(u.unused, t.Tracker)
	t.Tracker, t.Age = 0, 1
}

// watch is the part of a visit that has to do with cycles. It returns false when
// there is nothing to step.
func (w *worker) watch(u *universe, k id, t *tile) bool {
	switch {
	case t.IsAsleep:
		t.IsQueued = false
		return false
	case t.Tracker == 0 && t.Changed == 0: // it lost its tracker for being at rest
		w.rest(k, t)
		return false
	}
	isMatched := false
	if t.Tracker != 0 {
		tr := u.trackers[t.Tracker]
		before := tr.bytes()
		isMatched = tr.follow(&t.Rows, t.Changed != 0, u.clock, w.room)
		more := tr.bytes() - before
		w.recorded += more
		w.room -= more
	}
	if t.Sleepers != 0 {
		w.bedside = append(w.bedside, k)
		if !isMatched {
			w.astray = append(w.astray, k)
		}
	}
	if isMatched && (uint32(u.clock)+uint32(k))%sleepEvery == 0 {
		w.drowsy = append(w.drowsy, k)
	}
	if t.Changed == 0 {
		w.rest(k, t)
		return false
	}
	return true
}

// follow compares the tile's cells at a pass with the record, and reports
// whether they are equal. room is how many bytes may be recorded.
func (tr *tracker) follow(rows *kernel.Tile, isChanging bool, now, room int64) bool {
	if isChanging {
		tr.changedAt = now
	}
	if tr.states != nil {
		if *rows == *tr.at(now) {
			tr.matchedAt, tr.isWatching, tr.fresh = now, false, record{}
			return true
		}
		if now-tr.start < 2*int64(len(tr.states))+maxPeriod {
			tr.refuse(len(tr.states), now)
			tr.record = record{}
		}
	}
	switch {
	case tr.fresh.states != nil:
		tr.take(rows, now)
	case tr.isWatching:
		tr.search(rows, now, room)
	case isChanging && now >= tr.tryAt:
		tr.anchor, tr.anchorAt, tr.isWatching = *rows, now, true
	}
	return false
}

// refuse starts a search for longer periods than one that did not last.
func (tr *tracker) refuse(period int, now int64) {
	tr.least, tr.tryAt, tr.isWatching = int64(period)+1, now, false
}

// search compares with the anchor, and begins a record when that comes again.
func (tr *tracker) search(rows *kernel.Tile, now, room int64) {
	since := now - tr.anchorAt
	switch {
	case since <= maxPeriod:
		if since >= max(tr.least, 2) && tr.isAnchor(rows) && since*stateBytes <= room {
			tr.fresh = record{states: make([]kernel.Tile, since), start: now}
			tr.take(rows, now)
		}
		return
	case tr.least > 0:
		tr.least = 0
	default:
		tr.tryAt = now + (tr.backoff-1)*maxPeriod
		tr.backoff = min(2*tr.backoff, maxBackoff)
	}
	tr.isWatching = false
}

// take adds a state to the fresh record. When that is complete and the first
// state has come again, it is the record from then on.
func (tr *tracker) take(rows *kernel.Tile, now int64) {
	r := &tr.fresh
	if r.known < len(r.states) {
		r.states[r.known] = *rows
		r.known++
		return
	}
	if *rows == r.states[0] {
		tr.records++
		r.complete()
		r.name = tr.serial<<32 | tr.records
		tr.record, tr.least, tr.backoff, tr.isWatching = *r, 0, 1, false
	} else {
		tr.refuse(len(r.states), now)
	}
	tr.fresh = record{}
}
