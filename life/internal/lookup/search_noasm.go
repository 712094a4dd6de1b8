//go:build !amd64 || noasm || race

package lookup

import "unsafe"

func search24(x *Index, p []Probe, base unsafe.Pointer) uint32 { return search24Go(x, p, base) }

func search32(x *Index, p []Probe, base unsafe.Pointer) uint32 { return searchGo(x, p, base, 32) }
