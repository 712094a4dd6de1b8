//go:build !amd64 || noasm

package wide

// asmDecision is a decision in the form that assembly wants.
type asmDecision struct{}

func (d *decision) prepare(*law) {}

func (b *workbench[L]) scanAsm(*law, *frame, bool) bool { return false }

func (b *workbench[L]) markAsm(*law, *frame) bool { return false }

func (b *workbench[L]) sumAsm(factor, *frame) bool { return false }

func (b *workbench[L]) decideAsm(*law, *decision, *frame) bool { return false }
