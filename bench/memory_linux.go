package bench

import (
	"bytes"
	"os"
	"strconv"
)

// maxrssUnit is what getrusage(2) counts in.
const maxrssUnit = 1 << 10

// peakMemory returns the largest resident size of this process so far, in bytes.
// It is VmHWM: the figure of getrusage(2) also counts the program that started
// this one, up to exec.
func peakMemory() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range bytes.Lines(status) {
		f := bytes.Fields(line)
		if len(f) == 3 && string(f[0]) == "VmHWM:" {
			kib, _ := strconv.ParseInt(string(f[1]), 10, 64)
			return kib << 10
		}
	}
	return 0
}
