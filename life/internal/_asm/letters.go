package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Isotropic rules (Hensel's) with 256-bit registers: an outer-totalistic decision, and for
// each letter where the rule differs from it a fragment of code that inverts the next state.
// A letter is a class of neighbourhoods that are equal but for rotation and reflection, among
// those of as many live neighbours. As their number is known, a few gates tell a letter:
// features below have the same value in all of a class.
//
// Fragments are run one after the other, for one register of cells: program points to the
// address of the next, and that of the last letter returns.

// neighbour says where a fragment finds the neighbours of the cells, next where the next states
// are, and spare what it may overwrite. Y13 to Y15 are left alone.
var (
	neighbour = map[string]reg.VecPhysical{
		"n": reg.Y0, "s": reg.Y1, "w": reg.Y2, "e": reg.Y3,
		"nw": reg.Y4, "ne": reg.Y5, "sw": reg.Y6, "se": reg.Y7,
	}
	next    = reg.Y8
	spare   = []reg.VecPhysical{reg.Y9, reg.Y10, reg.Y11, reg.Y12}
	program = reg.RBX
)

// ofRule has the program after the three addresses of a decision, and then that for pairs.
const (
	programOffset     = 24
	pairProgramOffset = programOffset + 8*maxLetters
	maxLetters        = 12 // kernel.maxLetters
)

// ofSums has room for t, c, p and q of two registers of cells after what decideTwo needs, to
// which ofLane points, and then for the first register of next states and for rows.
const (
	laneBytes    = 4 * 32
	laneOffset   = sumsBytes
	firstOffset  = laneOffset + 2*laneBytes
	spillOffset  = firstOffset + 32
	lettersBytes = spillOffset + 3*32
)

var ofLane = reg.R10

// expr is a function of the neighbours: one of them, or two operands.
type expr struct {
	cell string
	op   string
	a, b *expr
}

func cell(name string) *expr { return &expr{cell: name} }

func and(a, b *expr) *expr { return &expr{op: "VPAND", a: a, b: b} }
func or(a, b *expr) *expr  { return &expr{op: "VPOR", a: a, b: b} }
func xor(a, b *expr) *expr { return &expr{op: "VPXOR", a: a, b: b} }

var (
	cN, cS, cW, cE     = cell("n"), cell("s"), cell("w"), cell("e")
	cNW, cNE, cSW, cSE = cell("nw"), cell("ne"), cell("sw"), cell("se")
)

// sides joins a function for each side: its edge, the corners beside it, those across.
func sides(join func(a, b *expr) *expr, f func(edge, a, b, across, opposite *expr) *expr) *expr {
	return join(join(f(cN, cNW, cNE, cSW, cSE), f(cS, cSW, cSE, cNW, cNE)), join(f(cW, cNW, cSW, cNE, cSE), f(cE, cNE, cSE, cNW, cSW)))
}

// Features that several letters have, and that rotation and reflection do not change.
var (
	edgesOdd = xor(xor(cN, cS), xor(cW, cE))
	edges    = or(or(cN, cS), or(cW, cE))
	corners  = or(or(cNW, cNE), or(cSW, cSE))
	allEdges = and(and(cN, cS), and(cW, cE))
	allCorns = and(and(cNW, cNE), and(cSW, cSE))

	oppositeEdges, oppositeCorners = or(and(cN, cS), and(cW, cE)), or(and(cNW, cSE), and(cNE, cSW))
	unlikeEdges, unlikeCorners     = or(xor(cN, cS), xor(cW, cE)), or(xor(cNW, cSE), xor(cNE, cSW))
	oneOfEach, oneOfEachDiagonal   = and(xor(cN, cS), xor(cW, cE)), and(xor(cNW, cSE), xor(cNE, cSW))
	someOfEach, someOfEachDiagonal = and(or(cN, cS), or(cW, cE)), and(or(cNW, cSE), or(cNE, cSW))

	// a corner and the edges beside it
	full = or(and(cN, or(and(cW, cNW), and(cE, cNE))), and(cS, or(and(cW, cSW), and(cE, cSE))))
	// a corner and the edges not beside it
	apart = or(and(cN, or(and(cW, cSE), and(cE, cSW))), and(cS, or(and(cW, cNE), and(cE, cNW))))
	// no corner is dead together with both edges beside it
	covered = and(or(cN, and(or(cW, cNW), or(cE, cNE))), or(cS, and(or(cW, cSW), or(cE, cSE))))

	adjacentOdd = sides(xor, func(edge, a, b, _, _ *expr) *expr { return and(edge, xor(a, b)) }) // pairs of an edge and a corner
	fork        = sides(or, func(edge, _, _, a, b *expr) *expr { return and(edge, and(a, b)) })
)

// literal is a feature or its complement.
type literal struct {
	of    *expr
	isNot bool
}

func is(f *expr) literal    { return literal{f, false} }
func isNot(f *expr) literal { return literal{f, true} }

// letter says what tells a class among those of as many live neighbours.
type letter struct {
	live int
	all  []literal
}

// letters are in the order of kernel.letterClasses. Features need not be the same in all of a
// class's neighbourhoods turned and reflected, as long as together they tell it from others of as
// many live cells. They were found by a search for the fewest operations: any three functions of
// three gates, for most letters, or sets of three that are symmetric; among those of as few the ones
// that spare the most tests of the sum.
var letters = []letter{
	{1, []literal{isNot(edges)}},   // c
	{1, []literal{isNot(corners)}}, // e

	{2, []literal{is(oneOfEachDiagonal)}},            // c
	{2, []literal{is(oneOfEach)}},                    // e
	{2, []literal{is(adjacentOdd)}},                  // a
	{2, []literal{is(oppositeEdges)}},                // i
	{2, []literal{is(edgesOdd), isNot(adjacentOdd)}}, // k
	{2, []literal{is(oppositeCorners)}},              // n
	{3, []literal{isNot(edges)}},                     // c
	{3, []literal{isNot(corners)}},                   // e
	{3, []literal{isNot(xor(or(cNW, cNE), cN)), isNot(xor(or(cSE, cNE), cE)), isNot(xor(or(cSW, cSE), cS))}}, // a
	{3, []literal{isNot(xor(xor(cNE, cE), cN)), isNot(xor(or(cS, cE), cSE)), isNot(xor(or(cW, cN), cNW))}},   // i
	{3, []literal{isNot(xor(or(cSW, cSE), cN)), isNot(xor(or(cNW, cSW), cE)), isNot(xor(or(cNW, cNE), cS))}}, // k
	{3, []literal{is(oneOfEachDiagonal), is(xor(xor(cSE, cNE), xor(cS, cN)))}},                               // n
	{3, []literal{is(oneOfEach), isNot(xor(xor(or(cSW, cNE), cE), cN))}},                                     // j
	{3, []literal{isNot(unlikeCorners), is(xor(cSE, cNE))}},                                                  // q
	{3, []literal{isNot(unlikeEdges), is(xor(cE, cN))}},                                                      // r
	{3, []literal{isNot(xor(xor(cSW, cE), cN)), isNot(xor(or(cW, cN), cSE)), isNot(xor(or(cS, cE), cNW))}},   // y

	{4, []literal{isNot(edges)}},                                                             // c
	{4, []literal{isNot(corners)}},                                                           // e
	{4, []literal{isNot(oppositeCorners), isNot(covered)}},                                   // a
	{4, []literal{is(oneOfEachDiagonal), is(xor(xor(cSE, cNE), cN)), isNot(xor(cS, cN))}},    // i
	{4, []literal{is(oneOfEachDiagonal), is(apart)}},                                         // k
	{4, []literal{is(edgesOdd), isNot(covered)}},                                             // n
	{4, []literal{is(edgesOdd), is(apart)}},                                                  // j
	{4, []literal{isNot(unlikeCorners), is(xor(xor(cNE, cE), cN)), is(xor(cS, cN))}},         // q
	{4, []literal{is(edgesOdd), is(full)}},                                                   // r
	{4, []literal{is(edgesOdd), is(fork)}},                                                   // y
	{4, []literal{is(oneOfEachDiagonal), isNot(xor(xor(cSE, cNE), cN)), isNot(xor(cS, cN))}}, // t
	{4, []literal{isNot(unlikeCorners), isNot(xor(xor(cNE, cE), cN)), is(xor(cS, cN))}},      // w
	{4, []literal{isNot(someOfEach), isNot(someOfEachDiagonal)}},                             // z

	{5, []literal{is(allEdges)}}, // c
	{5, []literal{is(allCorns)}}, // e
	{5, []literal{isNot(xor(and(cNW, cNE), cN)), isNot(xor(and(cSE, cNE), cE)), isNot(xor(and(cSW, cSE), cS))}}, // a
	{5, []literal{is(xor(xor(cNE, cE), cN)), isNot(xor(and(cS, cE), cSE)), isNot(xor(and(cW, cN), cNW))}},       // i
	{5, []literal{isNot(xor(and(cSW, cSE), cN)), isNot(xor(and(cNW, cSW), cE)), isNot(xor(and(cNW, cNE), cS))}}, // k
	{5, []literal{is(oneOfEachDiagonal), is(xor(xor(cSE, cNE), xor(cS, cN)))}},                                  // n
	{5, []literal{is(oneOfEach), is(xor(xor(and(cSW, cNE), cE), cN))}},                                          // j
	{5, []literal{isNot(unlikeCorners), is(xor(cSE, cNE))}},                                                     // q
	{5, []literal{isNot(unlikeEdges), is(xor(cE, cN))}},                                                         // r
	{5, []literal{is(xor(xor(cSW, cE), cN)), isNot(xor(and(cW, cN), cSE)), isNot(xor(and(cS, cE), cNW))}},       // y

	{6, []literal{isNot(oppositeCorners)}}, // c
	{6, []literal{isNot(oppositeEdges)}},   // e
	{6, []literal{is(adjacentOdd)}},        // a
	{6, []literal{isNot(someOfEach)}},      // i
	{6, []literal{is(or(cE, cN)), is(xor(and(and(xor(cNW, cNE), cW), cE), cS)), is(xor(and(and(xor(cSE, cNE), cS), cN), cW))}}, // k
	{6, []literal{isNot(someOfEachDiagonal)}}, // n

	{7, []literal{is(allEdges)}}, // c
	{7, []literal{is(allCorns)}}, // e
}

// gates counts the operations of an expression.
func (x *expr) gates() int {
	if x.op == "" {
		return 0
	}
	return 1 + x.a.gates() + x.b.gates()
}

// registers counts those that code needs for x, none for a neighbour.
func (x *expr) registers() int {
	if x.op == "" {
		return 0
	}
	a, b := x.a.registers(), x.b.registers()
	if a == b {
		return a + 1
	}
	return max(a, b)
}

// letterPlace says where a fragment finds what it needs of one register of cells, and what it
// may overwrite.
type letterPlace struct {
	neighbour map[string]any // registers, or all of them memory
	isMemory  bool
	sums      [4]any // t, c, p and q: memory, or all of them registers
	flipped   reg.VecPhysical
	spare     []reg.VecPhysical
}

// alone is the place for fragments that run for one register of cells.
func alone() *letterPlace {
	p := &letterPlace{neighbour: map[string]any{}, flipped: next, spare: spare}
	for name, r := range neighbour {
		p.neighbour[name] = r
	}
	for i := range p.sums {
		p.sums[i] = fmt.Sprintf("%d(%s)", 32*i, ofLane.Asm())
	}
	return p
}

// Step32 has fragments of its own, for both registers of a pair at once, that run before the
// decision: they take its sums from registers, and gather in flips what is to be inverted. It stores
// all rows as they are, moved west and moved east, leafRows of each, and ofLane points to the row
// before the first of the two.
const leafRows = 6

var flips = [2]reg.VecPhysical{reg.Y12, reg.Y13}

// ofPair is the place for the first or second register of such a pair.
func ofPair(i int) *letterPlace {
	l := both[i]
	p := &letterPlace{
		neighbour: map[string]any{}, isMemory: true, sums: [4]any{l.t, l.c, l.p, l.q}, flipped: flips[i],
		spare: []reg.VecPhysical{both[0].v, both[0].x, both[1].v, both[1].x},
	}
	for r, names := range [3][3]string{{"n", "nw", "ne"}, {"", "w", "e"}, {"s", "sw", "se"}} {
		for plane, name := range names {
			p.neighbour[name] = fmt.Sprintf("%d(%s)", 32*(leafRows*plane+r+i), ofLane.Asm())
		}
	}
	return p
}

// code makes the value of x, and returns where it is: the first of to, unless x is a neighbour.
// The others are spare.
func (x *expr) code(p *letterPlace, to []reg.VecPhysical) (code []string, value any) {
	if x.op == "" {
		return nil, p.neighbour[x.cell]
	}
	a, b := x.a, x.b
	if a.registers() < b.registers() {
		a, b = b, a
	}
	code, left := a.code(p, to)
	more, right := b.code(p, to[1:])
	if a.op == "" && p.isMemory {
		code, left = []string{line("VMOVDQA", left, to[0])}, to[0]
	}
	return append(append(code, more...), line(x.op, right, left, to[0])), to[0]
}

// value returns the value of x for a set of neighbours.
func (x *expr) value(of map[string]bool) bool {
	if x.op == "" {
		return of[x.cell]
	}
	a, b := x.a.value(of), x.b.value(of)
	switch x.op {
	case "VPAND":
		return a && b
	case "VPOR":
		return a || b
	default:
		return a != b
	}
}

// sumBits has t, c, p and q in bits 0 to 3.
func sumBits(live, c int) int {
	sum := live + c
	if sum > 7 { // p and q are clear then
		sum &= 1
	}
	return sum&1 | c<<1 | sum>>1&1<<2 | sum>>2&1<<3
}

// tests returns which of t, c, p and q, as in sumBits, must be looked at to tell the letter with
// a centre that is c: what the features say together may leave some of them no choice. One that
// is set is among them.
func (l letter) tests(c int) int {
	names := slices.Sorted(maps.Keys(neighbour))
	want := sumBits(l.live, c)
	var like [16]bool // whether others have all features and differ in these bits
	for set := range 256 {
		of := map[string]bool{}
		for i, name := range names {
			of[name] = set>>i&1 != 0
		}
		live := bits.OnesCount(uint(set))
		if slices.ContainsFunc(l.all, func(f literal) bool { return f.of.value(of) == f.isNot }) {
			continue
		}
		for centre := range 2 {
			if live != l.live || centre != c {
				like[sumBits(live, centre)^want] = true
			}
		}
	}
	best := 15
	for set := range 16 {
		isEnough := set&want != 0
		for differ, is := range like {
			isEnough = isEnough && !(is && differ&set == 0)
		}
		if isEnough && bits.OnesCount(uint(set)) < bits.OnesCount(uint(best)) {
			best = set
		}
	}
	return best
}

// letterCode inverts what has that letter and a centre that is c.
func letterCode(p *letterPlace, l letter, c int) (code []string) {
	r, tests, sum := p.spare[0], l.tests(c), sumBits(l.live, c)
	var yes, no []any
	for i := range p.sums {
		switch {
		case tests>>i&1 == 0:
		case sum>>i&1 != 0:
			yes = append(yes, p.sums[i])
		default:
			no = append(no, p.sums[i])
		}
	}
	all := append(no, yes...)
	left, _ := all[0].(reg.VecPhysical)
	if left == nil {
		code, left = []string{line("VMOVDQA", all[0], r)}, r
	}
	for i, m := range all[1:] {
		op := "VPAND"
		if i+1 < len(no) {
			op = "VPOR"
		} else if i+1 == len(no) {
			op = "VPANDN"
		}
		code, left = append(code, line(op, m, left, r)), r
	}
	for _, f := range l.all {
		more, v := f.of.code(p, p.spare[1:])
		op := "VPAND"
		if f.isNot {
			op = "VPANDN"
		}
		code, left = append(append(code, more...), line(op, left, v, r)), r
	}
	return append(code, line("VPXOR", r, p.flipped, p.flipped))
}

// pairCode is letterCode for both registers of a pair.
func pairCode(l letter, c int) []string {
	return append(letterCode(ofPair(0), l, c), letterCode(ofPair(1), l, c)...)
}

// letterFragments writes letters_amd64.s: for each letter fragments for dead and live centres,
// one each that goes on to the next and one that ends a program; one that does nothing else; and how
// many operations they take.
func letterFragments() []byte {
	var b, data bytes.Buffer
	b.WriteString(header + "\n#include \"textflag.h\"\n")
	size := 0
	datum := func(n int, value string) {
		fmt.Fprintf(&data, "DATA letterFragments<>+%d(SB)/%d, $%s\n", size, n, value)
		size += n
	}
	fragment := func(name string, code ...string) {
		fmt.Fprintf(&b, "\nTEXT %s<>(SB), NOSPLIT|NOFRAME, $0\n\t%s\n", name, strings.Join(code, "\n\t"))
		datum(8, name+"<>(SB)")
	}
	next := []string{fmt.Sprint("ADDQ $8, ", program.Asm()), fmt.Sprintf("JMP (%s)", program.Asm())}
	each := func(f func(name string, l letter, c int)) {
		for i, l := range letters {
			for c := range 2 {
				f(fmt.Sprintf("letter%dc%d", i, c), l, c)
			}
		}
	}
	each(func(name string, l letter, c int) { fragment(name, append(letterCode(alone(), l, c), next...)...) })
	each(func(name string, l letter, c int) { fragment("last"+name, append(letterCode(alone(), l, c), "RET")...) })
	each(func(name string, l letter, c int) { fragment("pair"+name, append(pairCode(l, c), next...)...) })
	each(func(name string, l letter, c int) { fragment("lastPair"+name, append(pairCode(l, c), "RET")...) })
	fragment("noLetters", "RET")
	each(func(_ string, l letter, c int) {
		operations := bits.OnesCount(uint(l.tests(c))) // with that which inverts
		for _, f := range l.all {
			operations += f.of.gates() + 1
		}
		datum(1, fmt.Sprint(operations))
	})
	fmt.Fprintf(&b, "\n%sGLOBL letterFragments<>(SB), NOPTR, $%d\n", data.String(), (size+7)&^7)
	b.WriteString("\n// func letterTable() *letterFragments\nTEXT ·letterTable(SB), NOSPLIT, $0-8\n\tLEAQ letterFragments<>(SB), AX\n\tMOVQ AX, ret+0(FP)\n\tRET\n")
	return b.Bytes()
}

// roomForLetters is roomForSums for letters.
func (g *asm) roomForLetters() { g.LEAQ(at(g.slots(lettersBytes/32).base, 0), ofSums) }

// lettersTwo decides on n of two registers of cells, whose sums are in their places, the second
// one first: load brings the neighbours of one, and done gets its next states.
func (g *asm) lettersTwo(n int, load func(i int), done func(i int, v reg.VecPhysical)) {
	lane := func(i int) mem { return at(ofSums, laneOffset+laneBytes*i) }
	for i, l := range both[:n] {
		for k, r := range []reg.VecPhysical{l.t, l.c, l.p, l.q} {
			g.VMOVDQA(r, lane(i).Offset(32*k))
		}
	}
	g.decideTwo()
	first := at(ofSums, firstOffset)
	if n == 2 {
		g.VMOVDQA(both[0].v, first)
	}
	g.VMOVDQA(both[n-1].v, next)
	for i := n - 1; i >= 0; i-- {
		if i < n-1 {
			g.VMOVDQA(first, next)
		}
		load(i)
		g.LEAQ(lane(i), ofLane)
		g.LEAQ(at(ofRule, programOffset), program)
		call := &ir.Instruction{Opcode: "CALL", Operands: []operand.Op{at(program, 0)}}
		call.Inputs, call.Outputs = []operand.Op{program, ofLane, next}, []operand.Op{program, next}
		for _, name := range slices.Sorted(maps.Keys(neighbour)) {
			call.Inputs = append(call.Inputs, neighbour[name])
		}
		for _, r := range spare {
			call.Outputs = append(call.Outputs, r)
		}
		g.Instruction(call)
		done(i, next)
	}
}

// neighbours256 brings the neighbours of cells by shifts, of 64 or of 32 bits, which cost less than
// loads that straddle cache lines.
func (g *asm) neighbours256(r threeRows, west, east func(...operand.Op)) {
	for _, row := range []struct {
		cells operand.Op
		at    reg.VecPhysical
		name  string
	}{{r.n, neighbour["n"], "n"}, {r.s, neighbour["s"], "s"}, {r.c, spare[0], ""}} {
		g.VMOVDQU(row.cells, row.at)
		west(imm(1), row.at, neighbour[row.name+"w"])
		east(imm(1), row.at, neighbour[row.name+"e"])
	}
}

// nextsLetters256 steps one or two registers. Of one of them rows may be in registers, which
// letters overwrite.
func (g *asm) nextsLetters256(of []threeRows, done func(i int, v reg.VecPhysical)) {
	for i, r := range of {
		g.lane(i, g.sumDown256(r.n, r.c, r.s, nil), r.c)
	}
	spill := at(ofSums, spillOffset)
	for i := range of {
		for _, row := range []*operand.Op{&of[i].n, &of[i].c, &of[i].s} {
			if r, ok := (*row).(vec); ok {
				g.VMOVDQA(r, spill)
				*row, spill = spill, spill.Offset(32)
			}
		}
	}
	g.lettersTwo(len(of), func(i int) { g.neighbours256(of[i], g.VPSLLQ, g.VPSRLQ) }, done)
}

// lettersPair decides on two registers of cells whose sums are in their places.
func (g *asm) lettersPair() {
	g.LEAQ(at(ofRule, pairProgramOffset), program)
	call := &ir.Instruction{Opcode: "CALL", Operands: []operand.Op{at(program, 0)}}
	call.Inputs, call.Outputs = []operand.Op{program, ofLane}, []operand.Op{program}
	for i, l := range both {
		g.VPXOR(flips[i], flips[i], flips[i])
		call.Inputs = append(call.Inputs, l.t, l.c, l.p, l.q, flips[i])
		call.Outputs = append(call.Outputs, l.v, l.x, flips[i])
	}
	g.Instruction(call)
	g.decideTwo()
	for i, l := range both {
		g.VPXOR(flips[i], l.v, l.v)
	}
}

// leafLetters256 writes Step32; see leafTotal256.
func (g *asm) leafLetters256(north, south mem) {
	g.Function("step32LettersAVX2")
	g.SignatureExpr("func(" + leafSignature + ", a, b *uint64)")
	c := g.loadRows()
	gens := g.arg("gens")
	g.Load(g.Param("a"), ofRule)
	other := g.arg("b")
	g.roomForLetters()
	s := g.slots(5 * leafRows)
	plane := func(k, row int) mem { return at(s.base, 32*(leafRows*k+1+row)) }
	later := func(row int) rowPair { return rowPair{plane(3, row), plane(4, row)} }
	sides := func(row int, c vec) (west, east vec) {
		west, east = g.sides256(c)
		for k, v := range []vec{c, west, east} {
			g.VMOVDQA(v, plane(k, row))
		}
		return west, east
	}
	pair := func(i int, n [2]count) {
		for k := range n {
			g.lane(k, n[k], plane(0, i+k))
		}
		g.LEAQ(plane(0, i-1), ofLane)
		g.lettersPair()
		for k := range both {
			g.VMOVDQA(both[k].v, c[i+k])
		}
	}
	g.leafGenerations(gens, func() {
		g.leafPairs(c, north, south, later, sides, pair)
		g.XCHGQ(other, ofRule)
	}, func() { g.leafLast(c, sides, pair) })
	g.end()
}

// rowsLetters256 writes StepRows; see rows256.
func (g *asm) rowsLetters256() {
	g.Function("rowsLettersAVX2")
	g.SignatureExpr("func(dst, src *uint64, n int" + lettersKind.parameters + ")")
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	g.Load(g.Param("p"), ofRule)
	g.roomForLetters()
	g.groups("four", lettersKind, n, func(i []gp) {
		var of []threeRows
		for _, i := range i {
			of = append(of, threeRows{at8(src, i, 0), at8(src, i, 8), at8(src, i, 16)})
		}
		g.nextsLetters256(of, func(k int, v reg.VecPhysical) { g.VMOVDQU(v, at8(dst, i[k], 0)) })
	})
	g.end()
}

// spanLetters256 writes a span of StepTile of at most 64 rows; see span256. Beside the sums it
// stores the rows as they are and moved west and east.
func (g *asm) spanLetters256() {
	g.Function("spanLettersAVX2")
	g.SignatureExpr("func(" + spanSignature + lettersKind.parameters + ") uint64")
	dst, c, w, e, n := g.arg("dst"), g.arg("c"), g.arg("w"), g.arg("e"), g.arg("n")
	g.Load(g.Param("p"), ofRule)
	g.roomForLetters()
	const plane = 8 * 66
	room := g.AllocLocal(5 * plane)
	place := func(i gp, row, k int) mem { return room.Offset(8*row+k*plane).Idx(i, 8) }
	sum := func(c, w, e vec, store func(v vec, k int)) {
		west, east := g.withSides256(c, w, e)
		s, k := g.sum3(west, east, c)
		for i, v := range []vec{c, west, east, s, k} {
			store(v, i)
		}
	}
	lone := func(name string, at func(k int) mem) {
		t := g.lone256(name)
		sum(t[0], t[1], t[2], func(v vec, k int) { g.VMOVQ(v.AsX(), at(k)) })
	}
	lone("north", func(k int) mem { return room.Offset(k * plane) })
	g.fours("sum", n, func(i gp) {
		sum(g.ymm(at8(c, i, 0)), g.ymm(at8(w, i, 0)), g.ymm(at8(e, i, 0)),
			func(v vec, k int) { g.VMOVDQU(v, place(i, 1, k)) })
	})
	lone("south", func(k int) mem { return place(n, 1, k) })
	changed := g.YMM()
	g.VPXOR(changed, changed, changed)
	g.groups("step", lettersKind, n, func(i []gp) {
		for k, i := range i {
			pair := func(row int) rowPair { return rowPair{place(i, row, 3), place(i, row, 4)} }
			g.lane(k, g.count256(pair(0), pair(1), pair(2)), place(i, 1, 0))
		}
		g.lettersTwo(2, func(k int) {
			for row, names := range [3][3]string{{"n", "nw", "ne"}, {"", "w", "e"}, {"s", "sw", "se"}} {
				for p, name := range names {
					if name != "" {
						g.VMOVDQU(place(i[k], row, p), neighbour[name])
					}
				}
			}
		}, func(k int, v reg.VecPhysical) {
			d := g.YMM()
			g.VPXOR(at8(dst, i[k], 0), v, d)
			g.VPOR(d, changed, changed)
			g.VMOVDQU(v, at8(dst, i[k], 0))
		})
	})
	g.returnOr256(changed, g.GP64())
	g.end()
}
