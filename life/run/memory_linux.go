package run

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
)

// residentPeak returns the largest resident size of the process so far, in bytes.
//
// It is VmHWM: the figure of getrusage(2) also counts the program that started
// this one, up to exec.
func residentPeak() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range bytes.Lines(status) {
		fields := bytes.Fields(line)
		if len(fields) == 3 && string(fields[0]) == "VmHWM:" {
			if kib, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
				return kib << 10
			}
		}
	}
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return int64(u.Maxrss) << 10 // kibibytes; the type depends on the architecture
}
