package arena

import (
	"bytes"
	"strconv"

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
// or 0 when it does not say. It does without package os, whose poller would be set up for
// a file of /proc: many a run is over sooner than that.
func Available() int64 {
	fd, err := unix.Open("/proc/meminfo", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return 0
	}
	defer unix.Close(fd)
	var text [256]byte // the line is the third
	n, err := unix.Read(fd, text[:])
	if err != nil {
		return 0
	}
	return availableOf(text[:n])
}

// availableOf returns what the beginning of /proc/meminfo says, in bytes, 0 if it is not there.
func availableOf(text []byte) int64 {
	const name = "MemAvailable:"
	for line := range bytes.Lines(text) {
		size, isName := bytes.CutPrefix(line, []byte(name))
		size, isWhole := bytes.CutSuffix(size, []byte(" kB\n"))
		if isName && isWhole {
			kib, _ := strconv.ParseInt(string(bytes.TrimSpace(size)), 10, 53)
			return max(kib, 0) << 10
		}
	}
	return 0
}
