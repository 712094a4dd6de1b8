package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"golife/life/internal/impl"
	"golife/life/rule"
)

// cellAt returns cell x of strip k of a row; x may be one beyond the ends, where
// the halos hold it.
func cellAt(row []uint64, width, k, x int) int {
	bit, vector := x/width, 1+x%width
	switch {
	case x < 0:
		bit, vector = 0, 0
	case bit == 64:
		bit, vector = 63, 1+width
	}
	return int(row[VectorWords*vector+k] >> bit & 1)
}

// sweepNaive is Sweep cell by cell.
func sweepNaive(even, odd *rule.Table, w *Sweep, isOdd bool) {
	sign := 1
	if w.IsUp {
		sign = -1
	}
	row := func(i int) []uint64 { return w.Words[i*w.Stride:][:VectorWords*(w.Width+2)] }
	for step := range w.Steps {
		for level := range w.Levels {
			at := w.Row + sign*(step-w.Lag*level)
			table := even
			if isOdd != (level&1 == 1) {
				table = odd
			}
			north, c, south := row(at), row(at+sign), row(at+2*sign)
			if w.IsUp {
				north, south = south, north
			}
			next := slices.Clone(c)
			for k := range VectorWords {
				for x := range 64 * w.Width {
					i := 0
					for _, r := range [][]uint64{north, c, south} {
						for dx := -1; dx <= 1; dx++ {
							i = i<<1 | cellAt(r, w.Width, k, x+dx)
						}
					}
					p := &next[VectorWords*(1+x%w.Width)+k]
					*p = *p&^(1<<(x/w.Width)) | uint64(table.Next(i))<<(x/w.Width)
				}
			}
			for i := VectorWords; i < len(next)-VectorWords; i++ {
				if w.Masks != nil {
					next[i] &= w.Masks[w.MaskAt+step-(w.Lag-1)*level][i%VectorWords]
				}
				if w.Pad != nil && i/VectorWords == 1+w.PadAt {
					next[i] &= w.Pad[i%VectorWords]
				}
			}
			Halos(next, w.Width, w.Wraps)
			copy(row(at), next)
		}
	}
}

// randomSweep returns a plane and what is to be done with it.
func randomSweep(r *rand.Rand) *Sweep {
	w := &Sweep{
		Width: 1 + r.IntN(11), IsUp: r.IntN(2) == 0, Levels: 1 + r.IntN(5), Steps: 1 + r.IntN(7),
		Lag: 2 + r.IntN(2), Wraps: r.IntN(2) == 0,
	}
	w.Stride = VectorWords * (w.Width + 2 + r.IntN(3))
	behind := w.Lag * (w.Levels - 1)
	before, after := r.IntN(2), r.IntN(2)
	rows := before + behind + w.Steps + 2 + after
	w.Row = before + behind
	if w.IsUp {
		w.Row = rows - 1 - w.Row
	}
	w.Words = make([]uint64, rows*w.Stride)
	for i := range w.Words {
		w.Words[i] = sparse(r, i/50)
	}
	for i := 0; i < rows; i++ {
		Halos(w.Words[i*w.Stride:], w.Width, w.Wraps)
	}
	if r.IntN(2) == 0 {
		w.PadAt = r.IntN(w.Width)
		w.Pad = &[VectorWords]uint64{r.Uint64(), r.Uint64(), ^uint64(0), 0}
	}
	if r.IntN(2) == 0 {
		w.MaskAt = (w.Lag-1)*(w.Levels-1) + r.IntN(2)
		w.Masks = make([][VectorWords]uint64, w.MaskAt+w.Steps+r.IntN(2))
		for i := range w.Masks {
			w.Masks[i] = [VectorWords]uint64{-(r.Uint64() & 1), -(r.Uint64() & 1), r.Uint64(), ^uint64(0)}
		}
	}
	return w
}

// compareSweep runs a sweep of a pair of rules and the same cell by cell.
func compareSweep(t *testing.T, even, odd *rule.Table, w *Sweep, isOdd bool, what string) {
	t.Helper()
	s, ok := NewSweeper(even, odd)
	if !ok {
		return
	}
	want := *w
	want.Words = slices.Clone(w.Words)
	sweepNaive(even, odd, &want, isOdd)
	got := *w
	got.Words = slices.Clone(w.Words)
	s.Sweep(&got, isOdd)
	for i, v := range want.Words {
		if got.Words[i] != v {
			t.Fatalf("%s, class %v: %+v: word %d of row %d is %x, want %x", what, s.Class(),
				describe(w), i%w.Stride, i/w.Stride, got.Words[i], v)
		}
	}
}

func describe(w *Sweep) string {
	c := *w
	c.Words, c.Masks = nil, nil
	return fmt.Sprintf("%+v with masks: %v", c, w.Masks != nil)
}

func TestSweep(t *testing.T) {
	impl.TestAll(t, "kernel", func(t *testing.T) {
		r := seeded(t)
		all := tables(r, 12)
		for range 3 {
			for i, n := range all {
				compareSweep(t, n.t, n.t, randomSweep(r), r.IntN(2) == 0, n.name)
				o := all[r.IntN(len(all))]
				if i%3 == 0 {
					compareSweep(t, n.t, o.t, randomSweep(r), r.IntN(2) == 0, n.name+" and "+o.name)
				}
			}
		}
	})
}

// TestSweeperClass: every rule but those of ClassLookup can be swept.
func TestSweeperClass(t *testing.T) {
	for _, n := range tables(seeded(t), 3) {
		_, ok := NewSweeper(n.t, n.t)
		if class := Compile(n.t).Class(); ok != (class != ClassLookup) {
			t.Errorf("%s of class %v: NewSweeper says %v", n.name, class, ok)
		}
	}
}

// TestSweepPanics: a sweep that leaves its words is a mistake.
func TestSweepPanics(t *testing.T) {
	life := totalistic(moore, 1<<3, 1<<2|1<<3)
	s, _ := NewSweeper(life, life)
	good := Sweep{Words: make([]uint64, 12*9), Stride: 12, Width: 1, Row: 2, Levels: 2, Steps: 5, Lag: 2}
	s.Sweep(&good, false)
	for name, spoil := range map[string]func(w *Sweep){
		"north":  func(w *Sweep) { w.Row = 1 },
		"south":  func(w *Sweep) { w.Steps = 6 },
		"up":     func(w *Sweep) { w.IsUp = true },
		"width":  func(w *Sweep) { w.Width = 2 },
		"stride": func(w *Sweep) { w.Stride = 13 },
		"levels": func(w *Sweep) { w.Levels = 0 },
		"pad":    func(w *Sweep) { w.Pad, w.PadAt = new([VectorWords]uint64), 1 },
		"masks":  func(w *Sweep) { w.Masks = make([][VectorWords]uint64, 6) },
	} {
		t.Run(name, func(t *testing.T) {
			w := good
			spoil(&w)
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			s.Sweep(&w, false)
		})
	}
}

// FuzzSweep compares the kernels on arbitrary rows and rules.
func FuzzSweep(f *testing.F) {
	f.Add(uint64(1), uint64(2), uint16(1<<3), uint16(1<<2|1<<3), uint16(moore))
	f.Add(uint64(3), uint64(4), uint16(0x155), uint16(0x0aa), uint16(hexagonal))
	f.Add(uint64(5), uint64(6), uint16(0x1c8), uint16(0x1d8), uint16(moore))
	f.Fuzz(func(t *testing.T, a, b uint64, birth, survival, neighbours uint16) {
		r := rand.New(rand.NewPCG(a, b))
		even := totalistic(int(neighbours)&moore, int(birth&511), int(survival&511))
		odd := even
		if a&1 != 0 {
			odd = totalistic(int(neighbours)&moore, r.IntN(512), r.IntN(512))
		}
		w := randomSweep(r)
		for _, name := range impl.List("kernel") {
			impl.Select("kernel", name)
			compareSweep(t, even, odd, w, b&1 != 0, name)
		}
		impl.Reset("kernel")
	})
}
