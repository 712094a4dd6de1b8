package kernel

import (
	"math/bits"

	"golife/life/rule"
)

// Class says which kernel runs a rule.
type Class uint8

// The classes, fastest first.
const (
	ClassLife   Class = iota // B3/S23
	ClassTotal               // outer-totalistic, all eight neighbours
	ClassSubset              // outer-totalistic, some of the neighbours
	ClassLookup              // anything else
)

// String returns "life", "total", "subset" or "lookup".
func (c Class) String() string {
	return [...]string{"life", "total", "subset", "lookup"}[c]
}

// Network is a rule compiled for stepping. It is immutable: any number of
// goroutines may use one at once. Make one with [Compile].
type Network struct {
	table   rule.Table
	class   Class
	flips   bool            // the table is its own north-south mirror image
	poly    poly            // ClassTotal, ClassSubset
	subset  subset          // ClassSubset
	squares *[1 << 16]uint8 // ClassLookup
	bytes   byteTable       // the table for the AVX-512 look-up
	columns columnTable     // the table for the AVX2 look-up of leaves
	pairs   pairTable       // ClassLookup: the same of rows
	letters *letterCode     // ClassLookup: what AVX2 has for isotropic rules of few letters, else nil
}

// Compile chooses the kernel for t and prepares its constants. t is copied.
//
// Cost: some 5 microseconds and 450 bytes; when the class is ClassLookup, about
// 0.2 ms and 64 KiB more. Compile once for a rule and keep the result.
func Compile(t *rule.Table) *Network {
	n := &Network{table: *t, class: ClassLookup, flips: flips(t), bytes: newByteTable(t), columns: newColumnTable(t)}
	switch neighbours, ok := totalOn(t); {
	case isLife(t):
		n.class = ClassLife
	case ok && neighbours == moore:
		n.class = ClassTotal
		n.poly = newPoly(t, moore)
	case ok:
		n.class = ClassSubset
		n.poly = newPoly(t, neighbours)
		n.subset = newSubset(neighbours)
	default:
		n.squares = newSquares(t)
		n.pairs = newPairTable(t)
		n.letters, _ = newLetterCode(t)
	}
	return n
}

// Table returns the rule that n was compiled from.
func (n *Network) Table() rule.Table { return n.table }

// Class returns the kernel that runs n's rule.
func (n *Network) Class() Class { return n.class }

// moore is all eight neighbours as a set of bits in a rule.Table index.
const moore = 511 &^ rule.C

// totalOn finds neighbours, as bits of an index, such that the next state is a
// function of the centre and the number of live ones among them. It prefers
// all eight (the fastest kernel), then the fewest.
func totalOn(t *rule.Table) (neighbours int, ok bool) {
	if isTotalOn(t, moore) {
		return moore, true
	}
	best := -1
	for s := range 512 {
		if s&rule.C != 0 || best >= 0 && bits.OnesCount(uint(s)) >= bits.OnesCount(uint(best)) {
			continue
		}
		if isTotalOn(t, s) {
			best = s
		}
	}
	return best, best >= 0
}

func isTotalOn(t *rule.Table, neighbours int) bool {
	var seen, next [2][9]uint8
	for i := range 512 {
		c, k := i&rule.C/rule.C, bits.OnesCount(uint(i&neighbours))
		if seen[c][k] == 0 {
			seen[c][k], next[c][k] = 1, t.Next(i)
		} else if next[c][k] != t.Next(i) {
			return false
		}
	}
	return true
}

func isLife(t *rule.Table) bool {
	for i := range 512 {
		k := bits.OnesCount(uint(i & moore))
		if (t.Next(i) == 1) != (k == 3 || k == 2 && i&rule.C != 0) {
			return false
		}
	}
	return true
}

// flips reports whether swapping the north and south rows never changes the
// next state.
func flips(t *rule.Table) bool {
	for i := range 512 {
		if t.Next(i) != t.Next(i>>6|i&0o70|i&7<<6) {
			return false
		}
	}
	return true
}
