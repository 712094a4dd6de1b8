//go:build !noasm

#include "textflag.h"
#include "neon_arm64.h"

// FIRST makes in o, a register with the other name f, the first generation of the two
// rows at R0+at. p is the sum of the rows to their north, q becomes that of the
// rows to their south.
#define FIRST(at, p0, p1, q0, q1, o, f) \
	FMOVQ (at+8)(R0), F7; \
	FMOVQ (at)(R0), f; \
	ACROSS64(V7, q0, q1, V24, V25); \
	BETWEEN(p0, p1, q0, q1, V4, V5); \
	LIFE(p0, p1, V4, V5, q0, q1, o)

// SECOND replaces the two rows at R0+at by the second generation, and notes what that
// changes. o is the first generation of the rows that begin one further north,
// n of those one further south than these, u and w are the sums of o and n.
#define SECOND(at, u0, u1, w0, w1, o, n) \
	BETWEEN(u0, u1, w0, w1, V4, V5); \
	VEXT $8, n.B16, o.B16, V6.B16; \
	LIFE(u0, u1, V4, V5, w0, w1, V6); \
	FMOVQ (at)(R0), F7; \
	VEOR V7.B16, V6.B16, V6.B16; \
	VAND V14.B16, V6.B16, V6.B16; \
	VEOR V6.B16, V7.B16, V7.B16; \
	FMOVQ F7, (at)(R0); \
	VORR V6.B16, V17.B16, V17.B16; \
	NOTE(V6, V18); \
	NOTE(V15, V19); \
	VSHL $2, V16.D2, V16.D2

// NOTE sets the bits of the rows in which a cell of mask changed.
#define NOTE(mask, rows) \
	VCMTST mask.D2, V6.D2, V24.D2; \
	VAND V16.B16, V24.B16, V24.B16; \
	VORR V24.B16, rows.B16, rows.B16

// ORLANES stores both lanes of v as one.
#define ORLANES(v, result) \
	VMOV v.D[0], R4; \
	VMOV v.D[1], R5; \
	ORR R5, R4; \
	MOVD R4, result

// func twiceLifeNEON(t *uint64, groups uint64) (changed, columns, sides uint64)
//
// StepTwice of the groups of four rows, counted from row 2 on, for which bit 4i of
// groups is set; there must be one. Two rows to the register. The first generation runs
// one register ahead of the second, and nothing is stored between them.
//
//	R0       the first row of the group
//	R1       groups, from this one on
//	R3       the number of the group's first row
//	V0 V1    sum of rows 0 and 1 of the group, then of the next group
//	V2 V3    sum of rows 2 and 3
//	V8 V9    sum of V12: the first generation of the row to the north and of row 0
//	V10 V11  sum of V13: the first generation of rows 1 and 2
//	V14 V15  the columns that change, and those that a neighbour has a copy of
//	V16      the bits of the next two rows
//	V17      columns that changed
//	V18 V19  bits of rows that changed, of those in which V15 did
TEXT ·twiceLifeNEON(SB), NOSPLIT, $0-40
	MOVD t+0(FP), R0
	MOVD groups+8(FP), R1
	VEOR V31.B16, V31.B16, V31.B16
	VEOR V17.B16, V17.B16, V17.B16
	VEOR V18.B16, V18.B16, V18.B16
	VEOR V19.B16, V19.B16, V19.B16
	MOVD $0x3ffffffffffffffc, R4
	VDUP R4, V14.D2
	MOVD $0x300000000000000c, R4
	VDUP R4, V15.D2
	ADD  $16, R0
	MOVD $2, R3

run:
	// On to the next group that is set.
	RBIT R1, R4
	CLZ  R4, R4
	LSR  R4, R1
	ADD  R4<<3, R0
	ADD  R4, R3
	MOVD $1, R4
	LSL  R3, R4
	VMOV R4, V16.D[0]
	LSL  $1, R4
	VMOV R4, V16.D[1]
	FMOVQ -16(R0), F7
	ACROSS64(V7, V2, V3, V24, V25)
	FIRST(-8, V2, V3, V0, V1, V12, F12)
	ACROSS64(V12, V8, V9, V24, V25)

group:
	FIRST(8, V0, V1, V2, V3, V13, F13)
	ACROSS64(V13, V10, V11, V24, V25)
	SECOND(0, V8, V9, V10, V11, V12, V13)
	FIRST(24, V2, V3, V0, V1, V12, F12)
	ACROSS64(V12, V8, V9, V24, V25)
	SECOND(16, V10, V11, V8, V9, V13, V12)
	ADD  $32, R0
	ADD  $4, R3
	LSR  $4, R1
	TBNZ $0, R1, group
	CBNZ R1, run
	ORLANES(V18, changed+16(FP))
	ORLANES(V17, columns+24(FP))
	ORLANES(V19, sides+32(FP))
	RET
