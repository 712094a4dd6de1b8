package rule

import (
	"fmt"
	"slices"
	"strings"
)

// Interval is a range of counts, both ends included.
type Interval struct{ Min, Max int }

// Wide holds the parameters of a LargerThanLife or HROT rule.
//
// The count of a cell is the sum of Weight over its neighbourhood, taking cells
// of state 1 (or StateWeights[state] for any state). A dead cell comes to life
// when its count is in Births; a cell of state 1 survives when its count, plus 1
// if Middle, is in Survivals. With more than two states a cell that does not
// survive decays through states 2, 3, … as in Generations.
type Wide struct {
	Range        int        // 1 to 500 cells
	Shape        Shape      // the form of the neighbourhood
	Middle       bool       // a live centre counts for its own survival (M1)
	Births       []Interval // ascending, apart from each other; empty for none
	Survivals    []Interval // the same
	Weights      []int8     // ShapeCustom and ShapeWeighted: (2·Range+1)² weights, row-major; else nil
	StateWeights []uint8    // ShapeWeighted: how much each state counts; nil for state 1 only
	Tiling       byte       // ShapeCustom and ShapeWeighted: 'H' hexagons, 'L' triangles, 0 squares

	hood string // the digits after N@ or NW, in lower case
}

// Wide returns a copy of the parameters of a LargerThanLife or HROT rule, of the first of
// two that take turns; ok is false for other families.
func (r *Rule) Wide() (w *Wide, ok bool) { return r.WideAt(false) }

// WideAt is Wide for even or odd generations: what differs, where two rules take turns, is
// Births, Survivals and Middle.
func (r *Rule) WideAt(odd bool) (w *Wide, ok bool) {
	if r.wide == nil {
		return nil, false
	}
	c := *r.wide
	if odd && r.oddWide != nil {
		c = *r.oddWide
	}
	c.Births, c.Survivals = slices.Clone(c.Births), slices.Clone(c.Survivals)
	c.Weights, c.StateWeights = slices.Clone(c.Weights), slices.Clone(c.StateWeights)
	return &c, true
}

// seesLike reports whether cells count the same under w and o.
func (w *Wide) seesLike(o *Wide) bool {
	return w.Range == o.Range && w.Shape == o.Shape && w.Tiling == o.Tiling &&
		slices.Equal(w.Weights, o.Weights) && slices.Equal(w.StateWeights, o.StateWeights)
}

// contains reports whether n lies in one of the intervals.
func contains(list []Interval, n int) bool {
	return slices.ContainsFunc(list, func(v Interval) bool { return v.Min <= n && n <= v.Max })
}

// hasB0 reports birth in an empty neighbourhood, hasSmax survival in a full one.
func (w *Wide) hasB0() bool { return contains(w.Births, 0) }

func (w *Wide) hasSmax() bool {
	full := w.MaxCount()
	if w.Weights != nil {
		full = w.sumWeights(false)
	}
	return contains(w.Survivals, full+boolInt(w.Middle))
}

// fit raises the sides of a grid to twice the range and refuses what Golly's
// Larger than Life algorithm does not have.
func (w *Wide) fit(g Grid) (Grid, string) {
	if g.Kind != Infinite && g.Kind != Plane && g.Kind != Torus {
		return g, fmt.Sprintf("%v for a rule of large range, want a plane or torus", g.Kind)
	}
	atLeast := int64(2 * w.Range)
	if g.Width > 0 {
		g.Width = max(g.Width, atLeast)
	}
	if g.Height > 0 {
		g.Height = max(g.Height, atLeast)
	}
	return g.canonical()
}

// merge sorts intervals and joins those that touch.
func merge(list []Interval) []Interval {
	slices.SortFunc(list, func(a, b Interval) int { return a.Min - b.Min })
	var out []Interval
	for _, v := range list {
		if n := len(out); n > 0 && v.Min <= out[n-1].Max+1 {
			out[n-1].Max = max(out[n-1].Max, v.Max)
			continue
		}
		out = append(out, v)
	}
	return out
}

// name returns the canonical rulestring without a grid: two states are written
// C0, HROT leaves the Moore neighbourhood out.
func (w *Wide) name(family Family, states int) string {
	if states == 2 {
		states = 0
	}
	hood := fmt.Sprintf(",N%c%s", w.Shape, w.hood)
	if w.Tiling != 0 {
		hood += string(rune(w.Tiling))
	}
	if family == LargerThanLife {
		s, b := w.Survivals[0], w.Births[0]
		return fmt.Sprintf("R%d,C%d,M%d,S%d..%d,B%d..%d%s", w.Range, states, boolInt(w.Middle), s.Min, s.Max, b.Min, b.Max, hood)
	}
	if w.Shape == ShapeMoore {
		hood = ""
	}
	return fmt.Sprintf("R%d,C%d,S%s,B%s%s", w.Range, states, listString(w.Survivals), listString(w.Births), hood)
}

func listString(list []Interval) string {
	items := make([]string, len(list))
	for k, v := range list {
		items[k] = itoa(v.Min)
		if v.Max > v.Min {
			items[k] += "-" + itoa(v.Max)
		}
	}
	return strings.Join(items, ",")
}
