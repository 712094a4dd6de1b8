package kernel

// wideCoefficients is a poly for the assembly of sweeps: each coefficient fills a
// vector. Three factors come first, each as (m0 ^ m1·s0) ^ c·(m2 ^ m3·s0); then
// zero, as m0 ^ s0·(m1 ^ m2·c), and four, as m0 ^ c·(m1 ^ m2·s0); then the masks of
// the neighbours, row by row.
type wideCoefficients [18 + 9][VectorWords]uint64

// Parts of a decision that only some rules need.
const (
	needsZero = 1 << iota // something is born or lives on with a sum of 0 or 1
	needsFour             // … of 8 or 9, other than with 0 or 1
)

// form tells which parts p has.
func (p *poly) form() (form int) {
	if p.zero != [3]uint64{} {
		form |= needsZero
	}
	if p.four != [3]uint64{} {
		form |= needsFour
	}
	return form
}

func widen(p *poly, m *subset) (w wideCoefficients) {
	var flat []uint64
	for _, f := range [][4]uint64{p.one, p.two, p.three} {
		flat = append(flat, f[:]...)
	}
	flat = append(flat, p.zero[:]...)
	flat = append(flat, p.four[:]...)
	for _, row := range m {
		flat = append(flat, row[:]...)
	}
	for i, v := range flat {
		w[i] = [VectorWords]uint64{v, v, v, v}
	}
	return w
}
