//go:build !amd64 || noasm

package kernel

// HasCopies reports whether edges have assembly for this processor.
func HasCopies() bool { return false }

func copyWestAsm(_, _ *Tile, _ uint64) uint64 { panic("kernel: no assembly") }

func copyEastAsm(_, _ *Tile, _ uint64) uint64 { panic("kernel: no assembly") }

func pushWestAsm(Chunks, []Side, *List[uint32], *List[uint32]) { panic("kernel: no assembly") }

func pushEastAsm(Chunks, []Side, *List[uint32], *List[uint32]) { panic("kernel: no assembly") }
