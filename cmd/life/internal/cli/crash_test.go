//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golife/life/batch"
	"golife/life/lifetest"
)

// crashes returns how often the crash suite kills the program: GOLIFE_CRASH times, or
// a few times without it.
func crashes(t *testing.T) int {
	t.Helper()
	text := os.Getenv("GOLIFE_CRASH")
	if text == "" {
		if testing.Short() {
			t.Skip("takes seconds")
		}
		return 3
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("GOLIFE_CRASH is %q, want a number from 1", text)
	}
	return n
}

// killAfter starts c, kills it after some time as kill -9 does, and reports whether it
// had ended before, which it must have done with an exit code.
func killAfter(t *testing.T, c *exec.Cmd, d time.Duration, code int) bool {
	t.Helper()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(d, func() { c.Process.Kill() })
	defer timer.Stop()
	err := c.Wait()
	got := c.ProcessState.ExitCode() // -1 for one that was killed
	if got != code && got != -1 {
		t.Fatalf("%v: exit code %d, want %d: %v\n%s", c.Args, got, code, err, &stderr)
	}
	return got == code
}

// withoutTimes returns what results say, without what is new in each run, in the order
// of their ids.
func withoutTimes(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range bytes.Lines(data) {
		var m map[string]json.RawMessage
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("%s: %v in %q", name, err, line)
		}
		for _, key := range []string{"seconds", "generations_per_second", "peak_memory_bytes"} {
			delete(m, key)
		}
		out, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(out))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// crashManifest has jobs of very different length, some of which fail.
func crashManifest(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	for i := range 60 {
		fmt.Fprintf(&b, "{\"id\":\"s%d\",\"soup\":\"24x24\",\"seed\":%d,\"generations\":%d}\n", i, i, 100+i%7*900)
	}
	b.WriteString(`{"id":"gun","pattern":"gosper-glider-gun","generations":"2^40"}` + "\n")
	b.WriteString(`{"id":"lidka","pattern":"lidka","engine":"naive","generations":300}` + "\n")
	b.WriteString(`{"id":"none","pattern":"no/such.rle","generations":5}` + "\n")
	b.WriteString(`{"id":"miss","pattern":"glider","generations":5,"expect":{"population":6}}` + "\n")
	b.WriteString(`{"id":"diehard","pattern":"diehard","until":"dead","engine":"hashlife"}` + "\n")
	name := filepath.Join(t.TempDir(), "jobs.jsonl")
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestCrashBatch kills life batch at random instants, resumes it until it is done, and
// wants the results of a run that was left alone: nothing lost, nothing twice.
func TestCrashBatch(t *testing.T) {
	seed := lifetest.Seed()
	rnd := rand.New(rand.NewPCG(seed, 1))
	jobs := crashManifest(t)
	whole := filepath.Join(t.TempDir(), "whole.jsonl")
	begin := time.Now()
	c := self(t, "batch", jobs, "-o", whole, "-j", "2")
	if text, err := c.CombinedOutput(); c.ProcessState.ExitCode() != ExitFailed { // one job fails
		t.Fatalf("%v\n%s", err, text)
	}
	took := time.Since(begin)
	want := withoutTimes(t, whole)
	killed, series := 0, 0
	for ; killed < crashes(t); series++ {
		out := filepath.Join(t.TempDir(), "r.jsonl")
		for more := 0; ; more++ {
			if more > 0 && rnd.IntN(3) == 0 { // what a kill within a write leaves
				tear(t, out, rnd)
			}
			order := []string{"completed", "input"}[rnd.IntN(2)]
			c := self(t, "batch", jobs, "-o", out, "-j", "2", "--resume", "--order", order)
			if killAfter(t, c, time.Duration(rnd.Int64N(int64(took)+1)), ExitFailed) {
				break
			}
			killed++
		}
		if got := withoutTimes(t, out); got != want {
			t.Fatalf("seed %d, after %d kills: results differ:\n%s\nwant\n%s", seed, killed, got, want)
		}
	}
	t.Logf("%d kills, %d batches, each of them whole", killed, series)
}

// tear appends the beginning of a result to a file.
func tear(t *testing.T, name string, rnd *rand.Rand) {
	t.Helper()
	r := batch.Result{ID: "s1", Job: "0123456789abcdef", Error: "torn"}
	line, err := json.Marshal(&r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o666)
	if err == nil {
		_, err = f.Write(line[:rnd.IntN(len(line))])
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// crashRuns are runs of some tenths of a second: by steps, by jumps, with each event.
var crashRuns = [][]string{
	{"soup:256x256:0.4:C1:crash", "-e", "tile", "-g", "6000"},
	{"soup:64x64:0.4:C1:crash", "-e", "naive", "-g", "150"},
	{"gosper-glider-gun", "-e", "hashlife", "-g", "10^60"},
	{"lidka", "-e", "tile", "--until", "stable", "-g", "40000"},
	{"soup:40x40:0.4:D8_4:crash", "-e", "tile", "--until", "periodic", "-g", "4000"},
	{"diehard", "-e", "naive", "--until", "dead"},
}

// TestCrashRun kills life run at random instants, resumes it from its checkpoint until
// it is done, and wants the result of a run that was left alone.
func TestCrashRun(t *testing.T) {
	seed := lifetest.Seed()
	rnd := rand.New(rand.NewPCG(seed, 2))
	killed, resumed, series := 0, 0, 0
	whole := map[int]string{}
	took := map[int]time.Duration{}
	for ; killed < crashes(t); series++ {
		i := series % len(crashRuns)
		args := append([]string{"run", "--json", "-q"}, crashRuns[i]...)
		if whole[i] == "" {
			begin := time.Now()
			out, err := self(t, args...).Output()
			if err != nil {
				t.Fatalf("%v: %v", args, err)
			}
			whole[i], took[i] = result(t, out), time.Since(begin)
		}
		file := filepath.Join(t.TempDir(), "checkpoint")
		args = append(args, "--checkpoint", file, "--checkpoint-every", "30ms", "--resume")
		for more := time.Duration(0); ; more += took[i] / 3 { // so that it ends on a busy machine
			if _, err := os.Stat(file); err == nil {
				resumed++
			}
			var out bytes.Buffer
			c := self(t, args...)
			c.Stdout = &out
			if killAfter(t, c, more+time.Duration(rnd.Int64N(int64(2*took[i])+1)), ExitDone) {
				if got := result(t, out.Bytes()); got != whole[i] {
					t.Fatalf("seed %d, after %d kills: %v:\n%s\nwant\n%s", seed, killed, args, got, whole[i])
				}
				break
			}
			killed++
		}
	}
	t.Logf("%d kills, %d times resumed from a checkpoint, %d runs", killed, resumed, series)
}

// result returns what the one report in out says, without what is new in each run.
func result(t *testing.T, out []byte) string {
	t.Helper()
	var m map[string]json.RawMessage
	if err := json.Unmarshal(out, &m); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	for _, key := range []string{"engine", "engine_reason", "seconds", "generations_per_second", "peak_memory_bytes"} {
		delete(m, key)
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
