package macrocell_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/format/macrocell"
	"golife/life/rule"
)

// benchPattern returns a named soup.
func benchPattern(name string) *life.Pattern {
	rnd := rand.New(rand.NewPCG(1, 1))
	rs, density, size := "B3/S23", 0.37, int64(2048)
	switch name {
	case "generations":
		rs, size = "/2/8", 1024
	case "sparse":
		density = 0.005
	}
	r := rule.MustParse(rs)
	b := life.NewBuilder(r)
	for y := range size {
		for x := range size {
			if rnd.Float64() < density {
				b.Set(x, y, life.State(1+rnd.IntN(r.States()-1)))
			}
		}
	}
	return b.Pattern()
}

func Benchmark(b *testing.B) {
	for _, name := range []string{"soup", "sparse", "generations"} {
		p := benchPattern(name)
		var text bytes.Buffer
		if err := macrocell.Encode(&text, p); err != nil {
			b.Fatal(err)
		}
		ops := []struct {
			name string
			f    func() error
		}{
			{"parse", func() error { _, err := macrocell.DecodeTimeline(bytes.NewReader(text.Bytes())); return err }},
			{"decode", func() error { _, err := macrocell.Decode(bytes.NewReader(text.Bytes())); return err }},
			{"encode", func() error { return macrocell.Encode(io.Discard, p) }},
		}
		for _, op := range ops {
			b.Run(fmt.Sprintf("op=%s/pattern=%s", op.name, name), func(b *testing.B) {
				b.SetBytes(int64(text.Len()))
				b.ReportAllocs()
				for b.Loop() {
					if err := op.f(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(p.NodeCount())*float64(b.N)/b.Elapsed().Seconds(), "nodes/s")
			})
		}
	}
}
