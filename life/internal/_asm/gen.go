package main

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// asm is a file under construction, with the idioms that the kernels share.
type asm struct {
	*build.Context
	constants map[string]mem
}

// vec is a vector register, gp a general one.
type (
	vec = reg.VecVirtual
	gp  = reg.GPVirtual
	mem = operand.Mem
)

// at is the memory at an offset from a register.
func at(base reg.Register, offset int) mem { return mem{Base: base, Disp: offset} }

// at8 is the memory at base + 8·index + offset.
func at8(base, index reg.Register, offset int) mem {
	return mem{Base: base, Index: index, Scale: 8, Disp: offset}
}

// arg loads a parameter.
func (g *asm) arg(name string) gp {
	r := g.GP64()
	g.Load(g.Param(name), r)
	return r
}

// args loads several parameters.
func (g *asm) args(names ...string) []gp {
	var all []gp
	for _, n := range names {
		all = append(all, g.arg(n))
	}
	return all
}

// end leaves the function with the upper halves of the vector registers clean.
func (g *asm) end() {
	g.VZEROUPPER()
	g.RET()
}

// zmm makes a 512-bit copy of v.
func (g *asm) zmm(v operand.Op) vec {
	r := g.ZMM()
	g.VMOVDQA64(v, r)
	return r
}

// ternary returns the immediate of VPTERNLOG for f. The first argument is the
// destination, the other two are the sources in the order that tern takes them.
func ternary(f func(a, b, c bool) bool) operand.U8 {
	var imm operand.U8
	for i := range 8 {
		if f(i&4 != 0, i&2 != 0, i&1 != 0) {
			imm |= 1 << i
		}
	}
	return imm
}

// The three-input functions that the kernels are made of.
var (
	xor3     = ternary(func(a, b, c bool) bool { return a != b != c })
	majority = ternary(func(a, b, c bool) bool { return a && b || a && c || b && c })
	xorAnd   = ternary(func(a, b, c bool) bool { return a != (b && c) })     // a ^ b&c
	and3     = ternary(func(a, b, c bool) bool { return a && b && c })       // a&b&c
	orXor    = ternary(func(a, b, c bool) bool { return a || b != c })       // a | b^c
	pickB    = ternary(func(a, b, c bool) bool { return b && a || !b && c }) // b ? a : c
	pickC    = ternary(func(a, b, c bool) bool { return b && c || !b && a }) // b ? c : a
	lowAndOr = ternary(func(a, b, c bool) bool { return a && b || c })       // a&b | c
)

// tern is a = f(a, b, c).
func (g *asm) tern(f operand.U8, a, b vec, c operand.Op) { g.VPTERNLOGD(f, c, b, a) }

// ternEach is tern with a 64-bit word of memory for each quadword of c.
func (g *asm) ternEach(f operand.U8, a, b vec, c mem) { g.VPTERNLOGQ_BCST(f, c, b, a) }

// add3 adds three bits a lane: a+b+c = s+2k. It overwrites a with s.
func (g *asm) add3(a, b vec, c operand.Op) (s, k vec) {
	k = g.zmm(a)
	g.tern(xor3, a, b, c)
	g.tern(majority, k, b, c)
	return a, k
}

// bytes defines 64 constant bytes, unless the file has them already, and returns
// where they are.
func (g *asm) bytes(name string, f func(i int) int) mem {
	if m, ok := g.constants[name]; ok {
		return m
	}
	m := g.StaticGlobal(name)
	g.constants[name] = m
	g.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := 0; i < 64; i += 8 {
		var v uint64
		for j := range 8 {
			v |= uint64(uint8(f(i+j))) << (8 * j)
		}
		g.AppendDatum(operand.U64(v))
	}
	return m
}
