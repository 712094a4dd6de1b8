//go:build !noasm

#include "textflag.h"
#include "neon_arm64.h"

// ROWSLIFE steps two rows. p is the sum of the rows at R1-16, q becomes that of the
// next two.
#define ROWSLIFE(p0, p1, q0, q1) \
	VLD1.P 16(R1), [V7.B16]; \
	VLD1.P 16(R3), [V6.B16]; \
	ACROSS64(V7, q0, q1, V24, V25); \
	BETWEEN(p0, p1, q0, q1, V4, V5); \
	LIFE(p0, p1, V4, V5, q0, q1, V6); \
	VST1.P [V6.B16], 16(R0)

// func rowsLifeNEON(dst, src *uint64, n int)
//
// StepRows of Life for n ≥ 2 rows, two to the register. The rows to the north are those
// of one register, the rows to the south those of the next, and the two between are
// half of each. When n is odd the last two are the last but one once more, and
// the last.
//
//	R0  dst, the next two rows
//	R1  src, the rows to the south of the next two
//	R2  rows left, beyond the next two
//	R3  src, the next two rows
//	V0 V1, V2 V3  sums of two rows, in turn p and q of ROWSLIFE
TEXT ·rowsLifeNEON(SB), NOSPLIT, $0-24
	MOVD dst+0(FP), R0
	MOVD src+8(FP), R1
	MOVD n+16(FP), R2
	VEOR V31.B16, V31.B16, V31.B16
	ADD  $8, R1, R3
	SUB  $2, R2
	VLD1.P 16(R1), [V7.B16]
	ACROSS64(V7, V0, V1, V24, V25)

two:
	ROWSLIFE(V0, V1, V2, V3)
	SUBS $2, R2
	BLT  end
	ROWSLIFE(V2, V3, V0, V1)
	SUBS $2, R2
	BGE  two

end:
	TBZ  $0, R2, done
	SUB  $24, R1
	SUB  $8, R3
	SUB  $8, R0
	MOVD ZR, R2
	VLD1.P 16(R1), [V7.B16]
	ACROSS64(V7, V0, V1, V24, V25)
	B    two

done:
	RET

// ROWSTOTAL is ROWSLIFE for other rules.
#define ROWSTOTAL(p0, p1, q0, q1) \
	VLD1.P 16(R1), [V7.B16]; \
	VLD1.P 16(R3), [V6.B16]; \
	ACROSS64(V7, q0, q1, V8, V9); \
	BETWEEN(p0, p1, q0, q1, V4, V5); \
	TOTAL(p0, p1, V4, V5, q0, q1, V6); \
	VST1.P [V12.B16], 16(R0)

// func rowsTotalNEON(dst, src *uint64, n int, rule *decision)
//
// StepRows of an outer-totalistic rule, as rowsLifeNEON.
TEXT ·rowsTotalNEON(SB), NOSPLIT, $0-32
	MOVD dst+0(FP), R0
	MOVD src+8(FP), R1
	MOVD n+16(FP), R2
	MOVD rule+24(FP), R4
	MASKS(R4)
	ADD  $8, R1, R3
	SUB  $2, R2
	VLD1.P 16(R1), [V7.B16]
	ACROSS64(V7, V0, V1, V8, V9)

two:
	ROWSTOTAL(V0, V1, V2, V3)
	SUBS $2, R2
	BLT  end
	ROWSTOTAL(V2, V3, V0, V1)
	SUBS $2, R2
	BGE  two

end:
	TBZ  $0, R2, done
	SUB  $24, R1
	SUB  $8, R3
	SUB  $8, R0
	MOVD ZR, R2
	VLD1.P 16(R1), [V7.B16]
	ACROSS64(V7, V0, V1, V8, V9)
	B    two

done:
	RET
