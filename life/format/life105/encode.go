package life105

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"

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
	if level <= pageLevel {
		side := int64(1) << level
		writeBlock(b, p, life.Rect{Min: life.Point{X: x, Y: y}, Max: life.Point{X: past(x, side), Y: past(y, side)}})
		return
	}
	half := int64(1) << (level - 1)
	for i, c := range p.Nodes(level)[id] {
		writeSquares(b, p, level-1, c, x+int64(i&1)*half, y+int64(i>>1)*half)
	}
}

// past returns v+side, or the largest int64 where that overflows. No cell is there.
func past(v, side int64) int64 {
	if v > math.MaxInt64-side {
		return math.MaxInt64
	}
	return v + side
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
