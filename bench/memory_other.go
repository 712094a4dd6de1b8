//go:build !linux

package bench

import "runtime"

// maxrssUnit is what getrusage(2) counts in on macOS; the BSDs count in KiB.
const maxrssUnit = 1

// peakMemory returns the bytes the Go runtime has obtained from the system,
// which is the nearest to a peak that all systems tell.
func peakMemory() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
