package rle_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/rule"
	"golife/rle"
)

// benchText returns a named pattern as Encode writes it.
func benchText(b *testing.B, name string) []byte {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 1))
	rs, density, size := "B3/S23", 0.37, int64(4096)
	switch name {
	case "generations":
		rs, size = "/2/8", 2048
	case "sparse":
		density = 0.005
	}
	ru := rule.MustParse(rs)
	build := life.NewBuilder(ru)
	for y := range size {
		for x := range size {
			if r.Float64() < density {
				build.Set(x, y, life.State(1+r.IntN(ru.States()-1)))
			}
		}
	}
	var out bytes.Buffer
	if err := rle.Encode(&out, build.Pattern()); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func Benchmark(b *testing.B) {
	for _, name := range []string{"soup", "sparse", "generations"} {
		text := benchText(b, name)
		p, err := rle.Decode(bytes.NewReader(text))
		if err != nil {
			b.Fatal(err)
		}
		ops := []struct {
			name string
			f    func() error
		}{
			{"decode", func() error { _, err := rle.Decode(bytes.NewReader(text)); return err }},
			{"encode", func() error { return rle.Encode(io.Discard, p) }},
		}
		for _, op := range ops {
			b.Run(fmt.Sprintf("op=%s/pattern=%s", op.name, name), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					if err := op.f(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
	b.Run("op=decode/pattern=glider", func(b *testing.B) {
		const text = "x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!"
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := rle.Decode(strings.NewReader(text)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
