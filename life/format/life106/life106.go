// Package life106 reads and writes patterns in Life 1.06 format: a list of the live
// cells.
//
// # The format
//
//	#Life 1.06
//	#D A blinker              a comment
//	#R 23/3                   a rule; without this line it is Life
//	-1 0                      x and y of a live cell; y grows south
//	0 0
//	1 0
//
// The line for the rule is not in the format's description, but Golly obeys it.
// Encode writes it for rules other than Life only. The generation has no place.
//
// Sources: LifeWiki, "Life 1.06"; the reader of Golly 3.3.
//
// # Reading
//
// Decode is lenient: each deviation in this list is a Warning, or an error when
// strict.
//
//   - a first line that is not exactly #Life 1.06
//   - text after the coordinates; a rule after the first cell; cells outside the
//     bounded grid of a rule, which are dropped
//
// Anything else is an error: a line that is neither a comment nor two integers, a
// coordinate beyond int64. Cells may come in any order, and more than once.
//
// # Limits
//
// Decode allocates at most 4 KiB for each byte of input, and 1 MiB, and comes near
// that for cells strewn far and wide; a soup takes about a byte for each byte.
// Encode writes up to codec.MaxFile bytes.
package life106

import (
	"bufio"
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"

	"golife/life"
	"golife/life/format/codec"
)

// Name is the name of the format.
const Name codec.Format = "life106"

// title is the first line.
const title = "#Life 1.06"

// Decode reads one pattern, up to the end of r. The error is a *codec.SyntaxError
// for what the input holds, or that of r. Cost: O(bytes of r).
func Decode(r io.Reader, o codec.Options) (*life.Pattern, error) {
	d := codec.NewDecoder(r, Name, o)
	isFirst := true
	for {
		text, ok, err := d.NextLine()
		switch {
		case err != nil:
			return nil, err
		case !ok:
			return d.Finish()
		case len(text) > 0 && (text[0] == '-' || codec.IsDigit(text[0])):
			err = cell(d, text)
		case codec.Blanks(text) == len(text):
			continue
		case text[0] == '#':
			err = hashLine(d, string(text), isFirst)
		default:
			err = cell(d, text)
		}
		if err != nil {
			return nil, err
		}
		isFirst = false
	}
}

// hashLine reads a line that begins with '#'.
func hashLine(d *codec.Decoder, line string, isFirst bool) error {
	if isFirst {
		if line != title {
			return d.Deviation(1, "found %s, want %s", strconv.Quote(line[:min(len(line), 40)]), title)
		}
		return nil
	}
	key, text, col := codec.HashLine(line)
	switch key {
	case 'R':
		if text != "" {
			return d.SetRule(col, strings.TrimRight(text, " \t"))
		}
		return nil
	case 'C', 'D':
		return d.Comment('C', text)
	case 'O':
		return d.Comment(key, text)
	}
	return d.Comment('C', line[1:])
}

// cell reads a line of two coordinates.
func cell(d *codec.Decoder, text []byte) error {
	var v [2]int64
	i := 0
	for j := range v {
		i += codec.Blanks(text[i:])
		n, x := integer(text[i:])
		switch {
		case n < 0:
			return d.Errorf(i+1, life.ErrOutOfRange, "coordinate overflows int64")
		case n == 0 && i == len(text):
			return d.Errorf(i+1, nil, "found one coordinate, want x and y")
		case n == 0:
			return d.Errorf(i+1, nil, "found %s, want x and y of a cell", codec.QuoteWord(text[i:]))
		}
		v[j], i = x, i+n
	}
	if i < len(text) {
		n := codec.Blanks(text[i:])
		switch {
		case n == 0:
			return d.Errorf(i+1, nil, "found %s after the coordinates, want the end of the line", codec.QuoteWord(text[i:]))
		case i+n < len(text):
			if err := d.Deviation(i+n+1, "text after the coordinates, ignored"); err != nil {
				return err
			}
		}
	}
	if v[0] == math.MaxInt64 || v[1] == math.MaxInt64 {
		return d.Errorf(1, life.ErrOutOfRange, "coordinate %d, want less", int64(math.MaxInt64))
	}
	return d.Run(v[0], v[1], 1, 1, 1)
}

// integer reads a decimal integer and returns its length: 0 when there is none,
// and below 0 when it overflows.
func integer(text []byte) (n int, v int64) {
	i := 0
	isNegative := len(text) > 0 && text[0] == '-'
	if isNegative {
		i = 1
	}
	start := i
	u := uint64(0)
	for i < len(text) && codec.IsDigit(text[i]) {
		if u > math.MaxInt64/10 {
			return -1, 0
		}
		u = 10*u + uint64(text[i]-'0')
		i++
	}
	limit := uint64(math.MaxInt64)
	if isNegative {
		limit++
	}
	switch {
	case i == start:
		return 0, 0
	case u > limit:
		return -1, 0
	case isNegative:
		return i, -int64(u)
	}
	return i, int64(u)
}

// bufferSize is what Encode holds of a file at a time.
const bufferSize = 64 << 10

// Encode writes p: comments, the rule when it is not Life, and the cells in
// row-major order. What it writes, Decode reads back without a warning as the same
// cells at the same places with the same rule; the generation is lost.
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
	if err := codec.CheckSize(Name, 4*n); err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, bufferSize)
	b.WriteString(title + "\n")
	codec.WriteComments(b, p.Comments())
	if r := p.Rule().String(); r != "B3/S23" {
		b.WriteString("#R " + r + "\n")
	}
	writeCells(b, p, box)
	return b.Flush()
}

// writeCells writes a line for each cell.
func writeCells(b *bufio.Writer, p *life.Pattern, box life.Rect) {
	var y []byte
	last := box.Min.Y - 1
	for r := range p.Runs(box) {
		if r.Y != last || y == nil {
			last = r.Y
			y = append(strconv.AppendInt(append(y[:0], ' '), r.Y, 10), '\n')
		}
		for i := range r.N {
			line := strconv.AppendInt(b.AvailableBuffer(), r.X+i, 10)
			b.Write(append(line, y...))
		}
	}
}

// IsHead reports whether a file that begins with text is a Life 1.06 file.
func IsHead(text []byte) bool { return bytes.HasPrefix(text, []byte(title)) }
