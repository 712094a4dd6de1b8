//go:build !unix

package engine

import "time"

// cpuTime is for systems that count in steps of 1/64 s.
func cpuTime() time.Duration { return 0 }
