//go:build !linux

package arena

func advise([]byte) {}

// discard keeps the pages: what other systems offer does not tell at once.
func discard([]byte) {}
