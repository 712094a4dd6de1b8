package run

import "syscall"

// residentPeak returns the largest resident size of the process so far, in bytes.
func residentPeak() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Maxrss // bytes here, kibibytes on Linux
}
