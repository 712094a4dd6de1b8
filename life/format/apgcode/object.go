package apgcode

import (
	"fmt"
	"slices"
	"strings"

	"golife/life"
	"golife/life/format/codec"
)

// object is a small pattern as a list of its cells.
type object struct {
	corner        life.Point   // the north-west cell of the bounding box
	cells         []life.Point // from there, row-major
	width, height int64
}

// objectOf returns the object that a pattern is.
func objectOf(p *life.Pattern) (*object, error) {
	box, err := codec.Extent(Name, p)
	if err != nil {
		return nil, err
	}
	w, h := box.Max.X-box.Min.X, box.Max.Y-box.Min.Y
	if w > maxArea || h > maxArea || (w+2)*(h+2) > maxArea {
		return nil, fmt.Errorf("%s: pattern of %d by %d, want (width+2)·(height+2) of at most %d; rle can hold it: %w", Name, w, h, maxArea, life.ErrOutOfRange)
	}
	o := &object{corner: box.Min, width: w, height: h}
	for c := range p.Cells(box) {
		o.cells = append(o.cells, life.Point{X: c.X - box.Min.X, Y: c.Y - box.Min.Y})
	}
	return o, nil
}

// equal reports whether two objects differ in place at most.
func (o *object) equal(b *object) bool { return slices.Equal(o.cells, b.cells) }

// code returns the shortest code of the object in its eight orientations, the
// first by ASCII among those, or best when that is before it. "" is no code.
func (o *object) code(best string) string {
	for _, s := range life.Symmetries() {
		c := o.wechsler(s)
		if best == "" || len(c) < len(best) || len(c) == len(best) && c < best {
			best = c
		}
	}
	return best
}

// wechsler returns the code of the object in one orientation.
func (o *object) wechsler(s life.Symmetry) string {
	w, h := o.width, o.height
	switch s {
	case life.Rotate90, life.Rotate270, life.Transpose, life.AntiTranspose:
		w, h = h, w
	}
	strips := make([][]byte, (h+4)/5)
	for i := range strips {
		strips[i] = make([]byte, w)
	}
	for _, c := range o.cells {
		to := o.turn(s, c)
		strips[to.Y/5][to.X] |= 1 << (to.Y % 5)
	}
	var b strings.Builder
	for i, strip := range strips {
		if i > 0 {
			b.WriteByte('z')
		}
		writeStrip(&b, strip)
	}
	if b.Len() == 0 {
		return "0"
	}
	return b.String()
}

// turn returns where a symmetry of the bounding box takes a cell.
func (o *object) turn(s life.Symmetry, c life.Point) life.Point {
	right, down := o.width-1-c.X, o.height-1-c.Y
	switch s {
	case life.Rotate90:
		return life.Point{X: down, Y: c.X}
	case life.Rotate180:
		return life.Point{X: right, Y: down}
	case life.Rotate270:
		return life.Point{X: c.Y, Y: right}
	case life.FlipX:
		return life.Point{X: right, Y: c.Y}
	case life.FlipY:
		return life.Point{X: c.X, Y: down}
	case life.Transpose:
		return life.Point{X: c.Y, Y: c.X}
	case life.AntiTranspose:
		return life.Point{X: down, Y: right}
	}
	return c
}

// writeStrip writes the columns of a strip.
func writeStrip(b *strings.Builder, columns []byte) {
	gap := 0
	for _, c := range columns {
		if c == 0 {
			gap++
			continue
		}
		writeGap(b, gap)
		gap = 0
		b.WriteByte(digits[c])
	}
}

// writeGap writes n columns without cells.
func writeGap(b *strings.Builder, n int) {
	const most = 39
	for ; n > most; n -= most {
		b.WriteString("yz")
	}
	switch {
	case n >= 4:
		b.WriteByte('y')
		b.WriteByte(digits[n-4])
	case n > 0:
		b.WriteByte("0wx"[n-1])
	}
}
