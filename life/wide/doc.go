// Package wide runs Larger than Life and HROT rules, on the unbounded plane and on their
// grids, at a cost for each cell that hardly depends on the range.
package wide
