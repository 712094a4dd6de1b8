package wide

import (
	"bytes"
	"fmt"
	"sync"
	"unsafe"

	"golife/life"
)

// limit bounds the coordinates of cells: -limit <= x, y < limit.
const limit = 1 << 62

// tile is a square of cells, a byte each, row-major.
type tile struct {
	at    life.Point // in tiles
	cells [2][]uint8 // by the parity of the clock; nil while all cells are in state 0
	// todo are the cells to be computed next; those of both cells agree elsewhere. It is
	// empty unless the tile is on the queue.
	todo  life.Rect
	fresh [2][]uint8 // cells for a tile that has none, and is no longer empty
	diff  life.Rect  // what the last pass changed
	// isFilled says whether there are cells that are not in state 0 after the pass.
	isFilled bool
	count    int64 // of cells that are not in state 0; unknown when below 0
}

// arena owns the tiles of one universe and finds them by coordinates.
type arena struct {
	log   uint // of the side of a tile
	index map[life.Point]*tile
	// near holds tiles of the index at the place that their coordinates give.
	near   [nearTiles]*tile
	filled int // tiles with cells

	mu    sync.Mutex // held while cells are given out
	pool  [][]uint8  // cells that are not used, all in state 0
	taken int        // squares of cells there are, in the pool or not
	room  int64      // bytes of benches
	limit int64      // bytes; 0 is none
}

const (
	nearTiles = 1 << 10 // a power of 4
	nearSide  = 1 << 5
)

// overhead is the memory for a tile beside its cells: the tile and its place in the index,
// for it and the empty ones around it.
const overhead = 9 * (int64(unsafe.Sizeof(tile{})) + 56)

// sideLog returns the size of tiles for a reach: 64 cells, or so many that objects, which are
// some times as large as the reach, lie on few.
func sideLog(reach int) uint {
	log := uint(6)
	for log < 10 && 1<<log < 4*reach || log < 7 && 1<<log < 16*reach {
		log++
	}
	return log
}

func (a *arena) side() int { return 1 << a.log }

// rect returns the cells of the tile at a place.
func (a *arena) rect(at life.Point) life.Rect {
	return life.Rt(at.X<<a.log, at.Y<<a.log, 1<<a.log, 1<<a.log)
}

// tileOf returns the place of the tile with a cell.
func (a *arena) tileOf(p life.Point) life.Point { return life.Point{X: p.X >> a.log, Y: p.Y >> a.log} }

// offset returns the place of a cell among those of its tile.
func (a *arena) offset(p life.Point) int {
	low := int64(1)<<a.log - 1
	return int((p.Y&low)<<a.log | p.X&low)
}

func nearSlot(at life.Point) int {
	return int(at.Y&(nearSide-1)*nearSide | at.X&(nearSide-1))
}

// find returns the tile at a place, or nil.
func (a *arena) find(at life.Point) *tile {
	if t := a.near[nearSlot(at)]; t != nil && t.at == at {
		return t
	}
	return a.index[at]
}

// make returns the tile at a place, an empty one where there is none.
func (a *arena) make(at life.Point) *tile {
	slot := &a.near[nearSlot(at)]
	if *slot != nil && (*slot).at == at {
		return *slot
	}
	t := a.index[at]
	if t == nil {
		t = &tile{at: at}
		a.index[at] = t
	}
	*slot = t
	return t
}

// drop forgets an empty tile.
func (a *arena) drop(t *tile) {
	delete(a.index, t.at)
	if slot := &a.near[nearSlot(t.at)]; *slot == t {
		*slot = nil
	}
}

// each calls f for every tile, whether it is there or not, that shares a cell with r.
func (a *arena) each(r life.Rect, f func(at life.Point)) {
	for y := r.Min.Y >> a.log; y<<a.log < r.Max.Y; y++ {
		for x := r.Min.X >> a.log; x<<a.log < r.Max.X; x++ {
			f(life.Point{X: x, Y: y})
		}
	}
}

// bytes returns the memory in use.
func (a *arena) bytes() int64 { return int64(a.taken)*a.squareBytes() + a.room }

// squareBytes is what a square of cells takes, of which a tile has two.
func (a *arena) squareBytes() int64 { return 1<<(2*a.log) + overhead/2 }

// take returns cells for an empty tile, or life.ErrMemoryLimit. It may be called by several
// goroutines.
func (a *arena) take() (cells [2][]uint8, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range cells {
		if n := len(a.pool); n > 0 {
			cells[i], a.pool = a.pool[n-1], a.pool[:n-1]
			continue
		}
		if err := a.check(a.bytes() + a.squareBytes()); err != nil {
			a.pool = append(a.pool, cells[:i]...)
			return [2][]uint8{}, err
		}
		cells[i] = make([]uint8, 1<<(2*a.log))
		a.taken++
	}
	return cells, nil
}

// check returns life.ErrMemoryLimit when so many bytes are too many.
func (a *arena) check(bytes int64) error {
	if a.limit > 0 && bytes > a.limit {
		return fmt.Errorf("wide: %d tiles and what a pass needs take %d bytes, the limit is %d: %w", a.filled, bytes, a.limit, life.ErrMemoryLimit)
	}
	return nil
}

// checkRoom is check for benches of so many bytes.
func (a *arena) checkRoom(room int64) error { return a.check(a.bytes() - a.room + room) }

// give takes cells back.
func (a *arena) give(cells [2][]uint8) {
	for _, c := range cells {
		clear(c)
		a.pool = append(a.pool, c)
	}
}

// inRange reports whether a tile at a place lies within the limit.
func (a *arena) inRange(at life.Point) bool {
	far := int64(limit) >> a.log
	return min(at.X, at.Y) >= -far && max(at.X, at.Y) < far
}

var zeros [1 << 10]uint8

// isZero reports whether all cells are in state 0; there are at most as many as in the
// row of a tile.
func isZero(cells []uint8) bool { return bytes.Equal(cells, zeros[:len(cells)]) }
