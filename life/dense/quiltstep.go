package dense

import (
	"bytes"
	"unsafe"

	"golife/life/internal/kernel"
	"golife/life/internal/team"
)

// advance steps a quilt by one generation. It returns the share of the tiles that
// had to be stepped, 0 when that is not known.
func (q *quilt) advance(n *kernel.Network, t *team.Team) float64 {
	q.collect()
	q.result = append(q.result[:0], make([]change, len(q.queue))...)
	share(t, len(q.queue), func(from, to int) {
		for i := from; i < to; i++ {
			q.result[i] = q.stepTile(n, q.queue[i])
		}
	})
	for i, k := range q.queue {
		c := q.result[i]
		if q.force == 2 { // there was nothing to compare with
			c = change{^uint64(0), true, true}
		}
		if c.columns != 0 {
			q.wake(k, c)
		}
	}
	if len(q.dormant) > 0 {
		q.attend()
	}
	stepped := float64(len(q.queue)) / float64(q.tw*q.th)
	q.now ^= 1
	q.clock++
	q.rouseBeside()
	q.follow()
	if q.force > 0 { // they were stepped whether they had to or not
		q.force--
		return 0
	}
	if q.isTentative && q.clock <= checked && len(q.records) > 0 {
		return 0
	}
	return stepped
}

// collect lists the tiles that are awake, all of them if forced.
func (q *quilt) collect() {
	if q.force == 2 {
		q.haunt()
	}
	q.queue = q.queue[:0]
	for ty := range q.th {
		first := (ty+1)*(q.tw+2) + 1
		row := flags(q.awake[first:][:q.tw])
		for k := 0; k < q.tw; k++ {
			if q.force == 0 {
				n := bytes.IndexByte(row[k:], 1)
				if n < 0 {
					break
				}
				if k += n; len(q.dormant) > 0 && q.isDormant[first+k] {
					continue
				}
			}
			q.queue = append(q.queue, int32(first+k))
		}
	}
}

// flags returns claims as bytes, 1 for those that are true.
func flags(claims []bool) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(claims))), len(claims))
}

// haunt makes the border of the present generation.
func (q *quilt) haunt() {
	for _, all := range q.ghosts {
		for i := range all {
			q.copyGhost(&all[i], q.tiles[q.now])
		}
	}
}

// copyGhost reports whether the border was another before.
func (q *quilt) copyGhost(g *ghost, tiles []kernel.Tile) bool {
	v := tiles[g.from][g.fromRow] >> g.fromBit & 1
	p := &tiles[g.to][g.toRow]
	if *p>>g.toBit&1 == v {
		return false
	}
	*p ^= 1 << g.toBit
	return true
}

// stepTile makes the next generation of a tile and puts it to sleep.
func (q *quilt) stepTile(n *kernel.Network, k int32) change {
	src, row := q.tiles[q.now], int32(q.tw+2)
	dst := &q.tiles[q.now^1][k]
	q.awake[k] = false
	h := kernel.Hood{
		NW: &src[k-row-1], N: &src[k-row], NE: &src[k-row+1], W: &src[k-1], C: &src[k], E: &src[k+1],
		SW: &src[k+row-1], S: &src[k+row], SE: &src[k+row+1],
	}
	tx, ty := int(k)%(q.tw+2)-1, int(k)/(q.tw+2)-1
	if 64*tx+64 > q.w || 64*ty+64 > q.h {
		return q.stepLast(n, dst, &h, tx, ty)
	}
	first, last := dst[0], dst[63]
	columns := n.StepTile(dst, &h, 0, 64)
	return change{columns, first != dst[0], last != dst[63]}
}

// stepLast is stepTile for a tile that the grid's edge cuts: cells beyond are not
// touched, as the border is there.
func (q *quilt) stepLast(n *kernel.Network, dst *kernel.Tile, h *kernel.Hood, tx, ty int) (c change) {
	old := *dst
	rows := min(64, q.h-64*ty)
	n.StepTile(dst, h, 0, rows)
	mask := q.mask(tx, 64*ty)
	for y := range rows {
		dst[y] = dst[y]&mask | old[y]&^mask
		c.columns |= dst[y] ^ old[y]
	}
	return change{c.columns, old[0] != dst[0], rows == 64 && old[63] != dst[63]}
}

// wake notes which tiles see a change of tile k, and makes the border follow it.
func (q *quilt) wake(k int32, c change) {
	row := int32(q.tw + 2)
	q.awake[k] = true
	west, east := c.columns&1 != 0, c.columns>>63 != 0
	q.awake[k-1] = q.awake[k-1] || west
	q.awake[k+1] = q.awake[k+1] || east
	if c.first {
		q.awake[k-row] = true
		q.awake[k-row-1] = q.awake[k-row-1] || west
		q.awake[k-row+1] = q.awake[k-row+1] || east
	}
	if c.last {
		q.awake[k+row] = true
		q.awake[k+row-1] = q.awake[k+row-1] || west
		q.awake[k+row+1] = q.awake[k+row+1] || east
	}
	q.cycle.note(k)
	q.trial.note(k)
	ghosts := q.ghosts[k]
	for i := range ghosts {
		if g := &ghosts[i]; q.copyGhost(g, q.tiles[q.now^1]) {
			q.awake[g.wakes[0]], q.awake[g.wakes[1]] = true, true
		}
	}
}
