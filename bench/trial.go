package bench

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"os"
	"sync"
	"sync/atomic"

	"golife/life"
	"golife/life/engine"
	"golife/life/format"
	"golife/life/rule"
	"golife/life/view"
	"golife/rle"
)

// NewEngine makes an engine by name; engine.New is the one that counts. Tests
// put broken ones in its place.
type NewEngine func(name string, r *rule.Rule, o engine.Options) (life.Engine, error)

// Outcome is what a workload came to: what is compared with the golden, and what
// the engine says about its work.
type Outcome struct {
	Population *big.Int    `json:"population"`
	Digest     string      `json:"digest,omitempty"` // "" where it was not computed
	Work       *big.Int    `json:"work"`             // generations, frames, bytes or jobs, as the task's unit says
	Stats      []life.Stat `json:"stats,omitempty"`
	Curve      []Point     `json:"curve,omitempty"` // of Grow
}

// Point is the population at a generation.
type Point struct {
	Generation int64 `json:"generation"`
	Population int64 `json:"population"`
}

// trial is one repetition of a workload. prepare is not timed, run is, and
// digest comes after the clock has stopped.
type trial interface {
	prepare() error
	run(ctx context.Context) error
	outcome() Outcome
	digest() (string, error)
	close()
}

// setup is what trials are made of.
type setup struct {
	Workload Workload `json:"workload"`
	Engine   string   `json:"engine"`
	File     string   `json:"file"`    // the pattern as RLE
	Threads  int      `json:"threads"` // at least 1

	newEngine NewEngine
}

// trial returns a new trial of the workload's task.
func (s *setup) trial() (trial, error) {
	switch s.Workload.Task {
	case Advance, Start:
		return &advance{setup: s}, nil
	case Draw:
		return &draw{advance: advance{setup: s}}, nil
	case Read:
		return &read{setup: s}, nil
	case Write:
		return &write{setup: s}, nil
	case Batch:
		return &batch{setup: s}, nil
	case Grow:
		return &grow{advance: advance{setup: s}}, nil
	}
	return nil, fmt.Errorf("bench: workload %s: no task %q", s.Workload.Name, s.Workload.Task)
}

// make returns an engine for the rule.
func (s *setup) make(r *rule.Rule) (life.Engine, error) {
	n, err := s.Workload.generations()
	if err != nil {
		return nil, err
	}
	return s.newEngine(s.Engine, r, engine.Options{
		Memory: s.Workload.Memory, Threads: s.Threads, Use: engine.Use{Generations: n},
	})
}

// load returns an engine that holds the file's pattern.
func (s *setup) load() (life.Engine, error) {
	f, err := os.Open(s.File)
	if err != nil {
		return nil, err
	}
	p, _, err := format.Read(f, format.WithRuleParser(rules.Parse))
	if f.Close(); err != nil {
		return nil, err
	}
	e, err := s.make(p.Rule())
	if err != nil {
		return nil, err
	}
	return e, e.Load(p)
}

// free gives an engine's memory back, where it does not leave that to the collector.
func free(e life.Engine) {
	if c, ok := e.(interface{ Close() }); ok {
		c.Close()
	}
}

// advance computes generations and the population.
type advance struct {
	*setup
	engine      life.Engine
	generations *big.Int
	population  *big.Int
}

func (t *advance) prepare() (err error) {
	if t.generations, err = t.Workload.generations(); err != nil {
		return err
	}
	t.engine, err = t.load()
	return err
}

func (t *advance) run(ctx context.Context) error {
	if err := t.engine.Advance(ctx, t.generations); err != nil {
		return err
	}
	t.population = t.engine.Population()
	return nil
}

func (t *advance) outcome() Outcome {
	return Outcome{Population: t.population, Work: t.generations, Stats: stats(t.engine)}
}

func (t *advance) digest() (string, error) { return t.engine.Snapshot().Digest(), nil }

func (t *advance) close() { free(t.engine) }

// stats returns an engine's counters, if it has any.
func stats(e life.Engine) []life.Stat {
	if s, ok := e.(life.Stater); ok {
		return s.Stats()
	}
	return nil
}

// The screen that Draw paints, in characters: a large terminal.
const columns, lines = 200, 60

// draw advances the workload's generations beforehand; then each frame is one
// more generation, sampled and painted. The camera zooms in and out between the
// whole universe and 64 times as near.
type draw struct {
	advance
	camera  view.Camera
	samples [][]uint8
}

func (t *draw) prepare() error {
	if err := t.advance.prepare(); err != nil {
		return err
	}
	if err := t.engine.Advance(context.Background(), t.generations); err != nil {
		return err
	}
	t.camera = view.NewCamera(view.HalfBlocks.Dots(columns, lines))
	if r, ok := t.engine.Bounds(); ok {
		t.camera = t.camera.Fit(r)
	}
	return nil
}

func (t *draw) run(ctx context.Context) error {
	sampler, ok := t.engine.(life.Sampler)
	if !ok {
		return fmt.Errorf("bench: engine %s cannot be drawn", t.Engine)
	}
	one := big.NewInt(1)
	painter := view.Painter{Palette: view.NewPalette(view.DepthOf(1<<24), t.engine.Rule())}
	cells := make([]view.Cell, columns*lines)
	for i := range t.Workload.Count {
		if err := t.engine.Advance(ctx, one); err != nil {
			return err
		}
		w := t.camera.ZoomBy(-zoomAt(i)).Window()
		samples := make([]uint8, w.Len())
		sampler.Sample(w.View, samples)
		painter.Paint(cells, &view.Picture{Window: w, Samples: samples})
		t.samples = append(t.samples, samples)
	}
	t.population = t.engine.Population()
	return nil
}

// zoomAt returns how far frame i is zoomed in: 0 to 6 and back, four frames each.
func zoomAt(i int) int {
	i = i / 4 % 12
	return min(i, 12-i)
}

func (t *draw) outcome() Outcome {
	o := t.advance.outcome()
	o.Work = big.NewInt(int64(t.Workload.Count))
	return o
}

func (t *draw) digest() (string, error) {
	h := sha256.New()
	for _, s := range t.samples {
		h.Write(s)
	}
	return short(h.Sum(nil)), nil
}

// short writes a hash as life.Pattern.Digest does.
func short(sum []byte) string { return hex.EncodeToString(sum[:16]) }

// grow notes the population at generations 1, 2, 4, …, four to a doubling, up to
// the workload's.
type grow struct {
	advance
	curve []Point
}

func (t *grow) run(ctx context.Context) error {
	last := t.generations.Int64()
	for i, at := 0, int64(0); at < last; i++ {
		next := min(stride(i), last)
		if next == at {
			continue
		}
		if err := t.engine.Advance(ctx, big.NewInt(next-at)); err != nil {
			return err
		}
		at = next
		t.population = t.engine.Population()
		t.curve = append(t.curve, Point{at, t.population.Int64()})
	}
	return nil
}

// stride returns about 2^(i/4).
func stride(i int) int64 {
	return [...]int64{1000, 1189, 1414, 1682}[i%4] << (i / 4) / 1000
}

func (t *grow) outcome() Outcome {
	o := t.advance.outcome()
	o.Curve = t.curve
	return o
}

func (t *grow) digest() (string, error) {
	h := sha256.New()
	for _, p := range t.curve {
		fmt.Fprintln(h, p.Generation, p.Population)
	}
	return short(h.Sum(nil)), nil
}

// read parses a file that is in memory.
type read struct {
	*setup
	data    []byte
	pattern *life.Pattern
}

func (t *read) prepare() (err error) {
	t.data, err = os.ReadFile(t.File)
	return err
}

func (t *read) run(context.Context) (err error) {
	t.pattern, err = rle.Decode(bytes.NewReader(t.data))
	return err
}

func (t *read) outcome() Outcome {
	return Outcome{Population: t.pattern.Population(), Work: big.NewInt(int64(len(t.data)))}
}

func (t *read) digest() (string, error) { return t.pattern.Digest(), nil }

func (t *read) close() {}

// write writes a file to memory; what it wrote is read again for the check.
type write struct {
	*setup
	pattern *life.Pattern
	buffer  bytes.Buffer
}

func (t *write) prepare() error {
	f, err := os.Open(t.File)
	if err != nil {
		return err
	}
	defer f.Close()
	t.pattern, err = rle.Decode(f)
	return err
}

func (t *write) run(context.Context) error { return rle.Encode(&t.buffer, t.pattern) }

func (t *write) outcome() Outcome {
	return Outcome{Population: t.pattern.Population(), Work: big.NewInt(int64(t.buffer.Len()))}
}

func (t *write) digest() (string, error) {
	p, err := rle.Decode(&t.buffer)
	if err != nil {
		return "", err
	}
	return p.Digest(), nil
}

func (t *write) close() {}

// batch runs Count soups of the source's size, with the seeds that follow its
// own, on as many workers as there are threads.
type batch struct {
	*setup
	generations *big.Int
	results     []string // POPULATION of each job
	total       *big.Int
}

func (t *batch) prepare() (err error) {
	t.results, t.total = make([]string, t.Workload.Count), new(big.Int)
	t.generations, err = t.Workload.generations()
	return err
}

func (t *batch) run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	var next atomic.Int64
	for range t.Threads {
		wg.Go(func() {
			if err := t.work(ctx, &next); err != nil {
				stop(err)
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	for _, s := range t.results {
		n, _ := new(big.Int).SetString(s, 10)
		t.total.Add(t.total, n)
	}
	return nil
}

// work does one job after the other until none is left.
func (t *batch) work(ctx context.Context, next *atomic.Int64) error {
	e, err := t.newEngine(t.Engine, rule.MustParse("B3/S23"), engine.Options{Threads: 1})
	if err != nil {
		return err
	}
	defer free(e)
	for {
		i := next.Add(1) - 1
		if i >= int64(len(t.results)) {
			return nil
		}
		s := *t.Workload.Source.Soup
		s.Seed += uint64(i)
		p, err := s.Pattern()
		if err != nil {
			return err
		}
		if err := e.Load(p); err != nil {
			return err
		}
		if err := e.Advance(ctx, t.generations); err != nil {
			return err
		}
		t.results[i] = e.Population().String()
	}
}

func (t *batch) outcome() Outcome {
	return Outcome{Population: t.total, Work: big.NewInt(int64(t.Workload.Count))}
}

func (t *batch) digest() (string, error) {
	h := sha256.New()
	for _, s := range t.results {
		fmt.Fprintln(h, s)
	}
	return short(h.Sum(nil)), nil
}

func (t *batch) close() {}
