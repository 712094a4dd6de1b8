//go:build !amd64 || noasm

package wide

// asmDecision is a decision in the form that assembly wants.
type asmDecision struct{}

// decideArgs is what assembly is told.
type decideArgs struct{}

func (d *decision) prepare(*law) {}

func (b *workbench[L]) scanAsm(*law, *frame, bool) bool { return false }

func copyRowsAsm(dst []uint8, dstStride int, src []uint8, srcStride, n, rows int) bool { return false }

func (b *workbench[L]) markAsm(*law, *frame) bool { return false }

func (b *workbench[L]) sumAsm(factor, *frame) bool { return false }

func (b *workbench[L]) decideAsm(*law, *decision, *frame, int) bool { return false }
