// Macros of the NEON kernels. A vector has 128 cells; a sum is a pair of registers,
// s + 2k.
//
// Operands stand in the order of Go's assembler: VBSL a, b, m is m = m ? b : a,
// VBIT m, b, a is a = m ? b : a, VBIF m, b, a is a = m ? a : b, and VEXT $n, b, a, d
// makes d of the bytes from n on of a and then b.

// ADD3 adds three bits a lane: a + b + c = s + 2k. Where a and b differ the carry is c,
// elsewhere it is a. s and k must not be a, b or c.
#define ADD3(a, b, c, s, k) \
	VEOR a.B16, b.B16, k.B16; \
	VEOR k.B16, c.B16, s.B16; \
	VBSL a.B16, c.B16, k.B16

// ACROSS32 adds the three cells of each row of 32 cells, ACROSS64 of each of 64. They
// overwrite w and e.
#define ACROSS32(c, s, k, w, e) \
	VSHL $1, c.S4, w.S4; \
	VUSHR $1, c.S4, e.S4; \
	ADD3(w, e, c, s, k)

#define ACROSS64(c, s, k, w, e) \
	VSHL $1, c.D2, w.D2; \
	VUSHR $1, c.D2, e.D2; \
	ADD3(w, e, c, s, k)

// LIFE makes of the cells c those of the next generation: p, m and q are the sums of the
// rows in question, in any order. The sum of all is t + 2(x+u) + 4y, with t = V25,
// x = V24, u = V27, y = V26. With z = x ^ u the next state is
// (z ? t : c & ^t) & ((x | u) ^ y): 12 operations, six of them sums. V31 must be
// zero; V24 to V28 are overwritten.
#define LIFE(p0, p1, m0, m1, q0, q1, c) \
	ADD3(p0, q0, m0, V25, V24); \
	ADD3(p1, q1, m1, V27, V26); \
	VBIT V25.B16, V31.B16, c.B16; \
	VEOR V24.B16, V27.B16, V28.B16; \
	VORR V24.B16, V27.B16, V24.B16; \
	VBSL c.B16, V25.B16, V28.B16; \
	VEOR V26.B16, V24.B16, V24.B16; \
	VAND V24.B16, V28.B16, c.B16

// BETWEEN makes the sum m of the southern row of p and the northern row of q.
#define BETWEEN(p0, p1, q0, q1, m0, m1) \
	VEXT $8, q0.B16, p0.B16, m0.B16; \
	VEXT $8, q1.B16, p1.B16, m1.B16

// MASKS loads a decision (decide_arm64.go), R being a pointer to it, which is moved.
#define MASKS(R) \
	VLD1R.P 8(R), [V14.D2]; \
	VLD1R.P 8(R), [V15.D2]; \
	VLD1R.P 8(R), [V16.D2]; \
	VLD1R.P 8(R), [V17.D2]; \
	VLD1R.P 8(R), [V18.D2]; \
	VLD1R.P 8(R), [V19.D2]; \
	VLD1R.P 8(R), [V20.D2]; \
	VLD1R.P 8(R), [V21.D2]; \
	VLD1R.P 8(R), [V22.D2]; \
	VLD1R.P 8(R), [V23.D2]; \
	VLD1R.P 8(R), [V24.D2]; \
	VLD1R.P 8(R), [V25.D2]; \
	VLD1R.P 8(R), [V26.D2]; \
	VLD1R.P 8(R), [V27.D2]; \
	VLD1R.P 8(R), [V28.D2]; \
	VLD1R.P 8(R), [V29.D2]; \
	VLD1R.P 8(R), [V30.D2]; \
	VLD1R.P 8(R), [V31.D2]

// CHOOSE makes y = c ? live ^ live1 & t : dead ^ dead1 & t, with t = V8.
#define CHOOSE(live, live1, dead, dead1, c, x, y) \
	VAND V8.B16, live1.B16, x.B16; \
	VAND V8.B16, dead1.B16, y.B16; \
	VEOR live.B16, x.B16, x.B16; \
	VEOR dead.B16, y.B16, y.B16; \
	VBIT c.B16, x.B16, y.B16

// TOTAL makes in V12 the next generation of the cells c by the rule of MASKS: 37
// operations. Arguments are those of LIFE, among V0 to V6; V7 to V13 are overwritten.
// Of the sum t + 2p + 4q + 8e, t is V8, p V7, q V10 and e V9.
#define TOTAL(p0, p1, m0, m1, q0, q1, c) \
	ADD3(p0, q0, m0, V8, V7); \
	ADD3(p1, q1, m1, V10, V9); \
	VAND V7.B16, V10.B16, V11.B16; \
	VEOR V7.B16, V10.B16, V7.B16; \
	VEOR V9.B16, V11.B16, V10.B16; \
	VAND V9.B16, V11.B16, V9.B16; \
	CHOOSE(V14, V15, V16, V17, c, V11, V12); \
	CHOOSE(V18, V19, V20, V21, c, V11, V13); \
	VBIT V7.B16, V13.B16, V12.B16; \
	VAND V8.B16, V31.B16, V11.B16; \
	VBIF c.B16, V30.B16, V11.B16; \
	VAND V9.B16, V11.B16, V11.B16; \
	VEOR V11.B16, V12.B16, V12.B16; \
	CHOOSE(V22, V23, V24, V25, c, V11, V13); \
	CHOOSE(V26, V27, V28, V29, c, V11, V9); \
	VBIT V7.B16, V9.B16, V13.B16; \
	VBIT V10.B16, V13.B16, V12.B16
