package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golife/life"
	"golife/life/batch"
	"golife/life/rule"
	"golife/life/run"
)

// TestInterrupt sends SIGINT to a run under way: it ends at a whole generation,
// saves, reports, and exits with 130.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows cannot send an interrupt to one process")
	}
	t.Parallel()
	out := filepath.Join(t.TempDir(), "out.rle")
	cmd := exec.Command("life", "run", "-", "glider", "-e", "naive", "-g", "1e15", "--every", "1000", "--json")
	cmd.Stdin = strings.NewReader("x = 3, y = 3\nbob$2bo$3o!")
	saving := exec.Command("life", "run", "-", "-e", "naive", "-g", "1e15", "--every", "1000", "--json", "-o", out)
	saving.Stdin = strings.NewReader("x = 3, y = 3\nbob$2bo$3o!")
	for _, c := range []*exec.Cmd{cmd, saving} {
		last, code := interrupt(t, c)
		if code != ExitInterrupted || last.Stopped == nil || *last.Stopped != run.Interrupted {
			t.Errorf("exit code %d, last report %+v", code, last)
		}
		if last.Pattern != "-" || last.Population.Cmp(big.NewInt(5)) != 0 {
			t.Errorf("last report %+v, want a glider and no second pattern", last)
		}
	}
	if _, err := os.Stat(out); err != nil {
		t.Errorf("an interrupt does not save: %v", err)
	}
}

// interrupt starts c, interrupts it after its first report, and returns its last
// report and the exit code.
func interrupt(t *testing.T, c *exec.Cmd) (last run.Report, code int) {
	t.Helper()
	c.Stderr = os.Stderr
	pipe, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	for n := 0; lines.Scan(); n++ {
		last = run.Report{}
		if err := json.Unmarshal(lines.Bytes(), &last); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			if err := c.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.Wait() // the exit code tells
	return last, c.ProcessState.ExitCode()
}

// TestWatched checks that a run with progress goes to the very goal, in chunks,
// and that the line it draws is removed.
func TestWatched(t *testing.T) {
	t.Parallel()
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	if err := b.SetRun(0, 0, 3, 1); err != nil {
		t.Fatal(err)
	}
	r, err := run.New(b.Pattern(), run.Spec{Engine: "naive", Generations: big.NewInt(1001)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	p := newProgress(&out, "blinker")
	r.Watcher = p
	if err := r.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := r.Engine().Generation(); n.Int64() != 1001 || r.Stopped() != run.Generations {
		t.Errorf("stopped %q at generation %v", r.Stopped(), n)
	}
	p.draw(time.Now())
	p.clear()
	if s := out.String(); !strings.HasSuffix(s, "\r\x1b[K") {
		t.Errorf("drawn %q, want the line removed", s)
	}
}

func TestProgressLine(t *testing.T) {
	t.Parallel()
	begin := time.Unix(1000, 0)
	for _, tt := range []struct {
		name             string
		pattern          string
		from, now, final *big.Int
		want             string
	}{
		{"start", "gun", big.NewInt(0), big.NewInt(0), big.NewInt(100), "gun: generation 0  10s"},
		{"half way", "gun", big.NewInt(0), big.NewInt(50), big.NewInt(100), "gun: generation 50  5/s  10s, 10s left"},
		{"nearly there", "gun", big.NewInt(0), big.NewInt(100), big.NewInt(100), "gun: generation 100  10/s  10s, 0s left"},
		{"no end", "gun", big.NewInt(5), big.NewInt(105), nil, "gun: generation 105  10/s  10s"},
		{"very fast", "gun", big.NewInt(0), new(big.Int).Lsh(big.NewInt(1), 2000), nil, "gun: generation about 1.148131e602  about 1.797693e308/s  10s"},
		{"too far", "gun", big.NewInt(0), big.NewInt(10), new(big.Int).Lsh(big.NewInt(1), 2000), "gun: generation 10  1/s  10s"},
	} {
		p := newProgress(nil, tt.pattern)
		p.from, p.now, p.target, p.begin, p.seen = tt.from, tt.now, tt.final, begin, begin.Add(10*time.Second)
		if got := p.line(begin.Add(10 * time.Second)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	p := newProgress(nil, "gun")
	p.from, p.now, p.begin, p.seen = big.NewInt(1), big.NewInt(1), begin, begin
	if got, want := p.line(begin), "gun: generation 1  0s"; got != want {
		t.Errorf("at once: %q, want %q", got, want)
	}
	p = newProgress(nil, strings.Repeat("long", 40))
	p.from, p.now, p.target = big.NewInt(0), new(big.Int).Lsh(big.NewInt(1), 98), new(big.Int).Lsh(big.NewInt(1), 99)
	if got := p.line(time.Now()); len(got) > 78 {
		t.Errorf("%d characters: %q", len(got), got)
	}
}

// TestTally checks what is told about a batch on its way and at its end.
func TestTally(t *testing.T) {
	t.Parallel()
	b := &batch.Batch{Jobs: make([]batch.Job, 20_000)}
	for _, tt := range []struct {
		before, now   batch.Counts
		took          time.Duration
		line, summary string
	}{
		{
			batch.Counts{}, batch.Counts{Running: 2}, time.Second,
			"0 of 20000 jobs, 2 running", "20000 jobs: 0 done, 20000 to do; 1s, 0 jobs/s",
		},
		{
			batch.Counts{}, batch.Counts{Done: 10_000, Running: 2}, 2 * time.Second,
			"10000 of 20000 jobs, 2 running  5000/s  2s left", "20000 jobs: 10000 done, 10000 to do; 2s, 5000 jobs/s",
		},
		{
			batch.Counts{Done: 10_000, Failed: 1}, batch.Counts{Missed: 7, Failed: 2, Running: 1}, 4 * time.Second,
			"10010 of 20000 jobs, 1 running, 3 failed, 7 not as expected  2.25/s  1h14m0s left",
			"20000 jobs: 10000 done, 7 not as expected, 3 failed, 9990 to do; 10001 of them before; 4s, 2.25 jobs/s",
		},
	} {
		x := &tally{b: b, before: tt.before}
		if got := x.line(tt.now, tt.took); got != tt.line {
			t.Errorf("line %q, want %q", got, tt.line)
		}
		if got := x.summary(tt.now, tt.took); got != tt.summary {
			t.Errorf("summary %q, want %q", got, tt.summary)
		}
	}
}
