package dense

import (
	"math/bits"

	"golife/life/internal/kernel"
)

// quilt is a plane of 64×64 tiles in two generations: the present one, and the one
// before, which the next replaces. A tile whose surroundings are what they were
// two generations before will be what it was one generation before, and that is
// what stands where the next generation goes: it is left alone.
//
// Around the grid runs a border of one cell, in tiles of its own or what is left of
// the last ones. Where the edges are joined, each of its cells is a copy of one
// on the grid (ghost).
type quilt struct {
	shape
	tw, th int // tiles with cells of the grid, west to east and north to south
	// tiles holds (tw+2)·(th+2) tiles twice; now tells which are the present ones.
	tiles  [2][]kernel.Tile
	now    int
	ghosts map[int32][]ghost // by the tile with the cell that they are copies of
	awake  []bool            // the tiles to be stepped next
	queue  []int32           // the same tiles, in order
	force  int               // generations for which all tiles are to be stepped
	result []change          // of the tiles in the queue
	cycle  cycle
	clock  int64 // generations since it was made
	dormancy
	trial trial
	// isTentative says that much changes, but that trial may find that it repeats itself.
	isTentative bool
}

// ghost is a cell of the border.
type ghost struct {
	from, to         int32 // tiles
	fromRow, fromBit uint8
	toRow, toBit     uint8
	wakes            [2]int32 // the tiles that see it; the same twice if only one
}

// change says what differs in a tile from two generations before: columns, and
// whether the first and the last row do.
type change struct {
	columns     uint64
	first, last bool
}

// newQuilt returns an empty quilt.
func newQuilt(s shape) *quilt {
	q := &quilt{shape: s, tw: (s.w + 63) / 64, th: (s.h + 63) / 64, ghosts: map[int32][]ghost{}, force: 2, trial: trial{wait: firstTrial}}
	n := (q.tw + 2) * (q.th + 2)
	q.tiles = [2][]kernel.Tile{make([]kernel.Tile, n), make([]kernel.Tile, n)}
	q.awake = make([]bool, n)
	for x := -1; x <= s.w; x++ {
		q.addGhost(x, -1)
		q.addGhost(x, s.h)
	}
	for y := range s.h {
		q.addGhost(-1, y)
		q.addGhost(s.w, y)
	}
	return q
}

// quiltBytes returns about what newQuilt allocates for w × h cells.
func quiltBytes(w, h float64) float64 { return (w/64+3)*(h/64+3)*1100 + 200*(w+h) }

func (q *quilt) size() (w, h int) { return q.w, q.h }

// bytes counts ghosts as what they take in a map.
func (q *quilt) bytes() int64 {
	return int64(len(q.tiles[0]))*(2*512+1) + int64(4*(q.w+q.h))*24 + q.cycle.bytes() + q.dormancy.bytes() + q.trial.bytes()
}

// locate returns where cell (x, y) is; one beyond the edges is on the border.
func (q *quilt) locate(x, y int) (tile int32, row, bit uint8) {
	return int32((y>>6+1)*(q.tw+2) + x>>6 + 1), uint8(y & 63), uint8(x & 63)
}

func (q *quilt) addGhost(x, y int) {
	if q.isDeadX && (x < 0 || x >= q.w) || q.isDeadY && (y < 0 || y >= q.h) {
		return
	}
	ix, iy, ok := q.grid.Inside(int64(x), int64(y))
	if !ok {
		return
	}
	var g ghost
	g.to, g.toRow, g.toBit = q.locate(x, y)
	g.from, g.fromRow, g.fromBit = q.locate(int(ix), int(iy))
	clamp := func(v, n int) int { return min(max(v, 0), n-1) }
	g.wakes[0], _, _ = q.locate(clamp(x-1, q.w), clamp(y-1, q.h))
	g.wakes[1], _, _ = q.locate(clamp(x+1, q.w), clamp(y+1, q.h))
	q.ghosts[g.from] = append(q.ghosts[g.from], g)
}

func (q *quilt) get(x, y int) bool {
	tile, row, bit := q.locate(x, y)
	q.settle()
	return q.tiles[q.now][tile][row]>>bit&1 != 0
}

func (q *quilt) set(x, y int, isLive bool) {
	q.changedByHand()
	tile, row, bit := q.locate(x, y)
	p := &q.tiles[q.now][tile][row]
	*p &^= 1 << bit
	if isLive {
		*p |= 1 << bit
	}
}

func (q *quilt) or(y int, line []uint64) {
	q.changedByHand()
	tile, row, _ := q.locate(0, y)
	for i, word := range line {
		if word != 0 {
			q.tiles[q.now][int(tile)+i][row] |= word
		}
	}
}

// changedByHand is called before cells are changed: what stands in the other generation
// is no predecessor any more.
func (q *quilt) changedByHand() {
	q.forget()
	q.force = 2
	q.cycle = cycle{}
}

// mask returns the columns of the grid that a tile has in a row.
func (q *quilt) mask(tx, y int) uint64 {
	if y >= q.h {
		return 0
	}
	if n := q.w - 64*tx; n < 64 {
		return 1<<n - 1
	}
	return ^uint64(0)
}

func (q *quilt) line(y int, dst []uint64) {
	q.settle()
	tile, row, _ := q.locate(0, y)
	for tx := range q.tw {
		dst[tx] = q.tiles[q.now][int(tile)+tx][row] & q.mask(tx, y)
	}
}

func (q *quilt) population() (n uint64) {
	line := make([]uint64, q.tw)
	for y := range q.h {
		q.line(y, line)
		for _, word := range line {
			n += uint64(bits.OnesCount64(word))
		}
	}
	return n
}

func (q *quilt) bounds() (x0, y0, x1, y1 int, ok bool) {
	line, all := make([]uint64, q.tw), make([]uint64, q.tw)
	for y := range q.h {
		q.line(y, line)
		isEmpty := true
		for i, word := range line {
			all[i] |= word
			isEmpty = isEmpty && word == 0
		}
		if isEmpty {
			continue
		}
		if !ok {
			y0, ok = y, true
		}
		y1 = y + 1
	}
	x0 = q.w
	for i, word := range all {
		if word != 0 {
			x0 = min(x0, 64*i+bits.TrailingZeros64(word))
			x1 = 64*i + bits.Len64(word)
		}
	}
	return x0, y0, x1, y1, ok
}

func (q *quilt) clone() plane {
	q.settle()
	c := *q
	if len(q.dormant) > 0 {
		c.force = 2
	}
	c.dormancy, c.trial = dormancy{}, trial{wait: firstTrial}
	for i := range q.tiles {
		c.tiles[i] = append([]kernel.Tile(nil), q.tiles[i]...)
	}
	c.awake = append([]bool(nil), q.awake...)
	c.queue, c.result, c.cycle = nil, nil, cycle{}
	return &c
}
