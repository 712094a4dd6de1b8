//go:build unix

package tui

import (
	"syscall"
	"time"
)

// cpuTime returns the processor time of all threads of the process, which tells
// what a frame costs also on a machine that is busy with other things.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
