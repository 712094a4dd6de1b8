//go:build unix

package cli

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"golife/life/engine"
	"golife/life/rule"
	"golife/life/soup"
)

// self returns the command of this program.
func self(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &exec.Cmd{Path: path, Args: append([]string{"life"}, args...)} // TestMain knows it by this name
}

// soupManifest writes n soups of 16×16 for some generations.
func soupManifest(t testing.TB, n, generations int) string {
	t.Helper()
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, "{\"id\":\"s%d\",\"soup\":\"16x16\",\"seed\":%d,\"generations\":%d}\n", i, i, generations)
	}
	name := filepath.Join(t.TempDir(), "jobs.jsonl")
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// cpuTime returns user and system time.
func cpuTime(u *syscall.Rusage) time.Duration {
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// bareLoop does what the jobs of soupManifest ask for, and nothing else, and returns the
// processor time.
func bareLoop(t testing.TB, n, generations int) time.Duration {
	t.Helper()
	var before, after syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	conway := rule.MustParse("B3/S23")
	s, err := soup.Parse("16x16")
	if err != nil {
		t.Fatal(err)
	}
	gens := big.NewInt(int64(generations))
	for i := range n {
		p, err := s.Pattern(conway, strconv.Itoa(i))
		if err != nil {
			t.Fatal(err)
		}
		e, err := engine.New(engine.Choose(p, engine.Use{Generations: gens}).Name, conway, engine.Options{Threads: 1})
		if err == nil {
			err = e.Load(p)
		}
		if err == nil {
			err = e.Advance(context.Background(), gens)
		}
		if err != nil {
			t.Fatal(err)
		}
		e.Population()
		e.Bounds()
		e.Snapshot().Digest()
	}
	syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	return cpuTime(&after) - cpuTime(&before)
}

// TestManySmallJobs measures what life batch costs beyond the runs themselves, in
// processor time of all its processes, and whether its memory grows with the number of
// jobs. It runs with GOLIFE_SOAK.
func TestManySmallJobs(t *testing.T) {
	if os.Getenv("GOLIFE_SOAK") == "" {
		t.Skip("GOLIFE_SOAK is not set")
	}
	const (
		jobs        = 10_000
		generations = 1_000
		most        = 100 * time.Microsecond // a job
	)
	peak := map[int]int64{}
	best := time.Duration(1 << 62)
	for round := 0; round < 3 || best > most && round < 10; round++ { // others may use the machine, too
		bare := bareLoop(t, jobs, generations)
		for _, n := range []int{jobs / 10, jobs} {
			out := filepath.Join(t.TempDir(), "r.jsonl")
			c := self(t, "batch", soupManifest(t, n, generations), "-o", out, "-j", "2", "-q")
			if text, err := c.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			u := c.ProcessState.SysUsage().(*syscall.Rusage)
			peak[n] = max(peak[n], int64(u.Maxrss))
			if n == jobs {
				over := (cpuTime(u) - bare) / jobs
				t.Logf("%v of processor time for %d jobs, %v without life batch: %v a job", cpuTime(u), n, bare, over)
				best = min(best, over)
			}
		}
	}
	if best > most {
		t.Errorf("overhead of %v a job, want at most %v", best, most)
	}
	t.Logf("peak memory of the largest process: %d KiB for %d jobs, %d KiB for %d", peak[jobs/10], jobs/10, peak[jobs], jobs)
	if peak[jobs] > peak[jobs/10]*3/2 {
		t.Errorf("memory grows with the number of jobs")
	}
}
