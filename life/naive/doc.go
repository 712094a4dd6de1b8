// Package naive runs a universe cell by cell, as the definition of a cellular
// automaton has it: short, slow and obviously right. It is what every other
// engine is compared with, and what package lifetest calls the oracle.
//
// # What it models
//
// On the unbounded plane and on every bounded grid (package topology):
//
//   - all two-state rules of range 1, those with B0 included
//   - Generations rules
//   - Larger than Life and HROT: all shapes of neighbourhood, weights, any number of
//     states, and B0 with two states
//   - WireWorld; History, Super and Investigator rules such as LifeHistory, but of rules whose background changes
//   - von Neumann's automaton of 29 states, JvN29, Nobili32 and Hutton32
//   - tables: rules of the family Tabular
//
// Other rules are refused with a *life.UnsupportedRuleError: the other named ones, and
// those under which dead cells count.
//
// What lies outside a bounded plane is background: dead, but under a rule with B0
// what rule.Rule.Background says, as in Golly.
//
// # Data layout
//
// The non-zero cells are in square blocks of bytes, 32 cells wide or, under a rule of
// large range, at least twice the range, in one map by their place. A generation makes a
// second map. A block in which something can change is copied into a window, with the
// cells around it, and the next states of its cells are computed from that:
//
//	+-----------------+
//	|   what it sees  |    from the blocks around, on a grid also from those that
//	|   +---------+   |    its edges are joined to
//	|   |  block  |   |
//	|   +---------+   |
//	|                 |
//	+-----------------+
//
// A transition, one for each family, computes a row of a window. That of two-state
// and Generations rules looks up the 3×3 squares in the rule's table; that of
// Larger than Life and HROT counts cells by a table of sums over the window.
//
// # Invariants
//
// No block is empty, no cell lies outside the grid, and none beyond ±2^62. Under a rule
// with B0 the cells are those that differ from the background (rule.Rule.Phase).
//
// # Limits
//
// A generation costs some nanoseconds for each cell of the blocks in which something can
// change, or a multiple of that under rules of large range whose neighbourhood is no
// union of few rectangles; nothing is remembered between generations. Coordinates stay
// within ±2^62, and blocks take at most 2 GiB: Load, Set and Advance return
// life.ErrOutOfRange or life.ErrMemoryLimit beyond, and then have changed nothing, or
// stand at the generation before.
package naive
