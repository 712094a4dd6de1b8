package multistate

import (
	"fmt"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/lifetest"
)

// benchmarks are soups of rules that stay alive all over, one for each way of ageing.
var benchmarks = []struct {
	rule string
	size int64
}{
	{brain, 1024},
	{"345/2/4", 1024},
	{"345/2/4", 4096},
	{"3457/2/8", 1024},
	{"3457/2/16", 1024},
	{"2/2/25", 1024},
	{"12/2-a3/4", 1024},
	{"WireWorld", 1024},
}

// BenchmarkAge is what ageing costs for one tile, beside the kernel.
func BenchmarkAge(b *testing.B) {
	for _, name := range []string{"23/3/2", "/2/3", "345/2/4", "345/2/8", "345/2/16", "345/2/256", "WireWorld"} {
		b.Run("rule="+name, func(b *testing.B) {
			u := loaded(b, lifetest.Soup{Rule: name, Seed: 1, Rect: life.Rt(0, 0, side, side), Density: 128}.Pattern()).u
			t := u.index[life.Point{}]
			for b.Loop() {
				u.law.age(u.law, t.more, &t.live[0], &t.live[1])
			}
		})
	}
}

// BenchmarkAdvance steps soups, and tells how many cells of tiles it has stepped.
func BenchmarkAdvance(b *testing.B) {
	for _, c := range benchmarks {
		b.Run(fmt.Sprintf("engine=multistate/rule=%s/size=%d", c.rule, c.size), func(b *testing.B) {
			p := lifetest.Soup{Rule: c.rule, Seed: 1, Rect: life.Rt(0, 0, c.size, c.size), Density: 128}.Pattern()
			e := loaded(b, p)
			lifetest.Advance(b, e, 10)
			before := e.u.stepped
			n := big.NewInt(1)
			b.ReportAllocs()
			for b.Loop() {
				if err := e.Advance(b.Context(), n); err != nil {
					b.Fatal(err)
				}
			}
			seconds := b.Elapsed().Seconds()
			b.ReportMetric(float64(e.u.stepped-before)*side*side/seconds, "cells/s")
			b.ReportMetric(float64(b.N)/seconds, "gens/s")
			b.ReportMetric(seconds*1e9/float64(e.u.stepped-before), "ns/tile")
		})
	}
}
