//go:build !amd64 || noasm

package kernel

func (e *Edge) twistAsm(dst, src []uint64, stride, n int) bool { return false }

func (e *Edge) turnAsm(words []uint64, stride int, north, south []uint64) bool { return false }
