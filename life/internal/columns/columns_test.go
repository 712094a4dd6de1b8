package columns

import (
	"math/rand/v2"
	"testing"

	"golife/life/internal/impl"
	"golife/life/lifetest"
	"golife/life/rule"
)

// randomTree returns a tree of some states, of a few nodes a level.
func randomTree(t testing.TB, rnd *rand.Rand, states int) *rule.Tree {
	t.Helper()
	b := rule.NewTreeBuilder(states)
	var below []uint32
	for s := range states {
		below = append(below, uint32(s))
	}
	for level := rule.TreeLevels - 1; level >= 0; level-- {
		var nodes []uint32
		for range 1 + rnd.IntN(20) {
			children := make([]uint32, states)
			for i := range children {
				children[i] = below[rnd.IntN(len(below))]
			}
			id, err := b.Node(level, children)
			if err != nil {
				t.Fatal(err)
			}
			nodes = append(nodes, id)
		}
		below = nodes
	}
	return b.Tree(below[0])
}

// rows are three rows of random cells, and those beside them.
func rows(rnd *rand.Rand, states int) (cells [3 * Stride]uint8) {
	for i := range cells {
		cells[i] = uint8(rnd.IntN(states) * rnd.IntN(2))
	}
	return cells
}

// TestLook wants of every implementation what the tree says of each cell, and nothing to be written
// beyond those that were asked for.
func TestLook(t *testing.T) {
	impl.TestAll(t, "columns", func(t *testing.T) {
		seed := lifetest.Seed()
		rnd := rand.New(rand.NewPCG(seed, 1))
		for range 200 {
			tree := randomTree(t, rnd, 2+rnd.IntN(30))
			if tree.Columns() == nil {
				continue
			}
			for n := 1; n <= 8; n++ {
				cells := rows(rnd, tree.States())
				dst := [Stride]uint8{}
				for i := range dst {
					dst[i] = 0xEE
				}
				live, changed := Look(dst[:Eight*n], cells[:2*Stride+Eight*n+2], n, tree.Columns())
				for x, got := range dst {
					want := uint8(0xEE)
					if x < Eight*n {
						square := [9]uint8{}
						for k := range square {
							square[k] = cells[k/3*Stride+x+k%3]
						}
						want = tree.Next(&square)
					}
					if got != want {
						t.Fatalf("seed %d: %d states, %d eights: cell %d becomes %d, want %d", seed, tree.States(), n, x, got, want)
					}
				}
				for x := range 64 {
					isIn := x < Eight*n
					wantLive, wantChanged := isIn && dst[x] != 0, isIn && dst[x] != cells[Stride+x+1]
					if live>>x&1 == 1 != wantLive || changed>>x&1 == 1 != wantChanged {
						t.Fatalf("seed %d: %d eights: cell %d live %v, changed %v, want %v, %v", seed, n, x, live>>x&1 == 1, changed>>x&1 == 1, wantLive, wantChanged)
					}
				}
			}
		}
	})
}

// TestLookAnything wants cells in states that the rule lacks to do no harm.
func TestLookAnything(t *testing.T) {
	impl.TestAll(t, "columns", func(t *testing.T) {
		rnd := rand.New(rand.NewPCG(lifetest.Seed(), 2))
		for range 50 {
			tree := randomTree(t, rnd, 2+rnd.IntN(9))
			cells, zeroed := rows(rnd, 256), [3 * Stride]uint8{}
			for i, c := range cells {
				if int(c) < tree.States() {
					zeroed[i] = c
				}
			}
			var got, want [64]uint8
			Look(got[:], cells[:], 8, tree.Columns())
			Look(want[:], zeroed[:], 8, tree.Columns())
			if got != want {
				t.Fatalf("%v, want %v", got, want)
			}
		}
	})
}

// TestLookShort wants a panic, not what lies beyond, of rows that are too short.
func TestLookShort(t *testing.T) {
	impl.TestAll(t, "columns", func(t *testing.T) {
		c := randomTree(t, rand.New(rand.NewPCG(1, 1)), 3).Columns()
		for _, short := range [][2]int{{63, 3 * Stride}, {64, 2*Stride + 65}} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%d cells from %d: no panic", short[0], short[1])
					}
				}()
				Look(make([]uint8, short[0]), make([]uint8, short[1]), 8, c)
			}()
		}
	})
}

func BenchmarkLook(b *testing.B) {
	for _, name := range impl.List("columns") {
		b.Run("impl="+name, func(b *testing.B) {
			defer impl.Reset("columns")
			impl.Select("columns", name)
			rnd := rand.New(rand.NewPCG(1, 1))
			c := randomTree(b, rnd, 9).Columns()
			cells, dst := rows(rnd, 9), [64]uint8{}
			for b.Loop() {
				Look(dst[:], cells[:], 8, c)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/64, "ns/cell")
		})
	}
}
