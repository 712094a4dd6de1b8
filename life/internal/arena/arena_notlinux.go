//go:build !linux

package arena

// Available returns the bytes of memory that the system could still hand out,
// or 0 when it does not say.
func Available() int64 { return 0 }
