package engine

import (
	"context"
	"math/bits"

	"golife/life"
	"golife/life/dense"
	"golife/life/internal/impl"
	"golife/life/rule"
)

// effort is how much an engine has done since it was made: about the nanoseconds that
// one processor takes for it when it does nothing else. It comes from counters, so that what is
// decided by it does not depend on what else a machine does.
type effort float64

// costs are the efforts of what engines count. They were fitted to the cycles of life run -e NAME
// on a 3 GHz Zen 3, with 25 patterns of Golly's collection and two soups at 2^10, 2^12 and 2^14
// generations; those of dense roughly, with a soup on tori of 512² to 4096². How well they do is in
// ADR 5. Decisions need the ratio of two engines only.
type costs struct {
	call                                effort // an Advance, whatever it does
	lookup, leafStep, collected         effort // hashlife; the last a node of a table that is collected
	row, visit, pass                    effort // tile, and the second multistate
	lookedUp                            effort // multistate, of a cell
	sweepCell, sweep, denseStep, stitch effort // dense: a cell and generation, a sweep, a generation of tiles, a tile

	saved effort // an 8×8 square with cells, in a snapshot of an engine that steps

	// A leaf step of hashlife takes as much for 2^leafExp generations as for one.
	leafExp uint
}

var fitted = costs{
	call:   1000,
	lookup: 28, leafStep: 275, collected: 20,
	row: 3.3, visit: 60, pass: 480,
	sweepCell: 0.015, sweep: 2000, denseStep: 600, stitch: 150,
	saved: 350, leafExp: 3,
}

// Costs with more than two states, from the instructions of some patterns and soups: a leaf step
// of hashlife on planes and on bytes, a tile of multistate, with what each plane of ages adds to it, one
// whose cells are looked up, and such a cell, by a function, a square of cells in a snapshot. On bytes a leaf step takes
// 1,500 to 9,000 instructions, the more the less repeats itself, but for trees that have columns: 385 to 490 ns.
const (
	planeStep    = 270
	byteStep     = 1000
	columnStep   = 420
	planeVisit   = 300
	visitByPlane = 190
	cellsVisit   = 1000
	functionCell = 60
	savedStates  = 1000
)

// Costs of a cell that multistate looks up in a tree, from the time that 40 rules of Golly's collection take:
// one that sees four neighbours, and one that has columns; any other one takes so much for each step
// and for each cell that it sees. Without assembly columns cost plainColumns times as much.
const (
	crossCell    = 3.5
	columnCell   = 4
	plainColumns = 2
	treeStep     = 3
	treeCell     = 1
)

// Costs of the kernels beside those of Life in assembly.
const (
	otherRule   = 1.3 // outer-totalistic ones
	lookupRule  = 2   // all others
	lookedSweep = 4   // sweeps of those that are looked up
	genericCode = 4   // without assembly
)

// costsFor returns what counts of engines under r stand for.
func costsFor(r *rule.Rule) costs {
	c, kernel := fitted, effort(1)
	if birth, survive, ok := r.Totalistic(); !ok {
		if kernel = lookupRule; r.Family() == rule.TwoState && !dense.Sweeps(r) {
			c.sweepCell *= lookedSweep / lookupRule
		}
	} else if birth != 1<<3 || survive != 1<<2|1<<3 {
		kernel = otherRule
	}
	if names := impl.List("kernel"); names[0] == impl.Generic {
		kernel *= genericCode
	}
	if n := r.States(); r.Family() != rule.TwoState {
		c.saved, c.leafExp = savedStates, 2
		c.leafStep, c.visit = planeStep, planeVisit+visitByPlane*effort(bits.Len(uint(n-2)))
		if looksUp(r) {
			c.visit, c.lookedUp = cellsVisit, functionCell
			if t, ok := r.Tree(); ok {
				c.lookedUp = lookUpIn(t)
			}
		}
		if _, isHistory := r.Base(); n > 16 || looksUp(r) && !isHistory {
			c.leafStep, c.leafExp = byteStep, 1
			if t, ok := r.Tree(); ok && t.Columns() != nil {
				c.leafStep = columnStep * columnsCode()
			}
		}
		return c
	}
	c.leafStep *= kernel
	c.row *= kernel
	c.sweepCell *= kernel
	c.stitch *= kernel
	return c
}

// lookUpIn returns what a cell takes that is looked up in a tree.
func lookUpIn(t *rule.Tree) effort {
	steps, seen := t.Steps(), 0
	for _, s := range steps {
		seen += len(s.Cells)
	}
	switch {
	case len(steps) == 1 && seen == 5:
		return crossCell
	case t.Columns() != nil:
		return columnCell * columnsCode()
	}
	return treeStep*effort(len(steps)) + treeCell*effort(seen)
}

// columnsCode returns how many times as much columns cost here as in assembly.
func columnsCode() effort {
	if impl.List("columns")[0] == impl.Generic {
		return plainColumns
	}
	return 1
}

// isOnBytes reports whether leaves of hashlife hold a byte for each cell.
func (c *costs) isOnBytes() bool { return c.leafExp == 1 }

// between returns the effort that counters of one engine tell of, read at two times.
func (c *costs) between(was, is *reading) effort {
	n := func(was, is int64) effort { return effort(max(0, is-was)) }
	return c.call +
		c.lookup*n(was.lookups, is.lookups) + c.leafStep*n(was.leafSteps, is.leafSteps) +
		c.collected*n(was.collections, is.collections)*effort(is.nodes) +
		c.row*n(was.rows, is.rows) + c.visit*n(was.visits, is.visits) + c.pass*n(was.passes, is.passes) +
		c.lookedUp*n(was.looked, is.looked) +
		c.sweepCell*n(was.swept, is.swept)*effort(is.cells) + c.sweep*n(was.sweeps, is.sweeps) +
		c.denseStep*n(was.steps, is.steps) + c.stitch*n(was.stitched, is.stitched)
}

// reading are the counters that tell about an engine's work.
type reading struct {
	lookups, hits, leafSteps, collections, nodes int64 // hashlife
	rows, visits, passes, active, ships          int64 // tile; active is -1 for the others
	looked                                       int64 // multistate, which has visits and active too
	cells, swept, sweeps, steps, stitched        int64 // dense
	squaresChanged, rowsChanged                  int64 // dense, when it looked last
}

// read returns the counters of an engine, which are 0 where it has none of that name.
func read(s life.Stater) (r reading) {
	r.active = -1
	for _, c := range s.Stats() {
		switch c.Name {
		case "lookups":
			r.lookups = c.Value
		case "hits":
			r.hits = c.Value
		case "leaf_steps":
			r.leafSteps = c.Value
		case "collections":
			r.collections = c.Value
		case "nodes":
			r.nodes = c.Value
		case "rows_stepped":
			r.rows = c.Value
		case "tiles_stepped":
			r.visits = c.Value
		case "cells_looked_up":
			r.looked = c.Value
		case "passes":
			r.passes = c.Value
		case "tiles_active":
			r.active = c.Value
		case "ships":
			r.ships = c.Value
		case "cells":
			r.cells = c.Value
		case "swept":
			r.swept = c.Value
		case "sweeps":
			r.sweeps = c.Value
		case "squares_changed":
			r.squaresChanged = c.Value
		case "rows_changed":
			r.rowsChanged = c.Value
		case "steps":
			r.steps = c.Value
		case "tiles":
			r.stitched = c.Value
		}
	}
	if r.cells == 0 {
		r.stitched = 0 // the tiles that there are, of another engine
	}
	return r
}

// within is a context that is done when an engine has made some effort, too. It is for
// engines that ask it in the goroutine that changes their counters, as those that step do.
type within struct {
	context.Context
	u     life.Stater
	costs *costs
	since reading
	most  effort
}

// Err returns context.DeadlineExceeded after so much effort.
func (w *within) Err() error {
	if err := w.Context.Err(); err != nil {
		return err
	}
	if is := read(w.u); w.costs.between(&w.since, &is) > w.most {
		return context.DeadlineExceeded
	}
	return nil
}

// looksUp reports whether multistate runs a rule by look-ups, cell by cell, and not on planes.
func looksUp(r *rule.Rule) bool {
	return r.Family() != rule.Generations && r.Name() != "WireWorld"
}
