package dense

import (
	"hash/maphash"
	"slices"
	"unsafe"

	"golife/life/internal/kernel"
)

// trial finds out which tiles of a quilt repeat themselves with a period that divides
// window, and makes them dormant. It takes five windows:
//
//	gathering   the tiles that change
//	hashing     their hashes in each generation
//	comparing   … come again; then the period is known
//	recording   all their states of one period, comparing those that come later
//	checking    the states with the record; all tiles that are not listed are still, or
//	            of period 2
//
// In the last window all that a tile and its neighbours can be at the same time is
// seen, as their periods divide it, and what comes of it. So if they did as recorded,
// they always will.
type trial struct {
	isOn    bool
	age     int // generations since it began
	wait    int // generations until it begins
	entries []*entry
	listed  int // how many there were
	// isListed and isBad tell, by tile, whether it has an entry, and whether it is not
	// known to repeat itself.
	isListed, isBad []bool
	room            int64 // bytes for entries and records
}

// entry is one tile in a trial.
type entry struct {
	tile    int32
	hashes  [window]uint64
	varying uint64 // rows that change
	record  record
}

const (
	// window is a multiple of the periods that are found.
	window = 60
	// The ages at which parts of a trial end. Two generations more are checked than
	// there are in a window, for what is a change is seen two generations later.
	gathered = window
	hashed   = gathered + window
	compared = hashed + window
	written  = compared + window
	checked  = written + window + 2
	// firstTrial, nextTrial and lateTrial are how many generations pass before the first
	// trial, after one that has found much, and after one that has not. A trial costs
	// less than a seventh of the generations that it lasts.
	firstTrial = 300
	nextTrial  = 300
	lateTrial  = 6000
	// recordShare is how many bytes of records there may be for each of a quilt.
	recordShare = 8
)

var hashSeed = maphash.MakeSeed()

func hashTile(t *kernel.Tile) uint64 {
	return maphash.Bytes(hashSeed, unsafe.Slice((*byte)(unsafe.Pointer(t)), unsafe.Sizeof(*t)))
}

// entryBytes is the memory of an entry without its record.
const entryBytes = int64(unsafe.Sizeof(entry{}))

func (t *trial) bytes() (n int64) {
	n = 2 * int64(len(t.isListed))
	for _, e := range t.entries {
		n += entryBytes + e.record.bytes()
	}
	return n
}

// beginTrial starts a trial. Room is how many bytes the quilt may take more.
func (q *quilt) beginTrial(room int64) {
	n := len(q.awake)
	room -= (besideBytes + 2) * int64(n)
	if q.cycle.tiles == nil {
		room -= (tileBytes + 5) * int64(n)
	}
	if room <= 0 {
		q.trial.wait = lateTrial
		return
	}
	if len(q.records) == 0 {
		q.dormancy = newDormancy(q)
	}
	q.trial = trial{
		isOn: true, isListed: make([]bool, n), isBad: make([]bool, n),
		room: min(room, recordShare*int64(n)*2*tileBytes-q.recorded),
	}
}

// note says that a tile is not what it was two generations before.
func (t *trial) note(k int32) {
	switch {
	case !t.isOn || t.isListed[k]:
	case t.age < gathered && t.room >= entryBytes:
		t.isListed[k] = true
		t.entries = append(t.entries, &entry{tile: k})
		t.listed++
		t.room -= entryBytes
	default:
		t.isBad[k] = true
	}
}

// follow is called after each generation.
func (q *quilt) follow() {
	t := &q.trial
	if !t.isOn {
		t.wait--
		return
	}
	if t.age >= gathered {
		t.entries = slices.DeleteFunc(t.entries, func(e *entry) bool { return !t.keeps(e, q) })
	}
	if t.age++; t.age == checked {
		q.endTrial()
	}
}

// keeps looks at one tile in the present generation, and reports whether it still
// belongs to the trial.
func (t *trial) keeps(e *entry, q *quilt) bool {
	cells, before, i := &q.tiles[q.now][e.tile], &q.tiles[q.now^1][e.tile], t.age%window
	isAsBefore := true
	switch age := t.age - compared; {
	case t.age < hashed:
		e.hashes[i] = hashTile(cells)
	case age < 0:
		for y, row := range cells {
			if row != before[y] {
				e.varying |= 1 << y
			}
		}
		isAsBefore = e.hashes[i] == hashTile(cells)
	case age == 0:
		period := e.period()
		if period <= 2 { // it has come to rest
			t.isListed[e.tile] = false
			t.room += entryBytes
			return false
		}
		e.record = newRecord(period, e.varying, q.clock)
		t.room -= e.record.bytes()
		copy(e.record.rows, cells[e.record.first:])
		isAsBefore = t.room >= 0
	case age < int(e.record.period):
		copy(e.record.at(q.clock), cells[e.record.first:])
	default:
		isAsBefore = e.record.isAt(q.clock, cells, before)
	}
	if !isAsBefore {
		t.isBad[e.tile] = true
		t.room += entryBytes + e.record.bytes()
	}
	return isAsBefore
}

// period returns the period of the hashes.
func (e *entry) period() int {
	for p := 1; p < window; p++ {
		if window%p == 0 && e.repeats(p) {
			return p
		}
	}
	return window
}

func (e *entry) repeats(p int) bool {
	for i, h := range e.hashes {
		if h != e.hashes[(i+p)%window] {
			return false
		}
	}
	return true
}

// endTrial makes those tiles dormant that repeat themselves, and whose neighbours do,
// and what is still beside them.
func (q *quilt) endTrial() {
	t := &q.trial
	for _, e := range t.entries {
		q.discard(e.tile)
		q.records[e.tile] = &e.record
		q.recorded += e.record.bytes()
	}
	found := 0
	for _, e := range t.entries {
		if q.mayRetire(e.tile) {
			q.retire(e.tile)
			found++
		}
	}
	for _, e := range t.entries {
		if q.isDormant[e.tile] {
			q.retireBeside(e.tile)
		}
	}
	for _, e := range t.entries {
		switch {
		case q.isDormant[e.tile]:
		case q.near[e.tile] == 0:
			q.discard(e.tile)
		default: // it is to be watched
			q.awake[e.tile] = true
		}
	}
	q.lookAround()
	wait := lateTrial
	if 4*found > t.listed {
		wait = nextTrial
	}
	q.trial = trial{wait: wait}
}

// retireBeside makes the still tiles beside a dormant one dormant where that may be.
func (q *quilt) retireBeside(k int32) {
	for _, n := range q.beside[k] {
		if q.mayRetire(n) {
			q.retire(n)
		}
	}
}

// mayRetire reports whether a tile and its neighbours repeat themselves.
func (q *quilt) mayRetire(k int32) bool {
	if q.isDormant[k] || q.trial.isBad[k] {
		return false
	}
	for _, n := range q.beside[k] {
		if q.trial.isBad[n] {
			return false
		}
	}
	return true
}
