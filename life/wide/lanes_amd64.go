//go:build !noasm

package wide

import (
	"encoding/binary"
	"unsafe"

	"golang.org/x/sys/cpu"

	"golife/life/internal/impl"
	"golife/life/rule"
)

var useAVX2 = cpu.X86.HasAVX2

func init() { impl.Register("wide", "avx2", &useAVX2) }

// maxIntervals bounds the intervals of births and survivals together that are looked through for
// each count of 16 bits. Beyond, a table is faster.
const maxIntervals = 12

// asmDecision is a decision in the form that assembly wants: for cells of state 0 and of
// state 1, of counts of 8 bits a table of the bits of each lower half of a count, one bit for each
// upper half, twice 16 bytes for upper halves below 8 and twice for the others; of
// other counts the intervals, each as its beginning and its length in all lanes.
type asmDecision struct {
	tables    [2][]uint8
	intervals [2]int
}

func (d *decision) prepare(l *law) {
	for s := range d.live {
		switch l.bits {
		case 8:
			d.asm.tables[s] = nibbles(d.table, s)
		case 16:
			d.asm.tables[s] = spread[uint16](d.live[s])
		default:
			d.asm.tables[s] = spread[uint32](d.live[s])
		}
		d.asm.intervals[s] = len(d.live[s])
	}
}

// nibbles returns the table of assembly for bit s of a table of 256 counts.
func nibbles(table []uint8, s int) []uint8 {
	out := make([]uint8, 64)
	for n, bits := range table {
		at := n&15 + n>>7*32
		out[at] |= bits >> s & 1 << (n >> 4 & 7)
		out[at+16] = out[at]
	}
	return out
}

// spread returns the intervals as assembly wants them, and something where there are none.
func spread[L lane](list []rule.Interval) []uint8 {
	lanes := 32 / bytesPer[L]()
	values := make([]L, 0, (2*len(list)+1)*lanes)
	for _, v := range list {
		for _, n := range []int{v.Min, v.Max - v.Min} {
			for range lanes {
				values = append(values, L(n))
			}
		}
	}
	return unsafe.Slice((*uint8)(unsafe.Pointer(unsafe.SliceData(values))), cap(values)*bytesPer[L]())
}

// decideArgs is what the routines that decide are told. Steps lead from the end of a row to
// the next one, in bytes; next has no gaps.
type decideArgs struct {
	next, seen         *uint8
	sums               unsafe.Pointer
	seenStep, sumsStep int
	rows, vectors      int  // a vector is what is decided at once
	plus, minus        *int // where terms are, in bytes from sums
	pluses, minuses    int
	births, survivals  *uint8
	birthIntervals     int
	survivalIntervals  int
	states             uint8
	changed            *uint8
}

// routines are those for counts of a size.
type routines struct {
	scanRows, scanArea func(sums unsafe.Pointer, seen *uint8, stride, rows int)
	mark               func(sums unsafe.Pointer, seen *uint8, cells int)
	add                func(dst, src unsafe.Pointer, stride, vectors, rows int)
	along              [2]func(sums unsafe.Pointer, vectors, rows int) // of each number, and of every other one
	decide             [2][2]func(*decideArgs)                         // many states; two terms less two others
}

// bySize has the routines for counts of 1, 2 and 4 bytes.
var bySize = [3]routines{
	{
		scanRows: scanRows8AVX2, scanArea: scanArea8AVX2, mark: mark8AVX2, add: addRows8AVX2,
		along:  [2]func(unsafe.Pointer, int, int){sumRows8By1AVX2, sumRows8By2AVX2},
		decide: [2][2]func(*decideArgs){{decide8AVX2, decide8SquareAVX2}, {decide8ManyAVX2, decide8ManySquareAVX2}},
	},
	{
		scanRows: scanRows16AVX2, scanArea: scanArea16AVX2, mark: mark16AVX2, add: addRows16AVX2,
		along:  [2]func(unsafe.Pointer, int, int){sumRows16By1AVX2, sumRows16By2AVX2},
		decide: [2][2]func(*decideArgs){{decide16AVX2, decide16SquareAVX2}, {decide16ManyAVX2, decide16ManySquareAVX2}},
	},
	{
		scanRows: scanRows32AVX2, scanArea: scanArea32AVX2, mark: mark32AVX2, add: addRows32AVX2,
		along:  [2]func(unsafe.Pointer, int, int){sumRows32By1AVX2, sumRows32By2AVX2},
		decide: [2][2]func(*decideArgs){{decide32AVX2, decide32SquareAVX2}, {decide32ManyAVX2, decide32ManySquareAVX2}},
	},
}

// bytesPer returns the size of a count.
func bytesPer[L lane]() int { return int(unsafe.Sizeof(L(0))) }

// routinesFor returns the routines for counts of a size.
func routinesFor[L lane]() *routines { return &bySize[bytesPer[L]()/2] }

// scanAsm is scan; the sums are then negative.
func (b *workbench[L]) scanAsm(l *law, f *frame, isArea bool) bool {
	if !useAVX2 || !l.isPlain {
		return false
	}
	b.isNegative = true
	to, at, n := routinesFor[L](), f.first*f.stride, f.end-f.first
	if !isArea {
		to.scanRows(unsafe.Pointer(&b.sums[at]), &b.seen[at], f.stride, n)
		return true
	}
	to.scanRows(unsafe.Pointer(&b.sums[at]), &b.seen[at], f.stride, 1)
	if n > 1 {
		to.scanArea(unsafe.Pointer(&b.sums[at+f.stride]), &b.seen[at+f.stride], f.stride, n-1)
	}
	return true
}

// markAsm is mark; the sums are then negative.
func (b *workbench[L]) markAsm(l *law, f *frame) bool {
	if !useAVX2 || !l.isPlain {
		return false
	}
	b.isNegative = true
	at, end := f.first*f.stride, f.end*f.stride
	routinesFor[L]().mark(unsafe.Pointer(&b.sums[at]), &b.seen[at], end-at)
	return true
}

// sumAsm is sum.
func (b *workbench[L]) sumAsm(by factor, f *frame) bool {
	from, size := max(f.first, by.dy), bytesPer[L]()
	if !useAVX2 || from >= f.rows {
		return false
	}
	if by.dy == 0 {
		routinesFor[L]().along[by.dx-1](unsafe.Pointer(&b.sums[from*f.stride]), f.stride*size/32, f.rows-from)
		return true
	}
	at := from*f.stride + max(by.dx, 0)
	vectors := (f.used*size + 31) / 32
	routinesFor[L]().add(unsafe.Pointer(&b.sums[at]), unsafe.Pointer(&b.sums[at-by.dy*f.stride-by.dx]), f.stride*size, vectors, f.rows-from)
	return true
}

// decideAsm is decide.
func (b *workbench[L]) decideAsm(l *law, d *decision, f *frame, up int) bool {
	if !useAVX2 || l.bits == 16 && d.asm.intervals[0]+d.asm.intervals[1] > maxIntervals {
		return false
	}
	b.decideTo(b.next, &b.at[0], l, d, f)
	if l.isTriangular {
		if len(b.other) < len(b.next) {
			b.other = make([]uint8, len(b.next))
		}
		b.decideTo(b.other, &b.at[1], l, d, f)
		for y := range f.height {
			mix(b.next[y*f.across:][:f.across], b.other[y*f.across:], (up+y)&1)
		}
	}
	return true
}

// mix replaces every other cell of dst, from number 1-up on, by that of src. There is a multiple
// of 8 of them.
func mix(dst, src []uint8, up int) {
	mask := uint64(0xff00ff00ff00ff00) >> (8 * up)
	for ; len(dst) >= 8; dst, src = dst[8:], src[8:] {
		a, b := binary.LittleEndian.Uint64(dst), binary.LittleEndian.Uint64(src)
		binary.LittleEndian.PutUint64(dst, a&^mask|b&mask)
	}
}

// decideTo writes the next states of all cells as if all were triangles that point the same way.
func (b *workbench[L]) decideTo(next []uint8, terms *offsets, l *law, d *decision, f *frame) {
	size, lanes := bytesPer[L](), 64
	if size == 4 {
		lanes = 32
	}
	for _, list := range [][]int{terms.plus, terms.minus} {
		for i := range list {
			list[i] *= size
		}
	}
	b.args = decideArgs{
		next: &next[0], seen: &b.seen[f.y*f.stride+f.x], sums: unsafe.Pointer(&b.sums[0]),
		seenStep: f.stride - f.across, sumsStep: (f.stride - f.across) * size,
		rows: f.height, vectors: f.across / lanes,
		plus: unsafe.SliceData(terms.plus), minus: unsafe.SliceData(terms.minus),
		pluses: len(terms.plus), minuses: len(terms.minus),
		births: &d.asm.tables[0][0], survivals: &d.asm.tables[1][0],
		birthIntervals: d.asm.intervals[0], survivalIntervals: d.asm.intervals[1],
		states: uint8(l.states), changed: &b.changed[0],
	}
	isMany, isSquare := 0, 0
	if l.states > 2 {
		isMany = 1
	}
	if len(terms.plus) == 2 && len(terms.minus) == 2 {
		isSquare = 1
	}
	routinesFor[L]().decide[isMany][isSquare](&b.args)
}

func copyRowsAsm(dst []uint8, dstStride int, src []uint8, srcStride, n, rows int) bool {
	if !useAVX2 || n == 0 || rows == 0 {
		return false
	}
	_, _ = dst[(rows-1)*dstStride+n-1], src[(rows-1)*srcStride+n-1]
	copyRowsAVX2(&dst[0], &src[0], dstStride, srcStride, n, rows)
	return true
}

//go:noescape
func scanRows8AVX2(sums unsafe.Pointer, seen *uint8, stride, rows int)

//go:noescape
func scanRows16AVX2(sums unsafe.Pointer, seen *uint8, stride, rows int)

//go:noescape
func scanRows32AVX2(sums unsafe.Pointer, seen *uint8, stride, rows int)

//go:noescape
func scanArea8AVX2(sums unsafe.Pointer, seen *uint8, stride, rows int)

//go:noescape
func scanArea16AVX2(sums unsafe.Pointer, seen *uint8, stride, rows int)

//go:noescape
func scanArea32AVX2(sums unsafe.Pointer, seen *uint8, stride, rows int)

//go:noescape
func mark8AVX2(sums unsafe.Pointer, seen *uint8, cells int)

//go:noescape
func mark16AVX2(sums unsafe.Pointer, seen *uint8, cells int)

//go:noescape
func mark32AVX2(sums unsafe.Pointer, seen *uint8, cells int)

//go:noescape
func sumRows8By1AVX2(sums unsafe.Pointer, vectors, rows int)

//go:noescape
func sumRows8By2AVX2(sums unsafe.Pointer, vectors, rows int)

//go:noescape
func sumRows16By1AVX2(sums unsafe.Pointer, vectors, rows int)

//go:noescape
func sumRows16By2AVX2(sums unsafe.Pointer, vectors, rows int)

//go:noescape
func sumRows32By1AVX2(sums unsafe.Pointer, vectors, rows int)

//go:noescape
func sumRows32By2AVX2(sums unsafe.Pointer, vectors, rows int)

//go:noescape
func copyRowsAVX2(dst, src *uint8, dstStride, srcStride, n, rows int)

//go:noescape
func addRows8AVX2(dst, src unsafe.Pointer, stride, vectors, rows int)

//go:noescape
func addRows16AVX2(dst, src unsafe.Pointer, stride, vectors, rows int)

//go:noescape
func addRows32AVX2(dst, src unsafe.Pointer, stride, vectors, rows int)

//go:noescape
func decide8AVX2(args *decideArgs)

//go:noescape
func decide8SquareAVX2(args *decideArgs)

//go:noescape
func decide8ManyAVX2(args *decideArgs)

//go:noescape
func decide8ManySquareAVX2(args *decideArgs)

//go:noescape
func decide16AVX2(args *decideArgs)

//go:noescape
func decide16SquareAVX2(args *decideArgs)

//go:noescape
func decide16ManyAVX2(args *decideArgs)

//go:noescape
func decide16ManySquareAVX2(args *decideArgs)

//go:noescape
func decide32AVX2(args *decideArgs)

//go:noescape
func decide32SquareAVX2(args *decideArgs)

//go:noescape
func decide32ManyAVX2(args *decideArgs)

//go:noescape
func decide32ManySquareAVX2(args *decideArgs)
