package kernel

import "math/bits"

// Rim is the width of the frame of a [Tile] that StepTwice leaves alone: one cell
// for each generation.
const Rim = 2

// The columns that StepTwice changes, and those of them that are within Rim cells
// of the frame, so that a neighbour keeps a copy of them.
const (
	OwnColumns  = uint64(1)<<(64-Rim) - 1<<Rim
	EdgeColumns = uint64(1<<Rim-1)<<Rim | uint64(1<<Rim-1)<<(64-2*Rim)
)

// AllGroups are the groups of rows that StepTwice can step: bit 4i stands for rows
// 4i+2 to 4i+5, i < 15.
const AllGroups = uint64(1<<60-1) / 15

// Change tells which cells differ from before: the rows with such cells, the
// columns, and the rows with such cells in EdgeColumns. Bit i stands for row or
// column i.
type Change struct{ Rows, Columns, Sides uint64 }

// Groups returns which groups of rows may not be what they were two generations
// before, after those two generations, if now the rows with a bit in changed are
// not: rows 4i+2 to 4i+5 depend on rows 4i to 4i+7.
func Groups(changed uint64) (groups uint64) {
	changed |= changed >> 1
	changed |= changed >> 2
	return (changed | changed>>4) & AllGroups
}

// Visit is a site, its id, the groups of its rows that are to be stepped, and what that
// changed.
type Visit struct {
	Site   *Site
	Groups uint64
	Change
	ID uint32
}

// StepTwice advances the groups of rows of each visit, see Groups, in place by two
// generations, the first of them under the rule of first, the other under that of
// second, and sets what that changed. Of each row, the OwnColumns are replaced. There
// must not be two visits of a site. Unless notes is nil, it is told what became of the
// sites; otherwise only their rows matter.
//
// Cost: see KERNELS.md; no allocation.
func StepTwice(first, second *Network, visits []Visit, notes *Notes) {
	if len(visits) == 0 || twiceAsm(first, second, visits, notes) {
		return
	}
	for i := range visits {
		visits[i].step(first, second)
		visits[i].tell(notes)
	}
}

// tell adds the visit to notes, if there are any.
func (v *Visit) tell(notes *Notes) {
	if notes != nil {
		notes.add(v)
	}
}

// step is StepTwice of one visit in Go.
func (v *Visit) step(first, second *Network) {
	const low = ^uint64(0) / 15
	v.Change = Change{}
	for groups := v.Groups; groups != 0; {
		a := bits.TrailingZeros64(groups)
		n := bits.TrailingZeros64(^(groups>>a)&low) / 4
		groups = groups >> (a + 4*n) << (a + 4*n)
		d := twice(first, second, &v.Site.Rows, a+Rim, n)
		v.Rows |= d.Rows << (a + Rim)
		v.Sides |= d.Sides << (a + Rim)
		v.Columns |= d.Columns
	}
}
