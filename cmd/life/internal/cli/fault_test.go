//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fault runs c, which is to end with an exit code and to say something on stderr.
func fault(t *testing.T, c *exec.Cmd, code int, says string) {
	t.Helper()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	timer := time.AfterFunc(30*time.Second, func() { c.Process.Kill() })
	defer timer.Stop()
	c.Run() // the exit code tells
	if got := c.ProcessState.ExitCode(); got != code || !strings.Contains(stderr.String(), says) {
		t.Errorf("%v: exit code %d, want %d; said\n%s\nwant %q", c.Args, got, code, &stderr, says)
	}
}

// writeFile writes a file in a folder of its own and returns its name.
func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// lines counts the lines of a file.
func lines(t *testing.T, name string) int {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		t.Errorf("%s ends in an unfinished line", name)
	}
	return bytes.Count(data, []byte("\n"))
}

// TestFullDisk lets files grow to a limit only (RLIMIT_FSIZE by ulimit, which fails a
// write as a full disk does), and has stdout on a device that is full.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip(err)
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	c := self(t, "run", "glider", "-g", "4")
	c.Stdout = full
	fault(t, c, ExitFailed, "life: standard output: no space left on device\n")
	jobs := soupManifest(t, 200, 50)
	c = self(t, "batch", jobs, "-q")
	c.Stdout = full
	fault(t, c, ExitFailed, "life: standard output: no space left on device\n")
	c = self(t, "run", "glider", "-g", "4", "-o", "/dev/full")
	fault(t, c, ExitFailed, "life: glider: /dev/full: no space left on device\n")

	// A file that can grow no further holds whole results, and --resume does the rest.
	out := filepath.Join(t.TempDir(), "r.jsonl")
	fault(t, limited(t, "16", "batch", jobs, "-o", out, "-q"), ExitFailed, "r.jsonl: file too large")
	if n := lines(t, out); n < 10 || n >= 200 {
		t.Errorf("%d results before the disk was full", n)
	}
	fault(t, self(t, "batch", jobs, "-o", out, "--resume"), ExitDone, "200 jobs: 200 done; ")
	if n := lines(t, out); n != 200 {
		t.Errorf("%d results, want 200", n)
	}
}

// limited returns the command of this program under ulimit -f, in blocks of 512 bytes
// (1024 in some shells).
func limited(t *testing.T, blocks string, args ...string) *exec.Cmd {
	t.Helper()
	c := self(t, args...)
	// The shell would be known by its own name, so the program is called by a link.
	link := filepath.Join(t.TempDir(), "life")
	if err := os.Symlink(c.Path, link); err != nil {
		t.Fatal(err)
	}
	script := "trap '' XFSZ; ulimit -f " + blocks + `; exec "$0" "$@"`
	return exec.Command("/bin/sh", append([]string{"-c", script, link}, args...)...)
}

// TestCheckpointFails checks that a run goes on when its checkpoint cannot be written,
// that the old one stays, and that the exit code tells.
func TestCheckpointFails(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "c")
	fault(t, self(t, "run", "glider", "-qg", "4", "--checkpoint", file), ExitDone, "")
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := limited(t, "0", "run", "glider", "-g", "8", "--checkpoint", file, "--resume", "--expect", "generation=8")
	fault(t, c, ExitFailed, "c: checkpoint not written: file too large; the run goes on")
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, old) {
		t.Errorf("the old checkpoint is gone: %v", err)
	}
	if files, err := os.ReadDir(filepath.Dir(file)); err != nil || len(files) != 1 {
		t.Errorf("files %v, %v; want the checkpoint alone", files, err)
	}
}

// TestBadFiles checks that jobs whose files are damaged fail, and that the others do not.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	save := self(t, "run", "soup:64x64:0.4:C1:gz", "-qg", "0", "-o", filepath.Join(dir, "whole.rle.gz"))
	fault(t, save, ExitDone, "")
	data, err := os.ReadFile(filepath.Join(dir, "whole.rle.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"cut.rle.gz": string(data[:len(data)/2]), "bad.rle": "x = 1, y = 1\n99999999999999999999o!", "empty.rle": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "r.jsonl")
	fault(t, self(t, "batch", dir, "-g", "5", "-o", out), ExitFailed, "3 failed")
	found, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`cut.rle.gz: read: input is cut short`, `empty.rle: found nothing`, `bad.rle: `, `"generation":5`} {
		if !strings.Contains(string(found), want) {
			t.Errorf("no %q in\n%s", want, found)
		}
	}
}

// TestTooLargeJob has a job that needs more memory than there may be, on an engine that
// knows no limit: its worker ends, the other jobs do not.
func TestTooLargeJob(t *testing.T) {
	t.Parallel()
	jobs := writeFile(t, "jobs.jsonl", `{"id":"a","pattern":"glider","generations":4}
{"id":"big","soup":"32x32","rule":"R500,C0,M0,S0..1002000,B1..1002000,NM","engine":"naive","generations":100000,"memory":"1M"}
{"id":"b","pattern":"glider","generations":8}
{"id":"limit","soup":"32x32","rule":"B1/S012345678","engine":"tile","generations":100000,"memory":"1M"}
{"id":"c","pattern":"glider","generations":12}
`)
	out := filepath.Join(t.TempDir(), "r.jsonl")
	c := self(t, "batch", jobs, "-o", out, "-j", "1")
	fault(t, c, ExitFailed, "life: job big: its worker died: the job needs more memory than its limit of 1 MiB: its process has taken ")
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), `"stopped":"generations"`); n != 3 || !strings.Contains(string(data), `"stopped":"memory"`) {
		t.Errorf("%d jobs done, want 3 and one that stopped at its limit:\n%s", n, data)
	}
}

// TestClosedPipe checks what is left when the reader of stdout goes away: the state that
// was reached is saved, and so are all results in a file.
func TestClosedPipe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	saved, kept := filepath.Join(dir, "out.rle"), filepath.Join(dir, "c")
	c := self(t, "run", "gosper-glider-gun", "-g", "1e7", "-e", "tile", "--every", "1000", "--json", "-o", saved, "--checkpoint", kept)
	headOne(t, c)
	for _, name := range []string{saved, kept} {
		if _, err := os.Stat(name); err != nil {
			t.Errorf("nothing is saved: %v", err)
		}
	}
	headOne(t, self(t, "batch", soupManifest(t, 3000, 100)))
}

// headOne runs c as in c | head -1.
func headOne(t *testing.T, c *exec.Cmd) {
	t.Helper()
	pipe, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stdout = w
	go func() {
		bufio.NewReader(pipe).ReadString('\n')
		pipe.Close()
	}()
	fault(t, c, ExitFailed, "life: standard output: broken pipe\n")
	w.Close()
}

// TestStopped checks that SIGTERM ends a batch with what there is, exit code 130 and no
// workers left, and that --resume goes on.
func TestStopped(t *testing.T) {
	t.Parallel()
	jobs := writeFile(t, "jobs.jsonl", `{"id":"a","pattern":"glider","generations":4}
{"id":"long","pattern":"lidka","engine":"naive","generations":1000000}
`)
	out := filepath.Join(t.TempDir(), "r.jsonl")
	c := self(t, "batch", jobs, "-o", out, "-j", "1")
	var stderr bytes.Buffer
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if info, err := os.Stat(out); err == nil && info.Size() > 0 {
			break
		}
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	c.Wait() // the exit code tells
	if code := c.ProcessState.ExitCode(); code != ExitInterrupted || !strings.Contains(stderr.String(), "2 jobs: 1 done, 1 to do; ") {
		t.Errorf("exit code %d, said %q", code, &stderr)
	}
	if n := lines(t, out); n != 1 {
		t.Errorf("%d results, want 1", n)
	}
}

// TestOrphan checks that a worker ends with whoever wanted its job, though it would
// compute for hours.
func TestOrphan(t *testing.T) {
	t.Parallel()
	c := self(t, "batch", "worker")
	in, err := c.StdinPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(in, `{"pattern":"lidka","engine":"naive","generations":1000000000}`+"\n")
	in.Close()
	timer := time.AfterFunc(20*time.Second, func() { c.Process.Kill() })
	defer timer.Stop()
	c.Wait() // the exit code tells
	if code := c.ProcessState.ExitCode(); code != ExitInterrupted {
		t.Errorf("exit code %d, want %d", code, ExitInterrupted)
	}
}
