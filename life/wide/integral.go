package wide

import (
	"slices"

	"golife/life/rule"
)

// factor is one summation that an integral is made of: each cell of the result is that of
// the summand and the cell of the result at offset (-dx, -dy).
type factor struct {
	dx, dy int
	cost   int // in tenths of a term
}

// The summations: along rows and columns, along both diagonals, and along rows and columns
// with every other cell left out.
var (
	alongRow      = factor{1, 0, 40}
	alongColumn   = factor{0, 1, 12}
	southEast     = factor{1, 1, 15}
	southWest     = factor{-1, 1, 15}
	alongRowBy2   = factor{2, 0, 80}
	alongColumnBy = factor{0, 2, 15}
)

// menu are the integrals from which the one is chosen that leaves the fewest terms.
var menu = [][]factor{
	{},
	{alongRow},
	{alongRow, alongColumn},
	{southEast, southWest},
	{alongRowBy2, alongColumnBy},
	{alongRow, alongColumn, southEast},
	{alongRow, southEast, southWest},
	{alongRow, alongRow, alongColumn, alongColumn},
	{alongRow, alongColumn, southEast, southWest},
}

// start is what the first one or two summations do in one go.
type start int

const (
	startCells start = iota // nothing
	startRows               // alongRow
	startArea               // alongRow and alongColumn
)

// term is a value of the integral that a count takes n times, at an offset from the cell.
type term struct{ dx, dy, n int }

// integral says how counts come of sums over cells: a count is the sum of terms.
type integral struct {
	factors          []factor
	centre           int // how much the cell itself weighs
	start            start
	left, right, top int       // columns and rows that the integral needs beyond the neighbourhood
	terms            [2][]term // of a cell, and of a triangle that points up
}

// field holds weights, row-major from (x0, y0) on.
type field struct {
	x0, y0, width, height int
	at                    []int32
}

// weights returns the neighbourhood of a rule without the centre.
func weights(w *rule.Wide, isUp bool) field {
	dx, dy := w.Reach()
	f := field{-dx, -dy, 2*dx + 1, 2*dy + 1, make([]int32, (2*dx+1)*(2*dy+1))}
	for i := range f.at {
		x, y := f.x0+i%f.width, f.y0+i/f.width
		if x != 0 || y != 0 {
			f.at[i] = int32(w.Weight(x, y, isUp))
		}
	}
	return f
}

// difference undoes a summation: what f weighs, the result weighs when the cells are
// replaced by their sums.
func (f field) difference(by factor) field {
	g := field{x0: f.x0 - max(by.dx, 0), y0: f.y0 - by.dy, width: f.width + max(by.dx, -by.dx), height: f.height + by.dy}
	g.at = make([]int32, g.width*g.height)
	for y := range f.height {
		row := f.at[y*f.width:][:f.width]
		plus := g.at[(y+by.dy)*g.width+max(by.dx, 0):]
		minus := g.at[y*g.width+max(-by.dx, 0):]
		for x, v := range row {
			plus[x] += v
			minus[x] -= v
		}
	}
	return g
}

// terms lists what f weighs.
func (f field) terms() (list []term) {
	for i, v := range f.at {
		if v != 0 {
			list = append(list, term{f.x0 + i%f.width, f.y0 + i/f.width, int(v)})
		}
	}
	return list
}

// tenths returns what a count costs, in tenths of a term.
func (in *integral) tenths() (sum int) {
	for _, f := range in.factors {
		sum += f.cost
	}
	for _, list := range in.terms {
		for _, t := range list {
			sum += 10 * max(t.n, -t.n)
		}
	}
	return sum
}

// plus adds n times g to f, within which it lies.
func (f field) plus(n int, g field) {
	for i, v := range g.at {
		x, y := g.x0+i%g.width-f.x0, g.y0+i/g.width-f.y0
		f.at[y*f.width+x] += int32(n) * v
	}
}

// newIntegral returns the cheapest integral for a neighbourhood. As is known of each cell
// whether it counts itself, the centre may weigh anything. Cost: O(range²); for the square O(1).
func newIntegral(w *rule.Wide) integral {
	if w.Shape == rule.ShapeMoore {
		return squareIntegral(w.Range)
	}
	hoods := hoodsOf(w)
	centres := []int{0, 1, 2, w.Weight(0, 0, false), w.Weight(1, 0, false)}
	var best integral
	for i, factors := range menu {
		if in := integralBy(factors, hoods, centres); i == 0 || in.tenths() < best.tenths() {
			best = in
		}
	}
	return best
}

// integralBy returns the integral of some summations for a neighbourhood, and that of a triangle
// that points up if there are two, with the best of some weights of the centre.
func integralBy(factors []factor, hoods []field, centres []int) (best integral) {
	point := field{width: 1, height: 1, at: []int32{1}}
	hoods = slices.Clone(hoods)
	for _, by := range factors {
		point = point.difference(by)
		for i := range hoods {
			hoods[i] = hoods[i].difference(by)
		}
	}
	for k, centre := range centres {
		in := integral{factors: factors, centre: centre}
		for i, f := range hoods {
			f.plus(centre, point)
			in.terms[i] = f.terms()
			f.plus(-centre, point)
		}
		if k == 0 || in.tenths() < best.tenths() {
			best = in
		}
	}
	best.complete()
	return best
}

// hoodsOf returns the neighbourhood of a rule, and that of a triangle that points up if the
// cells are triangles.
func hoodsOf(w *rule.Wide) []field {
	hoods := []field{weights(w, false)}
	if w.IsTriangular() {
		hoods = append(hoods, weights(w, true))
	}
	return hoods
}

// squareIntegral is newIntegral for a square: the sum over a rectangle takes the sums
// at its four corners.
func squareIntegral(r int) integral {
	in := integral{factors: []factor{alongRow, alongColumn}, centre: 1}
	in.terms[0] = []term{{-r - 1, -r - 1, 1}, {r, -r - 1, -1}, {-r - 1, r, -1}, {r, r, 1}}
	in.complete()
	return in
}

// complete finds out how the summations begin, and how far beyond the neighbourhood sums are
// needed.
func (in *integral) complete() {
	f := in.factors
	switch {
	case len(f) > 1 && f[0] == alongRow && f[1] == alongColumn:
		in.start = startArea
	case len(f) > 0 && f[0] == alongRow:
		in.start = startRows
	}
	for _, f := range in.factors {
		in.left += max(f.dx, 0)
		in.right += max(-f.dx, 0)
		in.top += f.dy
	}
}
