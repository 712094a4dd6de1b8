//go:build !linux && !darwin

package run

import "runtime"

// residentPeak returns the bytes the Go runtime has obtained from the system,
// which is the nearest to a peak that all systems tell.
func residentPeak() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
