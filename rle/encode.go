package rle

import (
	"bufio"
	"fmt"
	"io"
	"math/big"
	"strings"

	"golife/life"
)

// maxCoordinate bounds the cells that Encode writes, as in Golly.
const maxCoordinate = 1_000_000_000

// lineWidth is the longest line of cells that Encode writes.
const lineWidth = 70

// Encode writes p: comments, a #CXRLE line with position and generation, the
// header, the cells in lines of at most 70 characters, and after them the
// comments with Key '!'. What it writes, Decode reads back without a warning as
// the same cells at the same place with the same rule, generation and comments.
//
// Comments are written one a line: a Text with line ends becomes several, one
// whose Key is no letter or is that of a directive (P, R, r) gets the key C, and
// a NUL byte becomes U+FFFD. Under a rule with B0 the line #CXRLE says
// Background=1 where the cells that are not listed are alive.
//
// A pattern that reaches beyond ±1 000 000 000 is refused with an error that
// wraps life.ErrOutOfRange; macrocell can hold it. Other errors are w's.
// Cost: O(runs), no memory beyond a buffer.
func Encode(w io.Writer, p *life.Pattern) error {
	box, err := extent(p)
	if err != nil {
		return err
	}
	for _, v := range []int64{box.Min.X, box.Min.Y, -box.Max.X + 1, -box.Max.Y + 1} {
		if v < -maxCoordinate {
			return fmt.Errorf("rle: pattern of %d by %d at %d,%d, want within ±%d; macrocell can hold it: %w",
				box.Max.X-box.Min.X, box.Max.Y-box.Min.Y, box.Min.X, box.Min.Y, maxCoordinate, life.ErrOutOfRange)
		}
	}
	bw := bufio.NewWriterSize(w, bufferSize)
	writeComments(bw, p.Comments(), false)
	background := ""
	if p.Background() != 0 {
		background = fmt.Sprintf(" Background=%d", p.Background())
	}
	fmt.Fprintf(bw, "#CXRLE Pos=%d,%d Gen=%v%s\n", box.Min.X, box.Min.Y, p.Generation(), background)
	fmt.Fprintf(bw, "x = %d, y = %d, rule = %s\n", box.Max.X-box.Min.X, box.Max.Y-box.Min.Y, p.Rule())
	writeBody(bw, p, box, lineWidth)
	bw.WriteByte('\n')
	writeComments(bw, p.Comments(), true)
	return bw.Flush()
}

// WriteBody writes the canonical RLE body of p on one line: the cells of the
// bounding box row by row, runs merged, a count of 1 not written, no dead cells
// at the end of a row, empty rows merged into the count of $, and ! at the end.
// Position, rule and generation are not in it. A glider is "bo$2bo$3o!".
//
// The error wraps life.ErrOutOfRange for a pattern of 2^63 rows or columns or
// more, or is w's. Cost: O(runs), no memory beyond a buffer.
func WriteBody(w io.Writer, p *life.Pattern) error {
	box, err := extent(p)
	if b, ok := p.Bounds(); err != nil && ok && b.Width().IsInt64() && b.Height().IsInt64() {
		// It is only far from the origin.
		p = p.Translate(new(big.Int).Neg(b.MinX), new(big.Int).Neg(b.MinY))
		box, err = extent(p)
	}
	if err != nil {
		return err
	}
	bw := bufio.NewWriterSize(w, bufferSize)
	writeBody(bw, p, box, 0)
	return bw.Flush()
}

// extent returns the bounding box, empty at the origin when there is no cell.
// Corners, width and height are within int64.
func extent(p *life.Pattern) (life.Rect, error) {
	b, ok := p.Bounds()
	if !ok {
		return life.Rect{}, nil
	}
	box, ok := b.Rect()
	if !ok || !b.Width().IsInt64() || !b.Height().IsInt64() {
		return box, fmt.Errorf("rle: pattern of %v, want within int64; macrocell can hold it: %w", b, life.ErrOutOfRange)
	}
	return box, nil
}

// lineEnds makes one line end of the three kinds, and text of NUL.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD")

// writeComments writes those comments that stand after the cells, or the others.
func writeComments(w *bufio.Writer, comments []life.Comment, isAfter bool) {
	for _, c := range comments {
		if (c.Key == '!') != isAfter {
			continue
		}
		for line := range strings.SplitSeq(lineEnds.Replace(c.Text), "\n") {
			if isAfter {
				w.WriteString(line)
			} else {
				writeComment(w, c.Key, line)
			}
			w.WriteByte('\n')
		}
	}
}

// writeComment writes one line without its end.
func writeComment(w *bufio.Writer, key byte, text string) {
	isKey := 'A' <= key && key <= 'Z' || 'a' <= key && key <= 'z'
	if !isKey || key == 'c' || isDirective("#"+string(rune(key))) {
		key = 'C'
	}
	w.WriteByte('#')
	w.WriteByte(key)
	if text != "" {
		w.WriteByte(' ')
		w.WriteString(text)
	}
}
