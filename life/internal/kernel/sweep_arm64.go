//go:build !noasm

package kernel

// allCells is the mask of rows without one.
var allCells = [VectorWords]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}

// sweepAsm is Sweep with the rows in assembly; false if there is none for the rule.
func (s *Sweeper) sweepAsm(w *Sweep, parity int) bool {
	if !useNEON || s.class == ClassSubset {
		return false
	}
	w.each(func(a, b, c []uint64, level int, mask *[VectorWords]uint64) {
		if mask == nil {
			mask = &allCells
		}
		if s.class == ClassLife {
			sweepLifeNEON(&a[0], &b[0], &c[0], w.Width, &mask[0])
		} else {
			sweepTotalNEON(&a[0], &b[0], &c[0], w.Width, &mask[0], &s.polys[(parity+level)&1].decision)
		}
	})
	return true
}

func (e *Edge) closeAsm([]uint64, int, int) bool { return false }

//go:noescape
func sweepLifeNEON(a, b, c *uint64, width int, mask *uint64)

//go:noescape
func sweepTotalNEON(a, b, c *uint64, width int, mask *uint64, rule *decision)
