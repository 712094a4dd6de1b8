package kernel

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"
	"time"

	"golife/life/internal/impl"
	"golife/life/rule"
)

// chunk is how many calls are timed at once: some 10 microseconds of them. The fastest chunk
// tells most on a machine that others use.
const chunk = 64

func BenchmarkStep(b *testing.B) { impl.TestAll(b, "kernel", benchmarkStep) }

func benchmarkStep(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	// 64 places, so that look-ups meet all of their table and not one tile's share.
	var tiles [72]Tile
	var hoods [64]Hood
	var sheets [64]Site
	for i := range tiles {
		for y := range tiles[i] {
			tiles[i][y] = r.Uint64()
		}
	}
	for i := range hoods {
		copy(sheets[i].Rows[:], tiles[i][:])
		t := tiles[i:]
		hoods[i] = Hood{&t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7], &t[8]}
	}
	leaf := func(i int) *Leaf { return (*Leaf)(tiles[i&63][i>>6*4&63:]) }
	for _, c := range []struct {
		name string
		t    *rule.Table
	}{
		{"B3_S23", totalistic(moore, 1<<3, 1<<2|1<<3)},
		{"B36_S23", totalistic(moore, 1<<3|1<<6, 1<<2|1<<3)},
		{"B3678_S34678", totalistic(moore, 0x1c8, 0x1d8)},
		{"B2_S34H", totalistic(hexagonal, 1<<2, 1<<3|1<<4)},
		{"B13_S02V", totalistic(vonNeumann, 0xa, 5)},
		{"tlife", tlife},
		{"MAP", randomTable(r)},
	} {
		n := Compile(c.t)
		run := func(op string, cells int, f func()) {
			b.Run("rule="+c.name+"/op="+op, func(b *testing.B) {
				b.ReportAllocs()
				best := time.Hour
				for b.Loop() {
					start := time.Now()
					for range chunk {
						f()
					}
					best = min(best, time.Since(start))
				}
				b.ReportMetric(float64(best.Nanoseconds())/chunk, "best-ns")
				b.ReportMetric(float64(cells)*chunk/best.Seconds(), "best-cells/s")
			})
		}
		var dst Tile
		var out Leaf
		k := 0
		run("StepTile", 64*64, func() {
			k++
			n.StepTile(&dst, &hoods[k&63], 0, 64)
		})
		run("StepRows", 62*64, func() {
			k++
			n.StepRows(dst[:62], tiles[k&63][:])
		})
		run("StepTwice", 2*60*60, func() {
			k++
			StepTwice(n, n, []Visit{{Site: &sheets[k&63], Groups: AllGroups}}, nil)
		})
		for _, gens := range []int{1, 2, 4, 8} {
			run(fmt.Sprintf("Step32-%d", gens), gens*16*16, func() {
				k++
				n.Step32(&out, leaf(k), leaf(k+1), leaf(k+2), leaf(k+3), gens)
			})
		}
	}
}

// tlife is Life, but of two neighbours only opposite ones keep a cell alive.
var tlife = where(func(i int) bool {
	k, c := bits.OnesCount(uint(i&moore)), i&rule.C != 0
	opposite := i&moore == rule.N|rule.S || i&moore == rule.W|rule.E
	return k == 3 || c && k == 2 && opposite
})

// BenchmarkRatio reports the fastest Step32 of 8 generations, StepTwice, StepTile and StepRows of some rules, in times of those of Life.
// Rules take turns, so that they meet the same noise.
func BenchmarkRatio(b *testing.B) { impl.TestAll(b, "kernel", benchmarkRatio) }

func benchmarkRatio(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"B3/S23", "B36/S23", "B3/S2-i34q", "B2n3/S23-q", "B2-a/S12"}
	var networks []*Network
	for _, name := range names {
		of, err := rule.Parse(name)
		if err != nil {
			b.Fatal(err)
		}
		t, _ := of.Table()
		networks = append(networks, Compile(&t))
	}
	names, networks = append(names, "MAP"), append(networks, Compile(randomTable(r)))
	var leaves [chunk + 3]Leaf
	var sites [chunk]Site
	for i := range leaves {
		for k := range leaves[i] {
			leaves[i][k] = r.Uint64() & (r.Uint64() | r.Uint64())
		}
	}
	for i := range sites {
		for y := range sites[i].Rows {
			sites[i].Rows[y] = r.Uint64() & (r.Uint64() | r.Uint64())
		}
	}
	var out Leaf
	var dst Tile
	var hoods [chunk]Hood
	for i := range hoods {
		at := func(k int) *Tile { return &sites[(i+k)%chunk].Rows }
		hoods[i] = Hood{at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)}
	}
	ops := [...]struct {
		name string
		step func(n *Network, k int)
	}{
		{"Step32", func(n *Network, k int) { n.Step32(&out, &leaves[k], &leaves[k+1], &leaves[k+2], &leaves[k+3], 8) }},
		{"StepTwice", func(n *Network, k int) { StepTwice(n, n, []Visit{{Site: &sites[k], Groups: AllGroups}}, nil) }},
		{"StepTile", func(n *Network, k int) { n.StepTile(&dst, &hoods[k], 0, 64) }},
		{"StepRows", func(n *Network, k int) { n.StepRows(dst[:62], sites[k].Rows[:]) }},
	}
	best := make([][len(ops)]time.Duration, len(networks))
	for b.Loop() {
		for i, n := range networks {
			for k, op := range ops {
				start := time.Now()
				for place := range chunk {
					op.step(n, place)
				}
				if d := time.Since(start); best[i][k] == 0 || d < best[i][k] {
					best[i][k] = d
				}
			}
		}
	}
	for i, name := range names {
		for k, op := range ops {
			b.ReportMetric(best[i][k].Seconds()/best[0][k].Seconds(), name+"-"+op.name)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for name, t := range map[string]*rule.Table{
		"B36_S23":   totalistic(moore, 1<<3|1<<6, 1<<2|1<<3),
		"isotropic": symmetric(rand.New(rand.NewPCG(1, 2))),
		"MAP":       randomTable(rand.New(rand.NewPCG(1, 2))),
	} {
		b.Run("rule="+name+"/op=Compile", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compile(t)
			}
		})
	}
}

// BenchmarkSweep reports cells a second, and the same for the fastest sweep, which tells
// more on a machine that others use. Rules take turns, so that they meet the same noise.
func BenchmarkSweep(b *testing.B) { impl.TestAll(b, "kernel", benchmarkSweep) }

func benchmarkSweep(b *testing.B) {
	const width, rows, levels = 64, 64, 4
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"B3_S23", "B36_S23", "B3678_S34678", "B2_S34H", "B13_S02V", "corners", "tlife", "MAP"}
	var sweepers []*Sweeper
	for _, t := range []*rule.Table{
		totalistic(moore, 1<<3, 1<<2|1<<3), totalistic(moore, 1<<3|1<<6, 1<<2|1<<3),
		totalistic(moore, 0x1c8, 0x1d8), totalistic(hexagonal, 1<<2, 1<<3|1<<4),
		totalistic(vonNeumann, 0xa, 5), totalistic(corners, 0xa, 5), tlife, randomTable(r),
	} {
		if s, ok := NewSweeper(t, t); ok { // the last two only in assembly
			sweepers = append(sweepers, s)
		}
	}
	w := Sweep{Edge: Edge{Width: width, Columns: 64 * width, Wraps: true}, Stride: VectorWords * (width + 3), Levels: levels, Steps: rows, Lag: 2}
	w.Row = w.Lag * (levels - 1)
	w.Words = make([]uint64, w.Stride*(w.Row+rows+2))
	best, rooms := make([]time.Duration, len(sweepers)), make([][]uint64, len(sweepers))
	for i, s := range sweepers {
		rooms[i] = make([]uint64, s.Room(levels, width))
	}
	for b.Loop() {
		for i, s := range sweepers {
			for k := range w.Words {
				w.Words[k] = r.Uint64() & r.Uint64()
			}
			w.Room = rooms[i]
			start := time.Now()
			s.Sweep(&w, false)
			if d := time.Since(start); best[i] == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	for i, d := range best {
		b.ReportMetric(64*VectorWords*width*rows*levels/1e9/d.Seconds(), names[i]+"-best-Gcell/s")
	}
}
