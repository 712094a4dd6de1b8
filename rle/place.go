package rle

import (
	"math"
	"math/big"

	"golife/life"
	"golife/life/rule"
)

// maxPosDigits bounds a Pos, as the pattern's quadtree has a level for each bit.
const maxPosDigits = 1000

// nearOrigin bounds the top-left corners that cells are built at directly;
// patterns further out are built at (0, 0) and moved, so that the build itself
// stays within int64.
const nearOrigin = 1 << 62

// bigPoint is a cell position of any size.
type bigPoint struct{ x, y *big.Int }

// begin makes the Builder, once the rule and the position are known.
func (d *decoder) begin() error {
	if d.rule == nil {
		if err := d.parseRule(); err != nil {
			return err
		}
	}
	d.b = life.NewBuilder(d.rule)
	d.states = d.rule.States()
	if d.states == 0 {
		d.states = 256
	}
	d.place()
	d.limit = math.MaxInt64 - 64
	if d.clip != nil {
		d.limit = min(d.limit, d.clip.Max.X)
	}
	return nil
}

// parseRule reads the rule that the input names.
func (d *decoder) parseRule() (err error) {
	if d.ruleText == "" {
		d.ruleText = "B3/S23"
	}
	if d.parse == nil {
		d.parse = rule.Parse
	}
	if d.rule, err = d.parse(d.ruleText); err != nil {
		return &SyntaxError{Line: d.ruleAt.line, Col: d.ruleAt.col, Msg: err.Error(), Err: err}
	}
	return nil
}

// place sets where the top-left cell goes and what is cut off.
func (d *decoder) place() {
	pos := d.pos
	if pos == nil {
		pos = d.oldPos
	}
	g, isBounded := d.rule.Grid()
	if pos == nil {
		x, y := d.gridPosition(g, isBounded)
		pos = &bigPoint{big.NewInt(x), big.NewInt(y)}
	}
	d.x, d.y = 0, 0
	if near(pos.x) && near(pos.y) {
		d.x, d.y = pos.x.Int64(), pos.y.Int64()
	} else {
		d.shift = pos
	}
	d.left, d.top, d.east, d.south = d.x, d.y, d.x, d.y
	if !isBounded {
		return
	}
	ox, oy := g.Origin()
	var r life.BigRect
	r.MinX, r.MaxX = d.clipSide(ox, g.Width, func(p *bigPoint) *big.Int { return p.x })
	r.MinY, r.MaxY = d.clipSide(oy, g.Height, func(p *bigPoint) *big.Int { return p.y })
	clip := r.Clip()
	d.clip = &clip
}

// near reports whether cells can be built from v on without leaving int64 at once.
func near(v *big.Int) bool {
	return v.IsInt64() && v.Int64() >= -nearOrigin && v.Int64() <= nearOrigin
}

// gridPosition returns the top-left cell of a pattern that gives none: centred in
// a bounded grid when the header's size fits, else in its corner (Golly's
// readpattern.cpp); else the origin.
func (d *decoder) gridPosition(g rule.Grid, isBounded bool) (x, y int64) {
	if !isBounded {
		return 0, 0
	}
	fits := d.w > 0 && (g.Width == 0 || d.w <= g.Width) && d.h > 0 && (g.Height == 0 || d.h <= g.Height)
	if fits {
		return -(d.w / 2), -(d.h / 2)
	}
	return g.Origin()
}

// clipSide returns the range of one coordinate inside a grid, before the pattern
// is moved by shift; size 0 is an infinite side.
func (d *decoder) clipSide(origin, size int64, axis func(*bigPoint) *big.Int) (lo, hi *big.Int) {
	if size == 0 {
		return big.NewInt(math.MinInt64), big.NewInt(math.MaxInt64)
	}
	lo, hi = big.NewInt(origin), big.NewInt(origin+size)
	if d.shift != nil {
		by := axis(d.shift)
		lo.Sub(lo, by)
		hi.Sub(hi, by)
	}
	return lo, hi
}
