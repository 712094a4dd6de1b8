//go:build !amd64 || noasm || race

package lookup

import "unsafe"

func prefetchAsm16(base unsafe.Pointer, ids []uint32) uint32 { return prefetchLoads(base, ids, 16) }
func prefetchAsm24(base unsafe.Pointer, ids []uint32) uint32 { return prefetchLoads(base, ids, 24) }
func prefetchAsm32(base unsafe.Pointer, ids []uint32) uint32 { return prefetchLoads(base, ids, 32) }
