//go:build !unix

package bench

import (
	"os"
	"time"
)

// usage is not known on this system.
func usage() (user, sys time.Duration) { return 0, 0 }

// peakOf is not known on this system.
func peakOf(*os.ProcessState) int64 { return 0 }
