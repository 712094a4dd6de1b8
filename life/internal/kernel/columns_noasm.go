//go:build !amd64 || noasm

package kernel

func pickColumnsAsm([][VectorWords]uint64, []uint64, int, []Column) bool { return false }

func putColumnsAsm([]uint64, int, [][VectorWords]uint64, []Column) bool { return false }
