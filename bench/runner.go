package bench

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Options says what Run measures and how.
type Options struct {
	Workloads []Workload        // what to run, see Select; nil is the quick set
	Goldens   map[string]Golden // nil is Goldens()
	Threads   int               // for engines and batches; 0 is 1
	Peers     []Peer            // to run beside the engines, where they can
	Budget    time.Duration     // for the engines' repetitions; peers take as much again. 0 is QuickBudget

	// Limit is the time for the engines after which no workload is begun; 0 is none.
	Limit time.Duration

	// Command starts a process that calls Child when IsChild says so; nil is
	// this program with the first argument it was given.
	Command []string
	// Progress is told what comes next, and how many of how many workloads are
	// done. It may be nil.
	Progress func(done, total int, what string)
	// Env is added to the environment of the processes.
	Env []string
}

// The budgets of the quick and the full set, and the limit of the quick one.
const (
	QuickBudget = 18 * time.Second
	QuickLimit  = 25 * time.Second
	FullBudget  = 20 * time.Minute
)

// Run measures workloads and checks every result. The error is about the bench
// itself, or ctx's: then the report has the workloads that were done. What a row
// could not do is told in the report.
func Run(ctx context.Context, o Options) (*Report, error) {
	r := &run{Options: o.withDefaults(), ear: newEar()}
	dir, err := os.MkdirTemp("", "life-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	r.dir = dir
	start := time.Now()
	r.report = &Report{Schema: Schema, Time: start.UTC().Truncate(time.Second), Machine: ThisMachine(), Command: commandLine()}
	rest, total := r.rowsOf(r.Workloads), len(r.Workloads)
	for i := range r.Workloads {
		w := &r.Workloads[i]
		r.Progress(i, total, w.Name)
		left := max(0, r.Budget-r.spent)
		share := left * time.Duration(len(w.Engines)) / time.Duration(max(1, rest))
		rest -= len(w.Engines)
		if err = r.workload(ctx, w, share); err != nil {
			break
		}
		r.ear.listen()
	}
	r.Progress(total, total, "")
	r.report.Noise = r.ear.noise()
	r.report.Seconds = time.Since(start).Seconds()
	return r.report, err
}

func (o Options) withDefaults() Options {
	if o.Workloads == nil {
		o.Workloads = Select(Workloads(), Selection{})
	}
	if o.Goldens == nil {
		o.Goldens = Goldens()
	}
	if o.Budget == 0 {
		o.Budget = QuickBudget
	}
	if o.Progress == nil {
		o.Progress = func(int, int, string) {}
	}
	return o
}

// commandLine returns how this program was started, without the folder.
func commandLine() string {
	args := append([]string{filepath.Base(os.Args[0])}, os.Args[1:]...)
	return strings.Join(args, " ")
}

// run is a Run under way.
type run struct {
	Options
	dir    string // for pattern files
	report *Report
	ear    *ear
	spent  time.Duration // on engines, not on peers
}

// rowsOf counts the rows that engines will give.
func (r *run) rowsOf(all []Workload) (n int) {
	for _, w := range all {
		n += len(w.Engines)
	}
	return n
}

// skip notes that a workload does not run.
func (r *run) skip(w *Workload, err error) {
	r.report.Skipped = append(r.report.Skipped, Skip{w.Name, strings.TrimPrefix(err.Error(), "bench: ")})
}

// workload makes all rows of a workload.
func (r *run) workload(ctx context.Context, w *Workload, budget time.Duration) error {
	start := time.Now()
	generations, err := w.generations()
	switch cores := runtime.GOMAXPROCS(0); {
	case err != nil:
		return err
	case w.Threads > cores:
		r.skip(w, fmt.Errorf("%d threads on %d cores", w.Threads, cores))
		return nil
	case r.Limit > 0 && r.spent > r.Limit:
		r.skip(w, fmt.Errorf("the time of %v is up; --only %s runs it alone", r.Limit, w.Name))
		return nil
	}
	file := filepath.Join(r.dir, w.Name+w.Source.extension())
	if err := r.makeFile(ctx, w, file); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		r.skip(w, err)
		return nil
	}
	defer os.Remove(file)
	var all []*contestant
	for _, name := range w.Engines {
		all = append(all, &contestant{row: r.row(w, name), file: file, generations: generations, workload: w})
	}
	for _, p := range r.Peers {
		if w.isFor(p) {
			c := &contestant{row: r.row(w, p.Name), file: file, generations: generations, workload: w, peer: &p, lead: all[0]}
			c.row.IsPeer = true
			all = append(all, c)
		}
	}
	if err = r.compete(ctx, all, budget-time.Since(start)); err != nil {
		return err
	}
	for _, c := range all {
		c.finish()
		r.report.Rows = append(r.report.Rows, *c.row)
		if c.peer == nil {
			r.spent += c.spent
		}
	}
	return nil
}

// isFor reports whether a peer can run the workload.
func (w *Workload) isFor(p Peer) bool {
	for _, name := range w.Peers {
		if name == p.Name {
			return true
		}
	}
	return false
}

// row returns a row without figures.
func (r *run) row(w *Workload, engine string) *Row {
	row := &Row{
		Workload: w.Name, Kind: w.Kind, About: w.About, Pattern: w.Source.String(), Rule: w.Rule,
		Generations: w.Generations, Engine: engine, Threads: w.threads(r.Threads), MemoryLimit: w.Memory,
		Unit: w.Task.unit(), Area: w.Area,
	}
	if w.Source.Soup != nil {
		row.Side = w.Source.Soup.Side
	}
	return row
}

// contestant is an engine or a peer on one workload.
type contestant struct {
	row         *Row
	workload    *Workload
	file        string
	generations *big.Int
	peer        *Peer       // nil for an engine
	lead        *contestant // the workload's first engine
	spent       time.Duration
}

// refuse takes the figures away.
func (c *contestant) refuse(isWrong bool, reason string) {
	if c.row.Refused == "" {
		c.row.Refused, c.row.IsWrong = reason, isWrong
	}
}

// finish drops the figures of a row that was refused.
func (c *contestant) finish() {
	if c.row.Refused != "" {
		c.row.Cold, c.row.Warm, c.row.Population, c.row.Digest, c.row.Work = nil, nil, nil, "", nil
		c.row.Stats, c.row.Computed, c.row.Curve = nil, 0, nil
	}
}

// compete makes the repetitions: cold ones of all in turn, A B C A B C, so that a
// slow minute of the machine hits all alike, and then the warm ones of engines.
func (r *run) compete(ctx context.Context, all []*contestant, budget time.Duration) error {
	engines := 0
	for _, c := range all {
		if c.peer == nil {
			engines++
		}
	}
	share := budget / time.Duration(max(1, engines))
	coldShare := share / 2
	if !all[0].workload.hasWarm() {
		coldShare = share
	}
	for active := all; len(active) > 0; {
		var next []*contestant
		for _, c := range active {
			again, err := r.coldTurn(ctx, c, coldShare)
			if err != nil {
				return err
			}
			if again {
				next = append(next, c)
			}
		}
		active = next
	}
	for _, c := range all {
		if c.peer != nil || c.row.Refused != "" || !c.workload.hasWarm() {
			continue
		}
		start := time.Now()
		r.warm(ctx, c, share-c.spent)
		c.spent += time.Since(start)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

// hasWarm reports whether the workload is also measured in a warm process.
func (w *Workload) hasWarm() bool { return w.Task != Start }

// coldTurn makes one cold repetition and reports whether there is to be another.
func (r *run) coldTurn(ctx context.Context, c *contestant, share time.Duration) (again bool, err error) {
	start := time.Now()
	if c.peer != nil {
		r.coldPeer(ctx, c)
	} else {
		r.coldEngine(ctx, c)
	}
	took := time.Since(start)
	c.spent += took
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	return c.row.Refused == "" && !isSteady(c.row.Cold) && c.spent+took <= share, nil
}

// A run of a peer may take peerLimit, or peerLimitFactor times as long as the
// workload's first engine: by then the comparison is decided.
const (
	peerLimit       = 30 * time.Second
	peerLimitFactor = 3
)

var errPeerLimit = errors.New("time limit")

// coldPeer makes one repetition of a peer.
func (r *run) coldPeer(ctx context.Context, c *contestant) {
	limit := peerLimit
	if ours := c.lead.row.Cold; len(ours) > 0 {
		limit = max(limit, time.Duration(peerLimitFactor*median(walls(ours))*float64(time.Second)).Round(time.Second))
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errPeerLimit)
	defer cancel()
	s, pop, err := c.peer.run(ctx, c.workload, c.file, c.generations, c.row.MemoryLimit)
	switch {
	case errors.Is(err, errPeerLimit):
		c.refuse(false, fmt.Sprintf("not done after %v", limit))
	case err != nil:
		c.refuse(false, err.Error())
	default:
		if wrong := r.Goldens[c.row.Workload].check(pop, ""); wrong != "" {
			c.refuse(true, wrong)
			return
		}
		c.row.Population, c.row.Work = pop, c.generations
		c.row.Cold = append(c.row.Cold, s)
	}
}
