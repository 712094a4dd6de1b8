package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// onSmallDisk returns a shell command that runs in the folder of a disk of some KiB that
// nobody else sees; $life is this program, $1 and so on are args. The test is skipped
// where the system allows no such disk.
func onSmallDisk(t *testing.T, size, script string, args ...string) *exec.Cmd {
	t.Helper()
	shell := func(script string) *exec.Cmd {
		c := exec.Command("/bin/sh", append([]string{"-c", "mount -t tmpfs -o size=" + size + " none \"$0\" && cd \"$0\" || exit 99\n" + script, t.TempDir()}, args...)...)
		c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
		if uid := os.Geteuid(); uid != 0 {
			c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
			c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
			c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
		}
		return c
	}
	if text, err := shell("").CombinedOutput(); err != nil {
		t.Skipf("no small disk to be had: %v %s", err, text)
	}
	// The shell would be known by its own name, so the program is called by a link.
	link := filepath.Join(t.TempDir(), "life")
	if err := os.Symlink(self(t).Path, link); err != nil {
		t.Fatal(err)
	}
	c := shell(script)
	c.Env = append(os.Environ(), "life="+link)
	return c
}

// TestSmallDisk fills a disk by results, checkpoints and patterns: what is there stays
// whole, nothing half-made is left, and --resume does the rest.
func TestSmallDisk(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds under the race detector")
	}
	jobs, out := soupManifest(t, 400, 50), filepath.Join(t.TempDir(), "r.jsonl")
	fault(t, onSmallDisk(t, "64k", `$life batch "$1" -o r.jsonl -q; code=$?; ls -A; cp r.jsonl "$2"; exit $code`, jobs, out),
		ExitFailed, "life: r.jsonl: no space left on device\n")
	if n := lines(t, out); n < 50 || n >= 400 {
		t.Errorf("%d results before the disk was full", n)
	}
	fault(t, self(t, "batch", jobs, "-o", out, "--resume"), ExitDone, "400 jobs: 400 done; ")
	if n := lines(t, out); n != 400 {
		t.Errorf("%d results, want 400", n)
	}

	for _, tt := range []struct{ script, says, left string }{
		{
			"$life convert soup:8x8:0.5:C1:a a.rle -q; $life convert soup:1000x1000:0.5:C1:a a.rle",
			"life: a.rle: no space left on device\n", "a.rle",
		},
		{"$life run soup:1000x1000:0.5:C1:a -g 1 -q -o a.mc.gz", "life: soup:1000x1000:0.5:C1:a: a.mc.gz: no space left on device\n", ""},
		{
			"$life run soup:1000x1000:0.5:C1:a -g 3 -q --checkpoint c",
			"life: c: checkpoint not written: no space left on device; the run goes on\n", "",
		},
		{
			`$life run r-pentomino -g 1 -q --checkpoint c; cp c old; dd if=/dev/zero of=fill
			$life run r-pentomino -g 500 -q --checkpoint c --resume; code=$?
			cmp c old && rm old fill && $life run r-pentomino -g 1103 -q --checkpoint c --resume --expect population=116 || exit 9
			exit $code`,
			"life: c: checkpoint not written: no space left on device; the run goes on\n", "c",
		},
	} {
		c := onSmallDisk(t, "64k", "( "+tt.script+" ) >&2; code=$?; ls -A; exit $code")
		var files strings.Builder
		c.Stdout = &files
		fault(t, c, ExitFailed, tt.says)
		if got := strings.Join(strings.Fields(files.String()), " "); got != tt.left {
			t.Errorf("%s: left %q, want %q", tt.script, got, tt.left)
		}
	}
}
