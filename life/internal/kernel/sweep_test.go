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

// closeNaive is Edge.Close column by column.
func closeNaive(e *Edge, row []uint64) {
	set := func(k, vector, bit, v int) {
		p := &row[VectorWords*vector+k]
		*p = *p&^(1<<bit) | uint64(v)<<bit
	}
	for k := range VectorWords {
		last, first := cellAt(row, e.Width, k, e.Columns-1), cellAt(row, e.Width, k, 0)
		if !e.Wraps {
			last, first = 0, 0
		}
		if e.Columns < 64*e.Width {
			set(k, 1+e.Columns%e.Width, e.Columns/e.Width, first)
			first = 0 // nothing is behind the vectors
		}
		set(k, 0, 0, last)
		set(k, 1+e.Width, 63, first)
		for bit := range 63 {
			set(k, 0, bit+1, int(row[VectorWords*e.Width+k]>>bit&1))
			set(k, 1+e.Width, bit, int(row[VectorWords+k]>>(bit+1)&1))
		}
	}
}

// randomEdge returns any edge of up to eleven vectors.
func randomEdge(r *rand.Rand) (e Edge) {
	e = Edge{Width: 1 + r.IntN(11), Wraps: r.IntN(2) == 0}
	if e.Columns = 64 * e.Width; r.IntN(2) == 0 {
		e.Columns = 1 + r.IntN(e.Columns)
	}
	return e
}

func TestClose(t *testing.T) {
	impl.TestAll(t, "kernel", func(t *testing.T) {
		r := seeded(t)
		for range 2000 {
			e := randomEdge(r)
			stride, rows := VectorWords*(e.Width+2+r.IntN(2)), r.IntN(4)
			got := make([]uint64, rows*stride)
			for i := range got {
				got[i] = r.Uint64()
			}
			want := slices.Clone(got)
			e.Close(got, stride, rows)
			for i := range rows {
				closeNaive(&e, want[i*stride:])
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%+v: %x, want %x", e, got, want)
			}
		}
	})
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
			}
			closeNaive(&w.Edge, next)
			copy(row(at), next)
		}
	}
}

// randomSweep returns a plane and what is to be done with it.
func randomSweep(r *rand.Rand) *Sweep {
	w := &Sweep{IsUp: r.IntN(2) == 0, Levels: 1 + r.IntN(9), Steps: 1 + r.IntN(7), Lag: 2 + r.IntN(2)}
	w.Edge = randomEdge(r)
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
	w.Close(w.Words, w.Stride, rows)
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
	if s, ok := NewSweeper(even, odd); ok {
		compareSweeper(t, s, even, odd, w, isOdd, what)
	}
}

func compareSweeper(t *testing.T, s *Sweeper, even, odd *rule.Table, w *Sweep, isOdd bool, what string) {
	t.Helper()
	room := make([]uint64, s.Room(w.Levels, w.Width))
	if len(room) > 0 {
		wholeMasks(w)
	}
	for i := range room {
		room[i] = uint64(i) * 0x9E3779B97F4A7C15 // of no matter
	}
	want := *w
	want.Words = slices.Clone(w.Words)
	sweepNaive(even, odd, &want, isOdd)
	got := *w
	got.Words, got.Room = slices.Clone(w.Words), room
	s.Sweep(&got, isOdd)
	for i, v := range want.Words {
		if got.Words[i] != v {
			t.Fatalf("%s, class %v: %+v: word %d of row %d is %x, want %x", what, s.Class(),
				describe(w), i%w.Stride, i/w.Stride, got.Words[i], v)
		}
	}
}

// wholeMasks makes masks 0 or all ones.
func wholeMasks(w *Sweep) {
	for i := range w.Masks {
		for k, m := range w.Masks[i] {
			w.Masks[i][k] = -(m & 1)
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

// TestSweeperClass: every rule can be swept, those of ClassLookup where there is assembly.
func TestSweeperClass(t *testing.T) {
	for _, n := range tables(seeded(t), 3) {
		_, ok := NewSweeper(n.t, n.t)
		c := Compile(n.t)
		if want := c.Class() != ClassLookup || canSweepLookups(); ok != want {
			t.Errorf("%s of class %v: NewSweeper says %v", n.name, c.Class(), ok)
		}
	}
}

// TestSweepPanics: a sweep that leaves its words is a mistake.
func TestSweepPanics(t *testing.T) {
	life := totalistic(moore, 1<<3, 1<<2|1<<3)
	s, _ := NewSweeper(life, life)
	good := Sweep{Words: make([]uint64, 12*9), Stride: 12, Edge: Edge{1, 64, true}, Row: 2, Levels: 2, Steps: 5, Lag: 2}
	s.Sweep(&good, false)
	for name, spoil := range map[string]func(w *Sweep){
		"north":   func(w *Sweep) { w.Row = 1 },
		"south":   func(w *Sweep) { w.Steps = 6 },
		"up":      func(w *Sweep) { w.IsUp = true },
		"width":   func(w *Sweep) { w.Width = 2 },
		"stride":  func(w *Sweep) { w.Stride = 13 },
		"levels":  func(w *Sweep) { w.Levels = 0 },
		"columns": func(w *Sweep) { w.Columns = 65 },
		"masks":   func(w *Sweep) { w.Masks = make([][VectorWords]uint64, 6) },
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
	f.Add(uint64(7), uint64(8), uint16(0), uint16(0), uint16(1<<9))
	f.Fuzz(func(t *testing.T, a, b uint64, birth, survival, neighbours uint16) {
		r := rand.New(rand.NewPCG(a, b))
		even := totalistic(int(neighbours)&moore, int(birth&511), int(survival&511))
		if neighbours>>9 != 0 {
			even = randomTable(r)
		}
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

func TestColumns(t *testing.T) {
	impl.TestAll(t, "kernel", func(t *testing.T) {
		r := seeded(t)
		for range 300 {
			e := randomEdge(r)
			stride, rows := VectorWords*(e.Width+2), 1+r.IntN(5)
			words := make([]uint64, rows*stride)
			for i := range words {
				words[i] = r.Uint64()
			}
			var at []Column
			for range 1 + r.IntN(8) {
				at = append(at, e.Column(r.IntN(64*e.Width)-r.IntN(2)))
			}
			got := make([][VectorWords]uint64, rows)
			PickColumns(got, words, stride, at)
			for i := range got {
				for l := range VectorWords {
					for k, c := range at {
						if got[i][l]>>k&1 != words[i*stride+c.Word+l]>>c.Bit&1 {
							t.Fatalf("%+v: column %+v of row %d, strip %d is wrong", e, c, i, l)
						}
					}
				}
			}
			want := slices.Clone(words)
			for i := range got {
				for l := range VectorWords {
					got[i][l] = r.Uint64()
					for k, c := range at {
						p := &want[i*stride+c.Word+l]
						*p = *p&^(1<<c.Bit) | got[i][l]>>k&1<<c.Bit
					}
				}
			}
			if PutColumns(words, stride, got, at); !slices.Equal(words, want) {
				t.Fatalf("%+v: PutColumns at %+v: %x, want %x", e, at, words, want)
			}
		}
	})
}
