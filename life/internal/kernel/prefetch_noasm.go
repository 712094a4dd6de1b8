//go:build !amd64 || noasm

package kernel

import "unsafe"

func prefetchAsm(base unsafe.Pointer, ids []uint32) uint32 { return prefetchLoads(base, ids) }
