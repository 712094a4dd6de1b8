package rule

import "strings"

// Shape is the form of the neighbourhood of a LargerThanLife or HROT rule; its
// value is the letter after N in the rulestring.
type Shape byte

// The shapes. Below, (dx, dy) is the offset from the centre and r the range; the
// number of cells leaves the centre out.
const (
	ShapeMoore          Shape = 'M' // all, (2r+1)²−1
	ShapeVonNeumann     Shape = 'N' // |dx|+|dy| ≤ r, 2r(r+1)
	ShapeCircular       Shape = 'C' // dx²+dy² ≤ r²+r, which is a distance below r+½
	ShapeEuclidean      Shape = '2' // dx²+dy² ≤ r²
	ShapeCheckerboard   Shape = 'B' // |dx|+|dy| odd, 2r(r+1)
	ShapeAlignedChecker Shape = 'D' // |dx|+|dy| even, 2r(r+1)
	ShapeCross          Shape = '+' // dx=0 or dy=0, 4r
	ShapeSaltire        Shape = 'X' // |dx|=|dy|, 4r
	ShapeStar           Shape = '*' // cross and saltire, 8r
	ShapeHash           Shape = '#' // |dx|=1 or |dy|=1, 8r
	ShapeHexagonal      Shape = 'H' // |dx−dy| ≤ r, 3r(r+1)
	ShapeAsterisk       Shape = 'A' // the three axes of the hexagonal grid, 6r
	ShapeTripod         Shape = '3' // north, west and south-east arms, 3r
	ShapeTriangular     Shape = 'L' // triangles that touch, 6r(r+1); twice as wide as high
	ShapeGaussian       Shape = 'G' // weight (r+1−|dx|)(r+1−|dy|), the centre counts: (r+1)⁴ in all
	ShapeCustom         Shape = '@' // the cells given bit by bit
	ShapeWeighted       Shape = 'W' // a weight given for every cell, the centre counts
)

// shapes lists the letters of all shapes in lower case.
const shapes = "mnc2bd+x*#ha3lg@w"

// countsCentre reports whether the centre is one of the cells that count.
func (s Shape) countsCentre() bool { return s == ShapeGaussian || s == ShapeWeighted }

// maxRange returns the largest range that shape s allows, as in Golly 5.0.
func (s Shape) maxRange() int {
	switch s {
	case ShapeTriangular:
		return 250
	case ShapeGaussian:
		return 50
	}
	return 500
}

func abs(n int) int { return max(n, -n) }

// contains reports whether the offset belongs to a shape that is neither
// triangular nor weighted. The centre must be left out before.
func (s Shape) contains(dx, dy, r int) bool {
	ax, ay := abs(dx), abs(dy)
	switch s {
	case ShapeVonNeumann:
		return ax+ay <= r
	case ShapeCircular:
		return dx*dx+dy*dy <= r*r+r
	case ShapeEuclidean:
		return dx*dx+dy*dy <= r*r
	case ShapeCheckerboard:
		return (ax+ay)%2 == 1
	case ShapeAlignedChecker:
		return (ax+ay)%2 == 0
	case ShapeCross:
		return dx == 0 || dy == 0
	case ShapeSaltire:
		return ax == ay
	case ShapeStar:
		return dx == 0 || dy == 0 || ax == ay
	case ShapeHash:
		return ax == 1 || ay == 1
	case ShapeHexagonal:
		return abs(dx-dy) <= r
	case ShapeAsterisk:
		return dx == 0 || dy == 0 || dx == dy
	case ShapeTripod:
		return dx == 0 && dy < 0 || dy == 0 && dx < 0 || dx == dy && dx > 0
	}
	return s == ShapeMoore
}

// triangleWidth returns how far the triangular neighbourhood reaches to either
// side in the row dy below the centre, for a triangle that points down.
func triangleWidth(dy, r int) int {
	if dy < 0 {
		return 2*r + 1 + dy
	}
	return 2*r - dy
}

// Reach returns how far from the centre counted cells may lie, in columns and
// rows.
func (w *Wide) Reach() (dx, dy int) {
	if w.Shape == ShapeTriangular {
		return 2 * w.Range, w.Range
	}
	return w.Range, w.Range
}

// Weight returns how much a live cell at (dx, dy) from the centre counts: 0 or 1,
// or a weight for the weighted shapes. The centre's own weight is 0 but for the
// weighted shapes. isUp is for triangular grids, where it turns the
// neighbourhood upside down: cells with x+y even point down and those with x+y
// odd point up; other grids ignore it.
// Cost: a few instructions; engines tabulate it.
func (w *Wide) Weight(dx, dy int, isUp bool) int {
	r := w.Range
	if isUp && w.IsTriangular() {
		dy = -dy
	}
	if rx, ry := w.Reach(); abs(dx) > rx || abs(dy) > ry {
		return 0
	}
	switch {
	case w.Weights != nil:
		return int(w.Weights[(dy+r)*(2*r+1)+dx+r])
	case w.Shape == ShapeGaussian:
		return (r + 1 - abs(dx)) * (r + 1 - abs(dy))
	case dx == 0 && dy == 0:
		return 0
	case w.Shape == ShapeTriangular:
		return boolInt(abs(dx) <= triangleWidth(dy, r))
	}
	return boolInt(w.Shape.contains(dx, dy, r))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// IsTriangular reports whether the cells are triangles: the shape is triangular
// or the tiling of a custom one is.
func (w *Wide) IsTriangular() bool { return w.Shape == ShapeTriangular || w.Tiling == 'L' }

// MaxCount returns the largest count the neighbourhood can have, without the
// centre that Middle adds; the smallest is 0 unless there are negative weights.
func (w *Wide) MaxCount() int {
	r := w.Range
	switch w.Shape {
	case ShapeMoore:
		return 4 * r * (r + 1)
	case ShapeVonNeumann, ShapeCheckerboard, ShapeAlignedChecker:
		return 2 * r * (r + 1)
	case ShapeCircular:
		return discSize(r, r*r+r)
	case ShapeEuclidean:
		return discSize(r, r*r)
	case ShapeHexagonal:
		return 3 * r * (r + 1)
	case ShapeTriangular:
		return 6 * r * (r + 1)
	case ShapeGaussian:
		return (r + 1) * (r + 1) * (r + 1) * (r + 1)
	case ShapeCustom, ShapeWeighted:
		return w.sumWeights(true)
	}
	return int(armsOf[strings.IndexByte("+X*#A3", byte(w.Shape))]) * r
}

// armsOf gives the cells per unit of range of the shapes + X * # A 3.
var armsOf = [6]uint8{4, 4, 8, 8, 6, 3}

// discSize counts the cells but the centre with dx²+dy² ≤ limit.
func discSize(r, limit int) int {
	n, dx := 0, r
	for dy := 0; dy <= r; dy++ {
		for dx > 0 && dx*dx+dy*dy > limit {
			dx--
		}
		if dx*dx+dy*dy > limit {
			break
		}
		n += (2*dx + 1) * (1 + boolInt(dy > 0))
	}
	return n - 1
}

// sumWeights adds up the given weights times the largest state weight, all of
// them or the positive ones only.
func (w *Wide) sumWeights(positiveOnly bool) int {
	sum := 0
	for _, v := range w.Weights {
		if v > 0 || !positiveOnly {
			sum += int(v)
		}
	}
	top := 1
	if w.StateWeights != nil {
		top = 0
		for _, v := range w.StateWeights {
			top = max(top, int(v))
		}
	}
	return sum * top
}
