package main

import (
	"bytes"
	"fmt"
	"math/bits"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Decisions of outer-totalistic rules with 256-bit registers. The sum of the cells,
// centre included, is S = t + 2·p + 4·q + 8·r, where r is set for 8 and 9 alone. The next
// state is high(p, t, c) if q, else low(p, t, c), but for sums of 8 and 9. There are
// 256 functions of three bits. Each is a fragment of code here, in its shortest form,
// once as low and once as high; a rule is the addresses of its two (kernel.decision),
// and of a third one for sums of 8 and 9 if it needs that. A kernel calls the first,
// which jumps to the next. So a kernel that is written once runs every rule by code
// of its own, two registers of cells at a time.

// lane is where a fragment finds a register of cells. Low keeps t, c, p and q, and
// leaves its value in v; the result is there too.
type lane struct{ t, c, p, q, v, x reg.VecPhysical }

// both are the two registers of cells, and ofRule and ofSums point to the
// kernel.decision and to the u1 of both (q = u1 ^ c1&u0).
var (
	both = [2]lane{
		{reg.Y0, reg.Y1, reg.Y2, reg.Y3, reg.Y4, reg.Y5},
		{reg.Y6, reg.Y7, reg.Y8, reg.Y9, reg.Y10, reg.Y11},
	}
	ofRule = reg.R8
	ofSums = reg.R9
)

// sumsBytes is the room that ofSums points to.
const sumsBytes = 64

// decideTwo decides on two registers of cells: see both. It leaves Y12 to Y15 alone.
func (g *asm) decideTwo() {
	call := &ir.Instruction{Opcode: "CALL", Operands: []operand.Op{at(ofRule, 0)}}
	call.Inputs = []operand.Op{ofRule, ofSums}
	for _, l := range both {
		for _, r := range []reg.VecPhysical{l.t, l.c, l.p, l.q} {
			call.Inputs = append(call.Inputs, r)
		}
		for _, r := range []reg.VecPhysical{l.t, l.c, l.p, l.q, l.v, l.x} {
			call.Outputs = append(call.Outputs, r)
		}
	}
	g.Instruction(call)
}

// lane gives decideTwo the sums around cells c and the cells themselves.
func (g *asm) lane(i int, n count, c operand.Op) {
	l := both[i]
	g.VMOVDQA(n.t0, l.t)
	if m, ok := c.(mem); ok {
		g.VMOVDQU(m, l.c)
	} else {
		g.VMOVDQA(c, l.c)
	}
	g.VMOVDQA(n.u1, at(ofSums, sumsBytes/2*i))
	g.VPAND(n.c1, n.u0, l.q)
	g.VPXOR(n.c1, n.u0, l.p)
	g.VPXOR(n.u1, l.q, l.q)
}

// roomForSums makes ofSums point to the stack.
func (g *asm) roomForSums() { g.LEAQ(at(g.slots(sumsBytes/32).base, 0), ofSums) }

// gate is v[to] = v[a] op v[b], where v holds t, c, p (0 to 2) and then the results
// of gates.
type gate struct {
	op   string
	a, b int
}

// gates are what makes a value out of two, in the order of operands that the
// assembler wants.
var gates = []struct {
	op        string
	f         func(a, b uint8) uint8
	isOrdered bool
}{
	{op: "VPAND", f: func(a, b uint8) uint8 { return a & b }},
	{op: "VPOR", f: func(a, b uint8) uint8 { return a | b }},
	{op: "VPXOR", f: func(a, b uint8) uint8 { return a ^ b }},
	{op: "VPANDN", f: func(a, b uint8) uint8 { return ^a & b }, isOrdered: true},
}

// Truth tables of t, c and p: bit 4p+2t+c. Those of even number are zero where
// these are, which holds for all that gates can make.
const tableT, tableC, tableP = 0xcc, 0xaa, 0xf0

// search finds the shortest programs for all functions of even number, such that the
// registers suffice.
type search struct {
	values  []uint8
	program []gate
	best    [256][]gate
	isFound [256]bool
	keeps   bool // t, c and p are needed afterwards
	spare   int  // registers beside theirs
}

func (s *search) run(depth int) {
	for i := range s.values {
		for j := range s.values {
			for _, op := range gates {
				if i == j || !op.isOrdered && j < i {
					continue
				}
				v := op.f(s.values[i], s.values[j])
				if v == 0 || bytes.IndexByte(s.values, v) >= 0 {
					continue
				}
				s.values, s.program = append(s.values, v), append(s.program, gate{op.op, i, j})
				if depth == 1 {
					if !s.isFound[v] && s.fits() {
						s.best[v], s.isFound[v] = append([]gate(nil), s.program...), true
					}
				} else {
					s.run(depth - 1)
				}
				s.values, s.program = s.values[:len(s.values)-1], s.program[:len(s.program)-1]
			}
		}
	}
}

// fits reports whether the program has registers enough.
func (s *search) fits() bool {
	_, ok := assign(s.program, s.keeps, s.spare)
	return ok
}

// assign gives the results of a program registers: 0 to 2 are those of t, c and p, and
// from 3 on spare ones. The last result takes the first spare one if that is free.
func assign(program []gate, keeps bool, spare int) (at []int, ok bool) {
	lastUse := make([]int, 3+len(program))
	for i, g := range program {
		lastUse[g.a], lastUse[g.b] = i, i
	}
	if keeps {
		lastUse[0], lastUse[1], lastUse[2] = len(program), len(program), len(program)
	}
	at = []int{0, 1, 2}
	for i := range program {
		used := 0
		for v, r := range at {
			if lastUse[v] > i {
				used |= 1 << r
			}
		}
		r := 3
		for used>>r&1 != 0 {
			r++
		}
		if r >= 3+spare {
			if r = bits.TrailingZeros(^uint(used)); r >= 3 {
				return nil, false
			}
		}
		at = append(at, r)
	}
	return at, true
}

// programs returns the shortest program for each function of even number.
func programs(keeps bool, spare int) (best [256][]gate) {
	s := &search{values: []uint8{tableT, tableC, tableP}, keeps: keeps, spare: spare}
	for _, v := range s.values {
		s.isFound[v] = true
	}
	for depth := 1; depth <= 4; depth++ {
		s.run(depth)
	}
	for v := 2; v < 256; v += 2 {
		if !s.isFound[v] {
			panic(fmt.Sprintf("no program for function %d", v))
		}
	}
	return s.best
}

// fragments writes decide_amd64.s.
func fragments() []byte {
	var b bytes.Buffer
	b.WriteString(header + "\n#include \"textflag.h\"\n")
	fmt.Fprintf(&b, "\nDATA ones<>+0(SB)/8, $-1\nDATA ones<>+8(SB)/8, $-1\nDATA ones<>+16(SB)/8, $-1\nDATA ones<>+24(SB)/8, $-1\nGLOBL ones<>(SB), RODATA|NOPTR, $32\n")
	low, high := programs(true, 2), programs(false, 1)
	for f := range 256 {
		fragment(&b, fmt.Sprintf("low%d", f), func(l lane) []string { return lowCode(l, f, low[f&^1], low[255&^f]) }, fmt.Sprintf("JMP 8(%s)", ofRule.Asm()))
	}
	for i := 1; i < 4; i++ {
		fragment(&b, fmt.Sprintf("fix%d", i), func(l lane) []string { return fixCode(l, i) }, fmt.Sprintf("JMP 16(%s)", ofRule.Asm()))
	}
	for f := range 256 {
		fragment(&b, fmt.Sprintf("high%d", f), func(l lane) []string { return highCode(l, f, high) }, "RET")
	}
	b.WriteString("\n")
	at := 0
	entry := func(name string) {
		fmt.Fprintf(&b, "DATA fragments<>+%d(SB)/8, $%s<>(SB)\n", at, name)
		at += 8
	}
	for _, kind := range []string{"low", "high"} {
		for f := range 256 {
			entry(fmt.Sprintf("%s%d", kind, f))
		}
	}
	for i := 1; i < 4; i++ {
		entry(fmt.Sprintf("fix%d", i))
	}
	fmt.Fprintf(&b, "GLOBL fragments<>(SB), NOPTR, $%d\n", at)
	b.WriteString("\n// func fragmentTable() *fragmentAddresses\nTEXT ·fragmentTable(SB), NOSPLIT, $0-8\n\tLEAQ fragments<>(SB), AX\n\tMOVQ AX, ret+0(FP)\n\tRET\n")
	return b.Bytes()
}

// fragment writes one, for both registers of cells in turn.
func fragment(b *bytes.Buffer, name string, code func(l lane) []string, end string) {
	fmt.Fprintf(b, "\nTEXT %s<>(SB), NOSPLIT|NOFRAME, $0\n", name)
	first, second := code(both[0]), code(both[1])
	for i := range first {
		fmt.Fprintf(b, "\t%s\n\t%s\n", first[i], second[i])
	}
	fmt.Fprintf(b, "\t%s\n", end)
}

func line(op string, operands ...any) string {
	s := op
	for i, o := range operands {
		if i > 0 {
			s += ","
		}
		if r, ok := o.(reg.Register); ok {
			s += " " + r.Asm()
		} else {
			s += fmt.Sprint(" ", o)
		}
	}
	return s
}

// programCode is a program with its values in registers; it returns where the last is.
func programCode(program []gate, keeps bool, registers ...reg.VecPhysical) (code []string, last reg.VecPhysical) {
	at, _ := assign(program, keeps, len(registers)-3)
	for i, g := range program {
		last = registers[at[3+i]]
		code = append(code, line(g.op, registers[at[g.b]], registers[at[g.a]], last))
	}
	return code, last
}

// inputs are the functions that need no program.
func (l lane) inputs() map[int]reg.VecPhysical {
	return map[int]reg.VecPhysical{tableT: l.t, tableC: l.c, tableP: l.p}
}

// lowCode puts function f into l.v.
func lowCode(l lane, f int, program, complement []gate) []string {
	if f&1 != 0 {
		return append(lowCode(l, 255&^f, complement, nil), line("VPXOR", "ones<>(SB)", l.v, l.v))
	}
	if f == 0 {
		return []string{line("VPXOR", l.v, l.v, l.v)}
	}
	if r, ok := l.inputs()[f]; ok {
		return []string{line("VMOVDQA", r, l.v)}
	}
	code, last := programCode(program, true, l.t, l.c, l.p, l.v, l.x)
	if last != l.v {
		panic("low: not in its place")
	}
	return code
}

// fixCode inverts l.v for sums of 8 or 9, where low has been given 0 or 1: with a dead
// centre (1), which means 8, with t (2), which means 9, or for both of these (3).
func fixCode(l lane, which int) []string {
	sums := fmt.Sprintf("%d(%s)", 0, ofSums.Asm())
	if l == both[1] {
		sums = fmt.Sprintf("%d(%s)", sumsBytes/2, ofSums.Asm())
	}
	r := []string{line("VPANDN", sums, l.q, l.x)}
	switch which {
	case 1:
		r = append(r, line("VPANDN", l.x, l.c, l.x))
	case 2:
		r = append(r, line("VPAND", l.x, l.t, l.x))
	case 3:
		r = []string{line("VPXOR", l.t, l.c, l.x), line("VPANDN", sums, l.x, l.x), line("VPANDN", l.x, l.q, l.x)}
	}
	return append(r, line("VPXOR", l.x, l.v, l.v))
}

// highCode puts function f into l.v where l.q is set.
func highCode(l lane, f int, programs [256][]gate) []string {
	switch f {
	case 0:
		return []string{line("VPANDN", l.v, l.q, l.v)}
	case 255:
		return []string{line("VPOR", l.v, l.q, l.v)}
	}
	and, even := "VPAND", f
	if f&1 != 0 {
		and, even = "VPANDN", 255&^f
	}
	code, last := []string(nil), l.inputs()[even]
	if programs[even] != nil {
		code, last = programCode(programs[even], false, l.t, l.c, l.p, l.x)
	}
	return append(code,
		line("VPANDN", l.v, l.q, l.v),
		line(and, l.q, last, l.x),
		line("VPOR", l.x, l.v, l.v))
}
