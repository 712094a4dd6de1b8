//go:build !noasm

package kernel

// sweepAsm is Sweep by the fastest routine there is; false if there is none.
func (s *Sweeper) sweepAsm(w *Sweep, parity int) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	a := w.args()
	if s.class != ClassLife {
		a.coefficients = &s.levels[parity][0]
		if len(s.levels[parity]) > 1 {
			a.coefficientsStep = 8 * VectorWords * len(a.coefficients)
		}
	}
	r := &sweeps[s.routine(w.IsUp)]
	if w.Masks == nil {
		r.plain(&a)
	} else {
		r.masked(&a)
	}
	return true
}

func (e *Edge) closeAsm(words []uint64, stride, rows int) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	a := sweepArgs{row: &words[0], stride: 8 * stride, width: 8 * VectorWords * e.Width, steps: rows}
	e.args(&a)
	closeAVX2(&a)
	return true
}

// routine returns the number in sweeps of the routine for the rule.
func (s *Sweeper) routine(isUp bool) int {
	switch s.class {
	case ClassLife:
		return 0
	case ClassTotal:
		return 1 + s.form
	}
	if isUp {
		return 6
	}
	return 5
}

var sweeps = [...]struct{ plain, masked func(*sweepArgs) }{
	{sweepLifeAVX2, sweepLifeMaskedAVX2},
	{sweepTotal0AVX2, sweepTotal0MaskedAVX2},
	{sweepTotal1AVX2, sweepTotal1MaskedAVX2},
	{sweepTotal2AVX2, sweepTotal2MaskedAVX2},
	{sweepTotal3AVX2, sweepTotal3MaskedAVX2},
	{sweepSubsetAVX2, sweepSubsetMaskedAVX2},
	{sweepSubsetUpAVX2, sweepSubsetUpMaskedAVX2},
}

//go:noescape
func sweepLifeAVX2(a *sweepArgs)

//go:noescape
func sweepLifeMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepTotal0AVX2(a *sweepArgs)

//go:noescape
func sweepTotal0MaskedAVX2(a *sweepArgs)

//go:noescape
func sweepTotal1AVX2(a *sweepArgs)

//go:noescape
func sweepTotal1MaskedAVX2(a *sweepArgs)

//go:noescape
func sweepTotal2AVX2(a *sweepArgs)

//go:noescape
func sweepTotal2MaskedAVX2(a *sweepArgs)

//go:noescape
func sweepTotal3AVX2(a *sweepArgs)

//go:noescape
func sweepTotal3MaskedAVX2(a *sweepArgs)

//go:noescape
func sweepSubsetAVX2(a *sweepArgs)

//go:noescape
func sweepSubsetMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepSubsetUpAVX2(a *sweepArgs)

//go:noescape
func sweepSubsetUpMaskedAVX2(a *sweepArgs)

//go:noescape
func closeAVX2(a *sweepArgs)
