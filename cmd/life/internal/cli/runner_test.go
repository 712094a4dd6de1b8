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
	"golife/life/engine"
	"golife/life/rule"
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
		if code != ExitInterrupted || last.Stopped == nil || *last.Stopped != stoppedInterrupted {
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
func interrupt(t *testing.T, c *exec.Cmd) (last report, code int) {
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
		last = report{}
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

// TestPacer checks that chunks grow to chunkTime and no further, unless longer
// ones are faster.
func TestPacer(t *testing.T) {
	t.Parallel()
	steady := func(n *big.Int) time.Duration { return time.Duration(n.Int64()) * time.Millisecond }
	jumps := func(*big.Int) time.Duration { return 200 * time.Millisecond }
	for _, tt := range []struct {
		name     string
		cost     func(*big.Int) time.Duration
		deadline time.Duration
		min, max uint
	}{
		{"steady", steady, 0, 6, 9},
		{"jumps", jumps, 0, 50, 50},
		{"jumps to a deadline", jumps, time.Minute, 50, 50},
		{"jumps to a near deadline", jumps, time.Second / 2, 0, 0},
	} {
		p := &pacer{}
		if tt.deadline > 0 {
			p.deadline = time.Now().Add(tt.deadline)
		}
		for range 50 {
			p.add(p.size(), tt.cost(p.size()))
		}
		if p.exp < tt.min || p.exp > tt.max {
			t.Errorf("%s: chunks of 2^%d, want 2^%d to 2^%d", tt.name, p.exp, tt.min, tt.max)
		}
	}
	p := &pacer{exp: 10, rate: 1e9}
	p.add(big.NewInt(3), time.Hour)
	if p.exp != 10 {
		t.Error("the rest of a way changes the pace")
	}
	p.add(p.size(), time.Hour)
	if p.exp != 9 {
		t.Errorf("chunks of 2^%d after a slow one, want 2^9", p.exp)
	}
}

// TestWatched checks that a run with progress goes to the very goal, in chunks,
// and that the line it draws is removed.
func TestWatched(t *testing.T) {
	t.Parallel()
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	if err := b.SetRun(0, 0, 3, 1); err != nil {
		t.Fatal(err)
	}
	e, err := engine.New("naive", b.Rule(), engine.Options{})
	if err == nil {
		err = e.Load(b.Pattern())
	}
	if err != nil {
		t.Fatal(err)
	}
	o := &runFlags{}
	o.generations.value, o.generations.isSet = big.NewInt(1001), true
	r := newRunner(e, o)
	var out strings.Builder
	r.progress = newProgress(&out, "blinker")
	if err := r.run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if e.Generation().Int64() != 1001 || r.stopped != stoppedGenerations {
		t.Errorf("stopped %q at generation %v", r.stopped, e.Generation())
	}
	r.progress.draw(time.Now())
	r.progress.clear()
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
		{"very fast", "gun", big.NewInt(0), new(big.Int).Lsh(one, 2000), nil, "gun: generation about 1.148131e602  about 1.797693e308/s  10s"},
		{"too far", "gun", big.NewInt(0), big.NewInt(10), new(big.Int).Lsh(one, 2000), "gun: generation 10  1/s  10s"},
	} {
		p := newProgress(nil, tt.pattern)
		p.from, p.now, p.target, p.begin, p.seen = tt.from, tt.now, tt.final, begin, begin.Add(10*time.Second)
		if got := p.line(begin.Add(10 * time.Second)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	p := newProgress(nil, "gun")
	p.from, p.now, p.begin, p.seen = one, one, begin, begin
	if got, want := p.line(begin), "gun: generation 1  0s"; got != want {
		t.Errorf("at once: %q, want %q", got, want)
	}
	p = newProgress(nil, strings.Repeat("long", 40))
	p.from, p.now, p.target = big.NewInt(0), new(big.Int).Lsh(one, 98), new(big.Int).Lsh(one, 99)
	if got := p.line(time.Now()); len(got) > 78 {
		t.Errorf("%d characters: %q", len(got), got)
	}
}
