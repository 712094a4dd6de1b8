package naive

import (
	"golife/life"
	"golife/life/rule"
)

// wide is the transition of rules with a large neighbourhood. It is cut into boxes of
// equal weight, and a count is the sum over the boxes of how much their cells count
// together, which takes four look-ups in a table of sums over the window:
//
//	sums[y][x] = what all cells above row y and left of column x count
//
// (F. C. Crow, "Summed-area tables for texture mapping", 1984).
type wide struct {
	*rule.Wide
	turns      [2]*rule.Wide // at even and odd generations: what makes the next
	states     int
	dx, dy     int
	boxes      [2][]box // the neighbourhood of a cell, and upside down for triangles
	full       int      // the count when all cells count 1
	background [2]uint8 // at even and odd generations
	sums       []int32  // stride+1 of the window in a row
	counted    [2][]int // counts of the cells of a row, with the boxes of both kinds
}

// box holds the offsets x0 ≤ x < x1, y0 ≤ y < y1 from a cell.
type box struct{ x0, y0, x1, y1, weight int }

func newWide(r *rule.Rule) *wide {
	w, _ := r.Wide()
	odd, _ := r.WideAt(true)
	t := &wide{Wide: w, turns: [2]*rule.Wide{w, odd}, states: r.States(), background: [2]uint8{r.Background(false), r.Background(true)}}
	t.dx, t.dy = w.Reach()
	for up := range t.boxes {
		t.boxes[up] = boxesOf(t.dx, t.dy, func(dx, dy int) int { return w.Weight(dx, dy, up == 1) })
	}
	for _, b := range t.boxes[0] {
		t.full += b.weight * (b.x1 - b.x0) * (b.y1 - b.y0)
	}
	return t
}

// boxesOf cuts a neighbourhood into boxes. The centre is first taken for one with its
// eastern neighbour, which leaves fewer boxes, and then put right by a box of its own.
func boxesOf(dx, dy int, weight func(dx, dy int) int) []box {
	east := weight(1, 0)
	filled := func(x, y int) int {
		if x == 0 && y == 0 {
			return east
		}
		return weight(x, y)
	}
	boxes := []box{{0, 0, 1, 1, weight(0, 0) - east}}
	above := map[box]int{} // the boxes that end at row y, by their columns and weight
	for y := -dy; y <= dy; y++ {
		ending := map[box]int{}
		for x, end := -dx, 0; x <= dx; x = end {
			v := filled(x, y)
			for end = x + 1; end <= dx && filled(end, y) == v; {
				end++
			}
			if v == 0 {
				continue
			}
			key := box{x0: x, x1: end, weight: v}
			i, ok := above[key]
			if !ok {
				i = len(boxes)
				boxes = append(boxes, box{x, y, end, y, v})
			}
			boxes[i].y1++
			ending[key] = i
		}
		above = ending
	}
	return boxes
}

func (t *wide) reach() (dx, dy int) { return t.dx, t.dy }

// counts returns how much a cell in state s counts.
func (t *wide) counts(s life.State) int32 {
	switch {
	case t.StateWeights != nil:
		return int32(t.StateWeights[s])
	case s == 1:
		return 1
	}
	return 0
}

// truth returns the true state of a cell, of which the difference from the background
// is stored.
func (t *wide) truth(s life.State, odd bool) life.State {
	if odd {
		return s ^ life.State(t.background[1])
	}
	return s ^ life.State(t.background[0])
}

// prepare makes the table of sums, of what cells count more than the background does.
func (t *wide) prepare(w *window, odd bool) {
	rows, stride := len(w.cells)/w.stride, w.stride+1
	if t.sums == nil {
		t.sums = make([]int32, (rows+1)*stride)
		t.counted = [2][]int{make([]int, stride), make([]int, stride)}
	}
	var counts [256]int32
	for s := range t.states {
		counts[s] = t.counts(t.truth(life.State(s), odd)) - t.counts(t.truth(0, odd))
	}
	for y := range rows {
		above, here := t.sums[y*stride:][:stride], t.sums[(y+1)*stride:][:stride]
		row := int32(0)
		for x, s := range w.cells[y*w.stride:][:w.stride] {
			row += counts[s]
			here[x+1] = above[x+1] + row
		}
	}
}

func (t *wide) row(dst []life.State, w *window, y int, odd bool) {
	t.count(t.counted[0][:len(dst)], t.boxes[0], w, y)
	phase := 0 // of a cell among triangles
	if t.IsTriangular() {
		t.count(t.counted[1][:len(dst)], t.boxes[1], w, y)
		phase = int(w.rect.Min.X+w.rect.Min.Y+int64(y)) & 1
	}
	background := t.full * int(t.counts(t.truth(0, odd)))
	cells, turn := w.cells[(y+t.dy)*w.stride+t.dx:], t.turns[boolInt(odd)]
	for x := range dst {
		n := background + t.counted[phase][x]
		if t.IsTriangular() {
			phase ^= 1
		}
		s := t.truth(cells[x], odd)
		isLive := false
		if s == 1 {
			isLive = isIn(turn.Survivals, n+boolInt(turn.Middle))
		} else {
			isLive = isIn(turn.Births, n)
		}
		dst[x] = t.truth(nextState(s, isLive, t.states), !odd)
	}
}

// count writes into dst what the cells in boxes around each cell of row y count.
func (t *wide) count(dst []int, boxes []box, w *window, y int) {
	clear(dst)
	stride := w.stride + 1
	corner := func(x, y int) []int32 { return t.sums[y*stride+t.dx+x:][:len(dst)] }
	for _, b := range boxes {
		nw, ne := corner(b.x0, y+t.dy+b.y0), corner(b.x1, y+t.dy+b.y0)
		sw, se := corner(b.x0, y+t.dy+b.y1), corner(b.x1, y+t.dy+b.y1)
		for x := range dst {
			dst[x] += b.weight * int(se[x]-sw[x]-ne[x]+nw[x])
		}
	}
}

// isIn reports whether n lies in one of the intervals, which ascend.
func isIn(list []rule.Interval, n int) bool {
	for _, v := range list {
		if n <= v.Max {
			return n >= v.Min
		}
	}
	return false
}
