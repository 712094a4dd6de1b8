package multistate

import (
	"unsafe"

	"golife/life"
	"golife/life/internal/kernel"
)

// side is the side of a tile in cells; a coordinate is side·(tile) + (place in it).
const (
	side     = 64
	sideLog  = 6
	lastLine = side - 1
)

// limit bounds the coordinates of cells: -limit <= x, y < limit. It is a multiple of
// side, so that no tile lies across it.
const limit = 1 << 62

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
var offset = [8]life.Point{
	{X: -1, Y: -1}, {X: 0, Y: -1}, {X: 1, Y: -1}, {X: -1, Y: 0},
	{X: 1, Y: 0}, {X: -1, Y: 1}, {X: 0, Y: 1}, {X: 1, Y: 1},
}

// tile is 64×64 cells. What it has of a pass comes first, so that a neighbour that
// queues it and one that steps it look at few cache lines.
type tile struct {
	near     [8]*tile      // the neighbours; universe.void where there is none
	more     []kernel.Tile // the planes of the law beside live
	at       life.Point    // in tiles
	queuedAt int64         // the pass that it is queued for, or never
	count    int32         // of non-zero cells; unknown when below 0
	missing  uint8         // bit d: something may be born beyond the edge d, where there is no tile
	isUsed   bool
	isMoved  bool   // it is on the list universe.moved
	extra    *extra // what few tiles have; nil is nothing
	// live are the cells in state 1, by the parity of the pass, or under a law that looks
	// cells up, those that are not in state 0. They begin with a cache line.
	live [2]kernel.Tile
}

// extra is what tiles at the edges of grids have, and those of a law that looks cells up.
type extra struct {
	mask  *kernel.Tile // the tile's cells that are on the grid; nil where all are
	cells *cells       // of a law that looks cells up; else nil
}

// mask returns the cells of t that are on the grid, nil where all are.
func (t *tile) mask() *kernel.Tile {
	if t.extra == nil {
		return nil
	}
	return t.extra.mask
}

// cells returns those of a law that looks cells up, else nil.
func (t *tile) cells() *cells {
	if t.extra == nil {
		return nil
	}
	return t.extra.cells
}

// never is no pass.
const never = -1

// chunkTiles is how many tiles are allocated at once.
const chunkTiles = 16

// chunk is some tiles and their planes.
type chunk struct {
	tiles [chunkTiles]tile
	more  []kernel.Tile
	cells []cells
}

const (
	planeBytes = int64(unsafe.Sizeof(kernel.Tile{}))
	cellBytes  = int64(unsafe.Sizeof(cells{}))
	// tileBytes is the memory for a tile, beside its planes: the tile, its place in
	// the index, and room for it on the lists of a pass and of unused tiles.
	tileBytes = int64(unsafe.Sizeof(tile{})) + indexBytes + 5*int64(unsafe.Sizeof((*tile)(nil)))
	// indexBytes is what an entry of the index takes: three words, of which a table of
	// Go's uses between 7/16 and 7/8.
	indexBytes = 56
)

// arena owns the tiles of one universe and finds them by coordinates. Tiles never move.
type arena struct {
	planes int   // of a tile, beside live
	isCell bool  // tiles have cells
	grid   *grid // nil on the unbounded plane
	chunks []*chunk
	unused []*tile
	index  map[life.Point]*tile
	void   *tile // stands for the neighbours that are not there, and is always empty
}

func newArena(l *law, g *grid) arena {
	return arena{planes: l.planes, isCell: l.look != nil, grid: g, index: map[life.Point]*tile{}, void: &tile{}}
}

// bytes returns the memory in use.
func (a *arena) bytes() int64 { return a.bytesFor(len(a.chunks)) }

func (a *arena) bytesFor(chunks int) int64 {
	tile := tileBytes + int64(a.planes)*planeBytes
	if a.isCell {
		tile += cellBytes
	}
	return int64(chunks) * chunkTiles * tile
}

// bytesWithOne returns what bytes will be when there is one tile more.
func (a *arena) bytesWithOne() int64 {
	if len(a.unused) > 0 {
		return a.bytes()
	}
	return a.bytesFor(len(a.chunks) + 1)
}

// create makes the tile at a place where there is none. Its cells are in state 0.
func (a *arena) create(at life.Point) *tile {
	if len(a.unused) == 0 {
		a.addChunk()
	}
	last := len(a.unused) - 1
	t := a.unused[last]
	a.unused = a.unused[:last]
	t.at, t.isUsed, t.count, t.missing, t.queuedAt = at, true, -1, 0, never
	if mask := a.grid.mask(at); mask != nil && t.extra == nil {
		t.extra = &extra{mask: mask}
	} else if t.extra != nil {
		t.extra.mask = mask
	}
	a.index[at] = t
	for d, by := range offset {
		q := a.index[at.Add(by)]
		if q == nil {
			q = a.void
		} else {
			q.near[7-d] = t
		}
		t.near[d] = q
	}
	return t
}

// addChunk makes room for chunkTiles tiles; the first is to be used first.
func (a *arena) addChunk() {
	c := &chunk{more: make([]kernel.Tile, chunkTiles*a.planes)}
	if a.isCell {
		c.cells = make([]cells, chunkTiles)
	}
	a.chunks = append(a.chunks, c)
	for i := chunkTiles - 1; i >= 0; i-- {
		if a.isCell {
			c.tiles[i].extra = &extra{cells: &c.cells[i]}
		}
		c.tiles[i].more = c.more[i*a.planes:][:a.planes:a.planes]
		a.unused = append(a.unused, &c.tiles[i])
	}
}

// release frees a tile that is and was empty and is on no list.
func (a *arena) release(t *tile) {
	delete(a.index, t.at)
	for d, q := range t.near {
		if q != a.void {
			q.near[7-d] = a.void
		}
	}
	t.isUsed = false
	a.unused = append(a.unused, t)
}

// all yields the tiles in use, in the order of their memory.
func (a *arena) all(yield func(*tile) bool) {
	for _, c := range a.chunks {
		for i := range c.tiles {
			if t := &c.tiles[i]; t.isUsed && !yield(t) {
				return
			}
		}
	}
}
