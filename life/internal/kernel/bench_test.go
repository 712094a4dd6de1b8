package kernel

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"

	"golife/life/internal/impl"
	"golife/life/rule"
)

func BenchmarkStep(b *testing.B) { impl.TestAll(b, "kernel", benchmarkStep) }

func benchmarkStep(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	// 64 places, so that look-ups meet all of their table and not one tile's share.
	var tiles [72]Tile
	var hoods [64]Hood
	var sheets [64]Tile
	for i := range tiles {
		for y := range tiles[i] {
			tiles[i][y] = r.Uint64()
		}
	}
	for i := range hoods {
		copy(sheets[i][:], tiles[i][:])
		t := tiles[i:]
		hoods[i] = Hood{&t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7], &t[8]}
	}
	leaf := func(i int) *Leaf { return (*Leaf)(tiles[i&63][i>>6*4&63:]) }
	for _, c := range []struct {
		name string
		t    *rule.Table
	}{
		{"B3_S23", totalistic(moore, 1<<3, 1<<2|1<<3)},
		{"B36_S23", totalistic(moore, 1<<3|1<<6, 1<<2|1<<3)},
		{"B2_S34H", totalistic(hexagonal, 1<<2, 1<<3|1<<4)},
		{"B13_S02V", totalistic(vonNeumann, 0xa, 5)},
		{"tlife", where(func(i int) bool {
			k, c := bits.OnesCount(uint(i&moore)), i&rule.C != 0
			opposite := i&moore == rule.N|rule.S || i&moore == rule.W|rule.E
			return k == 3 || c && k == 2 && opposite
		})},
		{"MAP", randomTable(r)},
	} {
		n := Compile(c.t)
		run := func(op string, cells int, f func()) {
			b.Run("rule="+c.name+"/op="+op, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f()
				}
				b.ReportMetric(float64(cells)*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
			})
		}
		var dst Tile
		var out Leaf
		k := 0
		run("StepTile", 64*64, func() {
			k++
			n.StepTile(&dst, &hoods[k&63], 0, 64)
		})
		run("StepRows", 62*64, func() {
			k++
			n.StepRows(dst[:62], tiles[k&63][:])
		})
		run("StepTwice", 2*60*60, func() {
			k++
			StepTwice(n, n, &sheets[k&63], ^uint64(0))
		})
		for _, gens := range []int{1, 2, 4, 8} {
			run(fmt.Sprintf("Step32-%d", gens), gens*16*16, func() {
				k++
				n.Step32(&out, leaf(k), leaf(k+1), leaf(k+2), leaf(k+3), gens)
			})
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for name, t := range map[string]*rule.Table{
		"B36_S23": totalistic(moore, 1<<3|1<<6, 1<<2|1<<3),
		"MAP":     randomTable(rand.New(rand.NewPCG(1, 2))),
	} {
		b.Run("rule="+name+"/op=Compile", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compile(t)
			}
		})
	}
}
