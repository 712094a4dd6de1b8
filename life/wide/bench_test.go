package wide

import (
	"fmt"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/lifetest"
)

// benchmarks are rules under which soups stay alive all over, or nearly: one for each
// integral and each size of counts.
var benchmarks = []struct {
	name, rule string
}{
	{"square, 2 states", "R2,C0,S8-14,B8-12,NM"},
	{"square, 2 states", "R3,C0,S14-24,B14-19,NM"},
	{"square, 2 states, Bosco", bosco},
	{"square, 2 states", "R7,C0,M1,S65..114,B65..95,NM"},
	{"square, 2 states", "R10,C0,M1,S123..212,B123..170,NM"},
	{"square, 2 states", "R50,C0,M1,S2600..4100,B2600..3700,NM"},
	{"square, 4 states", "R2,C4,S3-14,B3-12,NM"},
	{"square, 16 states", "R10,C16,S10-200,B10-170,NM"},
	{"diamond", "R5,C0,M1,S17..30,B17..26,NN"},
	{"diamond", "R10,C0,M1,S61..105,B61..85,NN"},
	{"circle", "R5,C0,M1,S26..44,B26..36,NC"},
	{"circle", "R10,C0,M1,S91..155,B91..130,NC"},
	{"triangles", "R3,C0,S20-40,B20-30,NL"},
	{"pyramid", "R3,C0,S60-150,B60-110,NG"},
}

// BenchmarkAdvance steps soups of 512² cells on tori, of which all cells are computed each
// time: nothing is at rest.
func BenchmarkAdvance(b *testing.B) {
	const size = 512
	for _, c := range benchmarks {
		b.Run(fmt.Sprintf("engine=wide/rule=%s/size=%d", c.rule, size), func(b *testing.B) {
			p := lifetest.Soup{Rule: fmt.Sprintf("%s:T%d", c.rule, size), Seed: 1, Rect: life.Rt(-size/2, -size/2, size, size), Density: 128}.Pattern()
			e := loaded(b, p)
			n := big.NewInt(1)
			b.ReportAllocs()
			for b.Loop() {
				e.u.touch(e.u.grid.rect)
				if err := e.Advance(b.Context(), n); err != nil {
					b.Fatal(err)
				}
			}
			seconds := b.Elapsed().Seconds()
			b.ReportMetric(float64(e.u.cellsStepped)/seconds, "cells/s")
			b.ReportMetric(float64(b.N)/seconds, "gens/s")
		})
	}
}
