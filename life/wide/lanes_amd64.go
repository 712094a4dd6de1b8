//go:build !noasm

package wide

import (
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
// the next one, in bytes.
type decideArgs struct {
	next, seen                   *uint8
	sums                         unsafe.Pointer
	nextStep, seenStep, sumsStep int
	rows, vectors                int  // a vector is what is decided at once
	plus, minus                  *int // where terms are, in bytes from sums
	pluses, minuses              int
	births, survivals            *uint8
	birthIntervals               int
	survivalIntervals            int
	states                       uint8
	changed                      *uint8
}

// bytesPer returns the size of a count.
func bytesPer[L lane]() int { return int(unsafe.Sizeof(L(0))) }

// scanAsm is scan; the sums are then negative.
func (b *workbench[L]) scanAsm(l *law, f *frame, isArea bool) bool {
	if !useAVX2 || !l.isPlain {
		return false
	}
	b.isNegative = true
	rows, area := scanRows8AVX2, scanArea8AVX2
	switch bytesPer[L]() {
	case 2:
		rows, area = scanRows16AVX2, scanArea16AVX2
	case 4:
		rows, area = scanRows32AVX2, scanArea32AVX2
	}
	at, n := f.first*f.stride, f.end-f.first
	if !isArea {
		rows(unsafe.Pointer(&b.sums[at]), &b.seen[at], f.stride, n)
		return true
	}
	rows(unsafe.Pointer(&b.sums[at]), &b.seen[at], f.stride, 1)
	if n > 1 {
		area(unsafe.Pointer(&b.sums[at+f.stride]), &b.seen[at+f.stride], f.stride, n-1)
	}
	return true
}

func copyRowsAsm(dst []uint8, dstStride int, src []uint8, srcStride, n, rows int) bool {
	if !useAVX2 || n == 0 || rows == 0 {
		return false
	}
	_, _ = dst[(rows-1)*dstStride+n-1], src[(rows-1)*srcStride+n-1]
	copyRowsAVX2(&dst[0], &src[0], dstStride, srcStride, n, rows)
	return true
}

// markAsm is mark; the sums are then negative.
func (b *workbench[L]) markAsm(l *law, f *frame) bool {
	if !useAVX2 || !l.isPlain {
		return false
	}
	b.isNegative = true
	mark := mark8AVX2
	switch bytesPer[L]() {
	case 2:
		mark = mark16AVX2
	case 4:
		mark = mark32AVX2
	}
	at, end := f.first*f.stride, f.end*f.stride
	mark(unsafe.Pointer(&b.sums[at]), &b.seen[at], end-at)
	return true
}

// adders add rows to others, and alongs make running sums of each number in a row and of every
// other one, for sums of each size.
var (
	adders = [3]func(dst, src unsafe.Pointer, stride, vectors, rows int){addRows8AVX2, addRows16AVX2, addRows32AVX2}
	alongs = [3][2]func(sums unsafe.Pointer, vectors, rows int){
		{sumRows8By1AVX2, sumRows8By2AVX2}, {sumRows16By1AVX2, sumRows16By2AVX2}, {sumRows32By1AVX2, sumRows32By2AVX2},
	}
)

// sumAsm is sum.
func (b *workbench[L]) sumAsm(by factor, f *frame) bool {
	from, size := max(f.first, by.dy), bytesPer[L]()
	if !useAVX2 || from >= f.rows {
		return false
	}
	if by.dy == 0 {
		alongs[size/2][by.dx-1](unsafe.Pointer(&b.sums[from*f.stride]), f.stride*size/32, f.rows-from)
		return true
	}
	at := from*f.stride + max(by.dx, 0)
	vectors := (f.used*size + 31) / 32
	adders[size/2](unsafe.Pointer(&b.sums[at]), unsafe.Pointer(&b.sums[at-by.dy*f.stride-by.dx]), f.stride*size, vectors, f.rows-from)
	return true
}

// deciders are the routines that decide: for counts of each size, for more than two states,
// and for sums of two terms less two others.
var deciders = [3][2][2]func(*decideArgs){
	{{decide8AVX2, decide8SquareAVX2}, {decide8ManyAVX2, decide8ManySquareAVX2}},
	{{decide16AVX2, decide16SquareAVX2}, {decide16ManyAVX2, decide16ManySquareAVX2}},
	{{decide32AVX2, decide32SquareAVX2}, {decide32ManyAVX2, decide32ManySquareAVX2}},
}

// decideAsm is decide.
func (b *workbench[L]) decideAsm(l *law, d *decision, f *frame) bool {
	if !useAVX2 || l.isTriangular || l.bits == 16 && d.asm.intervals[0]+d.asm.intervals[1] > maxIntervals {
		return false
	}
	size := bytesPer[L]()
	terms := &b.at[0]
	for _, list := range [][]int{terms.plus, terms.minus} {
		for i := range list {
			list[i] *= size
		}
	}
	lanes := 64
	if size == 4 {
		lanes = 32
	}
	b.args = decideArgs{
		next: &b.next[0], seen: &b.seen[f.y*f.stride+f.x], sums: unsafe.Pointer(&b.sums[0]),
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
	deciders[size/2][isMany][isSquare](&b.args)
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
