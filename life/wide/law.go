package wide

import (
	"math"
	"slices"

	"golife/life/rule"
)

// law is a rule in the form in which cells are stepped.
type law struct {
	integral
	dx, dy       int // how far a cell sees
	states       int
	isTriangular bool
	values       [256]uint8 // how much a cell of each state counts
	isPlain      bool       // cells of state 1 count 1, others 0
	bits         int        // of a count: 8, 16 or 32
	aged         [256]uint8 // the next state of a cell that neither is born nor survives
	decisions    [2]*decision
	alternates   bool // the background does, or two rules take turns
}

// decision tells what becomes of a cell at even or at odd generations, by its count: counts
// modulo 2^bits.
type decision struct {
	live [2][]rule.Interval // the counts with which cells of state 0 and 1 are in state 1 next
	// table has a bit for either state, for each count of 8 or 16 bits.
	table []uint8
	asm   asmDecision
}

// check returns why a rule is not supported, or "".
func check(r *rule.Rule) string {
	w, ok := r.Wide()
	switch {
	case !ok:
		return "only Larger than Life and HROT rules are supported"
	case w.StateWeights != nil && w.StateWeights[0] != 0:
		return "dead cells that count are not supported"
	}
	return ""
}

// newLaw returns the law of a rule that check accepts. Cost: O(range²).
func newLaw(r *rule.Rule) *law {
	w, _ := r.Wide()
	l := &law{integral: newIntegral(w), states: r.States(), isTriangular: w.IsTriangular(), alternates: r.Alternates()}
	l.dx, l.dy = w.Reach()
	l.isPlain = w.StateWeights == nil
	if l.isPlain {
		l.values[1] = 1
	}
	top := 1
	for s, v := range w.StateWeights {
		l.values[s] = v
		top = max(top, int(v))
	}
	for s := 1; s < l.states-1; s++ {
		l.aged[s] = uint8(s + 1)
	}
	lo, hi, full := span(w, l.centre)
	all := rule.Interval{Min: lo * top, Max: hi * top}
	switch size := all.Max - all.Min; {
	case size <= math.MaxUint8:
		l.bits = 8
	case size <= math.MaxUint16:
		l.bits = 16
	default:
		l.bits = 32
	}
	for odd := range l.decisions {
		l.decisions[odd] = l.decide(r, odd == 1, full, all)
	}
	return l
}

// span returns the least and the greatest count when cells count at most 1 and the centre
// weighs what it is given, and the count when all cells count 1 and the centre what the rule says.
func span(w *rule.Wide, centre int) (lo, hi, full int) {
	dx, dy := w.Reach()
	if w.Shape == rule.ShapeMoore {
		n := (2*dx + 1) * (2*dy + 1)
		return 0, n, n - 1
	}
	for y := -dy; y <= dy; y++ {
		for x := -dx; x <= dx; x++ {
			v := w.Weight(x, y, false)
			if x == 0 && y == 0 {
				v = centre
			}
			lo, hi = lo+min(v, 0), hi+max(v, 0)
		}
	}
	return lo, hi, lo + hi - centre + w.Weight(0, 0, false)
}

// decide returns the decision for even or odd generations. Cells are stored as what differs
// from the background, and a count is that of stored cells, with the centre as the integral
// weighs it; all is the range of such counts, full the true count of a full neighbourhood.
func (l *law) decide(r *rule.Rule, odd bool, full int, all rule.Interval) *decision {
	d := &decision{}
	w, _ := r.WideAt(odd)
	now, next := int(r.Background(odd)), int(r.Background(!odd))
	middle := 0
	if w.Middle {
		middle = 1
	}
	centre := l.centre - w.Weight(0, 0, false)
	for s := range d.live {
		list := w.Births
		if s^now == 1 {
			list = moved(w.Survivals, -middle)
		}
		if now == 1 {
			list = mirrored(list, full*int(l.values[1]))
		}
		list = clipped(moved(list, centre*int(l.values[s])), all)
		if next == 1 {
			list = complement(list, all)
		}
		d.live[s] = list
	}
	if l.bits < 32 {
		d.table = make([]uint8, 1<<l.bits)
		for s, list := range d.live {
			for _, v := range list {
				for n := v.Min; n <= v.Max; n++ {
					d.table[n&(len(d.table)-1)] |= 1 << s
				}
			}
		}
	}
	d.prepare(l)
	return d
}

// moved returns intervals that lie by higher.
func moved(list []rule.Interval, by int) []rule.Interval {
	list = slices.Clone(list)
	for i := range list {
		list[i].Min += by
		list[i].Max += by
	}
	return list
}

// mirrored returns the numbers n for which full - n lies in the intervals.
func mirrored(list []rule.Interval, full int) []rule.Interval {
	list = slices.Clone(list)
	slices.Reverse(list)
	for i, v := range list {
		list[i] = rule.Interval{Min: full - v.Max, Max: full - v.Min}
	}
	return list
}

// clipped returns what of the intervals lies in all.
func clipped(list []rule.Interval, all rule.Interval) (out []rule.Interval) {
	for _, v := range list {
		v = rule.Interval{Min: max(v.Min, all.Min), Max: min(v.Max, all.Max)}
		if v.Min <= v.Max {
			out = append(out, v)
		}
	}
	return out
}

// complement returns what of all lies in none of the intervals, which are within it.
func complement(list []rule.Interval, all rule.Interval) (out []rule.Interval) {
	from := all.Min
	for _, v := range list {
		if v.Min > from {
			out = append(out, rule.Interval{Min: from, Max: v.Min - 1})
		}
		from = v.Max + 1
	}
	if from <= all.Max {
		out = append(out, rule.Interval{Min: from, Max: all.Max})
	}
	return out
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
