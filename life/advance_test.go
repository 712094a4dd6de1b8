package life_test

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"

	"golife/life"
)

func TestStartAdvance(t *testing.T) {
	live := context.Background()
	done, cancel := context.WithCancel(live)
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		n    int64
		more bool
		err  error
	}{
		{live, 0, false, nil},
		{live, 1, true, nil},
		{done, 0, false, context.Canceled},
		{done, 1, false, context.Canceled},
	} {
		if more, err := life.StartAdvance(c.ctx, "some", big.NewInt(c.n)); more != c.more || !errors.Is(err, c.err) {
			t.Errorf("%d generations: %v, %v; want %v, %v", c.n, more, err, c.more, c.err)
		}
	}
	if more, err := life.StartAdvance(live, "some", big.NewInt(-1)); more || err == nil || !strings.HasPrefix(err.Error(), "some: ") {
		t.Errorf("-1 generations: %v, %v; want an error that names the engine", more, err)
	}
}

func TestBatch(t *testing.T) {
	huge := new(big.Int).Lsh(big.NewInt(1), 100)
	for n, want := range map[*big.Int]int64{big.NewInt(0): 0, big.NewInt(7): 7, big.NewInt(1<<63 - 1): 1<<63 - 1, huge: 1 << 62} {
		if got := life.Batch(n); got != want {
			t.Errorf("of %v generations %d are a batch, want %d", n, got, want)
		}
	}
}
