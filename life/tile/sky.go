package tile

import (
	"math"
	"math/bits"

	"golife/life/internal/kernel"
)

const (
	// launchRows is how many rows may change on a tile that is looked at for being
	// nothing but spaceships: those of three gliders.
	launchRows = 16
	// shipSide bounds the size of a spaceship, in cells.
	shipSide = 8
	// berth is how far around a spaceship's square no tile may be. In a pass it moves
	// by at most two cells out of it, and what is outside comes closer by two; two
	// more keep them from having a neighbour in common.
	berth = 6
	// least is for how many passes a spaceship must be free to be worth launching,
	// and worth leaving alone.
	leastFlight, leastRest = 32, 6
	// company is how many cells a neighbour may have for a spaceship to be launched.
	company = 20
	// maxLegs bounds how far ahead a spaceship's way is looked at, in changes of the
	// tiles around it.
	maxLegs  = 64
	skyLimit = farthest - maxLegs // bounds the coordinates of ships, in tiles
	maxKinds = 4096               // small patterns that are remembered

	never     = int64(math.MaxInt64)
	maxSteps  = 1 << 60 // steps that are looked ahead: clocks and coordinates stay within bounds
	shipBytes = 64
)

// sky holds the spaceships that are so far from everything that they are not on
// tiles. Their cells follow from their course.
type sky struct {
	ships   []ship
	nextDue int64 // no ship is due before this pass
	fitAt   int64 // the pass at which the hull of the tiles is to be looked at again
}

// ship is a spaceship of period 4, or 2.
type ship struct {
	*kind
	x, y  int64 // north-west corner at pass since
	since int64
	due   int64 // the pass at which something may be near
	meet  int64 // the pass at which another ship may be near
}

// kind is a spaceship at one phase: its cells as an octet, in the north-west
// corner, and those one pass later.
type kind struct {
	cells  [2]uint64
	dx, dy int64    // in two passes
	shift  [2]int64 // of the octet, after one pass
	box    [4]box   // its cells in each generation of the period, from the corner
	counts [4]int   // and how many they are
}

// box is a rectangle of cells, half-open.
type box struct{ x0, y0, x1, y1 int64 }

// with returns the smallest box that holds b, which may be empty, and one at (x, y).
func (b box) with(x, y int64) box {
	if b.x0 == b.x1 {
		return box{x, y, x + 1, y + 1}
	}
	return box{min(b.x0, x), min(b.y0, y), max(b.x1, x+1), max(b.y1, y+1)}
}

// isNear reports whether cells of a and b could have a neighbour in common.
func (a box) isNear(b box) bool { return max(a.x0-b.x1, b.x0-a.x1, a.y0-b.y1, b.y0-a.y1) < 2 }

// live returns how many cells a ship has some generations after a pass.
func (s *ship) live(pass, generations int64) int { return s.counts[(2*(pass-s.since)+generations)&3] }

// in returns where the cells of a ship are some generations after a pass.
func (s *ship) in(pass, generations int64) box {
	n := 2*(pass-s.since) + generations
	b, x, y := s.box[n&3], s.x+n>>2*s.dx, s.y+n>>2*s.dy
	return box{x + b.x0, y + b.y0, x + b.x1, y + b.y1}
}

// at returns the octet of a ship at a pass, and where it is.
func (s *ship) at(pass int64) (cells uint64, x, y int64) {
	n := pass - s.since
	x, y = s.x+n>>1*s.dx, s.y+n>>1*s.dy
	if n&1 == 1 {
		return s.cells[1], x + s.shift[0], y + s.shift[1]
	}
	return s.cells[0], x, y
}

// octet returns the cells of t if they fit into an octet and no neighbour sees
// them, and where they are in t.
func octet(t *kernel.Tile) (cells uint64, x, y int, ok bool) {
	west, north, east, south, ok := kernel.TileBounds(t)
	if !ok || min(west, north) < 2*rim || max(east, south) > side-2*rim || max(east-west, south-north) > shipSide {
		return 0, 0, 0, false
	}
	return cut(t, west, north), west, north, true
}

// cut returns the 8×8 cells of t whose north-west one is (x, y).
func cut(t *kernel.Tile, x, y int) (cells uint64) {
	for i := range min(shipSide, side-y) {
		cells |= t[y+i] >> x & 0xff << (8 * i)
	}
	return cells
}

// part takes from t the cells that are connected to the first, where cells two
// apart count as connected since they have a neighbour in common. ok is false when
// they do not fit into an octet or a neighbour sees them.
func part(t *kernel.Tile) (cells uint64, x, y int, ok bool) {
	first := 0
	for t[first] == 0 {
		first++
	}
	if first < 2*rim || first >= side-2*rim {
		return 0, 0, 0, false
	}
	var found kernel.Tile
	found[first] = t[first] & -t[first]
	last := first
	for isGrowing := true; isGrowing; {
		isGrowing = false
		for y := first; y <= min(last+2, side-rim-1); y++ {
			near := found[y-2] | found[y-1] | found[y] | found[y+1] | found[y+2]
			near |= near<<1 | near>>1
			near |= near<<1 | near>>1
			if grown := (found[y] | near) & t[y]; grown != found[y] {
				found[y], isGrowing = grown, true
				last = max(last, y)
			}
		}
		if last >= min(first+shipSide, side-2*rim) {
			return 0, 0, 0, false
		}
	}
	var columns uint64
	for y := first; y <= last; y++ {
		t[y] ^= found[y]
		columns |= found[y]
	}
	x = bits.TrailingZeros64(columns)
	if east := bits.Len64(columns); x < 2*rim || east > side-2*rim || east-x > shipSide {
		return 0, 0, 0, false
	}
	return cut(&found, x, first), x, first, true
}

// kindOf returns the spaceship that cells are, or nil.
func (e *Engine) kindOf(cells uint64) *kind {
	if k, ok := e.kinds[cells]; ok {
		return k
	}
	if e.kinds == nil || len(e.kinds) >= maxKinds {
		e.kinds = map[uint64]*kind{}
	}
	k := e.fly(cells)
	e.kinds[cells] = k
	return k
}

// fly returns the spaceship that cells are, or nil: it lets them run on their own.
func (e *Engine) fly(cells uint64) *kind {
	const at = 28
	var site kernel.Site
	t := &site.Rows
	for i := range 8 {
		t[at+i] = cells >> (8 * i) & 0xff << at
	}
	k, start := &kind{}, *t
	first, second := e.networks()
	for i := range 2 {
		kernel.StepTwice(first, second, []kernel.Visit{{Site: &site, Groups: kernel.AllGroups}}, nil)
		c, x, y, ok := octet(t)
		switch {
		case !ok:
			return nil
		case i == 0:
			k.cells, k.shift = [2]uint64{cells, c}, [2]int64{int64(x - at), int64(y - at)}
		case c != cells || x == at && y == at:
			return nil
		default:
			k.dx, k.dy = int64(x-at), int64(y-at)
		}
	}
	e.measure(k, &start, at)
	return k
}

// measure finds the boxes of k, which is at (corner, corner) of t, and counts its cells.
func (e *Engine) measure(k *kind, t *kernel.Tile, corner int64) {
	first, second := e.networks()
	for g := range k.box {
		x0, y0, x1, y1, _ := kernel.TileBounds(t)
		k.counts[g] = kernel.TilePopulation(t)
		k.box[g] = box{int64(x0) - corner, int64(y0) - corner, int64(x1) - corner, int64(y1) - corner}
		var next kernel.Tile
		first.StepRows(next[1:side-1], t[:])
		*t, first, second = next, second, first
	}
}

// launch takes the spaceships that have tiles to themselves off them.
func (u *universe) launch(used []*worker, e *Engine) {
	before := len(u.ships)
	for _, w := range used {
		for _, k := range w.lone {
			u.tryLaunch(k, e)
		}
	}
	if len(u.ships) == before {
		return
	}
	queue := u.queue[:0]
	for _, k := range u.queue {
		if t := u.at(k); t.Changed == 0 && t.Tracker == 0 && !t.IsAsleep {
			t.IsQueued = false
			u.bury(k)
		} else {
			queue = append(queue, k)
		}
	}
	u.queue = queue
}

// tryLaunch makes ships of the spaceships on a tile, if it has nothing else and all
// have a way to go. A neighbour that is asleep counts on the tile.
func (u *universe) tryLaunch(k id, e *Engine) {
	t := u.at(k)
	if t.Age == 0 || t.IsAsleep || t.Sleepers != 0 {
		return
	}
	before := len(u.ships)
	for rest := t.Rows; rest != (kernel.Tile{}); {
		cells, x, y, ok := part(&rest)
		if !ok || e.kindOf(cells) == nil || len(u.ships) == before && u.hasCompany(t) || !u.addShip(e, k, cells, t.x*inner-rim+int64(x), t.y*inner-rim+int64(y)) {
			u.ships = u.ships[:before]
			return
		}
	}
	t.Rows, t.Changed = kernel.Tile{}, 0
	if t.Tracker != 0 {
		u.untrack(t)
	}
}

// addShip adds a ship if cells are one and it has a way to go, tile k apart.
func (u *universe) addShip(e *Engine, k id, cells uint64, x, y int64) bool {
	kind := e.kindOf(cells)
	if kind == nil {
		return false
	}
	s := ship{kind: kind, x: x, y: y, since: u.clock}
	if s.due = u.clearUntil(&s, k); s.due-u.clock < leastFlight || !u.isAlone(&s) {
		return false
	}
	s.meet = u.meeting(&s)
	if s.meet-u.clock < leastFlight {
		return false
	}
	u.ships = append(u.ships, s)
	u.nextDue = min(u.nextDue, s.due, s.meet)
	return true
}

// hasCompany reports whether a neighbour has more cells than a spaceship or two. The
// first tile beside a gun is better left to the gun's cycle.
func (u *universe) hasCompany(t *tile) bool {
	for _, k := range t.Near {
		if k == 0 {
			continue
		}
		n := 0
		for _, row := range u.cells(u.at(k)) {
			n += bits.OnesCount64(row)
		}
		if n > company {
			return true
		}
	}
	return false
}

// landDue puts the ships on tiles that may have something near in the next pass.
// When they might not fit the memory limit, nothing has changed.
func (e *Engine) landDue() error {
	u := e.u
	for len(u.ships) > 0 && u.nextDue <= u.clock {
		if err := e.landSome(); err != nil {
			return err
		}
	}
	return nil
}

// landSome is landDue but for the ships for which those that land are in the way.
func (e *Engine) landSome() error {
	u := e.u
	u.fit()
	var landing []ship
	for i := range u.ships {
		s := &u.ships[i]
		if s.due <= u.clock+leastRest && s.meet > u.clock {
			s.due = u.clearUntil(s, 0)
		}
		if min(s.due, s.meet) <= u.clock+leastRest {
			landing = append(landing, *s)
		}
	}
	if more := 9 * len(landing); e.limit > 0 && u.bytesWith(more)+u.extra() > e.limit {
		return e.tooMany(more)
	}
	ships := u.ships[:0]
	u.nextDue = never
	for _, s := range u.ships {
		if due := min(s.due, s.meet); due > u.clock+leastRest {
			ships = append(ships, s)
			u.nextDue = min(u.nextDue, due)
		}
	}
	u.ships = ships
	for i := range landing {
		u.land(&landing[i])
	}
	return nil
}

// landAll puts all ships on tiles.
func (u *universe) landAll() {
	ships := u.ships
	u.sky = sky{}
	for i := range ships {
		u.land(&ships[i])
	}
}

// land puts the cells of a ship on tiles. They must be dead there.
func (u *universe) land(s *ship) {
	cells, x, y := s.at(u.clock)
	for m := cells; m != 0; m &= m - 1 {
		i := int64(bits.TrailingZeros64(m))
		u.flip(x+i&7, y+i>>3)
	}
}

// flip changes the cell at (x, y), within ±2^62, at the present pass.
func (u *universe) flip(x, y int64) {
	tx, i := split(x)
	ty, j := split(y)
	k := u.find(tx, ty)
	if k == 0 {
		k = u.create(tx, ty)
		u.warn(tx, ty)
	}
	t := u.at(k)
	t.Rows[rim+j] ^= 1 << (rim + i)
	rows, column := uint64(1)<<(rim+j), uint64(1)<<(rim+i)
	u.change(k, t, rows)
	for d := range t.Near {
		if isSeen(column, j, d) {
			u.pushEdge(t, d, rows)
		}
	}
}
