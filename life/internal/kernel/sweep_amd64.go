//go:build !noasm

package kernel

import "unsafe"

// sweepAsm is Sweep by the fastest routine there is; false if there is none.
func (s *Sweeper) sweepAsm(w *Sweep, parity int) bool {
	if !useAVX2 && !useAVX512 {
		return false
	}
	if s.looks != nil {
		if w.Lag == 2 || w.Levels == 1 {
			s.sweepLooks(w, parity)
			return true
		}
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
	if w.Masks == nil {
		s.sweepPlain(&a, w.IsUp)
	} else {
		s.sweepMasked(&a, w.IsUp)
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

// sweepPlain calls the routine for the rule. It names each, for a table of functions would
// put the arguments on the heap.
func (s *Sweeper) sweepPlain(a *sweepArgs, isUp bool) {
	switch {
	case s.class == ClassLife:
		sweepLifeAVX2(a)
	case s.class == ClassLookup:
		sweepLettersAVX2(a)
	case s.sums == sumsMoore:
		sweepTotalAVX2(a)
	case s.sums == sumsVonNeumann:
		sweepVonNeumannAVX2(a)
	case s.sums == sumsHexagonal && isUp:
		sweepHexagonalUpAVX2(a)
	case s.sums == sumsHexagonal:
		sweepHexagonalAVX2(a)
	case isUp:
		sweepSubsetUpAVX2(a)
	default:
		sweepSubsetAVX2(a)
	}
}

// sweepMasked is sweepPlain for rows with masks.
func (s *Sweeper) sweepMasked(a *sweepArgs, isUp bool) {
	switch {
	case s.class == ClassLife:
		sweepLifeMaskedAVX2(a)
	case s.class == ClassLookup:
		sweepLettersMaskedAVX2(a)
	case s.sums == sumsMoore:
		sweepTotalMaskedAVX2(a)
	case s.sums == sumsVonNeumann:
		sweepVonNeumannMaskedAVX2(a)
	case s.sums == sumsHexagonal && isUp:
		sweepHexagonalUpMaskedAVX2(a)
	case s.sums == sumsHexagonal:
		sweepHexagonalMaskedAVX2(a)
	case isUp:
		sweepSubsetUpMaskedAVX2(a)
	default:
		sweepSubsetMaskedAVX2(a)
	}
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
