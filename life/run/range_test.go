package run

import (
	"context"
	"errors"
	"math/big"
	"testing"
	"time"

	"golife/life"
	"golife/life/lifetest"
)

// TestRange: where coordinates end is an end for a run that asks for nothing but time, and an error for others.
func TestRange(t *testing.T) {
	glider := lifetest.Cells("B3/S23", "bo$2bo$3o!", 0, 0)
	far := new(big.Int).Lsh(one, 70)
	for _, c := range []struct {
		spec    Spec
		stopped string
		err     error
	}{
		{Spec{Engine: "tile", Timeout: time.Hour}, Range, nil},
		{Spec{Engine: "tile", Timeout: time.Hour, Generations: far}, "", life.ErrOutOfRange},
		{Spec{Engine: "auto", Timeout: time.Hour, Generations: far}, Generations, nil},
	} {
		r, err := New(glider, c.spec, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Run(context.Background()); !errors.Is(err, c.err) || r.Stopped() != c.stopped {
			t.Errorf("%+v: %v, stopped for %q, want %v and %q", c.spec, err, r.Stopped(), c.err, c.stopped)
		}
		if n := r.Engine().Population(); n.Int64() != 5 {
			t.Errorf("%+v: %v cells, want 5", c.spec, n)
		}
		r.Close()
	}
}
