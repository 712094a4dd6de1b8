package macrocell

import (
	"fmt"
	"math"
	"math/big"

	"golife/life"
	"golife/life/rule"
)

// checkEnd checks what only the whole input tells.
func (d *decoder) checkEnd() error {
	if n := len(d.frame); d.framesAt.line > 0 && uint64(n) != d.claimed {
		if err := d.deviation(d.framesAt, "found %d frames, where this line says %d", n, d.claimed); err != nil {
			return err
		}
	}
	root := len(d.loc) - 1
	if l := d.loc[d.largest].level; root > 0 && d.loc[root].level < l {
		return d.deviation(d.rootAt, "last node has level %d, want the level %d of node %d; the last one is the pattern",
			d.loc[root].level, l, d.largest)
	}
	return nil
}

// timeline returns what has been read.
func (d *decoder) timeline() *Timeline {
	t := &Timeline{
		tree: d.tree, rule: d.rule, comments: d.comments, rootAt: d.rootAt,
		start: d.start, increment: d.increment, most: d.maxNodes,
		root: d.loc[len(d.loc)-1], generation: new(big.Int),
	}
	if t.most == 0 {
		t.most = max(math.MaxInt32, len(d.loc))
		if len(d.loc) < (math.MaxInt32-65536)/32 {
			t.most = 32*len(d.loc) + 65536
		}
	}
	if len(d.loc) == 1 {
		t.root = place{}
	}
	for _, n := range d.frame {
		p := d.loc[n]
		if n == 0 {
			p = place{}
		}
		t.frames = append(t.frames, p)
	}
	if d.rule.States() == 2 {
		t.narrow()
	} else {
		t.widen()
	}
	t.setCurrent(d.generation, d.isLater)
	return t
}

// setCurrent finds the current generation of a timeline. Golly writes it after the
// frames, and not again when one of them is the same: then #G tells which.
func (t *Timeline) setCurrent(digits string, isLater bool) {
	last := len(t.frames) - 1
	if digits != "" {
		t.generation = bigNumber(digits)
	} else if last >= 0 {
		t.generation = t.Generation(last)
	}
	if last < 0 || isLater {
		return
	}
	i, rest := new(big.Int).QuoRem(new(big.Int).Sub(t.generation, t.start), t.increment, new(big.Int))
	if rest.Sign() == 0 && i.Sign() >= 0 && i.Cmp(big.NewInt(int64(last))) <= 0 {
		t.root = t.frames[i.Int64()]
	}
}

// Timeline is what a macrocell file holds: a current generation and, when it was
// written from a recording, frames at equal distances in time.
type Timeline struct {
	tree
	rule       *rule.Rule
	comments   []life.Comment
	generation *big.Int
	root       place
	rootAt     position
	most       int

	start, increment *big.Int
	frames           []place
}

// Len returns the number of frames, 0 for a file without a timeline.
func (t *Timeline) Len() int { return len(t.frames) }

// Generation returns the generation of frame i, 0 <= i < Len(). The caller owns it.
func (t *Timeline) Generation(i int) *big.Int {
	if i < 0 || i >= len(t.frames) {
		panic(fmt.Sprintf("macrocell: frame %d of %d", i, len(t.frames)))
	}
	g := big.NewInt(int64(i))
	return g.Add(g.Mul(g, t.increment), t.start)
}

// Frame returns frame i, 0 <= i < Len(), at its generation. Errors and cost are
// those of Current.
func (t *Timeline) Frame(i int) (*life.Pattern, error) { return t.build(t.Generation(i), t.frames[i]) }

// Current returns the current generation, as Decode does. The error wraps
// ErrTooManyNodes, or life.ErrOutOfRange when the cells do not fit the rule's
// bounded grid. Cost: O(nodes) time and memory.
func (t *Timeline) Current() (*life.Pattern, error) { return t.build(t.generation, t.root) }

// build makes the pattern of one root.
func (t *Timeline) build(g *big.Int, root place) (*life.Pattern, error) {
	b := life.NewBuilder(t.rule)
	b.SetGeneration(g)
	for _, c := range t.comments {
		b.AddComment(c)
	}
	if root.level <= life.LeafLevel {
		t.setCells(b, root)
	} else if err := t.shift(b, int(root.level), root.id, true, t.most); err != nil {
		return nil, t.rootAt.errorf(err, "%v", err)
	}
	p := b.Pattern()
	if err := t.checkGrid(p); err != nil {
		return nil, err
	}
	return p, nil
}

// setCells sets the cells of a root that is a leaf or less, centred at the origin
// and moved one row south.
func (t *Timeline) setCells(b *life.Builder, root place) {
	if root.id == 0 {
		return
	}
	var cells []life.State
	switch {
	case root.level == 1:
		cells = t.two[root.id][:]
	case root.level == 2:
		cells = t.four[root.id][:]
	case t.isWide:
		cells = t.cells[root.id][:]
	default:
		s := spread(t.bits[root.id])
		cells = s[:]
	}
	side := int64(1) << root.level
	for i, v := range cells {
		b.Set(int64(i)%side-side/2, int64(i)/side-side/2+1, v)
	}
}

// checkGrid returns an error when cells lie outside the rule's bounded grid.
func (t *Timeline) checkGrid(p *life.Pattern) error {
	g, isBounded := t.rule.Grid()
	box, ok := p.Bounds()
	if !isBounded || !ok {
		return nil
	}
	x, y := g.Origin()
	if isWithin(box.MinX, box.MaxX, x, g.Width) && isWithin(box.MinY, box.MaxY, y, g.Height) {
		return nil
	}
	return t.rootAt.errorf(life.ErrOutOfRange, "pattern of %v, want it within the bounded grid of rule %s", box, t.rule)
}

// isWithin reports whether lo and hi lie in the size cells from origin; size 0 is
// without end.
func isWithin(lo, hi *big.Int, origin, size int64) bool {
	return size == 0 || lo.Cmp(big.NewInt(origin)) >= 0 && hi.Cmp(big.NewInt(origin+size)) <= 0
}
