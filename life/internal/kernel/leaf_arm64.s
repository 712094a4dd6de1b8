//go:build !noasm

#include "textflag.h"
#include "neon_arm64.h"

// Step32. A register has four rows of 32 cells, and rows that are neighbours are in
// neighbouring registers: lane l of register r of eight has row 8l+r. Only between the
// last and the first register lanes must be moved. When four generations are left, 24 rows
// matter, and move to six registers: lane l of register r has row 4+6l+r.

// TRANSPOSE makes lane i of dj of lane j of ai; a0, a1 and a2 are overwritten.
#define TRANSPOSE(a0, a1, a2, a3, d0, d1, d2, d3) \
	VZIP1 a2.S4, a0.S4, d0.S4; \
	VZIP2 a2.S4, a0.S4, a0.S4; \
	VZIP1 a3.S4, a1.S4, a2.S4; \
	VZIP2 a3.S4, a1.S4, a1.S4; \
	VZIP2 a2.S4, d0.S4, d1.S4; \
	VZIP1 a2.S4, d0.S4, d0.S4; \
	VZIP1 a1.S4, a0.S4, d2.S4; \
	VZIP2 a1.S4, a0.S4, d3.S4

// LOAD puts the leaves at R1 (nw), R2 (ne), R3 (sw) and R4 (se) into V0 to V7.
#define LOAD \
	VLD1 (R1), [V16.B16, V17.B16]; \
	VLD1 (R2), [V18.B16, V19.B16]; \
	VLD1 (R3), [V20.B16, V21.B16]; \
	VLD1 (R4), [V22.B16, V23.B16]; \
	VZIP1 V18.H8, V16.H8, V24.H8; \
	VZIP2 V18.H8, V16.H8, V25.H8; \
	VZIP1 V19.H8, V17.H8, V26.H8; \
	VZIP2 V19.H8, V17.H8, V27.H8; \
	VZIP1 V22.H8, V20.H8, V28.H8; \
	VZIP2 V22.H8, V20.H8, V29.H8; \
	VZIP1 V23.H8, V21.H8, V30.H8; \
	VZIP2 V23.H8, V21.H8, V31.H8; \
	TRANSPOSE(V24, V26, V28, V30, V0, V1, V2, V3); \
	TRANSPOSE(V25, V27, V29, V31, V4, V5, V6, V7)

// GATHER makes d of lanes 0 of a or 1, as i says, and the next ones of the others.
#define GATHER(d, a, i, b, j, c, k, e, l) \
	VMOV a.S[i], d.S[0]; \
	VMOV b.S[j], d.S[1]; \
	VMOV c.S[k], d.S[2]; \
	VMOV e.S[l], d.S[3]

// NARROW moves the 24 middle rows from V0 to V7 to V8 to V13.
#define NARROW \
	GATHER(V8, V4, 0, V2, 1, V0, 2, V6, 2); \
	GATHER(V9, V5, 0, V3, 1, V1, 2, V7, 2); \
	GATHER(V10, V6, 0, V4, 1, V2, 2, V0, 3); \
	GATHER(V11, V7, 0, V5, 1, V3, 2, V1, 3); \
	GATHER(V12, V0, 1, V6, 1, V4, 2, V2, 3); \
	GATHER(V13, V1, 1, V7, 1, V5, 2, V3, 3)

// CENTRE makes of the six registers the centre, V0 and V1: rows 8 to 23, columns 8 to 23.
#define CENTRE \
	VUSHR $8, V8.S4, V8.S4; \
	VUSHR $8, V9.S4, V9.S4; \
	VUSHR $8, V10.S4, V10.S4; \
	VUSHR $8, V11.S4, V11.S4; \
	VUSHR $8, V12.S4, V12.S4; \
	VUSHR $8, V13.S4, V13.S4; \
	VMOV V12.H[0], V0.H[0]; \
	VMOV V13.H[0], V0.H[1]; \
	VMOV V8.H[2], V0.H[2]; \
	VMOV V9.H[2], V0.H[3]; \
	VMOV V10.H[2], V0.H[4]; \
	VMOV V11.H[2], V0.H[5]; \
	VMOV V12.H[2], V0.H[6]; \
	VMOV V13.H[2], V0.H[7]; \
	VMOV V8.H[4], V1.H[0]; \
	VMOV V9.H[4], V1.H[1]; \
	VMOV V10.H[4], V1.H[2]; \
	VMOV V11.H[4], V1.H[3]; \
	VMOV V12.H[4], V1.H[4]; \
	VMOV V13.H[4], V1.H[5]; \
	VMOV V8.H[6], V1.H[6]; \
	VMOV V9.H[6], V1.H[7]

// NORTH makes d of the rows to the north of the first register from those of the last, SOUTH
// of those to the south of the last from the first.
#define NORTH(v, d) VEXT $12, v.B16, v.B16, d.B16
#define SOUTH(v, d) VEXT $4, v.B16, v.B16, d.B16

// func step32LifeNEON(out, nw, ne, sw, se *Leaf, gens int)
//
// Everything stays in registers.
//
//	R0        out
//	R1 to R4  nw, ne, sw, se
//	R5        gens
//	R6        generations left, in this layout
//	V0 to V7  cells, V8 to V23 sums; then V8 to V13 cells, V0 to V7 and V14 to V17 sums
//	V29 V30   a sum with its lanes moved
TEXT ·step32LifeNEON(SB), NOSPLIT, $0-48
	MOVD out+0(FP), R0
	MOVD nw+8(FP), R1
	MOVD ne+16(FP), R2
	MOVD sw+24(FP), R3
	MOVD se+32(FP), R4
	MOVD gens+40(FP), R5
	LOAD
	VEOR V31.B16, V31.B16, V31.B16
	SUBS $4, R5, R6
	BLE  narrow

eight:
	ACROSS32(V0, V8, V9, V24, V25)
	ACROSS32(V1, V10, V11, V24, V25)
	ACROSS32(V2, V12, V13, V24, V25)
	ACROSS32(V3, V14, V15, V24, V25)
	ACROSS32(V4, V16, V17, V24, V25)
	ACROSS32(V5, V18, V19, V24, V25)
	ACROSS32(V6, V20, V21, V24, V25)
	ACROSS32(V7, V22, V23, V24, V25)
	NORTH(V22, V29)
	NORTH(V23, V30)
	LIFE(V29, V30, V8, V9, V10, V11, V0)
	LIFE(V8, V9, V10, V11, V12, V13, V1)
	LIFE(V10, V11, V12, V13, V14, V15, V2)
	LIFE(V12, V13, V14, V15, V16, V17, V3)
	LIFE(V14, V15, V16, V17, V18, V19, V4)
	LIFE(V16, V17, V18, V19, V20, V21, V5)
	LIFE(V18, V19, V20, V21, V22, V23, V6)
	SOUTH(V8, V29)
	SOUTH(V9, V30)
	LIFE(V20, V21, V22, V23, V29, V30, V7)
	SUBS $1, R6
	BNE  eight

narrow:
	NARROW
	MOVD $4, R6
	CMP  R6, R5
	CSEL LT, R5, R6, R6

six:
	ACROSS32(V8, V0, V1, V24, V25)
	ACROSS32(V9, V2, V3, V24, V25)
	ACROSS32(V10, V4, V5, V24, V25)
	ACROSS32(V11, V6, V7, V24, V25)
	ACROSS32(V12, V14, V15, V24, V25)
	ACROSS32(V13, V16, V17, V24, V25)
	NORTH(V16, V29)
	NORTH(V17, V30)
	LIFE(V29, V30, V0, V1, V2, V3, V8)
	LIFE(V0, V1, V2, V3, V4, V5, V9)
	LIFE(V2, V3, V4, V5, V6, V7, V10)
	LIFE(V4, V5, V6, V7, V14, V15, V11)
	LIFE(V6, V7, V14, V15, V16, V17, V12)
	SOUTH(V0, V29)
	SOUTH(V1, V30)
	LIFE(V14, V15, V16, V17, V29, V30, V13)
	SUBS $1, R6
	BNE  six
	CENTRE
	VST1 [V0.B16, V1.B16], (R0)
	RET

// BEGIN makes p, V0 and V1, of the row of cells at R9+last and m, V2 and V3, of that at R9,
// and puts the sum to the south of the last at R9+128.
#define BEGIN(last) \
	FMOVQ (last)(R9), F6; \
	ACROSS32(V6, V2, V3, V7, V8); \
	NORTH(V2, V0); \
	NORTH(V3, V1); \
	FMOVQ (R9), F6; \
	ACROSS32(V6, V2, V3, V7, V8); \
	SOUTH(V2, V7); \
	SOUTH(V3, V8); \
	FMOVQ F7, 128(R9); \
	FMOVQ F8, 144(R9)

// STEP steps the cells at R9+at, with the sums of the rows to the north p and of these m;
// q becomes that of the cells at R9+at+16.
#define STEP(at, p0, p1, m0, m1, q0, q1) \
	FMOVQ (at+16)(R9), F6; \
	ACROSS32(V6, q0, q1, V7, V8); \
	DECIDE(at, p0, p1, m0, m1, q0, q1)

#define DECIDE(at, p0, p1, m0, m1, q0, q1) \
	FMOVQ (at)(R9), F6; \
	TOTAL(p0, p1, m0, m1, q0, q1, V6); \
	FMOVQ F12, (at)(R9)

// TURN loads the masks of the next generation: those at R7 and R8 take turns.
#define TURN \
	MOVD R7, R10; \
	MOVD R8, R7; \
	MOVD R10, R8; \
	MASKS(R10)

// func step32TotalNEON(out, nw, ne, sw, se *Leaf, gens int, a, b *decision)
//
// The same for outer-totalistic rules. Masks fill 18 registers, so cells are in memory.
//
//	R0        out
//	R1 to R4  nw, ne, sw, se
//	R5        gens
//	R6        generations left, in this layout
//	R7 R8     the decisions of the next generation and of the one after it
//	R9        eight or six vectors of cells, and at 128 a sum
//	V0 V1, V2 V3, V4 V5  sums of three successive registers
TEXT ·step32TotalNEON(SB), NOSPLIT, $176-64
	MOVD out+0(FP), R0
	MOVD nw+8(FP), R1
	MOVD ne+16(FP), R2
	MOVD sw+24(FP), R3
	MOVD se+32(FP), R4
	MOVD gens+40(FP), R5
	MOVD a+48(FP), R7
	MOVD b+56(FP), R8
	ADD  $16, RSP, R9
	LOAD
	SUBS $4, R5, R6
	BLE  narrow
	VST1.P [V0.B16, V1.B16, V2.B16, V3.B16], 64(R9)
	VST1 [V4.B16, V5.B16, V6.B16, V7.B16], (R9)
	SUB  $64, R9

eight:
	TURN
	BEGIN(112)
	STEP(0, V0, V1, V2, V3, V4, V5)
	STEP(16, V2, V3, V4, V5, V0, V1)
	STEP(32, V4, V5, V0, V1, V2, V3)
	STEP(48, V0, V1, V2, V3, V4, V5)
	STEP(64, V2, V3, V4, V5, V0, V1)
	STEP(80, V4, V5, V0, V1, V2, V3)
	STEP(96, V0, V1, V2, V3, V4, V5)
	FMOVQ 128(R9), F0
	FMOVQ 144(R9), F1
	DECIDE(112, V2, V3, V4, V5, V0, V1)
	SUBS $1, R6
	BNE  eight
	VLD1.P 64(R9), [V0.B16, V1.B16, V2.B16, V3.B16]
	VLD1 (R9), [V4.B16, V5.B16, V6.B16, V7.B16]
	SUB  $64, R9

narrow:
	NARROW
	VST1.P [V8.B16, V9.B16, V10.B16, V11.B16], 64(R9)
	VST1 [V12.B16, V13.B16], (R9)
	SUB  $64, R9
	MOVD $4, R6
	CMP  R6, R5
	CSEL LT, R5, R6, R6

six:
	TURN
	BEGIN(80)
	STEP(0, V0, V1, V2, V3, V4, V5)
	STEP(16, V2, V3, V4, V5, V0, V1)
	STEP(32, V4, V5, V0, V1, V2, V3)
	STEP(48, V0, V1, V2, V3, V4, V5)
	STEP(64, V2, V3, V4, V5, V0, V1)
	FMOVQ 128(R9), F2
	FMOVQ 144(R9), F3
	DECIDE(80, V4, V5, V0, V1, V2, V3)
	SUBS $1, R6
	BNE  six
	VLD1.P 64(R9), [V8.B16, V9.B16, V10.B16, V11.B16]
	VLD1 (R9), [V12.B16, V13.B16]
	CENTRE
	VST1 [V0.B16, V1.B16], (R0)
	RET
