//go:build !noasm

#include "textflag.h"

// func prefetchNodes(base unsafe.Pointer, ids *uint32, n int) uint32
TEXT ·prefetchNodes(SB), NOSPLIT, $0-28
	MOVQ base+0(FP), AX
	MOVQ ids+8(FP), BX
	MOVQ n+16(FP), CX
	MOVL $0, ret+24(FP)
	TESTQ CX, CX
	JLE done

next:
	MOVL (BX), DX
	LEAQ (DX)(DX*2), DX
	PREFETCHT0 (AX)(DX*8)
	PREFETCHT0 23(AX)(DX*8)
	ADDQ $4, BX
	DECQ CX
	JNZ next

done:
	RET
