package run

import (
	"math/big"
	"testing"
	"time"
)

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
