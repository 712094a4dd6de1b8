package plaintext

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"strings"

	"golife/life"
	"golife/life/format/codec"
)

// bufferSize is what Encode holds of a file at a time.
const bufferSize = 64 << 10

// Encode writes p: comments, those for rule, position and generation where they
// are needed, and the rows of the bounding box up to the last live cell of each.
// What it writes, Decode reads back without a warning as the same cells at the
// same place with the same rule and generation.
//
// The error wraps life.ErrState for a cell in a state above 1 and
// life.ErrOutOfRange for a file of more than codec.MaxFile bytes; else it is w's.
// Cost: O(bytes written), no memory beyond a buffer.
func Encode(w io.Writer, p *life.Pattern) error {
	if err := codec.CheckTwoState(Name, p); err != nil {
		return err
	}
	box, err := codec.Extent(Name, p)
	if err != nil {
		return err
	}
	if err := codec.CheckSize(Name, size(p, box)); err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, bufferSize)
	writeComments(b, p, box.Min)
	writeRows(b, p, box)
	return b.Flush()
}

// size returns the bytes that rows will take. Those of a small bounding box are not
// counted one by one, and no more than are too many already.
func size(p *life.Pattern, box life.Rect) float64 {
	width, height := float64(box.Max.X)-float64(box.Min.X), float64(box.Max.Y)-float64(box.Min.Y)
	if width*height < codec.MaxFile/16 || height > codec.MaxFile {
		return max(height, width*height)
	}
	total, row, y := height, 0.0, box.Min.Y
	for r := range p.Runs(box) {
		if r.Y != y {
			total, row, y = total+row, 0, r.Y
		}
		if row = float64(r.X) - float64(box.Min.X) + float64(r.N); total+row > codec.MaxFile {
			break
		}
	}
	return total + row
}

// writeComments writes the lines that begin with !.
func writeComments(b *bufio.Writer, p *life.Pattern, at life.Point) {
	n := 0
	line := func(format string, args ...any) {
		n++
		fmt.Fprintf(b, "!"+format+"\n", args...)
	}
	for _, c := range p.Comments() {
		for _, text := range codec.Lines(c.Text) {
			switch {
			case c.Key == 'N':
				line("%s: %s", keyName, text)
			case c.Key == 'O':
				line("%s: %s", keyAuthor, text)
			case isDirective(text):
				line(" %s", text) // so that it stays a comment
			default:
				line("%s", text)
			}
		}
	}
	if r := p.Rule().String(); r != "B3/S23" {
		line("%s: %s", keyRule, r)
	}
	if at != (life.Point{}) {
		line("%s: %d,%d", keyPosition, at.X, at.Y)
	}
	if g := p.Generation(); g.Sign() > 0 {
		line("%s: %v", keyGeneration, g)
	}
	if n == 0 {
		line("")
	}
}

// isDirective reports whether a comment of this text would be read as more than a
// comment.
func isDirective(text string) bool {
	for _, key := range []string{keyName, keyAuthor, keyRule, keyPosition, keyGeneration} {
		if strings.HasPrefix(text, key+":") {
			return true
		}
	}
	return false
}

// writeRows writes the cells in box, row by row.
func writeRows(b *bufio.Writer, p *life.Pattern, box life.Rect) {
	r := rows{w: b, buf: make([]byte, 0, bufferSize)}
	if p.IsMultiState() {
		r.runs(p, box)
	} else {
		r.words(p, box)
	}
	if !box.IsEmpty() {
		r.repeat(&ends, 1)
	}
	b.Write(r.buf)
}

// runs adds the cells of a multi-state pattern, live and dead ones.
func (r *rows) runs(p *life.Pattern, box life.Rect) {
	at := box.Min
	for run := range p.Runs(box) {
		for ; at.Y < run.Y; at.Y++ {
			r.repeat(&ends, 1)
			at.X = box.Min.X
		}
		r.repeat(&dead, run.X-at.X)
		r.repeat(&live, run.N)
		at.X = run.X + run.N
	}
}

// words adds the cells of a two-state pattern.
func (r *rows) words(p *life.Pattern, box life.Rect) {
	at := box.Min
	for w := range p.Words(box) {
		for ; at.Y < w.Y; at.Y++ {
			r.repeat(&ends, 1)
			at.X = box.Min.X
		}
		if w.N > 1 {
			r.repeat(&dead, w.X-at.X)
			r.repeat(&live, 64*w.N)
			at.X = w.X + 64*w.N
			continue
		}
		if w.X < at.X { // the box begins within the word
			w.Bits >>= at.X - w.X
		} else {
			r.repeat(&dead, w.X-at.X)
			at.X = w.X
		}
		r.cells(w.Bits)
		at.X += int64(bits.Len64(w.Bits))
	}
}

// cells adds cells up to the last live one.
func (r *rows) cells(word uint64) {
	if len(r.buf) > cap(r.buf)-64 {
		r.w.Write(r.buf)
		r.buf = r.buf[:0]
	}
	b := r.buf[len(r.buf) : len(r.buf)+64]
	for i := 0; word>>i != 0; i += 8 {
		const low = 0x0101010101010101
		// Bit k of a byte goes to byte k: a copy of the byte in each, one bit of each copy.
		spread := (word>>i&0xFF*low&0x8040201008040201 + 0x7F*low) >> 7 & low
		binary.LittleEndian.PutUint64(b[i:], '.'*low+spread*('O'-'.'))
	}
	r.buf = r.buf[:len(r.buf)+bits.Len64(word)]
}

// rows gathers what is written.
type rows struct {
	w   *bufio.Writer
	buf []byte
}

// piece is how many bytes are copied at once, whether as many are wanted or not:
// nearly all runs are shorter, and a copy of fixed size is a move or two.
const piece = 16

// Pieces of cells and of line ends.
var (
	dead = pieceOf('.')
	live = pieceOf('O')
	ends = pieceOf('\n')
)

func pieceOf(c byte) (p [piece]byte) {
	for i := range p {
		p[i] = c
	}
	return p
}

// repeat appends n bytes of a kind.
func (r *rows) repeat(of *[piece]byte, n int64) {
	for {
		if len(r.buf) > cap(r.buf)-piece {
			r.w.Write(r.buf)
			r.buf = r.buf[:0]
		}
		end := len(r.buf)
		*(*[piece]byte)(r.buf[end : end+piece]) = *of
		if n <= piece {
			r.buf = r.buf[:end+int(n)]
			return
		}
		r.buf = r.buf[:end+piece]
		n -= piece
	}
}
