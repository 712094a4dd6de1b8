//go:build !(amd64 || arm64) || noasm

package kernel

func (s *Sweeper) sweepAsm(*Sweep, int) bool { return false }

func (e *Edge) closeAsm([]uint64, int, int) bool { return false }
