package life105

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/bits"

	"golife/life"
	"golife/life/format/codec"
)

const (
	// bufferSize is what Encode holds of a file at a time.
	bufferSize = 64 << 10
	// maxWidth is the most columns of a block, as lines have at most 80 characters.
	maxWidth = 80
	// maxHeight is the most rows of a pattern that is written as one block.
	maxHeight = 1 << 10
	// pageLevel is the level of the squares that a larger pattern is cut into.
	pageLevel = 6
)

// Encode writes p: comments, the rule when it is not Life, and the cells: in one
// block when the bounding box is at most 80 cells wide and 1,024 high, else in a
// block for each 64×64 square that has cells. What it writes, Decode reads back
// without a warning as the same cells at the same places with the same rule; the
// generation is lost.
//
// The error wraps life.ErrState for a cell in a state above 1 and
// life.ErrOutOfRange for a cell beyond int64 or a file of more than codec.MaxFile
// bytes; else it is w's. Cost: O(bytes written), no memory beyond a buffer.
func Encode(w io.Writer, p *life.Pattern) error {
	if err := codec.CheckTwoState(Name, p); err != nil {
		return err
	}
	box, err := codec.Extent(Name, p)
	if err != nil {
		return err
	}
	n, _ := p.Population().Float64()
	if err := codec.CheckSize(Name, n); err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, bufferSize)
	b.WriteString(title + "\n")
	codec.WriteComments(b, p.Comments())
	if r := p.Rule().String(); r == "B3/S23" {
		b.WriteString("#N\n")
	} else {
		b.WriteString("#R " + r + "\n")
	}
	if box.Max.X-box.Min.X <= maxWidth && box.Max.Y-box.Min.Y <= maxHeight {
		writeBlock(b, p, box)
	} else {
		writeAll(b, p)
	}
	return b.Flush()
}

// writeAll writes the pages of a pattern that lies within int64. Of a tree with
// more levels than that takes, only what touches the origin can have cells.
func writeAll(b *bufio.Writer, p *life.Pattern) {
	level := p.Level()
	if level <= 63 {
		corner := int64(-1) << (level - 1)
		writeSquares(b, p, level, p.Root(), corner, corner)
		return
	}
	for i, id := range p.Nodes(level)[p.Root()] {
		for l := level - 1; l > 63; l-- {
			id = p.Nodes(l)[id][3-i]
		}
		writeSquares(b, p, 63, id, int64(i&1-1)<<63, int64(i>>1-1)<<63)
	}
}

// writeSquares writes the pages of a node whose north-west cell is (x, y).
func writeSquares(b *bufio.Writer, p *life.Pattern, level int, id life.NodeID, x, y int64) {
	if id == 0 {
		return
	}
	if level == pageLevel {
		var rows page
		rows.add(p, level, id, 0, 0)
		rows.write(b, x, y)
		return
	}
	half := int64(1) << (level - 1)
	for i, c := range p.Nodes(level)[id] {
		writeSquares(b, p, level-1, c, x+int64(i&1)*half, y+int64(i>>1)*half)
	}
}

// page is a square of 64×64 cells: bit x of word y is the cell (x, y).
type page [1 << pageLevel]uint64

// add adds the cells of a node whose north-west cell is (x, y) in the page.
func (g *page) add(p *life.Pattern, level int, id life.NodeID, x, y int) {
	switch {
	case id == 0:
	case level > life.LeafLevel:
		half := 1 << (level - 1)
		for i, c := range p.Nodes(level)[id] {
			g.add(p, level-1, c, x+i&1*half, y+i>>1*half)
		}
	case p.IsMultiState():
		for i, s := range p.States()[id] {
			if s != 0 {
				g[y+i>>3] |= 1 << (x + i&7)
			}
		}
	default:
		leaf := p.Leaves()[id]
		for row := range 8 {
			g[y+row] |= leaf >> (8 * row) & 0xFF << x
		}
	}
}

// write writes the page as a block, given its north-west cell.
func (g *page) write(b *bufio.Writer, x, y int64) {
	first, last, columns := len(g), 0, uint64(0)
	for i, row := range g {
		if columns |= row; row != 0 {
			first, last = min(first, i), i
		}
	}
	if columns == 0 {
		return
	}
	left := bits.TrailingZeros64(columns)
	fmt.Fprintf(b, "#P %d %d\n", x+int64(left), y+int64(first))
	for _, row := range g[first : last+1] {
		line := b.AvailableBuffer()
		row >>= left
		if row == 0 {
			line = append(line, '.')
		}
		for row != 0 {
			n := bits.TrailingZeros64(row)
			line = append(line, dead[:n]...)
			row >>= n
			n = bits.TrailingZeros64(^row)
			line = append(line, live[:n]...)
			row >>= n
		}
		b.Write(append(line, '\n'))
	}
}

// writeBlock writes the cells in a rectangle.
func writeBlock(b *bufio.Writer, p *life.Pattern, r life.Rect) {
	var runs []life.Run
	for run := range p.Runs(r) {
		runs = append(runs, run)
	}
	if len(runs) == 0 {
		return
	}
	left := runs[0].X
	for _, run := range runs {
		left = min(left, run.X)
	}
	y := runs[0].Y
	fmt.Fprintf(b, "#P %d %d\n", left, y)
	x, isOpen := left, false
	for _, run := range runs {
		for ; y < run.Y; y++ {
			if !isOpen {
				b.WriteByte('.')
			}
			b.WriteByte('\n')
			x, isOpen = left, false
		}
		b.Write(dead[:run.X-x])
		b.Write(live[:run.N])
		x, isOpen = run.X+run.N, true
	}
	b.WriteByte('\n')
}

// Stretches of cells, of the most that a block is wide.
var (
	dead = bytes.Repeat([]byte("."), maxWidth)
	live = bytes.Repeat([]byte("*"), maxWidth)
)
