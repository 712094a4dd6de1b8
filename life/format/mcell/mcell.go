// Package mcell reads patterns in the format of MCell (.mcl), Mirek Wójtowicz's
// program for many families of rules.
//
// # The format
//
//	#MCell 4.20               the title
//	#GAME Generations         the family of the rule
//	#RULE 345/2/4             the rule; several lines are one
//	#BOARD 80x60              the size of the grid
//	#WRAP 1                   its edges are joined: a torus; 0 is a plane
//	#D Star Wars              a comment
//	#L 2.3A$.aB2$4A           cells; several lines are one
//
// In cells, . is a dead one, A to X are the states 1 to 24, a to j with A to X
// behind it the states 24·(a=1, b=2, …) + (A=1, …). A number before a cell or $
// repeats it, and $ ends a row.
//
// #GOLLY names a rule for Golly and takes the place of #RULE. The other lines,
// such as #CCOLORS, #SPEED and #PALETTE, are for showing the pattern and have no
// meaning here.
//
// The rule gets a bounded grid of the size of the board: :T80,60 when edges are
// joined, :P80,60 when not. The pattern is put in its middle, as Golly does.
//
// Source: MCell's description of its format; the reader of Golly 3.3.
//
// # Reading
//
// Decode is lenient: each deviation in this list is a Warning, or an error when
// strict.
//
//   - no #MCell line at the start; lines that do not begin with #, which are skipped
//   - a state that the rule lacks, which is read as state 1
//   - characters without a meaning; a count without a cell
//   - a rule or a board after the first cells, which is ignored; no board; cells
//     outside of the board, which are dropped
//
// Families other than Life, Generations and Larger than Life, and rule tables
// without #GOLLY, are an error unless the rule is given in codec.Options.
//
// # Limits
//
// Decode allocates at most 8 KiB for each byte of input, and 1 MiB, as rows begin
// anywhere; a file of many cells takes about 10 bytes for each byte.
package mcell

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/rule"
)

// Name is the name of the format.
const Name codec.Format = "mcell"

// Decode reads one pattern, up to the end of r. The error is a *codec.SyntaxError
// for what the input holds, or that of r. Cost: O(bytes of r).
func Decode(r io.Reader, o codec.Options) (*life.Pattern, error) {
	d := newDecoder(r, o)
	for {
		text, ok, err := d.NextLine()
		switch {
		case err != nil:
			return nil, err
		case !ok:
			return d.finish()
		}
		if err := d.line(text); err != nil {
			return nil, err
		}
	}
}

// newDecoder returns a decoder that reads cells without a grid, as their place is
// known when all have been read.
func newDecoder(r io.Reader, o codec.Options) *decoder {
	d := &decoder{wrap: -1, given: o.Rule, parsed: o.Rule}
	if o.Rule != nil {
		o.Rule = o.Rule.Unbounded()
	}
	parse := o.ParseRule
	if parse == nil {
		parse = rule.Parse
	}
	o.ParseRule = func(s string) (*rule.Rule, error) {
		r, err := parse(s)
		if err != nil {
			return nil, err
		}
		d.parsed = r
		return r.Unbounded(), nil
	}
	d.Decoder = codec.NewDecoder(r, Name, o)
	return d
}

// decoder is the state of one Decode.
type decoder struct {
	*codec.Decoder
	given   *rule.Rule // by the options
	parsed  *rule.Rule // with the grid that it came with
	hasLine bool       // a line with text was read

	game      string
	gameLine  int
	rule      strings.Builder // of all #RULE lines
	ruleLine  int             // of the first
	ruleCol   int
	golly     string // of #GOLLY
	gollyLine int
	gollyCol  int
	w, h      int64 // of #BOARD, 0 without
	wrap      int   // of #WRAP, -1 without

	states int // that the rule has; 0 before the first cell
	x, y   int64
	count  int64
	isFar  bool // a state was taken for 1, and reported
}

// line reads one line.
func (d *decoder) line(text []byte) error {
	n := codec.Blanks(text)
	if n == len(text) {
		return nil
	}
	if !d.hasLine {
		d.hasLine = true
		if bytes.HasPrefix(text, []byte("#MCell")) {
			return nil
		}
		if err := d.Deviation(1, "found %s, want #MCell first", codec.QuoteWord(text)); err != nil {
			return err
		}
	}
	if text[0] != '#' {
		return d.Deviation(1, "line that does not begin with #, skipped")
	}
	end := bytes.IndexFunc(text, func(r rune) bool { return r <= ' ' })
	if end < 0 {
		end = len(text)
	}
	start := end + codec.Blanks(text[end:])
	key, value := string(text[:end]), bytes.TrimRight(text[start:], " \t\v\f")
	if key == "#L" {
		return d.cells(value, start+1)
	}
	return d.directive(key, string(value), start+1)
}

// directive obeys a line other than #L.
func (d *decoder) directive(key, value string, col int) error {
	switch key {
	case "#D":
		return d.Comment('C', value)
	case "#N":
		return d.Comment('N', value)
	case "#GAME", "#RULE", "#GOLLY", "#BOARD", "#WRAP":
	default:
		return nil
	}
	if d.HasBegun() {
		return d.Deviation(col, "%s after the first cells, ignored", key)
	}
	switch key {
	case "#GAME":
		d.game, d.gameLine = value, d.At
	case "#RULE":
		if d.rule.Len() == 0 {
			d.ruleLine, d.ruleCol = d.At, col
		}
		d.rule.WriteString(value)
	case "#GOLLY":
		d.golly, d.gollyLine, d.gollyCol = value, d.At, col
	case "#BOARD":
		return d.board(value, col)
	case "#WRAP":
		if value != "0" && value != "1" {
			return d.Errorf(col, nil, "found %s, want 0 or 1", codec.QuoteWord([]byte(value)))
		}
		d.wrap = int(value[0] - '0')
	}
	return nil
}

// board reads the size of the grid.
func (d *decoder) board(value string, col int) error {
	ws, hs, _ := strings.Cut(strings.ToLower(value), "x")
	w, errW := strconv.ParseInt(ws, 10, 64)
	h, errH := strconv.ParseInt(hs, 10, 64)
	if errW != nil || errH != nil || w < 1 || h < 1 || w > rule.MaxGridSize || h > rule.MaxGridSize {
		return d.Errorf(col, nil, "found %s, want WIDTHxHEIGHT, each 1 to %d", codec.QuoteWord([]byte(value)), int64(rule.MaxGridSize))
	}
	d.w, d.h = w, h
	return nil
}

// begin reads the rule before the first cells.
func (d *decoder) begin() error {
	if d.given == nil {
		if err := d.checkGame(); err != nil {
			return err
		}
	}
	line, col, text := d.gollyLine, d.gollyCol, d.golly
	if text == "" {
		line, col, text = d.ruleLine, d.ruleCol, d.rule.String()
	}
	if err := d.SetRuleOf(line, col, text); err != nil {
		return err
	}
	r, err := d.Begin()
	if err != nil {
		return err
	}
	if d.states = r.States(); d.states == 0 {
		d.states = 256
	}
	return nil
}

// checkGame returns an error for a family that is not known.
func (d *decoder) checkGame() error {
	if d.golly != "" || d.game == "" {
		return nil
	}
	for _, known := range []string{"Life", "Generations", "Larger than Life"} {
		if strings.EqualFold(d.game, known) {
			return nil
		}
	}
	err := &codec.SyntaxError{Format: Name, Line: d.gameLine, Col: len("#GAME ") + 1}
	err.Msg = fmt.Sprintf("rules of the family %q are not read, want Life, Generations, Larger than Life, or a #GOLLY line", d.game)
	return err
}

// cells reads the cells of a line.
func (d *decoder) cells(text []byte, col int) error {
	if d.states == 0 {
		if err := d.begin(); err != nil {
			return err
		}
	}
	for i := 0; i < len(text); {
		n, err := d.token(text, i, col)
		if err != nil {
			return err
		}
		i += n
	}
	return nil
}

// token reads a cell, a row end or a digit at text[i:] and returns its length.
func (d *decoder) token(text []byte, i, col int) (int, error) {
	c := text[i]
	n := max(d.count, 1)
	switch {
	case codec.IsDigit(c):
		v := int64(c - '0')
		if d.count > (math.MaxInt64-v)/10 {
			return 0, d.Errorf(col+i, life.ErrOutOfRange, "run count overflows int64")
		}
		d.count = 10*d.count + v
		return 1, nil
	case codec.IsBlank(c):
		return 1, nil
	case c == '.':
		return 1, d.run(n, 0, col+i)
	case c == '$':
		if d.y > maxSize-n {
			return 0, d.Errorf(col+i, life.ErrOutOfRange, "row overflows a board by a run of %d from %d", n, d.y)
		}
		d.x, d.y, d.count = 0, d.y+n, 0
		return 1, nil
	case 'A' <= c && c <= 'X':
		return 1, d.run(n, int(c-'A')+1, col+i)
	case 'a' <= c && c <= 'j' && i+1 < len(text) && 'A' <= text[i+1] && text[i+1] <= 'X':
		return 2, d.run(n, 24*(int(c-'a')+1)+int(text[i+1]-'A')+1, col+i)
	}
	d.count = 0
	return d.Unknown(text, i, col)
}

// maxSize bounds the cells of a row and the rows, so that no coordinate overflows.
const maxSize = 1 << 62

// run adds n cells in state v.
func (d *decoder) run(n int64, v, col int) error {
	d.count = 0
	if d.x > maxSize-n {
		return d.Errorf(col, life.ErrOutOfRange, "column overflows a board by a run of %d from %d", n, d.x)
	}
	if v >= d.states {
		if !d.isFar {
			d.isFar = true
			if err := d.Deviation(col, "state %d, which the rule lacks, read as state 1", v); err != nil {
				return err
			}
		}
		v = 1
	}
	if v > 0 {
		if err := d.Run(d.x, d.y, n, life.State(v), col); err != nil {
			return err
		}
	}
	d.x += n
	return nil
}
