//go:build !noasm

package kernel

// twiceAsm is StepTwice of the groups for which bit 4i is set, one at least, in
// assembly; false if there is none.
func twiceAsm(first, second *Network, t *Tile, groups uint64) (c Change, ok bool) {
	if !useNEON || first.class != ClassLife || second.class != ClassLife {
		return Change{}, false
	}
	c.Rows, c.Columns, c.Sides = twiceLifeNEON(&t[0], groups)
	return c, true
}

func mergeAsm(_, _ []uint64) (Change, bool) { return Change{}, false }

//go:noescape
func twiceLifeNEON(t *uint64, groups uint64) (changed, columns, sides uint64)
