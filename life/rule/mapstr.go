package rule

import (
	"math/bits"
	"strings"
)

// base64 is the standard alphabet of RFC 4648.
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// mapSizes lists the lengths a MAP may have, longest first.
var mapSizes = []struct {
	chars int
	nbhd  Neighborhood
}{{86, Moore}, {22, Hexagonal}, {6, VonNeumann}}

// gollyHex lists the cells of the hexagonal neighbourhood in the order in which
// Golly's QuickLife and HashLife (3.3 and 5.0) weigh them, highest first.
var gollyHex = []int{S, SE, W, C, E, NW, N}

// cutMAP returns the neighbourhood and the base64 digits of a MAP rule, and what
// stands behind them (the optional == dropped). src still has its letter case.
func cutMAP(src source) (nb Neighborhood, body, rest source, err error) {
	src = src.from(len("map"))
	for _, size := range mapSizes {
		if len(src.s) < size.chars {
			continue
		}
		rest = src.from(size.chars)
		if strings.HasPrefix(rest.s, "==") {
			rest = rest.from(2)
		}
		if rest.s != "" && rest.s[0] != '/' && rest.s[0] != '_' {
			continue
		}
		return size.nbhd, src.part(0, size.chars), rest, nil
	}
	return 0, src, src, src.errorf(len(src.s), "MAP of %d characters, want 86 (Moore), 22 (hexagonal) or 6 (von Neumann)", len(src.s))
}

// parseMAP reads MAP and base64 digits, and the number of states behind a slash
// for Generations, with a C or G before it or not.
func parseMAP(src source, opt Options) (*Rule, error) {
	nb, body, rest, err := cutMAP(src)
	if err != nil {
		return nil, err
	}
	order := readingOrder(nb)
	if nb == Hexagonal && opt.GollyHexMAP && rest.s == "" {
		order = gollyHex
	}
	t, err := decodeMAP(body, order)
	if err != nil {
		return nil, err
	}
	r := &Rule{family: TwoState, states: 2, nbhd: nb, table: t, hasTable: true, name: "MAP" + encodeMAP(&t, nb)}
	if rest.s == "" {
		return r, nil
	}
	states := rest.from(1)
	if prefixedNumber(states.lower().s, "cg") > 0 {
		states = states.from(1)
	}
	return withStates(r, states, body)
}

// readingOrder lists the cells of nb with its centre row by row from the top.
func readingOrder(nb Neighborhood) []int {
	var order []int
	for w := NW; w > 0; w >>= 1 {
		if (nb.mask()|C)&w != 0 {
			order = append(order, w)
		}
	}
	return order
}

// decodeMAP returns the truth table of base64 digits whose bits are indexed by
// the cells in order, the first cell weighing most.
func decodeMAP(body source, order []int) (Table, error) {
	var bitAt [512]uint8
	for k := range len(body.s) {
		d := strings.IndexByte(base64, body.s[k])
		if d < 0 {
			return Table{}, body.errorf(k, "%s in a MAP, want base64 digits", body.quote(k))
		}
		for j := range 6 {
			if i := 6*k + j; i < 1<<len(order) {
				bitAt[i] = uint8(d >> (5 - j) & 1)
			}
		}
	}
	var t Table
	for i := range 512 {
		at := 0
		for _, w := range order {
			at <<= 1
			if i&w != 0 {
				at |= 1
			}
		}
		t.Set(i, bitAt[at])
	}
	return t, nil
}

// encodeMAP returns the base64 digits of t in reading order; unused bits are 0.
func encodeMAP(t *Table, nb Neighborhood) string {
	var b strings.Builder
	acc, n := 0, 0
	mask := uint(nb.mask() | C)
	put := func(bit int) {
		acc = acc<<1 | bit
		if n++; n%6 == 0 {
			b.WriteByte(base64[acc])
			acc = 0
		}
	}
	for i := range 512 {
		if uint(i)&^mask == 0 {
			put(int(t.Next(i)))
		}
	}
	for n%6 != 0 {
		put(0)
	}
	return b.String()
}

// MAP returns the rule in MAP notation (reading order, without padding), such as
// "MAPARYX…" for the Moore neighbourhood, with "/C" for Generations. Wolfram
// rules are written over the Moore neighbourhood. ok is false for families
// without a Table.
func (r *Rule) MAP() (s string, ok bool) {
	if !r.hasTable {
		return "", false
	}
	nb := r.nbhd
	if nb == Row {
		nb = Moore
	}
	s = "MAP" + encodeMAP(&r.table, nb)
	if r.family == Generations {
		s += "/" + itoa(r.states)
	}
	return s, true
}

// popcount returns the number of live neighbours in index i.
func popcount(i int) int { return bits.OnesCount(uint(i &^ C)) }
