//go:build !linux

package batch

import "runtime/metrics"

// residentBytes returns the memory that the Go runtime has taken from the system: the
// nearest to resident memory that is cheap to ask for. What engines take beside it is
// bounded by their limits.
func residentBytes() int64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}

// OfferToKiller tells the system to take this process first when memory runs out, where
// there is a way to.
func OfferToKiller() {}
