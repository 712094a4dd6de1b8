package engine

import (
	"fmt"
	"math"

	"golife/life"
	"golife/life/dense"
)

// Where nearly all of a plane changes, to step all cells of a box about it takes less time than to
// look for those that change: a soup of 4096² takes tile 0.7 seconds for the first 1,000 generations, dense
// 0.4. Since what either takes for a generation follows from their counters and the size of the box,
// there is no probe.

// weigh hands the universe over from tile to dense when nearly everything changes, and back when little does.
func (a *auto) weigh() {
	r := &a.race
	if a.rivals.sweeper == "" || a.isMarked() {
		return
	}
	switch a.choice.Name {
	case a.rivals.sweeper:
		if r.spent >= r.refused && (r.calms || a.tilesPay()) {
			a.reseat(a.rivals.stepper, "little changes", 0)
		}
	case a.rivals.stepper:
		if r.spent < a.tuning.first || r.spent < r.weighed {
			return
		}
		r.weighed = r.spent + r.spent/4
		if gain := a.gainOfSweeping(); gain > 0 {
			a.reseat(a.rivals.sweeper, "nearly all changes", gain)
		}
	}
}

// reseat hands the universe over between engines that step. The next time is not before the effort has doubled.
func (a *auto) reseat(name, why string, gain float64) {
	r := &a.race
	p := a.Snapshot()
	_, leaves := census(p)
	r.spent += effort(leaves) * a.costs.saved
	if a.moveTo(name, p, fmt.Sprintf("%s at generation %v", why, p.Generation())) {
		r.rate *= max(gain, 1)
	} else {
		r.refused = 2 * r.spent
	}
	r.weighed = 2 * r.spent
}

// tilesPay reports whether tile would be faster than dense is, from what changed when dense looked last.
func (a *auto) tilesPay() bool {
	r := &a.race
	if !r.looked {
		return false
	}
	tiles := float64(r.last.squaresChanged)
	pass := a.costOfPass(tiles, min(a.tuning.linesARow*float64(r.last.rowsChanged), 64*tiles))
	return pass/2 < 1e9/r.rate
}

// costOfPass returns what a pass of tile takes in which so many tiles are visited, and rows stepped. It is
// more than effort tells where all changes: edges are copied then, and what does not fit into the nearest caches is waited for.
func (a *auto) costOfPass(tiles, rows float64) float64 {
	cost := float64(a.costs.pass) + tiles*float64(a.costs.visit) + rows*float64(a.costs.row+a.tuning.edgeRow)
	if tiles > a.tuning.farTiles {
		cost += tiles * float64(a.tuning.farVisit)
	}
	return cost
}

// gainOfSweeping returns how many times as fast dense would be as tile was in the last slice; 0 where the
// difference does not pay, or where too much memory would be taken. The universe is taken to go on like this for as
// long as it has been going, if there is no end before.
func (a *auto) gainOfSweeping() float64 {
	r, t := &a.race, &a.tuning
	box, ok := a.Bounds()
	if !ok || !a.canSweep(box) {
		return 0
	}
	area := sweptArea(box)
	now := a.costOfPass(2*r.visits, 2*r.lines) / 2 // a pass is of two generations
	swept := area*float64(a.costs.sweepCell) + float64(a.costs.sweep)
	ahead := float(a.Generation()) - float(r.begin)
	if r.end != nil {
		ahead = min(ahead, float(r.end)-float(a.Generation()))
	}
	leaves := min(float(box.Width())*float(box.Height())/64, float(a.Population()))
	if now < t.sweepGain*swept || (now-swept)*ahead < leaves*float64(a.costs.saved) || !dense.Sweeps(a.Rule()) {
		return 0
	}
	return now / swept
}

// sweptBytes is the memory above which a plane is not swept.
const sweptBytes = 1 << 30

// canSweep reports whether dense has room for cells within a box, for them to grow, and for a copy to look
// how much changes.
func (a *auto) canSweep(box life.BigRect) bool {
	area := sweptArea(box)
	return area/8 <= sweptBytes && (a.limit == 0 || area/2 <= float64(a.limit))
}

// sweptArea returns how many cells dense stores on the average for a box: it has room for growth.
func sweptArea(box life.BigRect) float64 {
	return roomy(float(box.Width())) * roomy(float(box.Height()))
}

func roomy(length float64) float64 { return length + math.Max(64, length/4) }
