package dense

import (
	"fmt"
	"math"

	"golife/life"
	"golife/life/internal/arena"
)

// isOpen tells which sides go on beyond the cells that are stored.
func (e *Engine) isOpen() (x, y bool) { return e.grid.Width == 0, e.grid.Height == 0 }

// box is the part of the grid that is stored.
type box struct{ min, max life.Point }

// stored returns the box of the present cells.
func (e *Engine) stored() box {
	w, h := e.cells.size()
	return box{e.corner, life.Point{X: e.corner.X + int64(w), Y: e.corner.Y + int64(h)}}
}

// onGrid returns b with the finite sides of the grid at their full length.
func (e *Engine) onGrid(b box) box {
	x, y := e.grid.Origin()
	if e.grid.Width > 0 {
		b.min.X, b.max.X = x, x+e.grid.Width
	}
	if e.grid.Height > 0 {
		b.min.Y, b.max.Y = y, y+e.grid.Height
	}
	return b
}

// around returns a box with room for growth about the cells of b.
func (e *Engine) around(b box) box {
	dx := max(64, (b.max.X-b.min.X)/4)
	dy := max(64, (b.max.Y-b.min.Y)/4)
	wide := box{life.Point{X: b.min.X - dx, Y: b.min.Y - dy}, life.Point{X: b.max.X + dx, Y: b.max.Y + dy}}
	wide.min = life.Point{X: max(wide.min.X, -limit), Y: max(wide.min.Y, -limit)}
	wide.max = life.Point{X: min(wide.max.X, limit), Y: min(wide.max.Y, limit)}
	return e.onGrid(wide)
}

// bandCells is the least work, in cells of one generation, that is worth a band of its own
// where bands need not wait for each other, some 20 µs of a sweep; where all wait for all
// after each sweep it is slowCells. Gcell/s of two goroutines (Life, T, C and S are kinds of
// edges, the median of 6 runs in turn, on a machine whose cores others share at times):
//
//	bands   T512²  T724²  T1024²  P1024²  T16384,64  C1024²  C2048²  S1024²  S2048²
//	1          83     80      95     119        101      88     102     119     124
//	2          81    118     147     156        101      70     143      92     108
//	4          70    120     151     176        105      67     136      81     101
const (
	bandCells = 1 << 18
	slowCells = 1 << 21
)

// bandsEach is how many bands there are for each goroutine, so that who is faster can
// take more.
const bandsEach = 2

// bandsFor returns the number of bands that a grid should have.
func (e *Engine) bandsFor(s shape) int {
	least := slowCells
	if s.isDeadX || s.isPlainX() {
		least = bandCells
	}
	switch {
	case e.options.bands > 0:
		return e.options.bands
	case e.team.Threads == 1:
		return 1
	}
	return max(1, min(bandsEach*e.team.Threads, int(float64(s.w)*float64(s.h)/float64(least))))
}

// newPlane returns an empty plane for a box, or life.ErrMemoryLimit.
func (e *Engine) newPlane(b box, isQuilt bool) (plane, error) {
	w, h := float64(b.max.X-b.min.X), float64(b.max.Y-b.min.Y)
	if max(w, h) > math.MaxInt32 {
		return nil, fmt.Errorf("dense: grid of %.0f by %.0f cells, sides are at most %d: %w", w, h, math.MaxInt32, life.ErrMemoryLimit)
	}
	s := newShape(e.grid, int(w), int(h))
	bands := e.bandsFor(s)
	depth := e.depthFor(s, bands)
	need := (w/64 + 8) * (h + 200*float64(bands)) * 8
	if e.sweeper != nil {
		need += float64(bands) * 8 * float64(e.sweeper.Room(depth, int(w)/64+2))
	}
	if need > 1<<20 {
		need += 1 << 20 // huge pages
	}
	if isQuilt {
		need = quiltBytes(w, h)
	}
	if most := e.mostBytes(); need > most {
		return nil, fmt.Errorf("dense: grid of %.0f by %.0f cells needs some %.0f bytes, the limit is %.0f: %w", w, h, need, most, life.ErrMemoryLimit)
	}
	if isQuilt {
		return newQuilt(s), nil
	}
	return newField(s, bands, depth, e.sweeper), nil
}

// mostBytes returns the memory that a plane may have.
func (e *Engine) mostBytes() float64 {
	if e.limit > 0 {
		return float64(e.limit)
	}
	if n := arena.Available(); n > 0 {
		return float64(n)
	}
	return math.MaxInt64
}

// isQuilted reports whether new cells go to a quilt.
func (e *Engine) isQuilted() bool {
	_, isQuilt := e.cells.(*quilt)
	return isQuilt || e.sweeper == nil || e.options.isQuilted
}

// depthFor returns how many generations a sweep of a grid should make: the more, the
// less often cells come from and go to slow memory and borders are made, and the more
// rows are computed for the borders' sake. Measured, see KERNELS.md of package kernel.
func (e *Engine) depthFor(s shape, bands int) int {
	isTurned := s.isSphere() || e.grid.TwistX || e.grid.TwistY
	rows := s.h / (lanes * bands)
	switch bytes := s.w / 64 * s.h * 8; {
	case isTurned && !e.rule.IsIsotropic():
		return 1 // beyond the edges the rule is turned as well
	case e.options.depth > 0:
		return e.options.depth
	case bytes < 1<<20 && (s.canTwist(bands) || s.canTurn(bands)):
		return 1
	case bytes >= 8<<20 || !s.isDeadX && !s.isPlainX():
		return maxDepth
	case bytes >= 256<<10:
		return 4
	default:
		return min(max(1, 1+rows/24), 4)
	}
}

// makeRoom sees to it that no cell can reach an open side within n generations, by
// storing more of the grid. It drops the cells when none is alive.
func (e *Engine) makeRoom(n int) error {
	if x, y := e.isOpen(); e.room >= n || !x && !y {
		return nil
	}
	x0, y0, x1, y1, ok := e.cells.bounds()
	if !ok {
		e.cells = nil
		return nil
	}
	live := box{
		life.Point{X: e.corner.X + int64(x0), Y: e.corner.Y + int64(y0)},
		life.Point{X: e.corner.X + int64(x1), Y: e.corner.Y + int64(y1)},
	}
	if e.room = e.distance(live, e.stored()); e.room >= n {
		return nil
	}
	b := e.around(live)
	room := e.distance(live, b)
	if room < n {
		return fmt.Errorf("dense: cells beyond ±2^62: %w", life.ErrOutOfRange)
	}
	if err := e.move(b); err != nil {
		return err
	}
	e.room = room
	return nil
}

// distance returns how many generations the cells within live cannot reach the open
// sides of b.
func (e *Engine) distance(live, b box) int {
	isOpenX, isOpenY := e.isOpen()
	d := int64(math.MaxInt32)
	if isOpenX {
		d = min(d, live.min.X-b.min.X, b.max.X-live.max.X)
	}
	if isOpenY {
		d = min(d, live.min.Y-b.min.Y, b.max.Y-live.max.Y)
	}
	return int(d)
}

// move stores the cells in another box, which must hold all live ones. On an error
// nothing has changed.
func (e *Engine) move(b box) error {
	next, err := e.newPlane(b, e.isQuilted())
	if err != nil {
		return err
	}
	copyPlane(next, e.cells, int(e.corner.X-b.min.X), int(e.corner.Y-b.min.Y))
	e.cells, e.corner = next, b.min
	e.probe = probe{wait: e.probe.wait}
	return nil
}
