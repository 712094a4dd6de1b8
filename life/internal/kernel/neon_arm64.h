// Macros of the NEON kernels. A vector has 128 cells; "sum" is a pair of registers,
// s + 2k. Vector temporaries that all of them overwrite: V24 to V28. V31 is zero.
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

// ACROSS32 adds the three cells of each row of 32 cells, ACROSS64 of each of 64.
#define ACROSS32(c, s, k) \
	VSHL $1, c.S4, V24.S4; \
	VUSHR $1, c.S4, V25.S4; \
	ADD3(V24, V25, c, s, k)

#define ACROSS64(c, s, k) \
	VSHL $1, c.D2, V24.D2; \
	VUSHR $1, c.D2, V25.D2; \
	ADD3(V24, V25, c, s, k)

// LIFE makes of the cells c those of the next generation: p, m and q are the sums of the
// rows in question, in any order. The sum of all is t + 2(x+u) + 4y, with t = V25,
// x = V24, u = V27, y = V26. With z = x ^ u the next state is
// (z ? t : c & ^t) & ((x | u) ^ y): 12 operations.
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
