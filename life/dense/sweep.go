package dense

import (
	"slices"

	"golife/life/internal/kernel"
	"golife/life/internal/team"
)

// prepare is what must be done before sweeps after cells were changed one by one.
func (f *field) prepare() {
	if !f.isStale {
		return
	}
	for _, b := range f.bands {
		f.Close(b.words[b.top*f.stride:], f.stride, f.rows)
	}
	f.isStale = false
}

// run makes a number of sweeps of n ≤ depth generations. It returns the number of those
// after which isBack, which is asked after each, was true for all bands, or 0.
func (f *field) run(s *kernel.Sweeper, t *team.Team, n, sweeps int, isOdd bool, isBack func(b *band, sweeps int) bool) (back int) {
	if sweeps > 1 && f.canRelay(n) {
		return f.relay(s, t, n, sweeps, isOdd, isBack)
	}
	for i := range sweeps {
		f.advance(s, t, n, isOdd != (n*i%2 != 0))
		if back == 0 && !slices.ContainsFunc(f.bands, func(b *band) bool { return !isBack(b, i+1) }) {
			back = i + 1
		}
	}
	return back
}

// advance steps all bands by n ≤ depth generations; odd says whether the present
// generation is odd. Each phase may run on all bands at once, and ends before the
// next begins.
func (f *field) advance(s *kernel.Sweeper, t *team.Team, n int, odd bool) {
	if f.isWide {
		f.each(t, n, (*field).pick)
		if f.isSphere() {
			f.turn(n)
		}
		f.each(t, n, (*field).put)
	}
	switch {
	case f.isTurned:
		f.turnOne()
	case f.isTwisted:
		f.each(t, n, (*field).twist)
		f.twistEnds()
		f.each(t, n, (*field).twistRows)
	default:
		f.each(t, n, (*field).fillRows)
		f.each(t, n, (*field).closeRows)
	}
	if len(f.bands) == 1 {
		f.sweep(s, f.bands[0], n, odd)
		return
	}
	each(t, f.bands, func(b *band) { f.sweep(s, b, n, odd) })
}

// each calls do for all bands. For one alone there is no closure to be made, which takes
// a while on grids so small that there is no more than one.
func (f *field) each(t *team.Team, n int, do func(f *field, b *band, n int)) {
	if len(f.bands) == 1 {
		do(f, f.bands[0], n)
		return
	}
	each(t, f.bands, func(b *band) { do(f, b, n) })
}

// sweep steps a band by n generations. It moves the strips n rows to the north, or
// back, as there is room.
func (f *field) sweep(s *kernel.Sweeper, b *band, n int, odd bool) {
	w := kernel.Sweep{
		Words: b.words, Stride: f.stride, Edge: f.Edge, Levels: n, Lag: f.lag, Room: f.roomOf(b),
	}
	// At step i level k makes row 1-n + i - k·(lag-1) of the strip.
	steps := f.rows + 2*n - 2 + (n-1)*(f.lag-2)
	masks, whole := b.masks, b.whole
	w.Row = b.top - n
	if w.IsUp = b.top < f.margin; w.IsUp {
		masks, whole = b.flipped, [2]int{f.rows - 1 - b.whole[1], f.rows - 1 - b.whole[0]}
		w.Row = b.top + f.rows - 1 + n
	}
	// Between these steps no level makes a row outside the grid.
	first := min(max(0, whole[0]+n-1+(n-1)*(f.lag-1)), steps)
	last := min(max(first, whole[1]+n), steps)
	for _, part := range [3]struct {
		from, to int
		masks    [][lanes]uint64
	}{{0, first, masks}, {first, last, nil}, {last, steps, masks}} {
		if w.Steps = part.to - part.from; w.Steps == 0 {
			continue
		}
		w.Masks, w.MaskAt = part.masks, part.from+1-n+f.margin
		s.Sweep(&w, odd)
		if w.IsUp {
			w.Row -= w.Steps
		} else {
			w.Row += w.Steps
		}
	}
	if w.IsUp {
		b.top += n
	} else {
		b.top -= n
	}
}
