// Package naive runs a universe cell by cell, as the definition of a cellular
// automaton has it: short, slow and obviously right. It is what every other
// engine is compared with, and what package lifetest calls the oracle.
//
// # What it models
//
// All two-state rules of range 1, those with B0 included, and Generations rules
// without B0, on the unbounded plane and on every bounded grid (package
// topology). Other rules are refused with a *life.UnsupportedRuleError.
//
// What lies outside a bounded plane is background: dead, but under a rule with B0
// what rule.Rule.Background says, as in Golly.
//
// # Data layout
//
// One map from the position of a cell to its state holds the non-zero cells. A
// generation makes a second map: each live cell adds its weight to the
// neighbourhood index (see rule.Table) of the nine cells that see it, and the
// rule's table turns an index into the next state:
//
//	live cell p              what the cells around p see of it
//
//	.  .  .                  SE=1    S=2    SW=4
//	.  p  .                  E=8     C=16   W=32
//	.  .  .                  NE=64   N=128  NW=256
//
// So a cell east of p finds p in the west, weight 32.
//
// # Invariants
//
// The map holds no cell in state 0, and none beyond ±2^62. Under a rule with B0
// the cells are those that differ from the background (rule.Rule.Phase).
//
// # Limits
//
// A generation costs about half a microsecond a live cell, and nothing is
// remembered between generations. Coordinates stay within ±2^62: Load, Set and
// Advance return life.ErrOutOfRange beyond, and then have changed nothing.
package naive
