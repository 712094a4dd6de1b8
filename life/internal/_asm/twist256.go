package main

import (
	"github.com/mmcloughlin/avo/operand"
)

// twist256 is kernel.Edge.Twist.
func (g *asm) twist256() {
	g.Function("twistAVX2")
	g.Attributes(nosplit)
	g.SignatureExpr("func(dst, src *uint64, stride, n int, last, behind, halo *int)")
	dst, src, stride, n := g.arg("dst"), g.arg("src"), g.arg("stride"), g.arg("n")
	const upsideDown = 0x1b // words in reverse order
	column := func(name string) (of func(row gp) mem, bit vec) {
		c, word := g.arg(name), g.GP64()
		g.MOVQ(at(c, 0), word)
		bits := g.YMM()
		g.VPBROADCASTQ(at(c, 8), bits)
		return func(row gp) mem { return mem{Base: row, Index: word, Scale: 8} }, bits
	}
	last, lastBit := column("last")
	behind, behindBit := column("behind")
	halo, haloBit := column("halo")
	one := g.YMM()
	g.VPCMPEQD(one, one, one)
	g.VPSRLQ(imm(63), one, one)
	g.Label("row")
	x, y, z := g.YMM(), g.YMM(), g.YMM()
	g.VPERMQ(imm(upsideDown), last(src), x)
	g.VPSRLVQ(lastBit, x, x)
	g.VPAND(one, x, x)
	g.VPOR(at(dst, 0), x, x)
	g.VMOVDQU(x, at(dst, 0))
	g.VPERMQ(imm(upsideDown), at(src, 32), y)
	g.VPAND(one, y, y)
	g.VPSLLVQ(behindBit, y, z)
	g.VPOR(behind(dst), z, z)
	g.VMOVDQU(z, behind(dst))
	g.VPSLLVQ(haloBit, y, z)
	g.VPOR(halo(dst), z, z)
	g.VMOVDQU(z, halo(dst))
	g.ADDQ(stride, dst)
	g.SUBQ(stride, src)
	g.DECQ(n)
	g.JNZ(operand.LabelRef("row"))
	g.end()
}

// turn256 is kernel.Edge.turn. Rows that are Width apart are neighbouring bits of a column: of each
// such run one goes down and one up, so that bits enter or leave vectors at one end.
func (g *asm) turn256() {
	g.Function("turnAVX2")
	g.SignatureExpr("func(words *uint64, stride, vectors int, north, south *uint64)")
	const run = 16
	words, stride, vectors := g.arg("words"), g.arg("stride"), g.arg("vectors")
	shift := func(name string, by func(lane int) int) mem {
		return g.bytes(name, func(i int) int {
			if i%8 != 0 {
				return 0
			}
			return by(i / 8 % 4)
		})
	}
	up := shift("turnUp", func(l int) int { return run * l })
	down := shift("turnDown", func(l int) int { return 64 - run - run*l })
	width, step, first, bottom := g.GP64(), g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(words, first)
	g.MOVQ(vectors, width)
	g.SHLQ(imm(5), width)
	g.MOVQ(stride, step)
	g.IMULQ(vectors, step) // to the next of a run
	g.MOVQ(step, bottom)
	g.SHLQ(imm(4), bottom)
	g.SUBQ(stride, bottom)
	g.ADDQ(words, bottom) // the last row
	north, south, v := g.arg("north"), g.arg("south"), g.GP64()
	g.MOVQ(operand.U32(32), v)
	one, top := g.YMM(), g.YMM()
	g.VPCMPEQD(one, one, one)
	g.VPSLLQ(imm(63), one, top)
	g.VPSRLQ(imm(63), one, one)
	p, q, left := g.GP64(), g.GP64(), g.GP64()
	column := func(row gp) mem { return mem{Base: row, Index: v, Scale: 1} }
	end := func(row gp, offset int) mem { return mem{Base: row, Index: width, Scale: 1, Disp: offset} }

	g.Label("vector")
	g.MOVQ(words, p)
	g.MOVQ(step, q)
	g.SHLQ(imm(4), q)
	g.SUBQ(step, q)
	g.ADDQ(words, q) // 15 steps on
	g.MOVQ(operand.U32(run), left)
	west, east, n, s, t := g.YMM(), g.YMM(), g.YMM(), g.YMM(), g.YMM()
	g.VPBROADCASTQ(column(first), west)
	g.VPSRLVQ(up, west, west)
	g.VPBROADCASTQ(column(bottom).Offset(24), east)
	g.VPSLLVQ(down, east, east)
	g.VPXOR(n, n, n)
	g.VPXOR(s, s, s)
	g.Label("row")
	g.VPAND(end(p, 0), top, t)
	g.VPSRLQ(imm(1), s, s)
	g.VPOR(t, s, s)
	g.VPAND(one, west, t)
	g.VPSRLQ(imm(1), west, west)
	g.VPOR(at(p, 0), t, t)
	g.VMOVDQU(t, at(p, 0))
	g.VPAND(at(q, 32), one, t)
	g.VPADDQ(n, n, n)
	g.VPOR(t, n, n)
	g.VPAND(top, east, t)
	g.VPADDQ(east, east, east)
	g.VPOR(end(q, 32), t, t)
	g.VMOVDQU(t, end(q, 32))
	g.ADDQ(step, p)
	g.SUBQ(step, q)
	g.DECQ(left)
	g.JNZ(operand.LabelRef("row"))
	g.VPSLLVQ(up, n, n)
	g.VPSRLVQ(down, s, s)
	for _, c := range []struct {
		v  vec
		to mem
	}{{n, column(north).Offset(24)}, {s, column(south)}} {
		half, quarter := g.YMM(), g.YMM()
		g.VPERMQ(imm(0x4e), c.v, half)
		g.VPOR(half, c.v, half)
		g.VPSHUFD(imm(0x4e), half, quarter)
		g.VPOR(quarter, half, half)
		g.VMOVQ(half.AsX(), c.to)
	}
	g.ADDQ(stride, words)
	g.ADDQ(imm(32), v)
	g.DECQ(vectors)
	g.JNZ(operand.LabelRef("vector"))
	g.end()
}
