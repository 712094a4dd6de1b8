//go:build !noasm

package kernel

// twiceAsm is StepTwice in assembly; false if there is none.
func twiceAsm(first, second *Network, visits []Visit, notes *Notes) bool {
	if !useNEON || first.class != ClassLife || second.class != ClassLife {
		return false
	}
	for i := range visits {
		v := &visits[i]
		if v.Change = (Change{}); v.Groups != 0 {
			v.Rows, v.Columns, v.Sides = twiceLifeNEON(&v.Site.Rows[0], v.Groups)
		}
		v.tell(notes)
	}
	return true
}

func mergeAsm(_, _ []uint64) (Change, bool) { return Change{}, false }

//go:noescape
func twiceLifeNEON(t *uint64, groups uint64) (changed, columns, sides uint64)
