//go:build !noasm

package kernel

// twiceAsm is StepTwice of one visit or more in assembly; false if there is none.
// Processors with AVX-512 run Life this way too: it needs no pass over the rows to
// find changes.
func twiceAsm(first, second *Network, visits []Visit, notes *Notes) bool {
	switch v, n, class := &visits[0], len(visits), first.class; {
	case first.letters != nil && second.letters != nil && useAVX2 && !useAVX512:
		if first != second {
			return false // by rows
		}
		twiceLettersAVX2(v, n, notes, first.letters)
	case class == ClassLife && second.class == ClassLife && (useAVX2 || useAVX512):
		twiceLifeAVX2(v, n, notes)
	case class == ClassLookup && second.class == ClassLookup && useAVX2 && !useAVX512:
		for i := range visits {
			v := &visits[i]
			if v.Change = (Change{}); v.Groups != 0 {
				v.Rows, v.Columns, v.Sides = twiceLookupAVX2(&v.Site.Rows[0], v.Groups, &first.pairs, &second.pairs)
			}
			v.tell(notes)
		}
	case class != second.class || first.poly.decision != second.poly.decision || first.subset != second.subset:
		return false
	case class == ClassTotal && useAVX2 && !useAVX512:
		twiceTotalAVX2(v, n, notes, &first.poly.decision)
	case class == ClassSubset && useAVX2 && !useAVX512:
		twiceSubsetAVX2(v, n, notes, &first.poly.decision, &first.subset)
	default:
		return false
	}
	return true
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
func twiceLifeAVX2(visits *Visit, n int, notes *Notes)

//go:noescape
func twiceTotalAVX2(visits *Visit, n int, notes *Notes, p *decision)

//go:noescape
func twiceSubsetAVX2(visits *Visit, n int, notes *Notes, p *decision, masks *subset)

//go:noescape
func twiceLettersAVX2(visits *Visit, n int, notes *Notes, p *letterCode)

//go:noescape
func twiceLookupAVX2(t *uint64, groups uint64, first, second *pairTable) (changed, columns, sides uint64)
