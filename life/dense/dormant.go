package dense

import (
	"math/bits"
	"slices"

	"golife/life/internal/kernel"
)

// dormancy knows the tiles of a quilt that are not stepped although they change: they
// and the tiles around them have repeated themselves for as long as it takes to see
// all that they can do together (trial). Their cells are in records.
//
// A tile beside a dormant one is watched: when it does anything but what it did, the
// dormant tiles around it are stepped again. If it changes it is stepped in every generation, for
// a dormant tile wakes nobody. If it is still it may sleep: what its cells beside the
// dormant tile see is in tiles beside that one, all of them as they were in the trial.
//
// The plane has the cells of a dormant tile only while a tile beside it is not dormant
// (lookAround), and when somebody reads them (settle). So still tiles become dormant as well,
// without a record, where all around them is known to repeat itself.
type dormancy struct {
	records   []*record // by tile: what it is expected to do; nil if nothing, or what it did two generations before
	isDormant []bool
	near      []uint16  // by tile: its dormant neighbours
	beside    [][]int32 // by tile: its neighbours on the unfolded grid, itself left out
	dormant   []int32   // tiles that have become dormant; they may have ceased to be
	deviants  []int32   // tiles beside dormant ones that were not as expected
	seen      []int32   // dormant tiles with records beside tiles that are not dormant
	recorded  int64     // bytes of records
	settledAt int64     // the clock when the dormant tiles were last written to the plane
}

// record is what a tile repeats: the rows that change, from the first to the last.
type record struct {
	rows   []uint64 // of all generations of a period
	period int64
	start  int64 // the clock of the first
	first  int   // number of the first row
	height int
}

// newRecord returns an empty record of the rows that have a bit in varying.
func newRecord(period int, varying uint64, start int64) record {
	first := bits.TrailingZeros64(varying)
	height := bits.Len64(varying) - first
	return record{make([]uint64, period*height), int64(period), start, first, height}
}

// at returns the rows at a clock not before start.
func (r *record) at(clock int64) []uint64 {
	return r.rows[int((clock-r.start)%r.period)*r.height:][:r.height]
}

// isAt reports whether the cells of a tile are what they should be at a clock, when those
// before were.
func (r *record) isAt(clock int64, cells, before *kernel.Tile) bool {
	end := r.first + r.height
	return slices.Equal(cells[r.first:end], r.at(clock)) &&
		slices.Equal(cells[:r.first], before[:r.first]) && slices.Equal(cells[end:], before[end:])
}

// put writes the rows at a clock.
func (r *record) put(clock int64, cells *kernel.Tile) { copy(cells[r.first:], r.at(clock)) }

func (r *record) bytes() int64 { return 8 * int64(len(r.rows)) }

const tileBytes = int64(len(kernel.Tile{})) * 8

// newDormancy returns a dormancy without dormant tiles.
func newDormancy(q *quilt) dormancy {
	n := len(q.awake)
	d := dormancy{
		records: make([]*record, n), isDormant: make([]bool, n), near: make([]uint16, n), beside: make([][]int32, n), settledAt: -1,
	}
	row := int32(q.tw + 2)
	for k := range int32(n) {
		if q.isOnGrid(k) {
			for _, m := range []int32{k - row - 1, k - row, k - row + 1, k - 1, k + 1, k + row - 1, k + row, k + row + 1} {
				if q.isOnGrid(m) {
					d.beside[k] = append(d.beside[k], m)
				}
			}
		}
	}
	join := func(a, b int32) {
		if a != b && !slices.Contains(d.beside[a], b) {
			d.beside[a] = append(d.beside[a], b)
		}
	}
	for from, all := range q.ghosts {
		for i := range all {
			for _, k := range all[i].wakes {
				join(from, k)
				join(k, from)
			}
		}
	}
	return d
}

// besideBytes is about what there is to a tile in a dormancy beside its record.
const besideBytes = 80

func (d *dormancy) bytes() int64 { return besideBytes*int64(len(d.records)) + d.recorded }

// isOnGrid reports whether a tile has cells of the grid.
func (q *quilt) isOnGrid(k int32) bool {
	tx, ty := int(k)%(q.tw+2), int(k)/(q.tw+2)
	return tx >= 1 && tx <= q.tw && ty >= 1 && ty <= q.th
}

// settle writes the cells of all dormant tiles to the plane.
func (q *quilt) settle() {
	if len(q.dormant) == 0 || q.settledAt == q.clock {
		return
	}
	for _, k := range q.dormant {
		if q.isDormant[k] {
			q.put(k)
		}
	}
	q.settledAt = q.clock
}

// put writes the cells of a dormant tile to the plane.
func (q *quilt) put(k int32) {
	if r := q.records[k]; r != nil {
		r.put(q.clock, &q.tiles[q.now][k])
	}
}

// retire makes a tile dormant.
func (q *quilt) retire(k int32) {
	q.isDormant[k], q.awake[k] = true, false
	q.dormant = append(q.dormant, k)
	q.countNear(k, 1)
	if q.records[k] != nil {
		q.cycle.note(k)
	}
}

// countNear tells the neighbours of k of one dormant tile more, or less.
func (q *quilt) countNear(k int32, by int) {
	for _, n := range q.beside[k] {
		if q.near[n] += uint16(by); q.near[n] == 0 && !q.isDormant[n] {
			q.discard(n)
		}
	}
}

// rouse has a dormant tile stepped again, at the present generation, until which it
// was as recorded. Somebody saw it, so the plane has this generation and the one before.
func (q *quilt) rouse(k int32) {
	q.isDormant[k], q.awake[k] = false, true
	if q.records[k] != nil {
		q.trial.note(k)
	}
	q.countNear(k, -1)
	if q.near[k] == 0 {
		q.discard(k)
	}
}

// show writes the next generation of the dormant tiles that others see.
func (q *quilt) show() {
	next := q.tiles[q.now^1]
	for _, k := range q.seen {
		q.records[k].put(q.clock+1, &next[k])
		q.copyGhosts(k, next)
	}
}

// copyGhosts makes the border follow a tile.
func (q *quilt) copyGhosts(k int32, tiles []kernel.Tile) {
	ghosts := q.ghosts[k]
	for i := range ghosts {
		q.copyGhost(&ghosts[i], tiles)
	}
}

// lookAround finds out which dormant tiles are seen by others.
func (q *quilt) lookAround() {
	q.seen = q.seen[:0]
	isAwake := func(k int32) bool { return !q.isDormant[k] }
	for _, k := range q.dormant {
		if q.records[k] != nil && slices.ContainsFunc(q.beside[k], isAwake) {
			q.seen = append(q.seen, k)
			q.put(k)
			q.copyGhosts(k, q.tiles[q.now])
		}
	}
}

// attend looks after dormant tiles when the others were stepped, before those are the
// present generation.
func (q *quilt) attend() {
	q.show()
	for i, k := range q.queue {
		if q.near[k] == 0 {
			continue
		}
		isDeviant := q.result[i].columns != 0
		if r := q.records[k]; r != nil {
			isDeviant = !r.isAt(q.clock+1, &q.tiles[q.now^1][k], &q.tiles[q.now][k])
			q.awake[k] = true
		}
		if isDeviant {
			q.discard(k)
			q.deviants = append(q.deviants, k)
		}
	}
}

// discard forgets what a tile is expected to do.
func (q *quilt) discard(k int32) {
	if r := q.records[k]; r != nil {
		q.recorded -= r.bytes()
		q.records[k] = nil
	}
}

// rouseBeside rouses the dormant tiles beside those that were not as expected.
func (q *quilt) rouseBeside() {
	if len(q.deviants) == 0 {
		return
	}
	for _, k := range q.deviants {
		for _, n := range q.beside[k] {
			if q.isDormant[n] {
				q.rouse(n)
			}
		}
	}
	q.deviants = q.deviants[:0]
	q.dormant = slices.DeleteFunc(q.dormant, func(k int32) bool { return !q.isDormant[k] })
	q.lookAround()
}

// forget has all tiles stepped again.
func (q *quilt) forget() {
	if len(q.records) == 0 {
		return
	}
	if q.settle(); len(q.dormant) > 0 {
		q.force = 2
	}
	q.dormancy, q.trial = dormancy{}, trial{wait: firstTrial}
}
