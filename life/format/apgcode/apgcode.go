// Package apgcode reads and writes small patterns as apgcodes, the names that
// apgsearch and Catagolue give to objects: "xq4_153" is the glider.
//
// # The format
//
//	xs4_33       a still life of 4 cells
//	xp2_7        an oscillator of period 2
//	xq4_153      a spaceship of period 4
//	xs0_0        nothing
//
// What follows the first _ is the object in Wechsler's notation. Its rows come in
// strips of five. A strip is a digit for each column, 0 to 9 and a to v for 0 to
// 31, the top row being bit 0; z goes on to the next strip. Columns without cells
// are 0, w for two of them, x for three, and y with a digit 0 to z for 4 to 39; at
// the end of a strip they are left out.
//
//	.O.     the columns are bit 2, bits 0 2, bits 1 2: 4, 5, 6
//	..O     the code of this glider is 456,
//	OOO     and that of the same one turned, 153, comes before it
//
// An object has many codes, one for each phase and orientation. The one that counts
// is the shortest, and the first by ASCII among those.
//
// There are two states. Rule, position, generation and comments have no place: the
// north-west corner of what is read is (0, 0), and the rule Life unless it is given.
// Objects of more states have a code for each bit of the state, joined by _; these
// are not read.
//
// Sources: LifeWiki, "Apgcode"; A. P. Goucher, apgsearch and lifelib.
package apgcode

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golife/life"
	"golife/life/format/codec"
)

// Name is the name of the format.
const Name codec.Format = "apgcode"

// compiled is what form returns. No sync.OnceValue: that would be made before main, in
// programs that meet no apgcode, too.
var compiled struct {
	once sync.Once
	form *regexp.Regexp
}

// form is what an apgcode of an object looks like.
func form() *regexp.Regexp {
	compiled.once.Do(func() {
		compiled.form = regexp.MustCompile(`^x([spqg])([0-9]+)_([0-9a-z]+)(?:_[0-9a-z]+)*$`)
	})
	return compiled.form
}

// IsCode reports whether a word is the apgcode of an object.
func IsCode(word string) bool { return form().MatchString(word) }

// IsHead reports whether a file that begins with text holds an apgcode.
func IsHead(text []byte) bool {
	isCode := func(c byte) bool { return codec.IsDigit(c) || 'a' <= c && c <= 'z' || c == '_' }
	n := 0
	for n < len(text) && isCode(text[n]) {
		n++
	}
	isEnd := n == len(text) || text[n] <= ' '
	return isEnd && len(text) > 0 && text[0] == 'x' && IsCode(string(text[:n]))
}

// Decode reads one apgcode, up to the end of r. Blank lines before it and all that
// comes after it are skipped, the latter with a warning.
//
// The error is a *codec.SyntaxError for what the input holds, or that of r. Cost:
// O(bytes of r), at most 4 KiB for each byte, and 1 MiB.
func Decode(r io.Reader, o codec.Options) (*life.Pattern, error) {
	d := codec.NewDecoder(r, Name, o)
	isDone := false
	for {
		text, ok, err := d.NextLine()
		n := codec.Blanks(text)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			return finish(d, isDone)
		case n == len(text):
			continue
		case isDone:
			err = d.Deviation(n+1, "text after the code, ignored")
		default:
			isDone = true
			err = line(d, string(text[n:]), n+1)
		}
		if err != nil {
			return nil, err
		}
	}
}

// finish returns the pattern, or an error when there was no code.
func finish(d *codec.Decoder, isDone bool) (*life.Pattern, error) {
	p, err := d.Finish()
	if err == nil && !isDone {
		return nil, d.Errorf(1, codec.ErrFormat, "found nothing, want an apgcode")
	}
	return p, err
}

// line reads the line with the code, which begins at a column.
func line(d *codec.Decoder, text string, col int) error {
	word, rest, _ := strings.Cut(strings.TrimRight(text, " \t\v\f"), " ")
	m := form().FindStringSubmatchIndex(word)
	if m == nil {
		return d.Errorf(col, codec.ErrFormat, "found %s, want an apgcode such as xq4_153", codec.QuoteWord([]byte(word)))
	}
	if m[7] < len(word) {
		return d.Errorf(col+m[7], life.ErrState, "a code of more than two states, which golife does not read")
	}
	if rest != "" {
		if err := d.Deviation(col+len(word)+1, "text after the code, ignored"); err != nil {
			return err
		}
	}
	if _, err := d.Begin(); err != nil {
		return err
	}
	n, err := body(d, word[m[6]:], col+m[6])
	if err != nil {
		return err
	}
	if claim := word[m[4]:m[5]]; word[1] == 's' && strconv.Itoa(n) != claim {
		return d.Deviation(col+m[4], "a still life of %s cells, but the code has %d", claim, n)
	}
	return nil
}

// body reads what follows the _, which begins at a column, and returns the number
// of cells.
func body(d *codec.Decoder, text string, col int) (population int, err error) {
	x, y := int64(0), int64(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == 'w':
			x += 2
		case c == 'x':
			x += 3
		case c == 'y':
			if i++; i == len(text) {
				return population, d.Errorf(col+i, nil, "found the end after y, want a digit 0 to z")
			}
			x += 4 + int64(digit(text[i]))
		case c == 'z':
			x, y = 0, y+5
		default:
			for v, row := digit(c), y; v > 0; v, row = v>>1, row+1 {
				if v&1 == 0 {
					continue
				}
				population++
				if err := d.Run(x, row, 1, 1, col+i); err != nil {
					return population, err
				}
			}
			x++
		}
	}
	return population, nil
}

// digits are those of base 36.
const digits = "0123456789abcdefghijklmnopqrstuvwxyz"

// digit returns the value of one of digits.
func digit(c byte) int {
	if codec.IsDigit(c) {
		return int(c - '0')
	}
	return int(c-'a') + 10
}

const (
	// maxArea bounds (w+2)·(h+2) for the bounding box of an object, as in apgsearch.
	maxArea = 40_000
	// maxPeriod bounds the generations after which an object must have come again.
	maxPeriod = 30_000
)

// Encode writes the canonical code of p, and a line end. p must be a still life, an
// oscillator or a spaceship under its rule, which must be one of two states
// without B0; next returns the generations that follow p, one a call.
//
// The error wraps life.ErrState or life.ErrOutOfRange when p is none, or not small
// enough; else it is that of next or w. Each generation begins with an empty Write, so that
// a writer that fails, as it may when nobody waits any more, ends the search. Cost: period
// times the bounding box.
func Encode(w io.Writer, p *life.Pattern, next func() (*life.Pattern, error)) error {
	if p.Rule().States() != 2 || p.Rule().HasB0() || p.Rule().Alternates() {
		return fmt.Errorf("%s: pattern under rule %s, want one rule of two states without B0: %w", Name, p.Rule(), life.ErrState)
	}
	code, err := identify(p, func() (*life.Pattern, error) {
		if _, err := w.Write(nil); err != nil {
			return nil, err
		}
		return next()
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, code+"\n")
	return err
}

// identify returns the code of p.
func identify(p *life.Pattern, next func() (*life.Pattern, error)) (string, error) {
	first, err := objectOf(p)
	if err != nil {
		return "", err
	}
	best := first.code("")
	if len(first.cells) == 0 {
		return "xs0_" + best, nil
	}
	for period := 1; period <= maxPeriod; period++ {
		p, err := next()
		if err != nil {
			return "", err
		}
		now, err := objectOf(p)
		if err != nil {
			return "", err
		}
		switch {
		case !now.equal(first):
			best = now.code(best)
		case now.corner != first.corner:
			return fmt.Sprintf("xq%d_%s", period, best), nil
		case period > 1:
			return fmt.Sprintf("xp%d_%s", period, best), nil
		default:
			return fmt.Sprintf("xs%d_%s", len(first.cells), best), nil
		}
	}
	return "", fmt.Errorf("%s: pattern that does not come again within %d generations, want a still life, an oscillator or a spaceship; rle can hold it: %w", Name, maxPeriod, life.ErrOutOfRange)
}
