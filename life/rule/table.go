package rule

import "math/bits"

// Table is the truth table of a two-state range-1 rule: 512 bits, one for each
// state of a 3×3 neighbourhood.
//
// Bit i is the next state of the centre for neighbourhood index i, where the
// nine cells weigh NW=256 N=128 NE=64 W=32 C=16 E=8 SW=4 S=2 SE=1. Index i
// lives in word i>>6, bit i&63. Von Neumann, hexagonal and Wolfram rules use
// the same table and ignore the cells outside their neighbourhood, so every
// entry is filled and index 511 is always "all on".
type Table [8]uint64

// The weights of the nine cells in a Table index.
const (
	SE = 1 << iota
	S
	SW
	E
	C
	W
	NE
	N
	NW
)

// Next returns the next state (0 or 1) of the centre for index i, 0 ≤ i < 512.
func (t *Table) Next(i int) uint8 { return uint8(t[i>>6] >> (i & 63) & 1) }

// Set makes v (0 or 1) the next state for index i, 0 ≤ i < 512.
func (t *Table) Set(i int, v uint8) {
	t[i>>6] = t[i>>6]&^(1<<(i&63)) | uint64(v&1)<<(i&63)
}

// Not returns the complement: every next state is inverted.
func (t Table) Not() Table {
	for k := range t {
		t[k] = ^t[k]
	}
	return t
}

// Reverse returns the table of the same rule read with all nine cells inverted:
// entry i of the result is entry 511−i of t.
func (t Table) Reverse() Table {
	var r Table
	for k := range t {
		r[7-k] = bits.Reverse64(t[k])
	}
	return r
}

// IsIsotropic reports whether the table is unchanged by the eight rotations
// and reflections of the square.
func (t *Table) IsIsotropic() bool {
	for i := range 512 {
		v := t.Next(i)
		if t.Next(rotate(i)) != v || t.Next(mirror(i)) != v {
			return false
		}
	}
	return true
}

// rotate returns the index of neighbourhood i turned a quarter clockwise.
func rotate(i int) int {
	ring := int(ringOf(i))
	return indexOf(uint8(ring<<2|ring>>6)) | i&C
}

// mirror returns the index of neighbourhood i with west and east exchanged.
func mirror(i int) int {
	return i&(N|C|S) | i>>2&(NE|SE) | i<<2&(NW|SW) | i>>2&E | i<<2&W
}

// ring lists the weights of the eight neighbours clockwise from N; bit k of a
// ring mask stands for ring[k].
var ring = [8]int{N, NE, E, SE, S, SW, W, NW}

// ringOf returns the ring mask of neighbourhood i; the centre is dropped.
func ringOf(i int) uint8 {
	var m uint8
	for k, w := range ring {
		if i&w != 0 {
			m |= 1 << k
		}
	}
	return m
}

// indexOf returns the neighbourhood index of a ring mask with a dead centre.
func indexOf(m uint8) int {
	i := 0
	for k, w := range ring {
		i |= int(m>>k&1) * w
	}
	return i
}

// mask returns the weights of the neighbours that n looks at, the centre not
// among them.
func (n Neighborhood) mask() int {
	switch n {
	case VonNeumann:
		return N | W | E | S
	case Hexagonal:
		return NW | N | W | E | S | SE
	case Row:
		return NW | N | NE
	}
	return NW | N | NE | W | E | SW | S | SE
}

// size returns the number of neighbours.
func (n Neighborhood) size() int { return bits.OnesCount(uint(n.mask())) }

// suffix returns the letter that marks n in a rulestring.
func (n Neighborhood) suffix() string {
	switch n {
	case VonNeumann:
		return "V"
	case Hexagonal:
		return "H"
	}
	return ""
}

// String returns the name of the neighbourhood in lower case.
func (n Neighborhood) String() string {
	names := [...]string{"Moore", "von Neumann", "hexagonal", "row above"}
	if int(n) < len(names) {
		return names[n]
	}
	return "unknown"
}
