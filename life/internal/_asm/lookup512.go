package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The look-up by bytes: a row of 64 cells becomes 64 windows, one a byte, whose low
// bits are the cells to the west, in the middle and to the east. The windows of the
// north and the middle row make a 6-bit index, VPERMB fetches the byte of the
// table there, which holds the next state for the eight windows to the south, and
// VPSHUFBITQMB picks one bit of each byte into a mask: the new row.

// windowed holds the constants of the look-up.
type windowed struct {
	control  vec // which bits VPMULTISHIFTQB brings to each byte
	seven, j vec // 7 in each byte; the place of each byte in its quadword, in bits
	table    vec
}

// windowConstants defines what loadWindowed loads; control is the first bit of the
// window in a byte.
func (g *asm) windowConstants(name string, control func(i int) int) [3]mem {
	return [3]mem{
		g.bytes(name, control),
		g.bytes("sevens", func(int) int { return 7 }),
		g.bytes("places", func(i int) int { return i % 8 * 8 }),
	}
}

func (g *asm) loadWindowed(constants [3]mem) windowed {
	w := windowed{g.ZMM(), g.ZMM(), g.ZMM(), g.ZMM()}
	for i, v := range []vec{w.control, w.seven, w.j} {
		g.VMOVDQU64(constants[i], v)
	}
	return w
}

// foldConstants defines the permutations that fold and unfold the square.
func (g *asm) foldConstants() (fold [2]mem, unfold mem) {
	dword := func(i, v int) int { return v >> (8 * (i % 4)) }
	fold[0] = g.bytes("foldLow", func(i int) int { return dword(i, (i/8)^(i/4%2*31)) })
	fold[1] = g.bytes("foldHigh", func(i int) int { return dword(i, (8+i/8)^(i/4%2*31)) })
	unfold = g.bytes("unfold", func(i int) int {
		switch k := i / 2 % 16; {
		case i%2 != 0:
			return 0
		case k < 8:
			return 4 * k
		default:
			return 4*(15-k) + 2
		}
	})
	return fold, unfold
}

// windows reads a row and makes windows of it.
func (g *asm) windows(w windowed, row mem) vec {
	r := g.ZMM()
	g.VPMULTISHIFTQB_BCST(row, w.control, r)
	return r
}

// north and south return the part of the index that the windows of the row to the
// north make, and the index of the bit that those to the south pick.
func (g *asm) north(x vec) vec {
	r := g.ZMM()
	g.VPSLLW(imm(3), x, r)
	return r
}

func (g *asm) south(w windowed, x vec) vec {
	r := g.zmm(x)
	g.tern(lowAndOr, r, w.seven, w.j)
	return r
}

// next overwrites north and puts the next state of the middle row into a mask.
func (g *asm) next(w windowed, north, middle, south vec) reg.Register {
	g.tern(pickC, north, w.seven, middle)
	g.VPERMB(w.table, north, north)
	k := g.K()
	g.VPSHUFBITQMB(south, north, k)
	return k
}

// leafFolded lays the square out as kernel.fold does, as 16 words at x.
func (g *asm) leafFolded(x mem, fold [2]mem) {
	half := func(west, east string) vec {
		w, e := g.ZMM(), g.ZMM()
		g.VPMOVZXWD(at(g.arg(west), 0), w)
		g.VPMOVZXWD(at(g.arg(east), 0), e)
		g.VPSLLD(imm(16), e, e)
		g.VPORD(w, e, e)
		return e
	}
	north, south := half("nw", "ne"), half("sw", "se")
	for i, permutation := range fold {
		r := g.ZMM()
		g.VMOVDQU64(permutation, r)
		g.VPERMI2D(south, north, r)
		g.VMOVDQU64(r, x.Offset(64*i))
	}
}

// leafUnfolded takes the centre out of the last eight words at x. They were stored
// one by one a moment ago, and are fetched so: a load of more than was stored
// at once would have to wait.
func (g *asm) leafUnfolded(x mem, unfold mem) {
	var y [4]vec
	for i := range y {
		y[i] = g.XMM()
		g.VMOVQ(x.Offset(64+16*i), y[i])
		g.VPINSRQ(imm(1), x.Offset(72+16*i), y[i], y[i])
	}
	g.VINSERTI128(imm(1), y[1], y[0].AsY(), y[0].AsY())
	g.VINSERTI128(imm(1), y[3], y[2].AsY(), y[2].AsY())
	g.VINSERTI64X4(imm(1), y[2].AsY(), y[0].AsZ(), y[0].AsZ())
	g.VPSRLD(imm(8), y[0].AsZ(), y[0].AsZ())
	r := g.ZMM()
	g.VMOVDQU64(unfold, r)
	g.VPERMW(y[0].AsZ(), r, r)
	g.VMOVDQU(r.AsY(), at(g.arg("out"), 0))
}

func (g *asm) leafLookup512() {
	constants := g.windowConstants("around", func(i int) int { return (i - 1) & 63 })
	fold, unfold := g.foldConstants()
	g.leafWindowed("step32MirrorAVX512", constants, fold, unfold, true)
	g.leafWindowed("step32LookupAVX512", constants, fold, unfold, false)
}

// leafWindowed writes a Step32 for any rule; if flips, for one that does not tell
// north from south, so that the upper half of each word can be stepped like the
// lower although it is upside down.
func (g *asm) leafWindowed(name string, constants [3]mem, fold [2]mem, unfold mem, flips bool) {
	g.Function(name)
	g.Attributes(nosplit)
	g.SignatureExpr("func(" + leafSignature + ", a, b *uint8)")
	x := g.AllocLocal(17 * 8)
	g.leafFolded(x, fold)
	gens, a, b := g.arg("gens"), g.arg("a"), g.arg("b")
	w := g.loadWindowed(constants)
	upper := g.K()
	if !flips {
		m := g.GP32()
		g.MOVL(operand.U32(0xf0), m)
		g.KMOVW(m, upper)
	}
	p, left, across := g.GP64(), g.GP64(), g.GP64()
	g.Label("generation")
	g.MOVQ(x.Offset(120), across)
	g.ROLQ(imm(32), across)
	g.MOVQ(across, x.Offset(128))
	g.VMOVDQU64(at(a, 0), w.table)
	g.XCHGQ(a, b)
	// Words 8-r to 15 are stepped if r generations follow: r = gens-1.
	g.LEAQ(at(gens, 7), left)
	g.MOVQ(gens, p)
	g.NEGQ(p)
	g.LEAQ(mem{Base: x.Base, Disp: x.Disp + 64, Index: p, Scale: 8}, p)
	above, middle := g.windows(w, at(p, 0)), g.windows(w, at(p, 8))
	n := g.north(above)
	var nm, s, sm vec
	if !flips {
		nm, s, sm = g.north(middle), g.south(w, above), g.south(w, middle)
	}
	g.Label("word")
	below := g.windows(w, at(p, 16))
	sb := g.south(w, below)
	if flips {
		g.KMOVQ(g.next(w, n, middle, sb), at(p, 8))
		g.VPSLLW(imm(3), middle, n)
	} else {
		nb := g.north(below)
		from, pick := g.ZMM(), g.ZMM()
		g.VPBLENDMQ(nb, n, upper, from)
		g.VPBLENDMQ(s, sb, upper, pick)
		g.KMOVQ(g.next(w, from, middle, pick), at(p, 8))
		g.VMOVDQA64(nm, n)
		g.VMOVDQA64(nb, nm)
		g.VMOVDQA64(sm, s)
		g.VMOVDQA64(sb, sm)
	}
	g.VMOVDQA64(below, middle)
	g.ADDQ(imm(8), p)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("word"))
	g.DECQ(gens)
	g.JNZ(operand.LabelRef("generation"))
	g.leafUnfolded(x, unfold)
	g.end()
}
