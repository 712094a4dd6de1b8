package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// jumpingClock makes the wall clock jump by a day, forward and back, every 50 ms, as an
// administrator or a time server may; the monotonic one goes on as ever.
const (
	clockRead    = "\tsec, nsec, mono := runtimeNow()\n"
	jumpingClock = clockRead + "\tsec += (mono/50e6%2*2 - 1) * 86400\n"
)

// clockProbe prints how the two clocks went on until the first jump of one, or for half a second,
// in nanoseconds. To look again just once may be to miss two jumps.
const clockProbe = `package main

import "time"

func main() {
	a := time.Now()
	for {
		time.Sleep(10 * time.Millisecond)
		b := time.Now()
		wall, mono := b.Round(0).Sub(a.Round(0)), b.Sub(a)
		if wall.Abs() > time.Hour || mono > time.Second/2 {
			println(wall, mono)
			return
		}
	}
}
`

// buildJumping builds this program with a time.Now whose wall clock jumps.
func buildJumping(t *testing.T) (path string) {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skipf("no Go here to build with: %v", err)
	}
	dir, source := t.TempDir(), filepath.Join(strings.TrimSpace(string(root)), "src", "time", "time.go")
	text, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), clockRead); n != 1 {
		t.Fatalf("%s: found the reading of the clocks %d times, want it once", source, n)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{source: filepath.Join(dir, "time.go")}})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"time.go":      strings.Replace(string(text), clockRead, jumpingClock, 1),
		"probe.go":     clockProbe,
		"overlay.json": string(overlay),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for name, source := range map[string]string{"probe": filepath.Join(dir, "probe.go"), "life": "golife/cmd/life"} {
		c := exec.Command("go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", filepath.Join(dir, name), source)
		if text, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	said, err := exec.Command(filepath.Join(dir, "probe")).CombinedOutput()
	var wall, mono time.Duration
	if _, scan := fmt.Sscan(string(said), &wall, &mono); err != nil || scan != nil {
		t.Fatalf("%v, %v: %q", err, scan, said)
	}
	if wall.Abs() < 23*time.Hour || mono < 0 || mono > time.Hour {
		t.Fatalf("the clocks went on by %v and %v: this is no jump of the wall clock alone", wall, mono)
	}
	return filepath.Join(dir, "life")
}

// TestCrashClock has the wall clock jump all the time. Checkpoints, time limits,
// progress and results must not take note. It runs with GOLIFE_CRASH, as it builds the
// program anew.
func TestCrashClock(t *testing.T) {
	if os.Getenv("GOLIFE_CRASH") == "" {
		t.Skip("GOLIFE_CRASH is not set")
	}
	c := clockTest{buildJumping(t)}
	t.Run("checkpoint", c.checkpoint)
	t.Run("kill", c.kill)
	t.Run("batch", c.batch)
	t.Run("progress", c.progress)
}

// clockTest tests the program at a path, whose wall clock jumps.
type clockTest struct{ path string }

func (c clockTest) life(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := self(t, args...)
	cmd.Path = c.path
	return cmd
}

// clockReport is what a report says about time, and where it stands.
type clockReport struct {
	Stopped    string
	Generation int64
	Seconds    float64
	Rate       float64 `json:"generations_per_second"`
}

func readClockReport(t *testing.T, line []byte) (r clockReport) {
	t.Helper()
	if err := json.Unmarshal(line, &r); err != nil {
		t.Fatalf("%v in %q", err, line)
	}
	if r.Seconds < 0 || r.Seconds > 3600 || r.Rate < 0 {
		t.Errorf("the times make no sense: %s", line)
	}
	return r
}

// clockRun is a run that does not end by itself.
func clockRun(more ...string) []string {
	return append([]string{"run", endless, "-r", chaos, "--json", "-q"}, more...)
}

// output returns what a command prints, and how long it took.
func output(t *testing.T, c *exec.Cmd) ([]byte, time.Duration) {
	t.Helper()
	begin := time.Now()
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
	return out, time.Since(begin)
}

// watchFile returns when another file came to have a name, until stop is closed.
func watchFile(name string, stop <-chan bool) (times []time.Duration) {
	begin, last := time.Now(), uint64(0)
	for {
		select {
		case <-stop:
			return times
		case <-time.After(2 * time.Millisecond):
		}
		if info, err := os.Stat(name); err == nil {
			if n := info.Sys().(*syscall.Stat_t).Ino; n != last {
				times, last = append(times, time.Since(begin).Round(time.Millisecond)), n
			}
		}
	}
}

// A run that goes on: what comes to rest is at any generation at once.
const endless, chaos = "soup:256x256:0.4:C1:clock", "B34/S34:T256,256"

// checkpoint counts the checkpoints of a run under a time limit, and goes on from the
// last one.
func (c clockTest) checkpoint(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c")
	stop, written := make(chan bool), make(chan []time.Duration)
	go func() { written <- watchFile(file, stop) }()
	out, took := output(t, c.life(t, clockRun("-g", "1e9", "-t", "4s", "--checkpoint", file, "--checkpoint-every", "1s")...))
	close(stop)
	times := <-written
	r := readClockReport(t, out)
	if r.Stopped != "timeout" || r.Seconds < 3 || r.Seconds > 6 || took < 4*time.Second || took > 15*time.Second {
		t.Errorf("a limit of 4 s: ended after %v: %s", took, out)
	}
	if len(times) < 3 || len(times) > 5 { // one a second, and one at the end
		t.Errorf("checkpoints at %v, want one a second", times)
	}
	t.Logf("checkpoints at %v", times)
	goal := fmt.Sprint(r.Generation + 500)
	resumed, _ := output(t, c.life(t, clockRun("-g", goal, "--checkpoint", file, "--resume")...))
	whole, _ := output(t, self(t, clockRun("-g", goal)...))
	readClockReport(t, resumed)
	if got, want := result(t, resumed), result(t, whole); got != want {
		t.Errorf("resumed\n%s\nwant\n%s", got, want)
	}
}

// kill kills a run again and again until it is done.
func (c clockTest) kill(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c")
	args := []string{"run", "soup:1024x1024:0.4:C1:clock", "-e", "tile", "-g", "8000", "--json", "-q"}
	whole, took := output(t, self(t, args...))
	args = append(args, "--checkpoint", file, "--checkpoint-every", "50ms", "--resume")
	for n := 0; ; n++ {
		var out bytes.Buffer
		cmd := c.life(t, args...)
		cmd.Stdout = &out
		if !killAfter(t, cmd, took/3+time.Duration(n)*took/10, ExitDone) {
			continue
		}
		t.Logf("%d kills", n)
		readClockReport(t, out.Bytes())
		if got, want := result(t, out.Bytes()), result(t, whole); got != want || n == 0 {
			t.Errorf("after %d kills\n%s\nwant\n%s", n, got, want)
		}
		return
	}
}

// batch runs many jobs, one of them without an end but for its time limit, kills the
// whole once, and resumes it.
func (c clockTest) batch(t *testing.T) {
	var b bytes.Buffer
	for i := range 60 {
		fmt.Fprintf(&b, "{\"id\":\"s%d\",\"soup\":\"48x48\",\"seed\":%d,\"generations\":%d}\n", i, i, 2000+i)
	}
	jobs := writeFile(t, "jobs.jsonl", b.String())
	long := writeFile(t, "long.jsonl", `{"id":"long","pattern":"lidka","engine":"naive","generations":1000000000,"timeout":"1s"}`)
	whole, out := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "r")
	_, took := output(t, self(t, "batch", jobs, "-o", whole, "-q", "-t", "20s"))
	killAfter(t, c.life(t, "batch", jobs, "-o", out, "-q", "-t", "20s"), took/2, ExitDone)
	output(t, c.life(t, "batch", jobs, "-o", out, "-q", "-t", "20s", "--resume"))
	if got, want := withoutTimes(t, out), withoutTimes(t, whole); got != want {
		t.Errorf("results differ:\n%s\nwant\n%s", got, want)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		readClockReport(t, line)
	}
	line, took := output(t, c.life(t, "batch", long))
	if r := readClockReport(t, line); r.Stopped != "timeout" || r.Seconds < 0.9 || r.Seconds > 3 || took < time.Second || took > 8*time.Second {
		t.Errorf("a limit of 1 s: ended after %v: %s", took, line)
	}
}

// terminal returns the two ends of a terminal.
func terminal(t *testing.T) (ours, theirs *os.File) {
	t.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { ours.Close() })
	if err := unix.IoctlSetPointerInt(int(ours.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(ours.Fd()), unix.TIOCGPTN)
	if err == nil {
		theirs, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	return ours, theirs
}

// drawn returns what a command draws on a terminal that is its standard error.
func drawn(t *testing.T, c *exec.Cmd) []string {
	t.Helper()
	ours, theirs := terminal(t)
	all := make(chan []byte)
	go func() {
		data, _ := io.ReadAll(ours) // ends with an error when no one has the other end
		all <- data
	}()
	c.Stderr = theirs
	output(t, c)
	theirs.Close()
	return strings.Split(string(<-all), "\r\x1b[K")[1:]
}

// progress looks at the line that is drawn about a run and a batch: four times a
// second, and with times that make sense.
func (c clockTest) progress(t *testing.T) {
	jobs := writeFile(t, "jobs.jsonl", `{"pattern":"lidka","engine":"naive","generations":1000000000,"timeout":"2s"}
{"pattern":"lidka","engine":"naive","generations":1000000000,"timeout":"2s"}
`)
	for _, args := range [][]string{
		{"run", endless, "-r", chaos, "-t", "4s"},
		{"batch", jobs, "-j", "1"},
	} {
		lines := drawn(t, c.life(t, args...))
		if n := len(lines); n < 5 || n > 30 {
			t.Errorf("%v: drawn %d times in 4 s, want 4 times a second: %q", args, n, lines)
		}
		for _, line := range lines {
			if impossible.MatchString(line) {
				t.Errorf("%v: drawn %q", args, line)
			}
		}
		t.Logf("%d times, one of them %q", len(lines), lines[len(lines)/2])
	}
}

// impossible are times that are negative, or of hours where all took seconds.
var impossible = regexp.MustCompile(`-[0-9]|[0-9]h[0-9]`)
