package kernel

// Tile is a 64×64 square of cells: word y, bit x is cell (x, y).
type Tile = [64]uint64

// Hood is a tile and its eight neighbours. Nothing is copied: the pointers may
// lead straight into an engine's storage, and neighbours that do not exist point
// to a shared all-zero tile such as [Empty]. Of the neighbours StepTile reads
//
//	NW N NE   word 63 (bit 63, all bits, bit 0)
//	W  E      bit 63 of the words of W, bit 0 of the words of E
//	SW S SE   word 0 (bit 63, all bits, bit 0)
//
// No pointer may be nil.
type Hood struct {
	NW, N, NE, W, C, E, SW, S, SE *Tile
}

// Empty is a tile without live cells, to stand in for missing neighbours. It must
// not be written to.
var Empty Tile

// StepTile computes rows y0 ≤ y < y1 of the next generation of the tile h.C into
// dst and leaves dst's other rows alone; 0 and 64 step the whole tile. dst must
// not be one of h's tiles. 0 ≤ y0 ≤ y1 ≤ 64, else it panics.
//
// The result has bit x set if any of these rows of dst changed in column x
// against what dst held before. An engine with two buffers a tile thus learns
// for free whether the tile equals itself two generations ago.
//
// Cost: see KERNELS.md; no allocation.
func (n *Network) StepTile(dst *Tile, h *Hood, y0, y1 int) (changed uint64) {
	if y0 < 0 || y0 > y1 || y1 > 64 {
		panic("kernel: StepTile: rows out of range")
	}
	if y0 == y1 {
		return 0
	}
	north, south := row{h.N[63], h.NW[63], h.NE[63]}, row{h.S[0], h.SW[0], h.SE[0]}
	if y0 > 0 {
		north = row{h.C[y0-1], h.W[y0-1], h.E[y0-1]}
	}
	if y1 < 64 {
		south = row{h.C[y1], h.W[y1], h.E[y1]}
	}
	d, c, w, e := dst[y0:y1], h.C[y0:y1], h.W[y0:y1], h.E[y0:y1]
	if changed, ok := n.spanAsm(d, c, w, e, &north, &south); ok {
		return changed
	}
	return n.span(d, c, w, e, north, south)
}

// row is a word and the words to its west and east.
type row struct{ c, w, e uint64 }

// west and east give the neighbours of each cell of r.
func (r row) west() uint64 { return r.c<<1 | r.w>>63 }
func (r row) east() uint64 { return r.c>>1 | r.e<<63 }

// span steps the words c, which stand one below the other, into dst; w and e are
// the words to their west and east, north and south the rows before the first and
// after the last. All slices have the same length, 1 or more. It returns the OR
// of the changes to dst.
func (n *Network) span(dst, c, w, e []uint64, north, south row) uint64 {
	switch n.class {
	case ClassLife:
		return lifeSpan(dst, c, w, e, north, south)
	case ClassTotal:
		return totalSpan(&n.poly, dst, c, w, e, north, south)
	case ClassSubset:
		return subsetSpan(&n.poly, &n.subset, dst, c, w, e, north, south)
	default:
		return lookupSpan(n.squares, dst, c, w, e, north, south)
	}
}
