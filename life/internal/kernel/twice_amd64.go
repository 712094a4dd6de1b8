//go:build !noasm

package kernel

// twiceAsm is StepTwice of the groups for which bit 4i is set, one at least, in
// assembly; false if there is none. Processors with AVX-512 run Life this way too:
// it needs no pass over the rows to find changes.
func twiceAsm(first, second *Network, t *Tile, groups uint64) (c Change, ok bool) {
	switch class := first.class; {
	case first.letters != nil && second.letters != nil && useAVX2 && !useAVX512:
		if first != second {
			return Change{}, false // by rows
		}
		c.Rows, c.Columns, c.Sides = twiceLettersAVX2(&t[0], groups, first.letters)
	case class == ClassLookup && second.class == ClassLookup && useAVX2 && !useAVX512:
		c.Rows, c.Columns, c.Sides = twiceLookupAVX2(&t[0], groups, &first.columns, &second.columns)
	case class != second.class || first.poly.decision != second.poly.decision || first.subset != second.subset:
		return Change{}, false
	case class == ClassLife && (useAVX2 || useAVX512):
		c.Rows, c.Columns, c.Sides = twiceLifeAVX2(&t[0], groups)
	case class == ClassTotal && useAVX2 && !useAVX512:
		c.Rows, c.Columns, c.Sides = twiceTotalAVX2(&t[0], groups, &first.poly.decision)
	case class == ClassSubset && useAVX2 && !useAVX512:
		c.Rows, c.Columns, c.Sides = twiceSubsetAVX2(&t[0], groups, &first.poly.decision, &first.subset)
	default:
		return Change{}, false
	}
	return c, true
}

// mergeAsm is merge in assembly; false if there is none.
func mergeAsm(dst, src []uint64) (c Change, ok bool) {
	if !useAVX2 || len(dst) == 0 || len(dst)%4 != 0 {
		return Change{}, false
	}
	c.Rows, c.Columns, c.Sides = mergeAVX2(&dst[0], &src[0], len(dst))
	return c, true
}

//go:noescape
func mergeAVX2(dst, src *uint64, n int) (changed, columns, sides uint64)

//go:noescape
func twiceLifeAVX2(t *uint64, groups uint64) (changed, columns, sides uint64)

//go:noescape
func twiceTotalAVX2(t *uint64, groups uint64, p *decision) (changed, columns, sides uint64)

//go:noescape
func twiceSubsetAVX2(t *uint64, groups uint64, p *decision, masks *subset) (changed, columns, sides uint64)

//go:noescape
func twiceLettersAVX2(t *uint64, groups uint64, p *letterCode) (changed, columns, sides uint64)

//go:noescape
func twiceLookupAVX2(t *uint64, groups uint64, first, second *columnTable) (changed, columns, sides uint64)
