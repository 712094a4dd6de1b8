package rule

import (
	"math/bits"
	"strings"
)

// A countSet says for which neighbourhoods a part of a rule (birth or survival)
// holds: entry n is a set of classes among those with n live neighbours. Bit k
// stands for the k-th letter of the neighbourhood's letters; counts without
// letters, which are 0 and 8 for the Moore neighbourhood, use bit 0.
type countSet [9]uint16

// letters lists the class letters of each count in canonical order.
var letters = [9]string{
	1: "ce",
	2: "aceikn",
	3: "aceijknqry",
	4: "aceijknqrtwyz",
	5: "aceijknqry",
	6: "aceikn",
	7: "ce",
}

// hexLetters are those of the hexagonal neighbourhood for 2, 3 and 4 neighbours, named like
// what hangs on a benzene ring: two are side by side (ortho), one apart (meta) or opposite to
// each other (para). Of three, o is a row, p every other cell, and m the rest. Four have the
// letter of the two dead ones.
//
// Source: the notation is Paul Callahan's; LifeWiki, "Hexagonal neighbourhood";
// LifeViewer, patterns.js.
const hexLetters = "omp"

// letters returns the class letters of a count in canonical order.
func (n Neighborhood) letters(count int) string {
	switch {
	case n == Moore:
		return letters[count]
	case n == Hexagonal && count >= 2 && count <= 4:
		return hexLetters
	}
	return ""
}

// Ring masks of single neighbours, clockwise from north.
const (
	rN = 1 << iota
	rNE
	rE
	rSE
	rS
	rSW
	rW
	rNW
)

// A henselClass names one class of neighbourhoods by any member of it. Counts
// above 4 have the complements of those below, under the same letters.
//
// Source: the notation is Alan Hensel's; the representatives were checked
// against Golly 3.3 with 25 random rules.
type henselClass struct {
	letter byte
	member uint8
}

var henselClasses = []henselClass{
	{'c', rSE}, {'e', rS},

	{'c', rSW | rSE}, {'e', rE | rS}, {'a', rS | rSE}, {'i', rW | rE}, {'k', rW | rSE}, {'n', rNE | rSW},

	{'c', rNE | rSW | rSE}, {'e', rW | rE | rS}, {'a', rE | rS | rSE}, {'i', rSW | rS | rSE}, {'k', rNE | rW | rS},
	{'n', rE | rSW | rSE}, {'j', rE | rSW | rS}, {'q', rNE | rSW | rS}, {'r', rW | rE | rSE}, {'y', rNE | rW | rSE},

	{'c', rNW | rNE | rSW | rSE}, {'e', rN | rW | rE | rS}, {'a', rE | rSW | rS | rSE}, {'i', rW | rE | rSW | rSE},
	{'k', rNE | rW | rS | rSE}, {'n', rNE | rSW | rS | rSE}, {'j', rNE | rW | rE | rS}, {'q', rNE | rW | rSW | rS},
	{'r', rW | rE | rS | rSE}, {'y', rNE | rW | rSW | rSE}, {'t', rNE | rW | rE | rSE}, {'w', rNE | rE | rSW | rS},
	{'z', rNE | rW | rE | rSW},
}

// classBits gives for each ring mask its bit in the countSet entry of its
// population.
var classBits = buildClassBits()

func buildClassBits() (bit [256]uint16) {
	bit[0x00], bit[0xff] = 1, 1
	for _, h := range henselClasses {
		n := bits.OnesCount8(h.member)
		b := uint16(1) << strings.IndexByte(letters[n], h.letter)
		for k := 0; k < 8; k += 2 {
			m := bits.RotateLeft8(h.member, k)
			r := bits.RotateLeft8(bits.Reverse8(m), 1) // bit k to bit −k: reflection in the N–S axis
			for _, x := range [2]uint8{m, r} {
				bit[x] = b
				if n < 4 { // at 4 complements have letters of their own
					bit[^x] = b
				}
			}
		}
	}
	return bit
}

// classBit returns the bit of a ring mask in the countSet entry of its population.
func (n Neighborhood) classBit(m uint8) uint16 {
	switch n {
	case Moore:
		return classBits[m]
	case Hexagonal:
		return hexBit(m)
	}
	return 1
}

// hexBit is classBit for ring masks without rNE and rSW.
func hexBit(m uint8) uint16 {
	six := m&rN | (m&(rE|rSE|rS))>>1 | (m&(rW|rNW))>>2
	n := bits.OnesCount8(six)
	if n < 2 || n > 4 {
		return 1
	}
	turned := func(k int) uint8 { return (six<<k | six>>(6-k)) & 0x3f }
	if turned(3) == six {
		return 1 << 2 // p
	}
	return 1 << (n - 1 - bits.OnesCount8(six&turned(1))) // how many rows there are, but for one
}

// allClasses returns the set of every class of count n in neighbourhood nb.
func allClasses(n int, nb Neighborhood) uint16 {
	return 1<<max(1, len(nb.letters(n))) - 1
}

// string returns the canonical digits and letters of the set, the shorter of
// the plain and the minus form of each count.
func (c *countSet) string(nb Neighborhood) string {
	var b strings.Builder
	for n := 0; n <= nb.size(); n++ {
		full := allClasses(n, nb)
		if c[n] == 0 {
			continue
		}
		b.WriteByte('0' + byte(n))
		if c[n] == full {
			continue
		}
		show := c[n]
		if absent := full &^ show; bits.OnesCount16(absent)+1 < bits.OnesCount16(show) {
			b.WriteByte('-')
			show = absent
		}
		for k, letter := range []byte(nb.letters(n)) {
			if show>>k&1 != 0 {
				b.WriteByte(letter)
			}
		}
	}
	return b.String()
}

// tableOf returns the truth table of birth and survival sets. Cells outside
// the neighbourhood have no effect.
func tableOf(birth, survive *countSet, nb Neighborhood) Table {
	var t Table
	for i := range 512 {
		m := ringOf(i & nb.mask())
		set := birth
		if i&C != 0 {
			set = survive
		}
		if set[bits.OnesCount8(m)]&nb.classBit(m) != 0 {
			t.Set(i, 1)
		}
	}
	return t
}
