package tile

import (
	"context"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golife/life"
	"golife/life/lifetest"
)

// collection is Golly's pattern collection, where Debian's golly-data is installed.
const collection = "/usr/share/golly/Patterns/Life"

// file returns a pattern of the collection.
func file(b *testing.B, name string) *life.Pattern {
	b.Helper()
	text, err := os.ReadFile(filepath.Join(collection, name))
	if err != nil {
		b.Skip(err)
	}
	var data strings.Builder
	isHeader := true
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if !isHeader {
			data.WriteString(strings.TrimSpace(line))
		}
		isHeader = false
	}
	return lifetest.Cells("B3/S23", data.String(), 0, 0)
}

func square(rule string, side int64, density int) func(*testing.B) *life.Pattern {
	return func(*testing.B) *life.Pattern {
		return lifetest.Soup{Rule: rule, Seed: 1, Rect: life.Rt(0, 0, side, side), Density: density}.Pattern()
	}
}

// BenchmarkAdvance runs whole patterns. cells/s counts the cells that were
// computed, not those that were skipped because they could not change.
func BenchmarkAdvance(b *testing.B) {
	golly := func(name string) func(*testing.B) *life.Pattern {
		return func(b *testing.B) *life.Pattern { return file(b, name) }
	}
	for _, c := range []struct {
		name, rule  string
		pattern     func(*testing.B) *life.Pattern
		generations int64
	}{
		{"lidka", "B3_S23", golly("Methuselahs/lidka-predecessor.rle"), 30000},
		{"spacefiller", "B3_S23", golly("Breeders/spacefiller.rle"), 4000},
		{"switch-engine-breeder", "B3_S23", golly("Breeders/switch-engine-breeder.rle"), 5000},
		{"turing-machine", "B3_S23", golly("Signal-Circuitry/Turing-Machine-3-state.rle"), 2000},
		{"soup1000", "B3_S23", square("B3/S23", 1000, 95), 20000},
		{"soup4096", "B3_S23", square("B3/S23", 4096, 95), 100},
		{"soup1000", "B36_S23", square("B36/S23", 1000, 95), 1000},
		{"soup1000", "B2_S34H", square("B2/S34H", 1000, 95), 1000},
		{"soup1000", "B3_S2-i34q", square("B3/S2-i34q", 1000, 95), 1000},
		{"soup1000", "B03_S23", square("B03/S23", 1000, 95), 100},
	} {
		b.Run("engine=tile/pattern="+c.name+"/rule="+c.rule, func(b *testing.B) {
			p := c.pattern(b)
			var lines int64
			b.ReportAllocs()
			for b.Loop() {
				e := loaded(b, p)
				if err := e.Advance(context.Background(), big.NewInt(c.generations)); err != nil {
					b.Fatal(err)
				}
				lines += e.u.lines
			}
			seconds := b.Elapsed().Seconds()
			b.ReportMetric(float64(c.generations)*float64(b.N)/seconds, "gens/s")
			b.ReportMetric(float64(lines)*2*inner/seconds, "cells/s")
		})
	}
}

// BenchmarkSample draws a screen of the ash of a soup at several zooms.
func BenchmarkSample(b *testing.B) {
	e := loaded(b, square("B3/S23", 4096, 95)(b))
	advance(b, e, 500)
	dst := make([]uint8, 400*200)
	for name, level := range map[string]int{"0": 0, "3": 3, "5": 5, "8": 8} {
		for _, parity := range []string{"even", "odd"} {
			advance(b, e, 1)
			b.Run("engine=tile/pattern=soup4096/level="+name+"/generation="+parity, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					e.Sample(life.View{X: new(big.Int), Y: new(big.Int), Level: level, Width: 400, Height: 200}, dst)
				}
			})
		}
	}
}
