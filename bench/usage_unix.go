//go:build unix

package bench

import (
	"os"
	"syscall"
	"time"
)

// usage returns the user and system time of this process so far, all threads.
func usage() (user, sys time.Duration) {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0, 0
	}
	return time.Duration(u.Utime.Nano()), time.Duration(u.Stime.Nano())
}

// peakOf returns the largest resident size of a process that has ended, in bytes.
// On Linux it is never less than what this process had when it started the other.
func peakOf(p *os.ProcessState) int64 {
	u, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return int64(u.Maxrss) * maxrssUnit
}
