//go:build !linux

package arena

func advise([]byte) {}

func populate([]byte) {}

// discard keeps the pages: what other systems offer does not tell at once.
func discard([]byte) {}
