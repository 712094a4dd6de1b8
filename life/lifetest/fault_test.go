package lifetest_test

import (
	"context"
	"errors"
	"iter"
	"math/big"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/naive"
	"golife/life/rule"
)

// faulty is a naive engine with one fault.
type faulty struct {
	*naive.Engine
	fault string
	snaps []*life.Pattern
}

// faults are the faults, and the part of the suite that must find each.
var faults = []struct{ name, run string }{
	{"none of them", ""},
	{"wrong at word edges", "oracle"},
	{"population off by one", "oracle/B3"},
	{"bounds too wide", "oracle/B3"},
	{"generation stands still", "oracle/B3"},
	{"cells out of order", "oracle/B3"},
	{"cells outside the rectangle", "oracle/B3"},
	{"hexagon mirrored", "oracle"},
	{"no survival", "facts/block"},
	{"one generation too many", "laws/split"},
	{"stale snapshot", "laws/load_and_snapshot"},
	{"shared generation", "laws/ownership"},
	{"load forgets the rule", "laws/change_of_rule"},
	{"cancelled counts as done", "laws/cancellation"},
	{"coordinates wrap", "laws/far_away"},
	{"set ignores states", "laws/editor"},
	{"sample is rounded up", "laws/sampler"},
	{"iteration does not stop", "laws/iteration"},
}

// TestFaults runs the suite, in a process of its own, on engines with faults;
// all but the first must fail.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the suite many times")
	}
	if os.Getenv("GOLIFE_FAULT") != "" {
		t.Skip("inside itself")
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], "-test.short", "-test.run=^TestFaulty$/"+f.run)
			cmd.Env = append(os.Environ(), "GOLIFE_FAULT="+f.name)
			out, err := cmd.CombinedOutput()
			isFound := err != nil && strings.Contains(string(out), "--- FAIL: TestFaulty")
			if isFound != (f.run != "") {
				t.Errorf("the suite found a fault: %v, want %v; it said:\n%s", isFound, f.run != "", out)
			}
		})
	}
}

// TestFaulty is what TestFaults runs.
func TestFaulty(t *testing.T) {
	fault := os.Getenv("GOLIFE_FAULT")
	if fault == "" {
		t.Skip("TestFaults runs this")
	}
	lifetest.Run(t, lifetest.Config{
		Alternating: true, MaxGenerations: 200,
		New: func(r *rule.Rule) (life.Engine, error) {
			e, err := naive.New(r)
			if err != nil {
				return nil, err
			}
			return &faulty{Engine: e, fault: fault}, nil
		},
	})
}

func (e *faulty) Population() *big.Int {
	n := e.Engine.Population()
	if e.fault == "population off by one" && n.Int64() > 40 {
		n.Add(n, big.NewInt(1))
	}
	return n
}

func (e *faulty) Bounds() (life.BigRect, bool) {
	b, ok := e.Engine.Bounds()
	if e.fault == "bounds too wide" && ok {
		b.MaxX = new(big.Int).Or(b.MaxX, big.NewInt(1))
	}
	return b, ok
}

func (e *faulty) Generation() *big.Int {
	g := e.Engine.Generation()
	if e.fault == "generation stands still" && g.Int64() == 8 {
		g.SetInt64(7)
	}
	return g
}

func (e *faulty) Load(p *life.Pattern) error {
	if e.fault == "load forgets the rule" {
		q, err := p.WithRule(e.Rule())
		if err != nil {
			return err
		}
		p = q
	}
	if e.fault == "coordinates wrap" {
		b, ok := p.Bounds()
		if ok && b.MaxX.BitLen() > 32 {
			d := new(big.Int).Lsh(big.NewInt(1), 32)
			if b.MaxX.Sign() > 0 {
				d.Neg(d)
			}
			return e.Engine.Load(p.Translate(d, new(big.Int)))
		}
	}
	return e.Engine.Load(p)
}

func (e *faulty) Snapshot() *life.Pattern {
	p := e.Engine.Snapshot()
	if e.fault == "stale snapshot" && e.snaps != nil {
		return e.snaps[0]
	}
	e.snaps = append(e.snaps, p)
	return p
}

func (e *faulty) Advance(ctx context.Context, n *big.Int) error {
	switch e.fault {
	case "one generation too many":
		if n.Int64() == 1 || n.BitLen() > 4 {
			return e.Engine.Advance(ctx, new(big.Int).Add(n, big.NewInt(1)))
		}
	case "cancelled counts as done":
		err := e.Engine.Advance(ctx, n)
		if errors.Is(err, context.Canceled) {
			return nil
		}
		return err
	case "shared generation":
		err := e.Engine.Advance(ctx, n)
		n.SetInt64(0)
		return err
	}
	err := e.Engine.Advance(ctx, n)
	if err != nil || n.Sign() == 0 {
		return err
	}
	e.spoil()
	return nil
}

// spoil puts wrong cells into the universe.
func (e *faulty) spoil() {
	cells := map[life.Point]life.State{}
	for p, s := range e.Engine.Cells(life.Everywhere()) {
		cells[p] = s
	}
	for p := range cells {
		isLost := false
		switch e.fault {
		case "wrong at word edges":
			isLost = p.X&63 == 63 && p.Y&63 == 63
		case "no survival":
			isLost = true
		case "hexagon mirrored":
			isLost = e.Rule().Neighborhood() == rule.Hexagonal && p.X == p.Y
		}
		if isLost {
			_ = e.Engine.Set(p, 0)
		}
	}
}

func (e *faulty) Cells(r life.Rect) iter.Seq2[life.Point, life.State] {
	switch e.fault {
	case "cells outside the rectangle":
		r.Max.X++
	case "iteration does not stop":
		return func(yield func(life.Point, life.State) bool) {
			for p, s := range e.Engine.Cells(r) {
				yield(p, s)
			}
		}
	case "cells out of order":
		return func(yield func(life.Point, life.State) bool) {
			var cells []life.Point
			for p := range e.Engine.Cells(r) {
				cells = append(cells, p)
			}
			for i := range cells {
				if !yield(cells[len(cells)-1-i], 1) {
					return
				}
			}
		}
	}
	return e.Engine.Cells(r)
}

func (e *faulty) Set(p life.Point, s life.State) error {
	if err := e.Engine.Set(p, s); err != nil && e.fault != "set ignores states" {
		return err
	}
	return nil
}

func (e *faulty) Sample(v life.View, dst []uint8) {
	e.Engine.Sample(v, dst)
	if e.fault == "sample is rounded up" {
		for i := range dst {
			dst[i] |= 1
		}
	}
}
