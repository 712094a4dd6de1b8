package turing

import (
	"testing"
	"time"
)

func TestQuick(t *testing.T) {
	for _, p := range Programs() {
		q, err := Build(p, p.Tape)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		e := load(t, "hashlife", q)
		it := Start(p, p.Tape)
		o := Predict(it, 60)
		t.Log(p.Name, o)
		r, err := Read(e)
		if err != nil {
			t.Fatal(p.Name, err)
		}
		if !r.Table.SameTable(p) || !r.Config.Tape.Equal(p.Tape) {
			t.Error("start", r)
		}
		for k := 1; k <= o.Steps; k++ {
			advance(t, e, Cycle)
			r, err := Read(e)
			if err != nil {
				t.Fatal(p.Name, k, err)
			}
			if !r.Config.Equal(it.Config) || int(r.Steps) != it.Steps {
				t.Error(p.Name, k, r.Config, r.Config.State, it.Config, it.Config.State)
			}
			it.Step()
		}
		if o.Halts {
			advance(t, e, Cycle*50)
			r, err := Read(e)
			if err != nil || r.Steps != int64(o.Steps) || r.Phase != Halted || !r.Config.Equal(o.Final) {
				t.Error(r, err)
			}
		}
		t.Log(time.Since(start))
	}
}
