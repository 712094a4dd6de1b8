package tile

import (
	"math"
	"unsafe"

	system "golife/life/internal/arena"
	"golife/life/internal/kernel"
)

// The sizes of a tile: side words of side bits, of which a frame of rim cells
// is a copy of what the neighbours hold.
const (
	side  = 64
	rim   = kernel.Rim
	inner = side - 2*rim // cells of its own in a row or column of a tile

	ownBits  = kernel.OwnColumns                  // own columns of a row, or own rows of a tile
	lowEdge  = uint64(1<<rim-1) << rim            // own cells that the west or north neighbour copies
	highEdge = uint64(1<<rim-1) << (side - 2*rim) // own cells that the east or south neighbour copies
	lowRim   = highEdge >> inner                  // copies of the west or north neighbour's
	highRim  = lowEdge << inner                   // copies of the east or south neighbour's
)

// limit bounds the coordinates of cells: -limit <= x, y < limit.
const limit = 1 << 62

// farthest bounds the coordinates of tiles, on both sides; it is one more than
// cells within limit need, for the tiles that hold nothing but their rim.
const farthest = limit/inner + 1

// The neighbours of a tile. opposite(d) is 7-d.
const (
	toNW = kernel.ToNW
	toN  = kernel.ToN
	toNE = kernel.ToNE
	toW  = kernel.ToW
	toE  = kernel.ToE
	toSW = kernel.ToSW
	toS  = kernel.ToS
	toSE = kernel.ToSE
)

// offset is where the neighbours are, in tiles.
var offset = [8]struct{ x, y int64 }{{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}}

// id names a tile of an arena; 0 is none.
type id = uint32

// tile is 60×60 cells and, around them, a copy of two cells of the neighbours.
// It is nine cache lines. Rows are the cells, unless it is asleep: then its tracker
// (see cycles; 0 is none) has them. A tile is queued when it is on the list for the next
// pass. An age of 0 is a free slot.
type tile struct {
	kernel.Site
	x, y int64 // in tiles: the own cells are 60x…60x+59 by 60y…60y+59
}

const (
	chunkTiles = kernel.ChunkSites
	// slotBytes is the memory for one slot of a chunk: the tile and room for it on
	// the free list, on the queue and on the lists of a worker.
	slotBytes = int64(unsafe.Sizeof(tile{}) + 4*unsafe.Sizeof(id(0)) + 2*unsafe.Sizeof(kernel.Link{}) + 2*unsafe.Sizeof(kernel.Side{}) + unsafe.Sizeof(kernel.Diagonals{}))
	minIndex  = 256
)

// arena owns the tiles of one universe and finds them by coordinates. Tiles never
// move, so pointers to them stay good until they are freed.
type arena struct {
	chunks []*[chunkTiles]tile
	free   []id
	next   id     // slots from here on were never used; slot 0 never is, and counts as asleep
	count  int    // tiles in use
	index  []slot // open addressing, linear probing; see isFull
	isFar  bool   // a tile has been as far out as tiles can be
	hull   box    // of all tiles, and perhaps of some that are gone, in tiles
}

func newArena() arena { return arena{next: 1, index: make([]slot, minIndex)} }

// slot is an entry of the index. What is looked for is most often not there, and the
// hash tells so without a look at tiles, which are far from the caches.
type slot struct {
	id   id     // or 0
	hash uint32 // of the tile's coordinates
}

// isFull reports whether an index of some slots is too small for count tiles.
func isFull(count, slots int) bool { return 4*count > 3*slots }

// at returns the tile of an id other than 0.
func (a *arena) at(i id) *tile { return &a.chunks[i/chunkTiles][i%chunkTiles] }

// places returns where the tiles are.
func (a *arena) places() kernel.Chunks {
	_ = [1]struct{}{}[unsafe.Sizeof(tile{})-kernel.SiteBytes]
	return *(*kernel.Chunks)(unsafe.Pointer(&a.chunks))
}

// bytes returns the memory in use.
func (a *arena) bytes() int64 {
	return bytesFor(len(a.chunks), len(a.index))
}

func bytesFor(chunks, slots int) int64 {
	return int64(chunks)*chunkTiles*slotBytes + int64(unsafe.Sizeof(slot{}))*int64(slots)
}

// bytesWith returns what bytes will be when there are more tiles more.
func (a *arena) bytesWith(more int) int64 {
	chunks, slots := len(a.chunks), len(a.index)
	if fresh := more - len(a.free); fresh > 0 {
		chunks = max(chunks, (int(a.next)+fresh+chunkTiles-1)/chunkTiles)
	}
	for isFull(a.count+more, slots) {
		slots *= 2
	}
	return bytesFor(chunks, slots)
}

// hash returns where in the index the search for (x, y) begins, for an index of any
// size: as many of its bits as that needs.
func hash(x, y int64) uint32 {
	h := uint64(x)*0x9E3779B97F4A7C15 ^ uint64(y)*0xC2B2AE3D27D4EB4F
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	return uint32(h >> 32)
}

// find returns the tile at (x, y), or 0.
func (a *arena) find(x, y int64) id {
	h, mask := hash(x, y), len(a.index)-1
	for i := int(h) & mask; ; i = (i + 1) & mask {
		s := a.index[i]
		if s.id == 0 {
			return 0
		}
		if s.hash == h {
			if t := a.at(s.id); t.x == x && t.y == y {
				return s.id
			}
		}
	}
}

// enter puts a tile that is not in the index there.
func (a *arena) enter(s slot) {
	mask := len(a.index) - 1
	i := int(s.hash) & mask
	for a.index[i].id != 0 {
		i = (i + 1) & mask
	}
	a.index[i] = s
}

// leave takes a tile out of the index and closes the gap (Knuth, The Art of
// Computer Programming 3, 1998, algorithm 6.4 R).
func (a *arena) leave(k id) {
	mask := len(a.index) - 1
	i := int(hash(a.at(k).x, a.at(k).y)) & mask
	for a.index[i].id != k {
		i = (i + 1) & mask
	}
	for j := (i + 1) & mask; a.index[j].id != 0; j = (j + 1) & mask {
		if home := int(a.index[j].hash); (j-home)&mask >= (j-i)&mask {
			a.index[i] = a.index[j]
			i = j
		}
	}
	a.index[i] = slot{}
}

// create makes the tile at (x, y), where there is none, and links it with its
// neighbours. Its cells are dead; see universe.fillRim.
func (a *arena) create(x, y int64) id {
	if a.count++; isFull(a.count, len(a.index)) {
		a.growIndex()
	}
	k := a.take()
	t := a.at(k)
	t.x, t.y, t.Age, t.Sleepers = x, y, 1, 0
	a.enter(slot{k, hash(x, y)})
	for d := range t.Near {
		t.Near[d] = 0
		if q := a.find(x+offset[d].x, y+offset[d].y); q != 0 {
			t.Near[d] = q
			n := a.at(q)
			n.Near[7-d] = k
			if n.IsAsleep {
				t.Sleepers++
			}
		}
	}
	a.hull = a.hull.with(x, y)
	if max(x, -x, y, -y) >= farthest {
		a.isFar = true
	}
	return k
}

// take returns an unused slot.
func (a *arena) take() id {
	if last := len(a.free) - 1; last >= 0 {
		k := a.free[last]
		a.free = a.free[:last]
		return k
	}
	if int(a.next)/chunkTiles == len(a.chunks) {
		a.addChunk()
	}
	if a.next == math.MaxUint32 {
		panic("tile: 2^32 tiles")
	}
	a.next++
	return a.next - 1
}

// addChunk makes room for chunkTiles tiles.
func (a *arena) addChunk() {
	c := new([chunkTiles]tile)
	a.chunks = append(a.chunks, c)
	if len(a.chunks) == 1 {
		c[0].IsAsleep = true
	} else {
		system.Populate(c[:])
	}
}

func (a *arena) growIndex() {
	old := a.index
	a.index = make([]slot, 2*len(old))
	for _, s := range old {
		if s.id != 0 {
			a.enter(s)
		}
	}
}

// release frees a tile whose rows are all zero and that is not on the queue.
func (a *arena) release(k id) {
	a.leave(k)
	t := a.at(k)
	for d, q := range t.Near {
		if q != 0 {
			a.at(q).Near[7-d] = 0
		}
	}
	t.Changed, t.Age = 0, 0
	a.free = append(a.free, k)
	a.count--
}

// all yields the tiles in use in the order of their ids.
func (a *arena) all(yield func(id, *tile) bool) {
	for i := id(1); i < a.next; i++ {
		if t := a.at(i); t.Age != 0 && !yield(i, t) {
			return
		}
	}
}
