package macrocell

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"golife/life"
)

// Encode writes p: the line "[M2] (golife)", the rule, the generation when it is
// not 0, comments, and the nodes: leaves first, then level by level, each distinct
// one once, in the order of the pattern's tables. What it writes, Decode reads back
// without a warning as the same cells at the same place with the same rule and
// generation, and Golly reads it too where it knows the rule. The form is
// canonical: equal patterns are written alike.
//
// Comments are written one a line: a Text with line ends becomes several, and one
// whose Key is no letter or is that of a directive (R, G) gets the key C; a NUL
// byte becomes U+FFFD.
//
// Errors are w's. Cost: O(nodes) time and memory. As rows in the file are one off
// those of the pattern's tree there may be more nodes than p has; in a pattern made
// for it, many more.
func Encode(w io.Writer, p *life.Pattern) error {
	b := life.NewBuilder(p.Rule())
	if err := treeOf(p).shift(b, p.Level(), p.Root(), false, math.MaxInt); err != nil {
		return fmt.Errorf("macrocell: %w", err)
	}
	e := &encoder{Writer: bufio.NewWriterSize(w, bufferSize)}
	e.header(p)
	moved := b.Pattern()
	if !moved.IsEmpty() {
		e.nodes(moved)
	}
	return e.Flush()
}

// encoder writes lines; errors stay with the Writer.
type encoder struct {
	*bufio.Writer
	n uint64 // nodes written
}

// lineEnds makes one line end of the three kinds, and text of NUL.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD")

// header writes the lines before the nodes.
func (e *encoder) header(p *life.Pattern) {
	fmt.Fprintf(e, "[M2] (golife)\n#R %s\n", p.Rule())
	if g := p.Generation(); g.Sign() > 0 {
		fmt.Fprintf(e, "#G %v\n", g)
	}
	for _, c := range p.Comments() {
		key := c.Key
		if !isKey(key) || key == 'c' || isDirective("#"+string(rune(key))) {
			key = 'C'
		}
		for line := range strings.SplitSeq(lineEnds.Replace(c.Text), "\n") {
			e.WriteByte('#')
			e.WriteByte(key)
			if line != "" {
				e.WriteByte(' ')
				e.WriteString(line)
			}
			e.WriteByte('\n')
		}
	}
}

// nodes writes all nodes of p. A level's nodes have consecutive numbers, so one
// number a level turns ids into those of the file.
func (e *encoder) nodes(p *life.Pattern) {
	var ids []uint64 // of multi-state leaves
	if p.IsMultiState() {
		ids = e.states(p.States())
	} else {
		e.pictures(p.Leaves())
	}
	base := uint64(0)
	for level := life.LeafLevel + 1; level <= p.Level(); level++ {
		here := e.n
		for _, q := range p.Nodes(level)[1:] {
			var v [4]uint64
			for i, id := range q {
				switch {
				case id == 0:
				case ids != nil:
					v[i] = ids[id]
				default:
					v[i] = base + uint64(id)
				}
			}
			e.node(level, v)
		}
		base, ids = here, nil
	}
}

// node writes a line of numbers.
func (e *encoder) node(level int, v [4]uint64) {
	b := strconv.AppendUint(e.AvailableBuffer(), uint64(level), 10)
	for _, n := range v {
		b = append(b, ' ')
		b = strconv.AppendUint(b, n, 10)
	}
	e.Write(append(b, '\n'))
	e.n++
}

// pictures writes leaves of two states. Rows end after the last live cell, a leaf
// after the last live row.
func (e *encoder) pictures(leaves []uint64) {
	rows := pictureRows()
	b := make([]byte, maxPicture)
	for _, cells := range leaves[1:] {
		k := 0
		for ; cells != 0; cells >>= 8 {
			r := &rows[cells&0xFF]
			binary.LittleEndian.PutUint64(b[k:], r.text)
			k += r.size
			b[k] = '$'
			k++
		}
		b[k] = '\n'
		e.Write(b[:k+1])
		e.n++
	}
}

// maxPicture is more than the size of a line with a picture.
const maxPicture = 8*9 + 8

// pictureRow is the text of a row without its end, the first character lowest.
type pictureRow struct {
	text uint64
	size int
}

// pictureRows holds all rows by their cells.
var pictureRows = sync.OnceValue(func() *[256]pictureRow {
	t := new([256]pictureRow)
	for cells := range t {
		r := &t[cells]
		for ; cells>>r.size != 0; r.size++ {
			r.text |= uint64(".*"[cells>>r.size&1]) << (8 * r.size)
		}
	}
	return t
})

// numbers names squares by the numbers or states of their quarters. 2^32 nodes are
// more than Decode reads, and than memory holds.
type numbers map[[4]uint32]uint32

// states writes the nodes of the levels 1 to 3 for leaves of states, and returns
// the numbers of the latter.
func (e *encoder) states(leaves []life.LeafStates) []uint64 {
	fours := e.level1(leaves)
	known := numbers{}
	for i := range fours {
		for j := range fours[i] {
			fours[i][j][0] = e.distinct(known, 2, fours[i][j])
		}
	}
	ids := make([]uint64, len(leaves))
	for i := 1; i < len(leaves); i++ { // leaves are distinct, so are their quarters
		f := &fours[i]
		e.node(life.LeafLevel, [4]uint64{uint64(f[0][0]), uint64(f[1][0]), uint64(f[2][0]), uint64(f[3][0])})
		ids[i] = e.n
	}
	return ids
}

// level1 writes the distinct 2×2 squares of leaves, and returns their numbers for
// each 4×4 square of each leaf.
func (e *encoder) level1(leaves []life.LeafStates) [][4][4]uint32 {
	known := numbers{}
	fours := make([][4][4]uint32, len(leaves))
	for i := range leaves {
		for j := range 16 {
			// Bits 3 2 of j are the 4×4 square, bits 1 0 the 2×2 square in it.
			at := j>>3&1<<5 | j>>2&1<<2 | j>>1&1<<4 | j&1<<1
			s := leaves[i][at:]
			fours[i][j>>2][j&3] = e.distinct(known, 1, [4]uint32{uint32(s[0]), uint32(s[1]), uint32(s[8]), uint32(s[9])})
		}
	}
	return fours
}

// distinct writes a node unless it is known, and returns its number.
func (e *encoder) distinct(known numbers, level int, q [4]uint32) uint32 {
	if q == [4]uint32{} {
		return 0
	}
	n, ok := known[q]
	if !ok {
		e.node(level, [4]uint64{uint64(q[0]), uint64(q[1]), uint64(q[2]), uint64(q[3])})
		n = uint32(e.n)
		known[q] = n
	}
	return n
}
