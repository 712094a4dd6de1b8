package arena

import (
	"bufio"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// advise asks for huge pages. A refusal costs speed, nothing else.
func advise(b []byte) {
	if len(b) >= hugePage {
		_ = unix.Madvise(b, unix.MADV_HUGEPAGE)
	}
}

// populate asks for pages. Kernels before 5.14 do not know how; they come when they are
// touched, then.
func populate(b []byte) {
	if len(b) > 0 {
		_ = unix.Madvise(b, unix.MADV_POPULATE_WRITE)
	}
}

// discard gives pages back. A refusal costs memory, nothing else.
func discard(b []byte) { _ = unix.Madvise(b, unix.MADV_DONTNEED) }

// Available returns the bytes of memory that the system could still hand out,
// or 0 when it does not say.
func Available() int64 {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var kib int64
		if n, _ := fmt.Sscanf(s.Text(), "MemAvailable: %d kB", &kib); n == 1 {
			return kib << 10
		}
	}
	return 0
}
