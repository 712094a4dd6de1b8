//go:build !noasm

package kernel

import "unsafe"

// sweepAsm is Sweep by the fastest routine there is; false if there is none.
func (s *Sweeper) sweepAsm(w *Sweep, parity int) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	a := w.args()
	switch s.class {
	case ClassLife:
	case ClassLookup:
		a.rules, a.rulesStep = unsafe.Pointer(&s.letters[parity][0]), int(unsafe.Sizeof(letterCode{}))
	default:
		a.rules = unsafe.Pointer(&s.levels[parity][0])
		if len(s.levels[parity]) > 1 {
			a.rulesStep = int(unsafe.Sizeof(level{}))
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
	up := 0
	if isUp {
		up = 1
	}
	switch {
	case s.class == ClassLife:
		return 0
	case s.class == ClassLookup:
		return 7
	case s.sums == sumsMoore:
		return 1
	case s.sums == sumsVonNeumann:
		return 2
	case s.sums == sumsHexagonal:
		return 3 + up
	}
	return 5 + up
}

var sweeps = [...]struct{ plain, masked func(*sweepArgs) }{
	{sweepLifeAVX2, sweepLifeMaskedAVX2},
	{sweepTotalAVX2, sweepTotalMaskedAVX2},
	{sweepVonNeumannAVX2, sweepVonNeumannMaskedAVX2},
	{sweepHexagonalAVX2, sweepHexagonalMaskedAVX2},
	{sweepHexagonalUpAVX2, sweepHexagonalUpMaskedAVX2},
	{sweepSubsetAVX2, sweepSubsetMaskedAVX2},
	{sweepSubsetUpAVX2, sweepSubsetUpMaskedAVX2},
	{sweepLettersAVX2, sweepLettersMaskedAVX2},
}

//go:noescape
func sweepLifeAVX2(a *sweepArgs)

//go:noescape
func sweepLifeMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepTotalAVX2(a *sweepArgs)

//go:noescape
func sweepTotalMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepVonNeumannAVX2(a *sweepArgs)

//go:noescape
func sweepVonNeumannMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepHexagonalAVX2(a *sweepArgs)

//go:noescape
func sweepHexagonalMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepHexagonalUpAVX2(a *sweepArgs)

//go:noescape
func sweepHexagonalUpMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepSubsetAVX2(a *sweepArgs)

//go:noescape
func sweepSubsetMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepSubsetUpAVX2(a *sweepArgs)

//go:noescape
func sweepSubsetUpMaskedAVX2(a *sweepArgs)

//go:noescape
func sweepLettersAVX2(a *sweepArgs)

//go:noescape
func sweepLettersMaskedAVX2(a *sweepArgs)

//go:noescape
func closeAVX2(a *sweepArgs)
