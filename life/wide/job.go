package wide

import (
	"bytes"
	"fmt"
	"unsafe"

	"golife/life"
)

// bench is where jobs are done by one goroutine.
type bench interface {
	// do computes the cells of a job.
	do(u *universe, j *job, odd bool) error
	// bytes returns what the bench takes with room for so many cells that are seen, and to
	// be computed; grow makes that room, and some for rows.
	bytes(seen, next int) int64
	grow(seen, next, across int)
}

// lane is a count.
type lane interface{ uint8 | uint16 | uint32 }

// vector is the number of bytes that rows may be read and written beyond their end.
const vector = 64

// slack are columns that summations may write to which are not used.
const slack = 34

// workbench is a bench for counts of a size.
type workbench[L lane] struct {
	seen       []uint8 // the present states of all cells that those of a job see
	next       []uint8 // the next states of the cells of the job
	sums       []L     // the integral, or that with the other sign
	isNegative bool
	changed    []uint8 // for each column of the job, a number that is not 0 where a cell has changed
	count      [2][]L  // of a row of cells
	at         [2]offsets
	args       decideArgs
	other      []uint8 // like next, for triangles
}

// offsets are where a count adds and subtracts values of the integral.
type offsets struct{ plus, minus []int }

// frame is how the rectangles of a job lie in the memory of a bench. Rows of seen have
// columns left and right beyond those cells that are seen, and rows beyond on top,
// as the integral needs.
type frame struct {
	width, height int // of the job
	stride        int // of seen and sums
	rows          int
	x, y          int // where in seen the job begins
	left, top     int // where in seen the cells begin
	across        int // stride of next
	used          int // columns of seen and sums that make a difference
	first, end    int // the rows of seen outside of which all cells are in state 0
}

func (l *law) frame(j *job) (f frame) {
	f.width, f.height = int(j.rect.Max.X-j.rect.Min.X), int(j.rect.Max.Y-j.rect.Min.Y)
	f.across = (f.width + vector - 1) &^ (vector - 1)
	f.left, f.top = l.left, l.top
	f.x, f.y = l.left+l.dx, l.top+l.dy
	f.used = f.width + l.left + l.right + 2*l.dx
	f.stride = (f.used - f.width + f.across + slack + vector - 1) &^ (vector - 1)
	f.rows = l.top + 2*l.dy + f.height
	return f
}

// need returns the numbers of cells seen, with room for reading beyond, and of next.
func (f *frame) need() (seen, next int) { return f.rows*f.stride + vector, f.height * f.across }

func (b *workbench[L]) bytes(seen, next int) int64 {
	return int64(max(seen, len(b.seen)))*int64(1+unsafe.Sizeof(L(0))) + int64(max(next, len(b.next)))
}

func (b *workbench[L]) grow(seen, next, across int) {
	if len(b.seen) < seen {
		b.seen, b.sums = make([]uint8, seen), make([]L, seen)
	}
	if len(b.next) < next {
		b.next = make([]uint8, next)
	}
	if len(b.changed) < across {
		b.changed = make([]uint8, across)
	}
}

// equip makes room on so many benches for all jobs, or returns life.ErrMemoryLimit.
func (u *universe) equip(threads int) error {
	seen, next, across := 0, 0, 0
	for i := range u.jobs {
		f := u.law.frame(&u.jobs[i])
		s, n := f.need()
		seen, next, across = max(seen, s), max(next, n), max(across, f.across)
	}
	for len(u.benches) < threads {
		u.benches = append(u.benches, newBench(u.law.bits))
	}
	room := int64(0)
	for i, b := range u.benches {
		if i < threads {
			room += b.bytes(seen, next)
		} else {
			room += b.bytes(0, 0)
		}
	}
	if err := u.checkRoom(room); err != nil {
		return err
	}
	for _, b := range u.benches[:threads] {
		b.grow(seen, next, across)
	}
	u.room = room
	return nil
}

func newBench(bits int) bench {
	switch bits {
	case 8:
		return &workbench[uint8]{}
	case 16:
		return &workbench[uint16]{}
	}
	return &workbench[uint32]{}
}

// do gathers the cells that are seen, sums them up, and makes of the sums the next states.
func (b *workbench[L]) do(u *universe, j *job, odd bool) error {
	f := u.law.frame(j)
	b.gather(u, j, &f)
	b.trim(&f)
	b.integrate(u.law, &f)
	b.decide(u.law, j, &f, odd)
	for _, t := range j.tiles {
		if err := b.scatter(u, t, j, &f); err != nil {
			return err
		}
	}
	return nil
}

// gather fills in seen.
func (b *workbench[L]) gather(u *universe, j *job, f *frame) {
	clear(b.seen[:f.rows*f.stride])
	whole := inflated(j.rect, u.law.dx, u.law.dy)
	u.grid.pieces(whole, func(part life.Rect, dx, dy int64) {
		from := life.Rect{Min: part.Min.Add(life.Point{X: dx, Y: dy}), Max: part.Max.Add(life.Point{X: dx, Y: dy})}
		u.each(from, func(at life.Point) {
			t := u.find(at)
			if t == nil || t.cells[0] == nil {
				return
			}
			cells, r := u.now(t), intersection(from, u.rect(at))
			n := int(r.Max.X - r.Min.X)
			src := u.offset(r.Min)
			dst := (f.top+int(r.Min.Y-dy-whole.Min.Y))*f.stride + f.left + int(r.Min.X-dx-whole.Min.X)
			copyRows(b.seen[dst:], f.stride, cells[src:], u.side(), n, int(r.Max.Y-r.Min.Y))
		})
	})
}

// trim finds out in which rows of seen there are cells.
func (b *workbench[L]) trim(f *frame) {
	isEmptyRow := func(y int) bool { return isEmpty(b.seen[y*f.stride:][:f.stride]) }
	f.first, f.end = f.top, f.rows
	for f.first < f.end && isEmptyRow(f.first) {
		f.first++
	}
	for f.first < f.end && isEmptyRow(f.end-1) {
		f.end--
	}
}

// scatter copies what of next belongs to a tile there, and notes what has changed.
func (b *workbench[L]) scatter(u *universe, t *tile, j *job, f *frame) error {
	r := t.todo
	n, height := int(r.Max.X-r.Min.X), int(r.Max.Y-r.Min.Y)
	x, y := int(r.Min.X-j.rect.Min.X), int(r.Min.Y-j.rect.Min.Y)
	next, seen := b.next[y*f.across+x:], b.seen[(f.y+y)*f.stride+f.x+x:]
	t.diff, t.isFilled = difference(b.changed[x:x+n], next, f.across, seen, f.stride, height), true
	cells := t.cells[1-u.clock&1]
	if t.cells[0] == nil {
		if t.diff.IsEmpty() {
			return nil
		}
		fresh, err := u.take()
		if err != nil {
			return err
		}
		t.fresh, cells = fresh, fresh[1-u.clock&1]
	}
	copyRows(cells[u.offset(r.Min):], u.side(), next, f.across, n, height)
	if t.diff.IsEmpty() {
		return nil
	}
	t.diff.Min, t.diff.Max = t.diff.Min.Add(r.Min), t.diff.Max.Add(r.Min)
	// What there is is most often in the middle.
	for i := range height {
		if i = (i + height/2) % height; !isZero(next[i*f.across:][:n]) {
			return nil
		}
	}
	t.isFilled = !isEmpty(cells)
	return nil
}

// isEmpty reports whether all cells are in state 0.
func isEmpty(cells []uint8) bool {
	for len(cells) > 0 {
		n := min(len(cells), len(zeros))
		if !isZero(cells[:n]) {
			return false
		}
		cells = cells[n:]
	}
	return true
}

// difference returns a rectangle around the cells in which rows, which lie in memory with some
// stride, differ: no row at its edges is equal, and no column unless it is marked as changed.
func difference(changed, a []uint8, aStride int, b []uint8, bStride, rows int) life.Rect {
	first, end := filledRange(changed)
	if first == end {
		return life.Rect{}
	}
	n := len(changed)
	isEqual := func(y int) bool { return bytes.Equal(a[y*aStride:][:n], b[y*bStride:][:n]) }
	top, bottom := 0, rows
	for top < bottom && isEqual(top) {
		top++
	}
	for top < bottom && isEqual(bottom-1) {
		bottom--
	}
	return life.Rt(int64(first), int64(top), int64(end-first), int64(bottom-top))
}

// filledRange returns where the numbers that are not 0 begin and end; 0, 0 where there are none.
func filledRange(v []uint8) (first, end int) {
	for first < len(v) && v[first] == 0 {
		first++
	}
	if first == len(v) {
		return 0, 0
	}
	end = len(v)
	for v[end-1] == 0 {
		end--
	}
	return first, end
}

// checkRange returns an error when a pass made cells beyond ±2^62.
func (u *universe) checkRange() error {
	for _, t := range u.queue {
		if t.fresh[0] != nil && !u.inRange(t.at) {
			return fmt.Errorf("wide: cells at %d,%d, want them within ±2^62: %w", t.diff.Min.X, t.diff.Min.Y, life.ErrOutOfRange)
		}
	}
	return nil
}
