package tile

import (
	"fmt"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/lifetest"
)

// TestSample compares views of all levels, drawn twice, with counted cells.
func TestSample(t *testing.T) {
	rnd, seed := random(7)
	for round := range 6 {
		p := soup(rnd, "B3/S23", life.Rt(place(rnd)-100, place(rnd)-100, 300, 250), 90)
		e := loaded(t, p)
		advance(t, e, int64(round))
		for level := range 70 {
			x, y := int64(0), int64(0)
			if level < 62 {
				x, y = (place(rnd)-150)>>level<<level, (place(rnd)-150)>>level<<level
			}
			v := life.View{X: big.NewInt(x), Y: big.NewInt(y), Level: level, Width: 1 + rnd.IntN(40), Height: 1 + rnd.IntN(40)}
			for range 2 {
				checkView(t, e, v, fmt.Sprintf("%s round %d level %d", seed, round, level))
			}
		}
	}
}

func checkView(t *testing.T, e *Engine, v life.View, what string) {
	t.Helper()
	got, count := make([]uint8, v.Width*v.Height), make([]uint64, v.Width*v.Height)
	e.Sample(v, got)
	level := uint(v.Level)
	x, y, _ := corner(v)
	for p := range e.Cells(life.Everywhere()) {
		i, j := p.X>>level-x, p.Y>>level-y
		if i >= 0 && j >= 0 && i < int64(v.Width) && j < int64(v.Height) {
			count[j*int64(v.Width)+i]++
		}
	}
	for i, n := range count {
		want := uint8(n)
		if level > 0 && n > 0 {
			share := new(big.Int).Lsh(new(big.Int).SetUint64(n*254), 0)
			want = 1 + uint8(share.Rsh(share, 2*level).Uint64())
		}
		if got[i] != want {
			t.Fatalf("%s: square %d,%d of %dx%d from %v,%v is %d, want %d", what,
				i%v.Width, i/v.Width, v.Width, v.Height, v.X, v.Y, got[i], want)
		}
	}
}

// TestSampleFar: views beyond all cells are empty, a view of everything is not.
func TestSampleFar(t *testing.T) {
	p, err := lifetest.Cells("B3/S23", blockRLE, limit-2, -limit).Union(lifetest.Cells("B3/S23", blockRLE, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	e := loaded(t, p)
	dst := make([]uint8, 16)
	view := func(x *big.Int, level int) []uint8 {
		e.Sample(life.View{X: x, Y: new(big.Int), Level: level, Width: 4, Height: 4}, dst)
		return dst
	}
	for _, level := range []int{0, 3, 6, 40, 61, 100, 300} {
		for _, shift := range []uint{62, 63, 64, 65, 400} {
			if shift <= uint(level) {
				continue
			}
			x := new(big.Int).Lsh(big.NewInt(1), shift)
			for range 2 {
				for i, v := range view(x, level) {
					if v != 0 {
						t.Errorf("level %d, x = 2^%d: byte %d is %d", level, shift, i, v)
					}
				}
			}
		}
		if v := view(new(big.Int), level); v[0] == 0 {
			t.Errorf("level %d: nothing at the origin", level)
		}
	}
}

// TestMark rewinds to marks, also from odd generations and after collecting.
func TestMark(t *testing.T) {
	rnd, seed := random(8)
	p := soup(rnd, "B3/S23", life.Rt(-30, -100, 90, 170), 90)
	e, m := loaded(t, p), newModel(p)
	var marks []life.Mark
	var models []*model
	for range 6 {
		marks, models = append(marks, e.Mark()), append(models, m.clone())
		n := rnd.Int64N(8)
		advance(t, e, n)
		for range n {
			m.step()
		}
	}
	for range 12 {
		i := rnd.IntN(len(marks))
		if err := e.Rewind(marks[i]); err != nil {
			t.Fatal(err)
		}
		if rnd.IntN(2) == 0 {
			e.Collect()
		}
		m := models[i].clone()
		same(t, e, m, seed+" after Rewind")
		advance(t, e, 3)
		for range 3 {
			m.step()
		}
		same(t, e, m, seed+" after Rewind and Advance")
	}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	if e.Rewind(marks[0]) == nil {
		t.Error("Rewind to a mark of before Load returned no error")
	}
}

// TestLoadDeep loads cells at both ends of the coordinates, so that the
// pattern's tree is taller than int64.
func TestLoadDeep(t *testing.T) {
	p, err := lifetest.Cells("B3/S23", blockRLE, limit-2, -limit).Union(lifetest.Cells("B3/S23", gliderRLE, -limit, limit-100))
	if err != nil {
		t.Fatal(err)
	}
	e := loaded(t, p)
	if d := lifetest.Diff(e, p); d != "" {
		t.Fatal(d)
	}
	// 10^18 cells in a small tree: refused before they are gone through.
	b := life.NewBuilder(p.Rule())
	k := b.Leaf(^uint64(0))
	for level := life.LeafLevel + 1; level <= 30; level++ {
		k = b.Node(level, life.Quad{k, k, k, k})
	}
	b.AddTree(30, k)
	if err := e.Load(b.Pattern()); err == nil {
		t.Fatal("Load of 10^18 cells returned no error")
	}
	if d := lifetest.Diff(e, p); d != "" {
		t.Fatalf("after a Load that failed: %s", d)
	}
}
