// Package kernel steps two-state, range-1 cellular automata bit by bit: 64 cells
// to the machine word, any rule, no state of its own.
//
// # Bit order
//
// This is the one place where the order of bits is written down; everything else
// links here. Bit 0 of a row word is the west-most cell, bit 63 the east-most.
// Row 0 is the north-most and comes first in memory. x grows east, y south.
//
//	Tile  64×64  [64]uint64  word y, bit x                 = cell (x, y)
//	Leaf  16×16  [4]uint64   word y/4, bit 16·(y mod 4)+x  = cell (x, y)
//	Octet 8×8    uint64      bit 8·y+x                     = cell (x, y)
//
// A Leaf drawn with its bit numbers:
//
//	word 0   row 0 |  0  1  2 … 15 |
//	         row 1 | 16 17 18 … 31 |
//	         row 2 | 32 33 34 … 47 |
//	         row 3 | 48 49 50 … 63 |
//	word 1   row 4 |  0  1  2 … 15 |
//	         …
//
// # How a rule becomes code
//
// [Compile] looks at all 512 entries of the truth table and picks the cheapest
// of four ways to compute the next state; KERNELS.md gives op counts and
// measured figures.
//
//	ClassLife    B3/S23 exactly: full adders and a seven-operation decision
//	ClassTotal   any outer-totalistic Moore rule: the same adders, then a polynomial
//	             over GF(2) in the sum bits and the centre, its coefficients
//	             being masks, so that every rule runs the same branch-free code
//	ClassSubset  outer-totalistic on some of the neighbours: hexagonal, von Neumann,
//	             corners only, …; the same polynomial behind masked adders
//	ClassLookup  everything else (Hensel, MAP, one-dimensional): a 64 KiB table
//	             from 4×4 cells to the next state of the inner 2×2
//
// # Invariants
//
// A [Network] never changes after Compile. No entry point allocates, keeps a
// reference to its arguments or reads anything but them. Where dst and src are
// both given they must not overlap.
//
// # Limits
//
// Rules that give birth without neighbours (B0) are stepped literally: an empty
// tile becomes full. An engine that keeps an infinite background uses the
// complementing pair of tables ([NewPair]).
package kernel
