package kernel

// Twist gives rows what is beyond the edges of a grid whose rows go on upside down on the
// other side: beyond row i of a strip is row n-1-i of the strip that is as far from the last one, where
// the n rows of src are those of its strips in their order. The cell to the west goes to the halo, that
// to the east to the column behind the last, or to the halo where there is none. e does not wrap, and rows
// are closed; dst and src may be the same. It panics when they are too short.
func (e *Edge) Twist(dst, src []uint64, stride, n int) {
	if n == 0 {
		return
	}
	row := VectorWords * (e.Width + 2)
	dst, src = dst[:(n-1)*stride+row], src[:(n-1)*stride+row]
	last, behind, halo := e.ends()
	if e.twistAsm(dst, src, stride, n, last, behind, halo) {
		return
	}
	for i := range n {
		to, from := dst[i*stride:][:row], src[(n-1-i)*stride:][:row]
		for l := range VectorWords {
			opposite := VectorWords - 1 - l
			to[l] |= from[last.Word+opposite] >> last.Bit & 1
			first := from[VectorWords+opposite] & 1
			to[behind.Word+l] |= first << behind.Bit
			to[halo.Word+l] |= first << halo.Bit
		}
	}
}

// ends returns where the last column is, where the one behind it is, and where that is once
// more: in the halo to the east; if it isn't there the bit is 64.
func (e *Edge) ends() (last, behind, halo Column) {
	last, halo = e.Column(e.Columns-1), Column{VectorWords * (1 + e.Width), 64}
	if e.Columns == 64*e.Width {
		halo.Bit = 63
		return last, halo, halo
	}
	behind = e.Column(e.Columns)
	if behind.Word == VectorWords {
		halo.Bit = behind.Bit - 1
	}
	return last, behind, halo
}

// Turn is for a sphere of four strips of 16·e.Width rows, with the first of which words begins: it
// gives the halos of rows what is beyond their edges, which are the first and the last row of the grid,
// and makes of its first and last column the rows before the first, word 3 of each vector of
// north, and behind the last, word 0 of those of south; both have halos, which are as if there was
// nothing beyond. e does not wrap, rows fill their vectors and are closed.
func (e *Edge) Turn(words []uint64, stride int, north, south []uint64) {
	row, rows := VectorWords*(e.Width+2), turnedRows*e.Width
	words, north, south = words[:(rows-1)*stride+row], north[:row], south[:row]
	if !e.turnAsm(words, stride, north, south) {
		e.turn(words, stride, north, south)
	}
	north[VectorWords-1] = north[row-VectorWords-1] << 1
	north[row-1] = north[2*VectorWords-1] >> 1
	south[0] = south[row-2*VectorWords] << 1
	south[row-VectorWords] = south[VectorWords] >> 1
}

// turnedRows is how many rows of a strip are in a word of a column.
const turnedRows = 64 / VectorWords

func (e *Edge) turn(words []uint64, stride int, north, south []uint64) {
	last := VectorWords * e.Width
	bottom := words[(turnedRows*e.Width-1)*stride:]
	for v := range e.Width {
		at := VectorWords * (1 + v)
		var n, s uint64
		for j := range turnedRows {
			row := words[(v+j*e.Width)*stride:][:last+2*VectorWords]
			for l := range VectorWords {
				bit := turnedRows*l + j
				n |= row[VectorWords+l] & 1 << bit
				s |= row[last+l] >> 63 << bit
				row[l] |= words[at] >> bit & 1
				row[last+VectorWords+l] |= bottom[at+VectorWords-1] >> bit << 63
			}
		}
		north[at+VectorWords-1], south[at] = n, s
	}
}
