package rle_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"golife/rle"
)

// TestDecodeMemory holds Decode to the bound in the package documentation, with
// input made to need much. It runs alone, as it measures all allocations.
func TestDecodeMemory(t *testing.T) {
	const perByte, size = 4 << 10, 20_000
	r := rand.New(rand.NewPCG(1, 2))
	always := func(s string) func() string { return func() string { return s } }
	far := func() int64 { return 1 + r.Int64N(1<<60) }
	tests := []struct {
		name, rule string
		token      func() string
	}{
		{"runs of a page", "B3/S23", always("127o64$")},
		{"cells far apart", "B3/S23", always("o64$")},
		{"empty rows", "B3/S23", always("99999999b$")},
		{"one long run a row", "B3/S23", always("1000000000000o$")},
		{"long runs in a row", "B3/S23", always("128o999b")},
		{"cells anywhere", "B3/S23", func() string { return fmt.Sprintf("%dbo%d$", far(), far()>>20) }},
		{"long runs anywhere", "B3/S23", func() string { return fmt.Sprintf("%db%do%d$", far(), far(), far()>>20) }},
		{"runs of all lengths", "B3/S23", func() string { return fmt.Sprintf("%do$", 128+r.Int64N(1000)) }},
		{"runs in many states", "/2/256", always("127yO9$")},
		{"cells in many states", "/2/256", always("A9$")},
		{"comments", "B3/S23", always("\n#\n")},
		{"unknown characters", "B3/S23", always("?")},
		{"headers", "B3/S23", always("\nx=1,y=1,rule=B\n")},
	}
	for _, tt := range tests {
		in := &strings.Builder{}
		fmt.Fprintf(in, "x = 0, y = 0, rule = %s\n", tt.rule)
		for in.Len() < size {
			in.WriteString(tt.token())
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		_, err := rle.Decode(strings.NewReader(in.String()))
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		got := (after.TotalAlloc - before.TotalAlloc) / uint64(in.Len())
		t.Logf("%s: %d bytes allocated a byte, %v", tt.name, got, time.Since(start).Round(time.Millisecond))
		if got > perByte {
			t.Errorf("%s: %d bytes allocated a byte of input, want at most %d", tt.name, got, perByte)
		}
	}
}

// TestDecodeHugeCounts reads counts that no grid of cells could hold.
func TestDecodeHugeCounts(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, population string }{
		{"three rows", "1000000000000o$1000000000000o$1000000000000o!", "3000000000000"},
		{"widest", "9223372036854775807o!", "9223372036854775807"},
		{"two wide rows", "9223372036854775807o9223372036854775806$o!", "9223372036854775808"},
		{"far down", "9223372036854775806$o!", "1"},
		{"empty rows", strings.Repeat("99999999b$", 10000) + "o!", "1"},
		{"many states", "1000000000000000000pA1000000000000000000pB!", "2000000000000000000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := pattern(t, "x = 0, y = 0, rule = /2/256\n"+strings.ReplaceAll(tt.in, "o", "A"))
			if got := p.Population().String(); got != tt.population {
				t.Errorf("got population %s, want %s", got, tt.population)
			}
			if strings.Contains(tt.in, "p") {
				return
			}
			if got := pattern(t, "x = 0, y = 0\n"+tt.in).Population().String(); got != tt.population {
				t.Errorf("two-state: got population %s, want %s", got, tt.population)
			}
		})
	}
}
