//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package batch

import "os"

// lock does nothing where there are no locks.
func lock(*os.File) error { return nil }

// unlock does nothing: to close f is enough.
func unlock(*os.File) {}
