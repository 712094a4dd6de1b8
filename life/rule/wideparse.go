package rule

import (
	"math"
	"strings"
)

// isWide reports whether s, in lower case, can only be a notation of large
// range: R5,… or r5b… or g3r5b…, or Evans' five numbers.
func isWide(s string) bool {
	if n := prefixedNumber(s, "g"); n > 0 {
		s = s[n:]
	}
	if prefixedNumber(s, "r") > 0 {
		return true
	}
	return strings.Contains(s, ",") && strings.Trim(s, "0123456789,") == ""
}

// parseWide reads a LargerThanLife or HROT rule. src is in lower case.
func parseWide(src source) (*Rule, error) {
	p := &wideParser{src: src, w: &Wide{Shape: ShapeMoore}, family: LargerThanLife}
	switch {
	case isDigit(src.s[0]):
		p.evans()
	case strings.Contains(src.s, ","):
		p.golly()
	default:
		p.lifelib()
	}
	if p.at < len(src.s) {
		p.fail(p.at, "unexpected %s after the rule", src.quote(p.at))
	}
	p.check()
	if p.err != nil {
		return nil, p.err
	}
	return &Rule{family: p.family, states: p.states, wide: p.w, name: p.w.name(p.family, p.states)}, nil
}

// wideParser reads one rule from left to right. The first error stays and
// reading goes on harmlessly.
type wideParser struct {
	src             source
	at              int
	err             error
	w               *Wide
	family          Family
	states          int
	birthAt, survAt int // where the two lists stand
}

func (p *wideParser) fail(at int, format string, args ...any) {
	if p.err == nil {
		p.err = p.src.errorf(min(at, len(p.src.s)), format, args...)
	}
}

func (p *wideParser) rest() string { return p.src.s[p.at:] }

// take reads lit, or fails.
func (p *wideParser) take(lit string) {
	if !strings.HasPrefix(p.rest(), lit) {
		p.fail(p.at, "found %s, want %q", p.src.quote(p.at), strings.ToUpper(lit))
		return
	}
	p.at += len(lit)
}

// number reads a number from lo to hi; what names it in a message.
func (p *wideParser) number(what string, lo, hi int) int {
	n := digits(p.rest())
	v := number(p.rest()[:n], math.MaxInt32-1)
	if n == 0 {
		p.fail(p.at, "found %s, want a number for the %s", p.src.quote(p.at), what)
	} else if v < lo || v > hi {
		p.fail(p.at, "%s %s, want %d to %d", what, clip(p.rest()[:n]), lo, hi)
	}
	p.at += n
	return v
}

// interval reads two ascending numbers with sep between them.
func (p *wideParser) interval(what, sep string) Interval {
	lo := p.number(what, 0, math.MaxInt32-1)
	p.take(sep)
	return Interval{lo, p.number(what, lo, math.MaxInt32-1)}
}

func (p *wideParser) readRange() {
	p.w.Range = p.number("range", 1, ShapeMoore.maxRange())
}

// evans reads r,bmin,bmax,smin,smax, where the centre counts.
func (p *wideParser) evans() {
	p.states, p.w.Middle = 2, true
	p.readRange()
	p.take(",")
	p.birthAt = p.at
	p.w.Births = []Interval{p.interval("birth count", ",")}
	p.take(",")
	p.survAt = p.at
	p.w.Survivals = []Interval{p.interval("survival count", ",")}
}

// golly reads Rr,Cc,Mm,Smin..max,Bmin..max,Nn and Rr,Cc,Slist,Blist[,Nn].
func (p *wideParser) golly() {
	p.take("r")
	p.readRange()
	p.take(",c")
	p.states = max(2, p.number("number of states", 0, maxStates))
	if strings.HasPrefix(p.rest(), ",m") {
		p.at += len(",m")
		p.w.Middle = p.number("middle", 0, 1) == 1
		p.take(",s")
		p.survAt = p.at
		p.w.Survivals = []Interval{p.interval("survival count", "..")}
		p.take(",b")
		p.birthAt = p.at
		p.w.Births = []Interval{p.interval("birth count", "..")}
		p.take(",n")
		p.hood()
		return
	}
	p.family = HROT
	p.take(",s")
	p.survAt = p.at
	p.w.Survivals = p.list("survival count")
	p.take(",b")
	p.birthAt = p.at
	p.w.Births = p.list("birth count")
	if p.at < len(p.src.s) {
		p.take(",n")
		p.hood()
	}
}

// list reads counts and intervals a-b with commas between them, or nothing.
func (p *wideParser) list(what string) []Interval {
	var list []Interval
	for digits(p.rest()) > 0 {
		n := p.number(what, 0, math.MaxInt32-1)
		v := Interval{n, n}
		if strings.HasPrefix(p.rest(), "-") {
			p.at++
			v.Max = p.number(what, n, math.MaxInt32-1)
		}
		list = append(list, v)
		if rest := p.rest(); len(rest) < 2 || rest[0] != ',' || !isDigit(rest[1]) {
			break
		}
		p.at++
	}
	return merge(list)
}

// hood reads what follows the N.
func (p *wideParser) hood() {
	if p.at == len(p.src.s) || strings.IndexByte(shapes, p.src.s[p.at]) < 0 {
		p.fail(p.at, "neighbourhood %s, want one of %s", p.src.quote(p.at), strings.ToUpper(shapes))
		return
	}
	p.w.Shape = Shape(strings.ToUpper(p.rest()[:1])[0])
	if m := p.w.Shape.maxRange(); p.w.Range > m {
		p.fail(p.at, "range %d with N%c, want 1 to %d", p.w.Range, p.w.Shape, m)
	}
	p.at++
	if p.err != nil || p.w.Shape != ShapeCustom && p.w.Shape != ShapeWeighted {
		return
	}
	start := p.at
	if p.w.Shape == ShapeCustom {
		p.customCells()
	} else {
		p.customWeights()
	}
	p.w.hood = p.src.s[start:p.at]
	if strings.HasPrefix(p.rest(), "h") || strings.HasPrefix(p.rest(), "l") {
		p.w.Tiling = p.rest()[0] - 'a' + 'A'
		p.at++
	}
}

// hexRun returns the length of the run of hexadecimal digits at the start of s.
func hexRun(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789abcdef")) }

func hexValue(c byte) int { return strings.IndexByte("0123456789abcdef", c) }

// customCells reads one bit for every cell but the centre, in reading order.
func (p *wideParser) customCells() {
	r := p.w.Range
	cells := 4 * r * (r + 1)
	if n := hexRun(p.rest()); n != cells/4 {
		p.fail(p.at, "N@ with %d hexadecimal digits, want %d for range %d", n, cells/4, r)
		return
	}
	p.w.Weights = make([]int8, cells+1)
	for k := range cells {
		at := k
		if k >= cells/2 {
			at++ // the centre is left out
		}
		p.w.Weights[at] = int8(hexValue(p.src.s[p.at+k/4]) >> (3 - k%4) & 1)
	}
	p.at += cells / 4
}

// customWeights reads a weight of one or two digits for every cell, the top bit
// of which is a minus sign, then perhaps a digit for every state.
func (p *wideParser) customWeights() {
	side := 2*p.w.Range + 1
	cells := side * side
	n := hexRun(p.rest())
	width := n / cells
	if n%cells != 0 || width != 1 && width != 2 {
		p.fail(p.at, "NW with %d hexadecimal digits, want %d or %d for range %d", n, cells, 2*cells, p.w.Range)
		return
	}
	p.w.Weights = make([]int8, cells)
	sign := 8 << (4 * (width - 1))
	for k := range p.w.Weights {
		v := 0
		for range width {
			v = v<<4 | hexValue(p.src.s[p.at])
			p.at++
		}
		if v >= sign {
			v = sign - v
		}
		p.w.Weights[k] = int8(v)
	}
	if !strings.HasPrefix(p.rest(), ",") {
		return
	}
	p.at++
	if n := hexRun(p.rest()); n != p.states {
		p.fail(p.at, "%d state weights, want %d", n, p.states)
		return
	}
	for range p.states {
		p.w.StateWeights = append(p.w.StateWeights, uint8(hexValue(p.src.s[p.at])))
		p.at++
	}
}

// lifelib reads r5b34t45s34t58 (Larger than Life, the centre counts) and
// r2b000008s03ff00 (HROT, bit k of a mask is count k+1, a z at the end is
// survival on 0), both with g and the number of states before them.
//
// Source: the conwaylife.com forum post that announced HROT for apgsearch v4.63
// and lifelib ll2.0.17; LifeViewer, patterns.js, decodeHROTHex and decodeLTLRBTST.
func (p *wideParser) lifelib() {
	p.states = 2
	if strings.HasPrefix(p.rest(), "g") {
		p.at++
		p.states = p.number("number of states", 2, maxStates)
	}
	p.take("r")
	p.readRange()
	p.take("b")
	p.birthAt = p.at
	if strings.Contains(p.rest(), "t") {
		p.w.Middle = true
		p.w.Births = []Interval{p.lifelibInterval("birth count")}
		p.take("s")
		p.survAt = p.at
		p.w.Survivals = []Interval{p.lifelibInterval("survival count")}
		return
	}
	p.family = HROT
	p.w.Births = p.mask()
	p.take("s")
	p.survAt = p.at
	p.w.Survivals = p.mask()
	if strings.HasPrefix(p.rest(), "z") {
		p.at++
		p.w.Survivals = merge(append(p.w.Survivals, Interval{0, 0}))
	}
}

func (p *wideParser) lifelibInterval(what string) Interval { return p.interval(what, "t") }

// mask reads r(r+1) hexadecimal digits.
func (p *wideParser) mask() []Interval {
	n := hexRun(p.rest())
	if want := p.w.Range * (p.w.Range + 1); n != want {
		p.fail(p.at, "%d hexadecimal digits, want %d for range %d", n, want, p.w.Range)
		return nil
	}
	var list []Interval
	for k := range 4 * n {
		if hexValue(p.src.s[p.at+n-1-k/4])>>(k%4)&1 == 1 {
			list = append(list, Interval{k + 1, k + 1})
		}
	}
	p.at += n
	return merge(list)
}

// check compares the counts with the size of the neighbourhood.
func (p *wideParser) check() {
	if p.err != nil {
		return
	}
	limit := p.w.MaxCount() + boolInt(p.w.Middle)
	for _, part := range []struct {
		what string
		list []Interval
		at   int
	}{{"birth", p.w.Births, p.birthAt}, {"survival", p.w.Survivals, p.survAt}} {
		if n := len(part.list); n > 0 && part.list[n-1].Max > limit {
			p.fail(part.at, "%s count %d, want 0 to %d", part.what, part.list[n-1].Max, limit)
		}
	}
	if p.w.hasB0() && p.states > 2 {
		p.fail(p.birthAt, "birth on 0 neighbours with %d states, want B0 only in two-state rules", p.states)
	}
}
