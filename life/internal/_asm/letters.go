package main

import (
	"bytes"
	"fmt"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Isotropic rules (Hensel's) with 256-bit registers: an outer-totalistic decision, and for
// each letter where the rule differs from it a fragment of code that says where to invert the
// next state. A letter is a class of neighbourhoods that are equal but for rotation and
// reflection, among those of as many live neighbours. As their number is known, a few gates
// tell a letter: features below have the same value in all of a class.
//
// Rows lie in three planes, as they are and moved east and west, so that each neighbour is an
// operand in memory. Fragments are run one after the other, each for two registers of cells:
// program points to the address of the next, and the last one returns.

// lettersPlane is the distance of the planes of a row's cells, of the cells to their west
// and of those to their east.
const lettersPlane = 544

// northOf are the rows to the north of two registers of cells, in the first plane; the cells
// themselves are at distance, and the rows to the south twice as far.
var (
	northOf  = [2]reg.GPPhysical{reg.R10, reg.R11}
	distance = reg.R12
	program  = reg.RBX
)

// ofRule has the program after the three addresses of a decision. ofSums has the cells to
// invert after the sums.
const (
	programOffset  = 24
	invertedOffset = sumsBytes
	lettersBytes   = 2 * sumsBytes
)

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

// The features: functions that rotation and reflection do not change.
var (
	edgesOdd = xor(xor(cN, cS), xor(cW, cE))
	edges    = or(or(cN, cS), or(cW, cE))
	corners  = or(or(cNW, cNE), or(cSW, cSE))
	allEdges = and(and(cN, cS), and(cW, cE))
	allCorns = and(and(cNW, cNE), and(cSW, cSE))

	oppositeEdges, oppositeCorners       = or(and(cN, cS), and(cW, cE)), or(and(cNW, cSE), and(cNE, cSW))
	oppositeEdgesOdd, oppositeCornersOdd = xor(and(cN, cS), and(cW, cE)), xor(and(cNW, cSE), and(cNE, cSW))
	oneOfEach, oneOfEachDiagonal         = and(xor(cN, cS), xor(cW, cE)), and(xor(cNW, cSE), xor(cNE, cSW))
	someOfEach, someOfEachDiagonal       = and(or(cN, cS), or(cW, cE)), and(or(cNW, cSE), or(cNE, cSW))

	// a corner and the edges beside it
	full    = or(and(cN, or(and(cW, cNW), and(cE, cNE))), and(cS, or(and(cW, cSW), and(cE, cSE))))
	fullOdd = xor(and(cN, xor(and(cW, cNW), and(cE, cNE))), and(cS, xor(and(cW, cSW), and(cE, cSE))))
	// a corner and the edges not beside it
	apart = or(and(cN, or(and(cW, cSE), and(cE, cSW))), and(cS, or(and(cW, cNE), and(cE, cNW))))
	// no corner is dead together with both edges beside it
	covered = and(or(cN, and(or(cW, cNW), or(cE, cNE))), or(cS, and(or(cW, cSW), or(cE, cSE))))
	// a full corner and the one across
	diagonal = or(and(and(cNW, cSE), or(and(cN, cW), and(cS, cE))), and(and(cNE, cSW), or(and(cN, cE), and(cS, cW))))

	adjacentOdd = sides(xor, func(edge, a, b, _, _ *expr) *expr { return and(edge, xor(a, b)) }) // pairs of an edge and a corner
	straight    = sides(or, func(edge, a, b, _, _ *expr) *expr { return and(edge, and(a, b)) })
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

// letters are in the order of kernel.letterClasses. They were found by a search for the
// fewest gates in all sets of three features.
var letters = []letter{
	{1, []literal{isNot(edgesOdd)}}, // c
	{1, []literal{is(edgesOdd)}},    // e

	{2, []literal{is(oneOfEachDiagonal)}},                  // c
	{2, []literal{is(oneOfEach)}},                          // e
	{2, []literal{is(adjacentOdd)}},                        // a
	{2, []literal{is(oppositeEdges)}},                      // i
	{2, []literal{is(edgesOdd), isNot(adjacentOdd)}},       // k
	{2, []literal{is(oppositeCorners)}},                    // n
	{3, []literal{isNot(edges)}},                           // c
	{3, []literal{isNot(corners)}},                         // e
	{3, []literal{is(full)}},                               // a
	{3, []literal{is(straight)}},                           // i
	{3, []literal{is(apart)}},                              // k
	{3, []literal{is(oneOfEachDiagonal), is(adjacentOdd)}}, // n
	{3, []literal{is(oneOfEach), is(adjacentOdd)}},         // j
	{3, []literal{is(edgesOdd), is(oppositeCorners)}},      // q
	{3, []literal{isNot(edgesOdd), is(oppositeEdges)}},     // r
	{3, []literal{is(fork)}},                               // y

	{4, []literal{isNot(edges)}},                                              // c
	{4, []literal{isNot(corners)}},                                            // e
	{4, []literal{isNot(oppositeCorners), isNot(covered)}},                    // a
	{4, []literal{is(oppositeEdges), is(oneOfEachDiagonal), isNot(straight)}}, // i
	{4, []literal{is(oneOfEachDiagonal), is(apart)}},                          // k
	{4, []literal{is(edgesOdd), isNot(covered)}},                              // n
	{4, []literal{is(edgesOdd), is(apart)}},                                   // j
	{4, []literal{is(diagonal)}},                                              // q
	{4, []literal{is(edgesOdd), is(full)}},                                    // r
	{4, []literal{is(edgesOdd), is(fork)}},                                    // y
	{4, []literal{is(oppositeEdges), is(straight)}},                           // t
	{4, []literal{isNot(someOfEachDiagonal), isNot(covered)}},                 // w
	{4, []literal{is(oppositeEdges), is(oppositeCorners)}},                    // z

	{5, []literal{is(allEdges)}},                          // c
	{5, []literal{is(allCorns)}},                          // e
	{5, []literal{isNot(covered)}},                        // a
	{5, []literal{isNot(oppositeCorners), isNot(apart)}},  // i
	{5, []literal{is(oneOfEach), isNot(full)}},            // k
	{5, []literal{is(oneOfEachDiagonal), is(fullOdd)}},    // n
	{5, []literal{isNot(edgesOdd), is(diagonal)}},         // j
	{5, []literal{is(edgesOdd), is(oppositeCornersOdd)}},  // q
	{5, []literal{isNot(edgesOdd), is(oppositeEdgesOdd)}}, // r
	{5, []literal{isNot(oppositeCorners), isNot(full)}},   // y

	{6, []literal{isNot(oppositeCorners)}},    // c
	{6, []literal{isNot(oppositeEdges)}},      // e
	{6, []literal{is(adjacentOdd)}},           // a
	{6, []literal{isNot(someOfEach)}},         // i
	{6, []literal{is(edgesOdd), is(fullOdd)}}, // k
	{6, []literal{isNot(someOfEachDiagonal)}}, // n

	{7, []literal{isNot(edgesOdd)}}, // c
	{7, []literal{is(edgesOdd)}},    // e
}

// gates counts the operations of an expression.
func (x *expr) gates() int {
	if x.op == "" {
		return 0
	}
	return 1 + x.a.gates() + x.b.gates()
}

// registers counts those that code needs for x, none for what is an operand in memory.
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

// memory is where a neighbour of register i of cells is.
func (x *expr) memory(i int) string {
	plane, row := 0, "(%s)(%s*1)"
	switch x.cell[0] {
	case 'n':
		row = "(%s)"
	case 's':
		row = "(%s)(%s*2)"
	}
	switch x.cell[len(x.cell)-1] {
	case 'w':
		plane = 1
	case 'e':
		plane = 2
	}
	if x.cell[0] == 'n' {
		return fmt.Sprintf("%d"+row, plane*lettersPlane, northOf[i].Asm())
	}
	return fmt.Sprintf("%d"+row, plane*lettersPlane, northOf[i].Asm(), distance.Asm())
}

// code puts the value of x for register i of cells into the first of to; the others are
// spare.
func (x *expr) code(i int, to []reg.VecPhysical) []string {
	if x.op == "" {
		return []string{line("VMOVDQU", x.memory(i), to[0])}
	}
	a, b := x.a, x.b
	if a.registers() < b.registers() {
		a, b = b, a
	}
	c := a.code(i, to)
	if b.op == "" {
		return append(c, line(x.op, b.memory(i), to[0], to[0]))
	}
	c = append(c, b.code(i, to[1:])...)
	return append(c, line(x.op, to[1], to[0], to[0]))
}

// letterCode inverts, for register i of cells, what has that letter and a centre that is c.
func letterCode(l letter, c, i int) []string {
	at := both[i]
	to := []reg.VecPhysical{both[0].v, both[0].x, both[1].v, both[1].x}
	sum := l.live + c
	var yes, no []reg.VecPhysical
	for _, b := range []struct {
		set int
		in  reg.VecPhysical
	}{{c, at.c}, {sum & 1, at.t}, {sum >> 1 & 1, at.p}, {sum >> 2 & 1, at.q}} {
		if b.set != 0 {
			yes = append(yes, b.in)
		} else {
			no = append(no, b.in)
		}
	}
	var code []string
	from := yes[0]
	for _, b := range yes[1:] {
		code, from = append(code, line("VPAND", b, from, to[0])), to[0]
	}
	for _, b := range no {
		code, from = append(code, line("VPANDN", from, b, to[0])), to[0]
	}
	for _, f := range l.all {
		code = append(code, f.of.code(i, to[1:])...)
		if f.isNot {
			code = append(code, line("VPANDN", to[0], to[1], to[0]))
		} else {
			code = append(code, line("VPAND", to[1], to[0], to[0]))
		}
	}
	inverted := fmt.Sprintf("%d(%s)", invertedOffset+sumsBytes/2*i, ofSums.Asm())
	return append(code, line("VPXOR", inverted, to[0], to[0]), line("VMOVDQA", to[0], inverted))
}

// letterFragments writes letters_amd64.s: for each letter one fragment for dead centres and one
// for live ones, then the one that ends a program; and how many operations they take.
func letterFragments() []byte {
	var b bytes.Buffer
	b.WriteString(header + "\n#include \"textflag.h\"\n")
	var addresses, counts bytes.Buffer
	fragments := 0
	entry := func(name string, operations int) {
		fmt.Fprintf(&addresses, "DATA letterFragments<>+%d(SB)/8, $%s<>(SB)\n", 8*fragments, name)
		fmt.Fprintf(&counts, "DATA letterFragments<>+%d(SB)/1, $%d\n", 8*(2*len(letters)+1)+fragments, operations)
		fragments++
	}
	for i, l := range letters {
		for c := range 2 {
			name := fmt.Sprintf("letter%dc%d", i, c)
			fmt.Fprintf(&b, "\nTEXT %s<>(SB), NOSPLIT|NOFRAME, $0\n", name)
			for lane := range both {
				for _, s := range letterCode(l, c, lane) {
					fmt.Fprintf(&b, "\t%s\n", s)
				}
			}
			fmt.Fprintf(&b, "\tADDQ $8, %s\n\tJMP (%s)\n", program.Asm(), program.Asm())
			operations := 4 // the sum and the centre, inverting
			for _, f := range l.all {
				operations += f.of.gates() + 1
			}
			entry(name, operations)
		}
	}
	fmt.Fprintf(&b, "\nTEXT lettersEnd<>(SB), NOSPLIT|NOFRAME, $0\n\tRET\n\n")
	entry("lettersEnd", 0)
	b.Write(addresses.Bytes())
	b.Write(counts.Bytes())
	fmt.Fprintf(&b, "GLOBL letterFragments<>(SB), NOPTR, $%d\n", 9*fragments+7&^7)
	b.WriteString("\n// func letterTable() *letterFragments\nTEXT ·letterTable(SB), NOSPLIT, $0-8\n\tLEAQ letterFragments<>(SB), AX\n\tMOVQ AX, ret+0(FP)\n\tRET\n")
	return b.Bytes()
}

// letterTwo runs the letters of two registers of cells, whose sums are in their places.
func (g *asm) letterTwo() {
	for i, l := range both {
		if i == 0 {
			g.VPXOR(l.v, l.v, l.v)
		}
		g.VMOVDQA(both[0].v, at(ofSums, invertedOffset+sumsBytes/2*i))
	}
	g.LEAQ(at(ofRule, programOffset), program)
	call := &ir.Instruction{Opcode: "CALL", Operands: []operand.Op{at(program, 0)}}
	call.Inputs = []operand.Op{program, ofSums, distance, northOf[0], northOf[1]}
	call.Outputs = []operand.Op{program}
	for _, l := range both {
		for _, r := range []reg.VecPhysical{l.t, l.c, l.p, l.q} {
			call.Inputs = append(call.Inputs, r)
		}
		call.Outputs = append(call.Outputs, l.v, l.x)
	}
	g.Instruction(call)
	g.decideTwo()
	for i, l := range both {
		g.VPXOR(at(ofSums, invertedOffset+sumsBytes/2*i), l.v, l.v)
	}
}

// planes stores a register of rows, as it is and moved, at a place in the first plane.
func (g *asm) planes(c, west, east vec, to mem) {
	for i, v := range []vec{c, west, east} {
		g.VMOVDQU(v, to.Offset(i*lettersPlane))
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
	g.LEAQ(at(g.slots(lettersBytes/32).base, 0), ofSums)
	first, s := g.slots(3*lettersPlane/32).base, g.slots(8)
	place := func(row int) mem { return at(first, 32*(row+1)) }
	var sums [4]rowPair
	for i := range sums {
		sums[i] = s.takePair()
	}
	g.MOVQ(operand.U32(32), distance)
	g.Label("generation")
	for i := range c {
		west, east := g.sides256(c[i])
		g.planes(c[i], west, east, place(i))
		turned := func(turn mem) (t [3]vec) {
			by := g.ymm(turn)
			for k, v := range []vec{c[i], west, east} {
				t[k] = g.YMM()
				g.VPERMD(v, by, t[k])
			}
			return t
		}
		switch i {
		case 0:
			t := turned(south)
			g.planes(t[0], t[1], t[2], place(4))
		case 3:
			t := turned(north)
			g.planes(t[0], t[1], t[2], place(-1))
		}
		s, k := g.sum3(west, east, c[i])
		g.VMOVDQA(s, sums[i].s)
		g.VMOVDQA(k, sums[i].k)
	}
	row := func(i int) rowPair {
		switch p := sums[i&3]; i {
		case -1:
			return g.turned256(g.ymm(north), p)
		case 4:
			return g.turned256(g.ymm(south), p)
		default:
			return p
		}
	}
	for i := 0; i < 4; i += 2 {
		h := g.halves(row(i), row(i+1))
		n := [2]count{g.count(h, row(i-1)), g.count(h, row(i+2))}
		for k := range n {
			g.lane(k, n[k], place(i+k))
			g.LEAQ(place(i+k-1), northOf[k])
		}
		g.letterTwo()
		for k := range n {
			g.VMOVDQA(both[k].v, c[i+k])
		}
	}
	g.XCHGQ(other, ofRule)
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.storeRows(c)
	g.end()
}

// lettersRows256 writes StepRows of 4 to 64 rows, or if sides a span of StepTile; see rows256
// and span256.
func (g *asm) lettersRows256(sides bool) {
	if sides {
		g.Function("spanLettersAVX2")
		g.SignatureExpr("func(" + spanSignature + ", l *uint64) uint64")
	} else {
		g.Function("rowsLettersAVX2")
		g.SignatureExpr("func(dst, src *uint64, n int, l *uint64)")
	}
	dst, n := g.arg("dst"), g.arg("n")
	g.Load(g.Param("l"), ofRule)
	g.LEAQ(at(g.slots(lettersBytes/32).base, 0), ofSums)
	room := g.AllocLocal(5 * lettersPlane)
	place := func(i gp, row, plane int) mem { return room.Offset(8*row+plane*lettersPlane).Idx(i, 8) }
	if sides {
		g.sidePlanes256(n, place)
	} else {
		src, all := g.arg("src"), g.GP64()
		g.LEAQ(at(n, 2), all)
		g.fours("sum", all, func(i gp) {
			c := g.ymm(at8(src, i, 0))
			west, east := g.shiftLeft(c), g.shiftRight(c)
			g.planes(c, west, east, place(i, 0, 0))
			s, k := g.sum3(west, east, c)
			g.VMOVDQU(s, place(i, 0, 3))
			g.VMOVDQU(k, place(i, 0, 4))
		})
	}
	changed := g.YMM()
	if sides {
		g.VPXOR(changed, changed, changed)
	}
	g.MOVQ(operand.U32(8), distance)
	g.groups("step", kind{name: "Letters"}, n, func(i []gp) {
		pair := func(i gp, row int) rowPair { return rowPair{place(i, row, 3), place(i, row, 4)} }
		for k, i := range i {
			g.lane(k, g.count256(pair(i, 0), pair(i, 1), pair(i, 2)), place(i, 1, 0))
			g.LEAQ(place(i, 0, 0), northOf[k])
		}
		g.letterTwo()
		for k, i := range i {
			if sides {
				d := g.YMM()
				g.VPXOR(at8(dst, i, 0), both[k].v, d)
				g.VPOR(d, changed, changed)
			}
			g.VMOVDQU(both[k].v, at8(dst, i, 0))
		}
	})
	if sides {
		g.returnOr256(changed, g.GP64())
	}
	g.end()
}

// sidePlanes256 stores the planes of a span, and the sums across in two more.
func (g *asm) sidePlanes256(n gp, place func(i gp, row, plane int) mem) {
	c, w, e := g.arg("c"), g.arg("w"), g.arg("e")
	sum := func(c, w, e vec, store func(v vec, plane int)) {
		west, east := g.withSides256(c, w, e)
		s, k := g.sum3(west, east, c)
		for i, v := range []vec{c, west, east, s, k} {
			store(v, i)
		}
	}
	lone := func(name string, at func(plane int) mem) {
		t := g.lone256(name)
		sum(t[0], t[1], t[2], func(v vec, plane int) { g.VMOVQ(v.AsX(), at(plane)) })
	}
	zero := g.GP64()
	g.XORQ(zero, zero)
	lone("north", func(plane int) mem { return place(zero, 0, plane) })
	g.fours("sum", n, func(i gp) {
		sum(g.ymm(at8(c, i, 0)), g.ymm(at8(w, i, 0)), g.ymm(at8(e, i, 0)),
			func(v vec, plane int) { g.VMOVDQU(v, place(i, 1, plane)) })
	})
	lone("south", func(plane int) mem { return place(n, 1, plane) })
}
