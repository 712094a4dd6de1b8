package bench

import (
	"context"
	"math/big"
	"path/filepath"
	"testing"

	"golife/life/engine"
)

// BenchmarkEngine times the quick workloads in this process, for benchstat: the
// keys are those of life bench --benchfmt. Every result is verified.
func BenchmarkEngine(b *testing.B) {
	for _, w := range Select(Workloads(), Selection{}) {
		for _, e := range w.Engines {
			row := (&run{}).row(&w, e)
			b.Run(row.keys("warm"), func(b *testing.B) { benchmark(b, &w, row) })
		}
	}
}

func benchmark(b *testing.B, w *Workload, row *Row) {
	file := filepath.Join(b.TempDir(), "p.rle")
	if err := w.write(file); err != nil {
		b.Skip(err)
	}
	s := setup{Workload: *w, Engine: row.Engine, File: file, Threads: row.Threads, newEngine: engine.New}
	b.ReportAllocs()
	var o Outcome
	for b.Loop() {
		b.StopTimer()
		t, err := s.trial()
		if err == nil {
			err = t.prepare()
		}
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := t.run(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		o = t.outcome()
		if wrong := Goldens()[w.Name].check(o.Population, ""); wrong != "" {
			b.Fatal(wrong)
		}
		t.close()
		b.StartTimer()
	}
	work := new(big.Int).Mul(o.Work, big.NewInt(int64(b.N)))
	rate, _ := perSecond(work, b.Elapsed().Seconds()).Float64()
	b.ReportMetric(rate, shortUnit(row.Unit)+"/s")
	if w.Area > 0 {
		b.ReportMetric(rate*float64(w.Area), "cells/s")
	}
}
