package cli

import (
	"os/signal"
	"syscall"
)

// ignoreBrokenPipe makes a write to a closed standard output an error, where the
// system would kill the program: what has been computed is not to be lost with it.
func ignoreBrokenPipe() { signal.Ignore(syscall.SIGPIPE) }
