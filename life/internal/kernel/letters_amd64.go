//go:build !noasm

package kernel

import (
	"math/bits"

	"golife/life/rule"
)

// letterCode is the code of an isotropic rule for AVX2: an outer-totalistic decision, and
// a fragment of code for each letter (Hensel's, for a class of neighbourhoods that are equal but
// for rotation and reflection) and centre where the rule differs from it; that of the last
// letter returns. life/internal/_asm knows this layout.
type letterCode struct {
	decision   decision
	program    [maxLetters]uintptr
	pairs      [maxLetters]uintptr // the same for Step32
	operations int                 // of the letters, for a register of cells
}

// Rules whose letters take more operations are about as fast by look-ups, or faster:
// see KERNELS.md. Step32 spends the least on making what it looks up.
const (
	maxLetters        = 12
	maxOperations     = 96
	maxLeafOperations = 42
)

// fitsLeaf reports whether there is code that Step32 should use.
func (l *letterCode) fitsLeaf() bool { return l != nil && l.operations <= maxLeafOperations }

const letters = 49

// letterFragments are where the fragments are that go on and that return, those for dead centres
// first, the same for pairs of registers in Step32, where one is that only returns, and what each
// letter costs.
type letterFragments struct {
	at, last         [letters][2]uintptr
	pairAt, pairLast [letters][2]uintptr
	none             uintptr
	operations       [letters][2]uint8
}

func letterTable() *letterFragments

// letterClasses has a neighbourhood for each letter of 1 to 4 live neighbours, in the order
// of life/internal/_asm. Those of 5 to 7 are the complements of those of 3 to 1.
var letterClasses = [31]int{
	rule.SE, rule.S,

	rule.SW | rule.SE, rule.E | rule.S, rule.S | rule.SE, rule.W | rule.E, rule.W | rule.SE, rule.NE | rule.SW,

	rule.NE | rule.SW | rule.SE, rule.W | rule.E | rule.S, rule.E | rule.S | rule.SE, rule.SW | rule.S | rule.SE,
	rule.NE | rule.W | rule.S, rule.E | rule.SW | rule.SE, rule.E | rule.SW | rule.S, rule.NE | rule.SW | rule.S,
	rule.W | rule.E | rule.SE, rule.NE | rule.W | rule.SE,

	rule.NW | rule.NE | rule.SW | rule.SE, rule.N | rule.W | rule.E | rule.S, rule.E | rule.SW | rule.S | rule.SE,
	rule.W | rule.E | rule.SW | rule.SE, rule.NE | rule.W | rule.S | rule.SE, rule.NE | rule.SW | rule.S | rule.SE,
	rule.NE | rule.W | rule.E | rule.S, rule.NE | rule.W | rule.SW | rule.S, rule.W | rule.E | rule.S | rule.SE,
	rule.NE | rule.W | rule.SW | rule.SE, rule.NE | rule.W | rule.E | rule.SE, rule.NE | rule.E | rule.SW | rule.S,
	rule.NE | rule.W | rule.E | rule.SW,
}

// letterMember returns a neighbourhood of a letter.
func letterMember(letter int) int {
	switch {
	case letter < 31:
		return letterClasses[letter]
	case letter < 41: // 5 live neighbours
		return moore &^ letterClasses[letter-31+8]
	case letter < 47:
		return moore &^ letterClasses[letter-41+2]
	default:
		return moore &^ letterClasses[letter-47]
	}
}

// turned returns an index turned by a right angle, mirrored one reflected at a diagonal.
func turned(i int) int   { return rearranged(i, func(x, y int) (int, int) { return 2 - y, x }) }
func mirrored(i int) int { return rearranged(i, func(x, y int) (int, int) { return y, x }) }

func rearranged(i int, to func(x, y int) (int, int)) (j int) {
	for k := range 9 {
		x, y := to(k%3, k/3)
		j |= i >> k & 1 << (3*y + x)
	}
	return j
}

// canSweepLookups reports whether rules of ClassLookup are worth sweeping.
func canSweepLookups() bool { return useAVX2 || useAVX512 }

// newLetterCode returns the code of t, and the next states by sum and centre of its
// outer-totalistic part; or nil if t is not isotropic or has too many letters.
func newLetterCode(t *rule.Table) (code *letterCode, sums [10][2]uint64) {
	for i := range 512 {
		if t.Next(i) != t.Next(turned(i)) || t.Next(i) != t.Next(mirrored(i)) {
			return nil, sums
		}
	}
	table := letterTable()
	// operations of the letters of each centre, number of neighbours and next state
	var operations [2][9][2]int
	each := func(f func(letter, c, live, next int)) {
		for letter := range letters {
			m := letterMember(letter)
			for c := range 2 {
				f(letter, c, bits.OnesCount(uint(m)), int(t.Next(m|c*rule.C)))
			}
		}
	}
	each(func(letter, c, live, next int) { operations[c][live][next] += int(table.operations[letter][c]) })
	common := func(c, live int) int {
		if o := operations[c][live]; o[1] > o[0] {
			return 1
		}
		return 0
	}
	for c := range 2 {
		sums[c][c], sums[8+c][c] = uint64(t.Next(c*rule.C)), uint64(t.Next(moore|c*rule.C))
		for live := 1; live < 8; live++ {
			sums[live+c][c] = uint64(common(c, live))
		}
	}
	n, last, lastPair := 0, table.none, table.none
	code = &letterCode{decision: newDecision(sums)}
	each(func(letter, c, live, next int) {
		if next == common(c, live) {
			return
		}
		code.operations += int(table.operations[letter][c])
		if n < maxLetters {
			code.program[n], last = table.at[letter][c], table.last[letter][c]
			code.pairs[n], lastPair = table.pairAt[letter][c], table.pairLast[letter][c]
		}
		n++
	})
	if n > maxLetters || code.operations > maxOperations {
		return nil, sums
	}
	code.program[max(n-1, 0)], code.pairs[max(n-1, 0)] = last, lastPair
	return code, sums
}
