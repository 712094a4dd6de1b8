//go:build !noasm

#include "textflag.h"
#include "neon_arm64.h"

// DOWN adds the three rows of the next column, whose cells of the middle row stay in c.
#define DOWN(s, k, c) \
	VLD1.P (R0)(R7), [V24.B16]; \
	VLD1.P (R1)(R7), [c.B16]; \
	VLD1.P (R2)(R7), [V25.B16]; \
	ADD3(V24, V25, c, s, k)

// PUT stores the next column's cells.
#define PUT(c) \
	VAND V9.B16, c.B16, c.B16; \
	VST1.P [c.B16], (R5)(R7)

// func sweepLifeNEON(a, b, c *uint64, width int, mask *uint64)
//
// Steps the width vectors between the halos of row b into row a, by Life, and clears the
// cells that are 0 in mask: first words 0 and 1 of each vector, then 2 and 3.
//
//	R0 R1 R2  the next vector of the three rows, one ahead of that at R5
//	R3        width
//	R4        mask
//	R5        where the next vector goes
//	R6        vectors left
//	R7        bytes from a vector to the next
//	R8        1 if words 2 and 3 are to come
//	V0 V1, V2 V3, V4 V5  sums of the last three vectors
//	V6 V7 V8  their cells in the middle row
//	V9        mask
TEXT ·sweepLifeNEON(SB), NOSPLIT, $0-40
	MOVD a+0(FP), R0
	MOVD b+8(FP), R1
	MOVD c+16(FP), R2
	MOVD width+24(FP), R3
	MOVD mask+32(FP), R4
	VEOR V31.B16, V31.B16, V31.B16
	MOVD $32, R7
	MOVD $1, R8

half:
	ADD  R7, R0, R5
	MOVD R3, R6
	VLD1.P 16(R4), [V9.B16]
	DOWN(V0, V1, V6)
	DOWN(V2, V3, V6)

vector:
	DOWN(V4, V5, V7)
	LIFE(V0, V1, V2, V3, V4, V5, V6)
	PUT(V6)
	SUBS $1, R6
	BEQ  end
	DOWN(V0, V1, V8)
	LIFE(V2, V3, V4, V5, V0, V1, V7)
	PUT(V7)
	SUBS $1, R6
	BEQ  end
	DOWN(V2, V3, V6)
	LIFE(V4, V5, V0, V1, V2, V3, V8)
	PUT(V8)
	SUBS $1, R6
	BNE  vector

end:
	CBZ  R8, done
	MOVD ZR, R8
	MOVD a+0(FP), R0
	MOVD b+8(FP), R1
	MOVD c+16(FP), R2
	ADD  $16, R0
	ADD  $16, R1
	ADD  $16, R2
	B    half

done:
	RET

// DOWNTOTAL is DOWN with other temporaries, which does not keep the cells: those of
// the vector before are then at R1-64.
#define DOWNTOTAL(s, k) \
	VLD1.P (R0)(R7), [V7.B16]; \
	VLD1.P (R1)(R7), [V6.B16]; \
	VLD1.P (R2)(R7), [V8.B16]; \
	ADD3(V7, V8, V6, s, k)

// SWEEPTOTAL steps the next vector, m being its sum.
#define SWEEPTOTAL(p0, p1, m0, m1, q0, q1) \
	DOWNTOTAL(q0, q1); \
	FMOVQ -64(R1), F6; \
	TOTAL(p0, p1, m0, m1, q0, q1, V6); \
	FMOVQ (R4), F13; \
	VAND V13.B16, V12.B16, V12.B16; \
	VST1.P [V12.B16], (R5)(R7)

// func sweepTotalNEON(a, b, c *uint64, width int, mask *uint64, rule *decision)
//
// The same for an outer-totalistic rule, with the same general registers; V0 to V5 are
// the sums of the last three vectors.
TEXT ·sweepTotalNEON(SB), NOSPLIT, $0-48
	MOVD a+0(FP), R0
	MOVD b+8(FP), R1
	MOVD c+16(FP), R2
	MOVD width+24(FP), R3
	MOVD mask+32(FP), R4
	MOVD rule+40(FP), R6
	MASKS(R6)
	MOVD $32, R7
	MOVD $1, R8

half:
	ADD  R7, R0, R5
	MOVD R3, R6
	DOWNTOTAL(V0, V1)
	DOWNTOTAL(V2, V3)

vector:
	SWEEPTOTAL(V0, V1, V2, V3, V4, V5)
	SUBS $1, R6
	BEQ  end
	SWEEPTOTAL(V2, V3, V4, V5, V0, V1)
	SUBS $1, R6
	BEQ  end
	SWEEPTOTAL(V4, V5, V0, V1, V2, V3)
	SUBS $1, R6
	BNE  vector

end:
	CBZ  R8, done
	MOVD ZR, R8
	MOVD a+0(FP), R0
	MOVD b+8(FP), R1
	MOVD c+16(FP), R2
	ADD  $16, R0
	ADD  $16, R1
	ADD  $16, R2
	ADD  $16, R4
	B    half

done:
	RET
