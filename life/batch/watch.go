package batch

import (
	"fmt"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// watch ends a worker process whose job takes much more memory than it may: engines
// keep to their limits, but what reads a pattern, or the slow engine, has none.
type watch struct {
	limit atomic.Int64 // resident bytes of the process; 0 is none
	text  atomic.Value // what to say, as a string
	base  int64        // resident bytes at the beginning
	set   int64        // the limit that was set last
}

const (
	// slackBytes is what a process may take beside an engine and an eighth of it.
	slackBytes = 96 << 20
	watchEvery = 20 * time.Millisecond
	// exitMemory is the exit code of a worker that has ended itself.
	exitMemory = 9
)

// gcPercent lets the heap of a worker grow to some 32 MiB before it is collected: small
// jobs leave garbage, and little else. The memory limit of a job bounds it in any case.
const gcPercent = 800

// newWatch begins to watch. It also calls tick each watchEvery.
func newWatch(tick func()) *watch {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	w := &watch{base: residentBytes()}
	go func() {
		for range time.Tick(watchEvery) {
			tick()
			limit := w.limit.Load()
			if limit == 0 {
				continue
			}
			if n := residentBytes(); n > limit {
				fmt.Fprintf(os.Stderr, "%v: its process has taken %d MiB\n", w.text.Load(), n>>20)
				os.Exit(exitMemory)
			}
		}
	}()
	return w
}

// guard watches a job, until what it returns is called.
func (w *watch) guard(j *Job) func() {
	if j.Memory == 0 {
		return func() {}
	}
	if limit := w.base + j.Memory + j.Memory/8 + slackBytes; limit != w.set {
		debug.SetMemoryLimit(limit)
		w.text.Store(fmt.Sprintf("the job needs more memory than its limit of %d MiB", j.Memory>>20))
		w.set = limit
	}
	w.limit.Store(w.set)
	return func() { w.limit.Store(0) }
}
