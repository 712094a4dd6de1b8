package batch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golife/life"
	"golife/life/rule"
)

const workerEnv = "GOLIFE_TEST_WORKER"

// TestMain is also the program of the workers.
func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		if err := Serve(os.Stdin, os.Stdout, wild(), func() { os.Exit(1) }); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// wild is an Executor some of whose patterns do terrible things.
func wild() *Executor {
	x := soups()
	load := x.Load
	x.Load = func(name string, r *rule.Rule) (*life.Pattern, error) {
		switch name {
		case "fails":
			return nil, errors.New("fails: as it should")
		case "panics":
			var p *life.Pattern
			p.Level()
		case "dies":
			go func() { panic("in another goroutine") }()
			select {}
		case "exits":
			os.Exit(7)
		case "hangs":
			select {}
		case "waits":
			time.Sleep(300 * time.Millisecond)
			name = "soup:8x8:0.5:C1:x"
		}
		return load(name, r)
	}
	return x
}

// processes returns workers that run wild.
func processes(t *testing.T) Processes {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Processes{Command: func() *exec.Cmd {
		c := exec.Command(self)
		c.Env = append(os.Environ(), workerEnv+"=1")
		return c
	}}
}

// memory is a Sink that wants each result once.
type memory struct {
	t    *testing.T
	mu   sync.Mutex
	jobs []Job
	got  map[string]*Result
}

func (m *memory) Append(index int, line []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := ParseResult(line)
	if err != nil {
		m.t.Errorf("%v in %q", err, line)
		return nil
	}
	if r.ID != m.jobs[index].ID || m.got[r.ID] != nil {
		m.t.Errorf("job %q has result %q, had %v", m.jobs[index].ID, r.ID, m.got[r.ID])
	}
	m.got[r.ID] = r
	return nil
}

// runAll runs jobs and returns their results.
func runAll(t *testing.T, b *Batch) map[string]*Result {
	t.Helper()
	m := &memory{t: t, jobs: b.Jobs, got: map[string]*Result{}}
	b.Sink = m
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := b.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if c := b.Counts(); c.Ended() != len(b.Jobs) || c.Running != 0 || len(m.got) != len(b.Jobs) {
		t.Errorf("%+v and %d results of %d jobs", c, len(m.got), len(b.Jobs))
	}
	return m.got
}

// TestIsolation has jobs that fail, panic, take their process down, and hang, among many
// that are well: each has its own result, and none has another's.
func TestIsolation(t *testing.T) {
	t.Parallel()
	bad := map[string]string{
		"fails":  "fails: as it should",
		"panics": "panic: runtime error: invalid memory address",
		"dies":   "its worker died: panic: in another goroutine (exit status 2)",
		"exits":  "its worker died: exit status 7",
		"hangs":  "its worker died: no answer 1s after the time limit of 500ms",
	}
	var jobs []Job
	for i := range 120 {
		j := Job{ID: fmt.Sprint(i), Soup: "8x8", Seed: fmt.Sprint(i), Generations: big.NewInt(50), Threads: 1}
		if i%20 == 10 { // twice each, where many are done at a time
			name := slices.Sorted(maps.Keys(bad))[i/20%5]
			j = Job{ID: fmt.Sprint(i), Pattern: name, Generations: big.NewInt(1)}
		}
		j.Timeout = 500 * time.Millisecond
		jobs = append(jobs, j)
	}
	b := &Batch{Jobs: jobs, Transport: processes(t), Workers: 2, Grace: time.Second}
	got := runAll(t, b)
	for _, j := range jobs {
		r := got[j.ID]
		if r == nil {
			t.Errorf("job %s has no result", j.ID)
			continue
		}
		if want := bad[j.Pattern]; !strings.HasPrefix(r.Error, want) || (want == "") != (r.Error == "") {
			t.Errorf("job %s (%s): %q, want %q", j.ID, j.Name(), r.Error, want)
		}
	}
}

// TestHandBack has a worker with many jobs whose first one takes long: another one that
// has nothing to do gets the rest.
func TestHandBack(t *testing.T) {
	t.Parallel()
	w, err := processes(t).Worker(0)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	quick := Job{ID: "quick", Soup: "8x8", Generations: big.NewInt(5)}
	long := Job{ID: "long", Pattern: "waits", Generations: big.NewInt(5)}
	jobs := [][]byte{quick.appendJSON(nil), long.appendJSON(nil), quick.appendJSON(nil), quick.appendJSON(nil)}
	var order string
	err = w.Do(context.Background(), jobs, func(reply []byte) { order += string(reply[:1]) })
	if err != nil || order != "drrd" {
		t.Errorf("answers %q, %v; want one, two handed back, one", order, err)
	}
	// And in a batch nothing gets lost by that.
	var all []Job
	for i := range 200 {
		j := Job{ID: fmt.Sprint(i), Soup: "8x8", Seed: fmt.Sprint(i), Generations: big.NewInt(5)}
		if i%50 == 25 {
			j = Job{ID: j.ID, Pattern: "waits", Generations: big.NewInt(5)}
		}
		all = append(all, j)
	}
	runAll(t, &Batch{Jobs: all, Transport: processes(t), Workers: 3})
}

// TestInProcess has the same results without processes.
func TestInProcess(t *testing.T) {
	t.Parallel()
	var jobs []Job
	for i := range 50 {
		jobs = append(jobs, Job{ID: fmt.Sprint(i), Soup: "16x16", Seed: fmt.Sprint(i), Generations: big.NewInt(100), Threads: 1})
	}
	jobs = append(jobs, Job{ID: "p", Pattern: "panics", Generations: big.NewInt(1)},
		Job{ID: "h", Pattern: "hangs", Timeout: 50 * time.Millisecond})
	inside := runAll(t, &Batch{Jobs: jobs, Transport: InProcess{wild}, Workers: 3, Grace: 50 * time.Millisecond})
	outside := runAll(t, &Batch{Jobs: jobs, Transport: processes(t), Workers: 2, Grace: 50 * time.Millisecond})
	for id, r := range inside {
		if string(findings(r)) != string(findings(outside[id])) {
			t.Errorf("job %s: %s\nand in a process %s", id, findings(r), findings(outside[id]))
		}
	}
}

// TestNoWorkers checks that a batch without workers is an error, and no job has failed.
func TestNoWorkers(t *testing.T) {
	t.Parallel()
	for _, c := range []*exec.Cmd{exec.Command("/no/such/program"), exec.Command(os.Args[0], "-test.run=^$")} {
		b := &Batch{
			Jobs: []Job{{ID: "a", Soup: "8x8", Generations: big.NewInt(1)}}, Workers: 2,
			Transport: Processes{Command: func() *exec.Cmd { d := *c; return &d }},
			Sink:      &memory{t: t, got: map[string]*Result{}},
		}
		err := b.Run(context.Background())
		if err == nil || !strings.Contains(err.Error(), "worker not started") || b.Counts().Ended() > 0 {
			t.Errorf("%v: %v, %+v", c.Path, err, b.Counts())
		}
	}
}

// fullSink takes some results, then none.
type fullSink struct{ left int }

func (s *fullSink) Append(int, []byte) error {
	if s.left--; s.left < 0 {
		return errors.New("full")
	}
	return nil
}

// TestSinkFails checks that a batch ends when its results cannot be kept.
func TestSinkFails(t *testing.T) {
	t.Parallel()
	var jobs []Job
	for i := range 100 {
		jobs = append(jobs, Job{ID: fmt.Sprint(i), Soup: "8x8", Generations: big.NewInt(1)})
	}
	b := &Batch{Jobs: jobs, Transport: InProcess{soups}, Workers: 1, Sink: &fullSink{10}}
	if err := b.Run(context.Background()); err == nil || err.Error() != "full" || b.Counts().Done != 10 {
		t.Errorf("%v after %+v, want 10 done", err, b.Counts())
	}
}

// TestLock checks that two batches do not write to one file.
func TestLock(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "r")
	jobs := []Job{{ID: "a", Soup: "8x8"}}
	r, err := OpenResults(name, jobs, Refuse)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := OpenResults(name, jobs, Resume); err == nil || !strings.Contains(err.Error(), "another batch") {
		t.Errorf("a second one: %v, %v", second, err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err = OpenResults(name, jobs, Resume); err != nil {
		t.Fatal(err)
	}
	r.Close()
}

func TestStreamInOrder(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	s := NewStream(&b, true)
	for _, i := range []int{2, 0, 1, 5} {
		if err := s.Append(i, fmt.Appendf(nil, "%d\n", i)); err != nil {
			t.Fatal(err)
		}
	}
	if b.String() != "0\n1\n2\n" {
		t.Errorf("written %q", b.String())
	}
	if err := s.Flush(); err != nil || b.String() != "0\n1\n2\n5\n" {
		t.Errorf("flushed %q, %v", b.String(), err)
	}
}

// TestFingerprint checks what a result depends on, and what not.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	a := Job{ID: "a", Pattern: "x.rle", Generations: big.NewInt(5)}
	same := a
	same.ID, same.Engine, same.Threads, same.Memory, same.Output, same.Stats = "b", "tile", 2, 5, "o.rle", true
	if a.Fingerprint() != same.Fingerprint() {
		t.Error("how a job is run changes its fingerprint")
	}
	for i, change := range []func(*Job){
		func(j *Job) { j.Pattern = "y.rle" }, func(j *Job) { j.Rule = "B36/S23" },
		func(j *Job) { j.Generations = big.NewInt(6) }, func(j *Job) { j.Until = "dead" },
		func(j *Job) { j.ExpectEqual = "z" }, func(j *Job) { j.Seed = "1" },
	} {
		other := a
		if change(&other); other.Fingerprint() == a.Fingerprint() {
			t.Errorf("change %d does not count", i)
		}
	}
}

// FuzzParseJob checks that no line makes ParseJob panic, and that a job is the same when
// it is written and read again.
func FuzzParseJob(f *testing.F) {
	f.Add(`{"id":"a","pattern":"glider","generations":"1e3","expect":{"bounds":{"x":1,"y":2,"width":3,"height":4}}}`)
	f.Add(`{"soup":"8x8","seed":7,"until":"dead","timeout":1.5,"memory":"1G","threads":2}`)
	f.Add(`{"pattern":1}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, s string) {
		j, err := ParseJob([]byte(s), rule.Parse)
		if err != nil {
			return
		}
		again, err := ParseJob(j.appendJSON(nil), rule.Parse)
		if err != nil || string(again.appendJSON(nil)) != string(j.appendJSON(nil)) {
			t.Errorf("%q becomes %+v, %v", j.appendJSON(nil), again, err)
		}
	})
}
