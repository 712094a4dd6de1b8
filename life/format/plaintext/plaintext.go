// Package plaintext reads and writes patterns as pictures of text: plaintext
// (.cells) files, and the dblife files that put counts before cells.
//
// # The format
//
//	!Name: Glider             a comment: each line that begins with !
//	!Author: Richard K. Guy
//	.O                        a row of cells, O live and . dead
//	..O
//	3O                        dblife: the same as OOO
//
// Rows go from west to east and from north to south; dead cells at the end of a row
// may be left out, and an empty line is an empty row. There are two states.
//
// The format has no place for a rule, a position and a generation. Encode puts them
// into comments, which other programs skip and Decode obeys, where they are not
// those that a file without them has:
//
//	!Rule: B36/S23            else B3/S23
//	!Position: -1,5           the first cell of the first row, else 0,0
//	!Generation: 12           else 0
//
// Sources: LifeWiki, "Plaintext"; the reader of Golly 3.3.
//
// # Reading
//
// Decode is lenient: each deviation in this list is a Warning, or an error when
// strict.
//
//   - no ! line at the start; * o 0 @ for a live cell, where 0 is not in a count
//   - a count without a cell; characters without a meaning, blanks at the end of a
//     row apart
//   - cells outside the bounded grid of a rule, which are dropped
//
// # Limits
//
// Decode allocates at most 4 KiB for each byte of input, and 1 MiB; a soup takes
// about a byte for each byte. Encode writes up to codec.MaxFile bytes.
package plaintext

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"

	"golife/life"
	"golife/life/format/codec"
)

// Name is the name of the format.
const Name codec.Format = "plaintext"

// The classes of characters beyond the states 0 and 1.
const (
	isLiveToo = 2 + iota // read as live, with a warning
	isCount
	isSpace
	isOther
)

// alphabet is what characters mean.
var alphabet = func() codec.Alphabet {
	a := codec.Alphabet{Live: 'O'}
	for i := range a.Class {
		a.Class[i] = isOther
	}
	for class, chars := range map[uint8]string{isCount: "123456789", isLiveToo: "*o0@", isSpace: " \t\v\f", 0: ".", 1: "O"} {
		for _, c := range chars {
			a.Class[c] = class
		}
	}
	return a
}()

// The keys of comments that are more than that.
const (
	keyName       = "Name"
	keyAuthor     = "Author"
	keyRule       = "Rule"
	keyPosition   = "Position"
	keyGeneration = "Generation"
)

// Decode reads one pattern, up to the end of r. The error is a *codec.SyntaxError
// for what the input holds, or that of r. Cost: O(bytes of r).
func Decode(r io.Reader, o codec.Options) (*life.Pattern, error) {
	d := &decoder{Decoder: codec.NewDecoder(r, Name, o)}
	for {
		text, ok, err := d.NextLine()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		if err := d.line(text); err != nil {
			return nil, err
		}
	}
	return d.Finish()
}

// decoder is the state of one Decode.
type decoder struct {
	*codec.Decoder
	left, y    int64 // where the next row begins
	hasComment bool  // a ! line was read
	isBegun    bool  // a row was read
}

// line reads one line.
func (d *decoder) line(text []byte) error {
	switch {
	case len(text) > 0 && text[0] == '!':
		d.hasComment = true
		return d.comment(string(text[1:]))
	case d.hasComment || d.isBegun:
	case codec.Blanks(text) == len(text):
		return nil // before all else
	default:
		if err := d.Deviation(1, "no ! line at the start"); err != nil {
			return err
		}
	}
	d.isBegun = true
	if err := d.row(text); err != nil {
		return err
	}
	if d.y == math.MaxInt64 {
		return d.Errorf(1, life.ErrOutOfRange, "row overflows int64")
	}
	d.y++
	return nil
}

// row reads a row of cells.
func (d *decoder) row(text []byte) error {
	x, i := d.left, 0
	for i < len(text) {
		n, err := d.Cells(text[i:], &alphabet, x, d.y, i+1)
		if err != nil {
			return err
		}
		if x, i = x+int64(n), i+n; i == len(text) {
			break
		}
		switch alphabet.Class[text[i]] {
		case isLiveToo:
			if err := d.Deviation(i+1, "%q for a live cell, want O", text[i]); err != nil {
				return err
			}
			if err := d.Run(x, d.y, 1, 1, i+1); err != nil {
				return err
			}
			x, i = x+1, i+1
		case isCount:
			x, i, err = d.counted(text, x, i)
		case isSpace:
			i, err = d.space(text, i)
		default:
			n, err = d.Unknown(text, i, 1)
			i += n
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// counted reads a count and the cell after it, at text[i:], and returns what
// comes next.
func (d *decoder) counted(text []byte, x int64, i int) (int64, int, error) {
	n, start := int64(0), i
	for i < len(text) && codec.IsDigit(text[i]) {
		v := int64(text[i] - '0')
		if n > (math.MaxInt64-v)/10 {
			return x, i, d.Errorf(start+1, life.ErrOutOfRange, "run count overflows int64")
		}
		n, i = 10*n+v, i+1
	}
	c := uint8(isOther)
	if i < len(text) {
		c = alphabet.Class[text[i]]
	}
	if c > isLiveToo {
		return x, i, d.Deviation(start+1, "run count %d without a cell, ignored", n)
	}
	if c == isLiveToo {
		if err := d.Deviation(i+1, "%q for a live cell, want O", text[i]); err != nil {
			return x, i, err
		}
		c = 1
	}
	return x + n, i + 1, d.Run(x, d.y, n, life.State(c), start+1)
}

// space skips blanks, which are a deviation inside a row.
func (d *decoder) space(text []byte, i int) (int, error) {
	n := codec.Blanks(text[i:])
	if i+n == len(text) {
		return len(text), nil
	}
	return i + n, d.Deviation(i+1, "blank in a row, ignored")
}

// comment reads what follows a ! at the start of a line.
func (d *decoder) comment(text string) error {
	key, value, ok := strings.Cut(text, ":")
	if !ok {
		return d.Comment('C', text)
	}
	value = strings.TrimLeft(value, " \t")
	col := len(text) - len(value) + 2
	switch key {
	case keyName:
		return d.Comment('N', value)
	case keyAuthor:
		return d.Comment('O', value)
	case keyRule:
		return d.SetRule(col, strings.TrimRight(value, " \t"))
	case keyGeneration:
		return d.SetGeneration(col, value)
	case keyPosition:
		return d.position(col, value)
	}
	return d.Comment('C', text)
}

// position reads two coordinates.
func (d *decoder) position(col int, value string) error {
	xs, ys, _ := strings.Cut(value, ",")
	x, errX := strconv.ParseInt(xs, 10, 64)
	y, errY := strconv.ParseInt(ys, 10, 64)
	switch {
	case errX != nil || errY != nil:
		return d.Errorf(col, nil, "position %s, want two integers X,Y", codec.QuoteWord([]byte(value)))
	case d.isBegun:
		return d.Deviation(col, "position after the first row, ignored")
	}
	d.left, d.y = x, y
	return nil
}

// IsHead reports whether a file that begins with text is plaintext: its first line
// begins with !, or it holds nothing but rows of . and O, some of each.
func IsHead(text []byte) bool {
	if bytes.HasPrefix(text, []byte("!")) {
		return true
	}
	for _, c := range text {
		if c != '.' && c != 'O' && c != '*' && c != '\n' && c != '\r' {
			return false
		}
	}
	return bytes.IndexByte(text, '.') >= 0 && bytes.ContainsAny(text, "O*")
}
