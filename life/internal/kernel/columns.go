package kernel

// Column is where a column is in a row for Sweep: the words of its vector, counted
// from the start of the row, and its bit. See [Edge.Column].
type Column struct {
	Word int
	Bit  uint64
}

// Column returns where column x is; below 0 the columns before the first are meant
// that are stored behind the last.
func (e *Edge) Column(x int) Column {
	if x < 0 {
		x += 64 * e.Width
	}
	return Column{VectorWords * (1 + x%e.Width), uint64(x / e.Width)}
}

// PickColumns gathers some columns of rows that are stride words long: bit k of word
// l of dst[i] is the cell of strip l in column at[k] of row i. There are len(dst) rows,
// and at most 8 columns. It panics when words is too short.
func PickColumns(dst [][VectorWords]uint64, words []uint64, stride int, at []Column) {
	checkColumns(len(dst), words, stride, at)
	if len(dst) == 0 || pickColumnsAsm(dst, words, stride, at) {
		return
	}
	for i := range dst {
		row := words[i*stride:]
		d := [VectorWords]uint64{}
		for k, c := range at {
			v := row[c.Word:][:VectorWords]
			for l := range d {
				d[l] |= v[l] >> c.Bit & 1 << k
			}
		}
		dst[i] = d
	}
}

// PutColumns undoes [PickColumns]: it gives the columns the cells of src.
func PutColumns(words []uint64, stride int, src [][VectorWords]uint64, at []Column) {
	checkColumns(len(src), words, stride, at)
	if len(src) == 0 || putColumnsAsm(words, stride, src, at) {
		return
	}
	for i := range src {
		row := words[i*stride:]
		for k, c := range at {
			v := row[c.Word:][:VectorWords]
			for l, s := range src[i] {
				v[l] = v[l]&^(1<<c.Bit) | s>>k&1<<c.Bit
			}
		}
	}
}

func checkColumns(rows int, words []uint64, stride int, at []Column) {
	if len(at) < 1 || len(at) > 8 {
		panic("kernel: columns: want 1 to 8")
	}
	for _, c := range at {
		if c.Word < 0 || c.Bit > 63 || rows > 0 && (rows-1)*stride+c.Word+VectorWords > len(words) {
			panic("kernel: columns outside words")
		}
	}
}
