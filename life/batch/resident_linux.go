package batch

import (
	"os"
	"strconv"
	"strings"
)

// residentBytes returns the resident memory of this process.
func residentBytes() int64 {
	data, _ := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(data))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// OfferToKiller tells the system to take this process first when memory runs out.
// Errors do not matter: it is a wish.
func OfferToKiller() { os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0o644) }
