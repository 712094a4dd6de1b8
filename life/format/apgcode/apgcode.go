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
// Position, generation and comments have no place: the north-west corner of what is read
// is (0, 0). Nor has the rule, which is Life unless it is given; but a slash and a rule may
// follow what is read, as in Catagolue's addresses of objects, which are read as well:
//
//	xp2_7/b36s23
//	https://catagolue.hatsya.com/object/xp3_0ggy2_0h0_0g/g3b2s
//
// Objects under a Generations rule have a code for each bit of a number, joined by _. Cells
// in state 1 have the number 1, and state s of n, from 2 on, is 4·(n−s)−2. These are
// read, and not written; those of other rules of more than two states are neither.
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
	"golife/life/rule"
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
		compiled.form = regexp.MustCompile(`^(?:https?://\S+/object/)?x([spqg])([0-9]+)_([0-9a-z]+(?:_[0-9a-z]+)*)(?:/(\S+?)/?)?$`)
	})
	return compiled.form
}

// IsCode reports whether a word is the apgcode of an object, or an address of one.
func IsCode(word string) bool { return form().MatchString(word) }

// IsClass reports whether a word is an apgcode that tells what an object does, but not its
// cells: of linear growth, one that is too large, or one that never settles.
func IsClass(word string) bool {
	for _, class := range []string{"yl", "zz_", "ov_", "PATHOLOGICAL", "methuselah_", "messless_", "megasized_"} {
		if rest, ok := strings.CutPrefix(word, class); ok && (class != "yl" || rest != "" && codec.IsDigit(rest[0])) {
			return true
		}
	}
	return false
}

// IsHead reports whether a file that begins with text holds an apgcode.
func IsHead(text []byte) bool {
	n := 0
	for n < len(text) && text[n] > ' ' {
		n++
	}
	word := string(text[:n])
	return n > 0 && (word[0] == 'x' || word[0] == 'h') && strings.Contains(word, "_") && IsCode(word)
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
	if m[8] > 0 {
		if err := d.SetRule(col+m[8], word[m[8]:m[9]]); err != nil {
			return err
		}
	}
	if rest != "" {
		if err := d.Deviation(col+len(word)+1, "text after the code, ignored"); err != nil {
			return err
		}
	}
	n, err := planes(d, word[m[6]:m[7]], col+m[6])
	if err != nil {
		return err
	}
	if claim := word[m[4]:m[5]]; word[m[2]] == 's' && strconv.Itoa(n) != claim {
		return d.Deviation(col+m[4], "a still life of %s cells, but the code has %d", claim, n)
	}
	return nil
}

// planes reads what follows the first _, which begins at a column, and returns the number
// of cells.
func planes(d *codec.Decoder, text string, col int) (population int, err error) {
	r, err := d.Begin()
	if err != nil {
		return 0, err
	}
	cut := strings.IndexByte(text, '_')
	if cut < 0 {
		return body(d, text, col, func(x, y int64, at int) error { return d.Run(x, y, 1, 1, at) })
	}
	if r.Family() != rule.Generations {
		return 0, d.Errorf(col+cut, life.ErrState, "a code of more than two states under rule %s, want a Generations rule, as in xp3_1_2/g3b2s", r)
	}
	numbers, order := map[life.Point]int{}, []life.Point{}
	for i, at := 0, 0; at <= len(text); i++ {
		plane, _, _ := strings.Cut(text[at:], "_")
		if _, err := body(d, plane, col+at, func(x, y int64, _ int) error {
			at := life.Point{X: x, Y: y}
			if numbers[at] == 0 {
				order = append(order, at)
			}
			numbers[at] |= 1 << min(i, maxPlanes)
			return nil
		}); err != nil {
			return 0, err
		}
		at += len(plane) + 1
	}
	for _, at := range order {
		state, ok := stateOf(numbers[at], r.States())
		if !ok {
			return 0, d.Errorf(col, life.ErrState, "a cell with number %d at %d,%d, which no state of rule %s has", numbers[at], at.X, at.Y, r)
		}
		if err := d.Run(at.X, at.Y, 1, state, col); err != nil {
			return 0, err
		}
	}
	return len(order), nil
}

// maxPlanes is more planes than numbers of 256 states have bits.
const maxPlanes = 10

// stateOf returns the state, of so many that a Generations rule has, that a number stands for.
func stateOf(number, states int) (_ life.State, ok bool) {
	if number == 1 {
		return 1, true
	}
	s := states - (number+2)/4
	return life.State(s), number%4 == 2 && s >= 2
}

// body reads a code without _, which begins at a column, calls set for each cell, and
// returns their number.
func body(d *codec.Decoder, text string, col int, set func(x, y int64, col int) error) (population int, err error) {
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
				if err := set(x, row, col+i); err != nil {
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
