//go:build !(amd64 || arm64) || noasm

package kernel

func (n *Network) rowsAsm(dst, src []uint64) bool { return false }
