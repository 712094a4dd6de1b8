package batch

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock locks f against other processes until it is closed. A byte far behind the end
// stands for the file: Windows lets nobody read what is locked.
func lock(f *os.File) error {
	far := &windows.Overlapped{OffsetHigh: 1 << 30}
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, far)
}

// unlock does nothing: to close f is enough.
func unlock(*os.File) {}
