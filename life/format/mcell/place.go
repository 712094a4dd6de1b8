package mcell

import (
	"math/big"

	"golife/life"
	"golife/life/rule"
)

// full returns the rule with its grid: the one that it came with, or the board.
func (d *decoder) full() (*rule.Rule, error) {
	r := d.parsed
	if d.given != nil || r.IsBounded() || d.w == 0 {
		return r, nil
	}
	g := rule.Grid{Kind: rule.Torus, Width: d.w, Height: d.h}
	if d.wrap != 1 {
		g.Kind = rule.Plane
	}
	return r.WithGrid(g)
}

// finish puts the cells in the middle of the board.
func (d *decoder) finish() (*life.Pattern, error) {
	if d.states == 0 {
		if err := d.begin(); err != nil {
			return nil, err
		}
	}
	if d.count > 0 {
		if err := d.Deviation(1, "run count %d without a cell, ignored", d.count); err != nil {
			return nil, err
		}
	}
	p, err := d.Finish()
	if err != nil {
		return nil, err
	}
	r, err := d.full()
	if err != nil {
		return nil, d.Errorf(1, err, "%v", err)
	}
	if d.w == 0 {
		if err := d.Deviation(1, "no #BOARD, the plane is unbounded"); err != nil {
			return nil, err
		}
	} else {
		p = d.centred(p)
	}
	if p, err = d.clip(p, r); err != nil {
		return nil, err
	}
	return p.WithRule(r)
}

// centred moves the cells' bounding box to the middle of the board.
func (d *decoder) centred(p *life.Pattern) *life.Pattern {
	b, ok := p.Bounds()
	if !ok {
		return p
	}
	by := func(size int64, length, at *big.Int) *big.Int {
		room := new(big.Int).Sub(big.NewInt(size+1), length)
		to := room.Rsh(room, 1)
		to.Sub(to, big.NewInt(size/2))
		return to.Sub(to, at)
	}
	return p.Translate(by(d.w, b.Width(), b.MinX), by(d.h, b.Height(), b.MinY))
}

// clip drops the cells outside of a rule's grid.
func (d *decoder) clip(p *life.Pattern, r *rule.Rule) (*life.Pattern, error) {
	g, ok := r.Grid()
	b, isFilled := p.Bounds()
	if !ok || !isFilled {
		return p, nil
	}
	x, y := g.Origin()
	inside := life.Everywhere()
	if g.Width > 0 {
		inside.Min.X, inside.Max.X = x, x+g.Width
	}
	if g.Height > 0 {
		inside.Min.Y, inside.Max.Y = y, y+g.Height
	}
	if box, ok := b.Rect(); ok && inside.Contains(box.Min) && inside.Contains(life.Point{X: box.Max.X - 1, Y: box.Max.Y - 1}) {
		return p, nil
	}
	if err := d.Deviation(1, "cells outside the grid of rule %s are dropped", r); err != nil {
		return nil, err
	}
	c := life.NewBuilder(p.Rule())
	for run := range p.Runs(inside) {
		if err := c.SetRun(run.X, run.Y, run.N, run.State); err != nil {
			return nil, err
		}
	}
	for _, text := range p.Comments() {
		c.AddComment(text)
	}
	return c.Pattern(), nil
}
