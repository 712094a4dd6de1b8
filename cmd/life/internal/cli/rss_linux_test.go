package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"golife/life"
	"golife/life/lifetest"
	"golife/rle"
)

// TestResidentMemory wants the resident memory of a whole run to stay within a
// tenth of -m, and what the program takes for the same pattern without a limit to
// meet: no table that the engine forgets to count, and no garbage beside it.
//
// It runs with GOLIFE_SOAK, as each case takes seconds. The figure is ru_maxrss;
// a child begins with that of this process, which is small beside the limits.
func TestResidentMemory(t *testing.T) {
	if os.Getenv("GOLIFE_SOAK") == "" {
		t.Skip("GOLIFE_SOAK is not set")
	}
	for _, tt := range []struct {
		name, rule, limit, threads string
		side                       int64
		isCollected                bool // the limit is far below the need
	}{
		{"soup", "B3/S23", "24M", "1", 1000, true},
		{"soup by two threads", "B3/S23", "24M", "2", 1000, true},
		{"soup with room", "B3/S23", "96M", "1", 1000, false},
		{"growth", "B3/S0123", "20M", "1", 64, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := writeSoup(t, tt.rule, tt.side)
			empty, _ := residentPeak(t, "run", file, "-e", "hashlife", "-g", "0", "-v")
			got, report := residentPeak(t, "run", file, "-e", "hashlife", "-g", "2048", "-m", tt.limit, "-j", tt.threads, "-v")
			limit, err := parseSize(tt.limit)
			if err != nil {
				t.Fatal(err)
			}
			want := empty + limit + limit/10
			t.Logf("%d KiB resident, %d KiB with nothing to do, limit %s", got>>10, empty>>10, tt.limit)
			if got > want {
				t.Errorf("%d KiB resident, want at most %d KiB\n%s", got>>10, want>>10, report)
			}
			if tt.isCollected && !collections.MatchString(report) {
				t.Errorf("the limit did not matter: the test tests nothing\n%s", report)
			}
		})
	}
}

// collections finds in a report that there was at least one collection.
var collections = regexp.MustCompile(`(?m)^ *collections +[1-9].*$`)

// writeSoup returns the file of a random square.
func writeSoup(t *testing.T, rulestring string, side int64) string {
	t.Helper()
	s := lifetest.Soup{Rule: rulestring, Seed: lifetest.Seed(), Rect: life.Rt(0, 0, side, side), Density: 95}
	name := filepath.Join(t.TempDir(), "soup.rle")
	f, err := os.Create(name)
	if err == nil {
		err = rle.Encode(f, s.Pattern())
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// residentPeak runs the program and returns the most memory that it had resident,
// in bytes, and what it printed.
func residentPeak(t *testing.T, args ...string) (int64, string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &exec.Cmd{Path: self, Args: append([]string{"life"}, args...)} // TestMain knows it by this name
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("life %v: %v\n%s", args, err, out)
	}
	return int64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) << 10, string(out)
}
