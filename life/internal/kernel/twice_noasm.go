//go:build !amd64 || noasm

package kernel

func twiceAsm(_, _ *Network, _ *Tile, _, _ int) (Change, bool) { return Change{}, false }
