package hashlife

import (
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/internal/kernel"
	"golife/life/rule"
)

// layoutRules has rules of each layout, with a transition.
var layoutRules = []string{"B3/S23", "WireWorld", "LifeHistory", "/2/3", "345/2/4", "345/2/7", "2/34/16", "/2/40", "JvN29", "LifeSuper", "LifeInvestigator"}

// layoutCases calls f for the layout of each rule, with its side and a way to make random leaves.
func layoutCases(t *testing.T, f func(t *testing.T, r *rule.Rule, c layout, side int64, random func() kernel.Leaf)) {
	for _, s := range layoutRules {
		t.Run(s, func(t *testing.T) {
			rnd := seeded(t)
			r := rule.MustParse(s)
			c := layoutOf(r)
			side := int64(1) << c.level()
			f(t, r, c, side, func() (l kernel.Leaf) {
				for range rnd.IntN(int(side * side)) {
					c.set(&l, rnd.Int64N(side), rnd.Int64N(side), randomState(rnd, r))
				}
				return l
			})
		})
	}
}

func randomState(rnd *rand.Rand, r *rule.Rule) life.State {
	return life.State(rnd.IntN(1 + rnd.IntN(r.States())))
}

// Cells are what they are set to, wherever they are, and those that are not in state 0 are filled.
func TestLayoutCells(t *testing.T) {
	layoutCases(t, func(t *testing.T, r *rule.Rule, c layout, side int64, random func() kernel.Leaf) {
		rnd := seeded(t)
		l, cells := kernel.Leaf{}, map[life.Point]life.State{}
		for range 500 {
			p, s := life.Point{X: rnd.Int64N(side), Y: rnd.Int64N(side)}, randomState(rnd, r)
			c.set(&l, p.X-side, p.Y+3*side, s)
			cells[p] = s
		}
		filled := c.filled(&l)
		for y := range int64(16) {
			for x := range int64(16) {
				p := life.Point{X: x, Y: y}
				if x < side && y < side && c.get(&l, x+side, y-side) != cells[p] {
					t.Errorf("cell %v is %d, want %d", p, c.get(&l, x, y), cells[p])
				}
				if is := filled[y>>2]>>(y&3<<4|x)&1 == 1; is != (cells[p] != 0) {
					t.Errorf("cell %v is filled: %v, and in state %d", p, is, cells[p])
				}
			}
		}
		for p := range cells {
			c.set(&l, p.X, p.Y, 0)
		}
		if l != (kernel.Leaf{}) {
			t.Errorf("bits %x are left of no cells", l)
		}
	})
}

// quarters is the square that four leaves make up.
type quarters [4]kernel.Leaf

func (q *quarters) at(c layout, side, x, y int64) life.State {
	return c.get(&q[y/side*2+x/side], x, y)
}

func TestLayoutCentre(t *testing.T) {
	layoutCases(t, func(t *testing.T, r *rule.Rule, c layout, side int64, random func() kernel.Leaf) {
		for range 20 {
			q := quarters{random(), random(), random(), random()}
			var out kernel.Leaf
			c.centre(&out, &q[0], &q[1], &q[2], &q[3])
			for y := range side {
				for x := range side {
					if got, want := c.get(&out, x, y), q.at(c, side, side/2+x, side/2+y); got != want {
						t.Fatalf("cell %d,%d is %d, want %d", x, y, got, want)
					}
				}
			}
		}
	})
}

// Any number of base nodes is stepped as the rule's transition has it, by any number of
// generations, and each the same from one step to the next.
func TestLayoutStep(t *testing.T) {
	layoutCases(t, func(t *testing.T, r *rule.Rule, c layout, side int64, random func() kernel.Leaf) {
		e, _ := New(r)
		t.Cleanup(e.Close)
		w := e.step.team.workers[0]
		next, _ := r.Local()
		for gens := 1; gens <= int(side)/2; gens *= 2 {
			for _, n := range []int{1, 2, 3, 4, 5, burst} {
				squares := make([]quarters, n)
				for k := range squares {
					for i := range squares[k] {
						squares[k][i] = random()
						w.own[k][i] = -e.step.findLeaf(&squares[k][i])
					}
				}
				c.step(w, n, gens)
				for k := range squares {
					want := stepped(next, func(x, y int64) life.State { return squares[k].at(c, side, x, y) }, 2*side, gens)
					for y := range side {
						for x := range side {
							if got, want := c.get(&w.out[k], x, y), want(x, y); got != want {
								t.Fatalf("node %d of %d, %d generations: cell %d,%d is %d, want %d", k, n, gens, x, y, got, want)
							}
						}
					}
				}
			}
		}
	})
}

// stepped steps a square some generations, and returns the cells of its centre, half as wide.
func stepped(next rule.Local, at func(x, y int64) life.State, side int64, gens int) func(x, y int64) life.State {
	cells := make([]uint8, side*side)
	for i := range cells {
		cells[i] = uint8(at(int64(i)%side, int64(i)/side))
	}
	for range gens {
		out := make([]uint8, len(cells))
		for y := int64(1); y < side-1; y++ {
			for x := int64(1); x < side-1; x++ {
				var square [9]uint8
				for k := range square {
					square[k] = cells[(y+int64(k)/3-1)*side+x+int64(k)%3-1]
				}
				out[y*side+x] = next(&square)
			}
		}
		cells = out
	}
	return func(x, y int64) life.State { return life.State(cells[(side/4+y)*side+side/4+x]) }
}

// A transition of two states is the table that it was made of.
func TestTableOf(t *testing.T) {
	for _, s := range []string{"B3/S23", "B2-a/S12", "W110", "B2/S34H"} {
		r := rule.MustParse(s)
		next, _ := r.Local()
		if table, _ := r.Table(); tableOf(next) != table {
			t.Errorf("%s has another table", s)
		}
	}
}
