//go:build !amd64 || noasm

package kernel

func (e *Edge) twistAsm(dst, src []uint64, stride, n int, last, behind, halo Column) bool {
	return false
}

func (e *Edge) turnAsm(words []uint64, stride int, north, south []uint64) bool { return false }
