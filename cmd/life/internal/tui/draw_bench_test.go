package tui

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"golife/life"
	"golife/life/engine"
	"golife/life/format"
	"golife/life/rule"
	"golife/life/view"
	"golife/patterns"
)

// canvas is a viewer's screen, a truecolor terminal of 200 × 60 characters, without its goroutines: a
// frame is sampled, painted, compared and sent, as in the viewer.
type canvas struct {
	d     *drawer
	m     *model
	s     *sim
	tty   *counter
	bytes int // that the terminal was sent
}

func newCanvas(b *testing.B, e life.Engine, g view.Glyphs) *canvas {
	b.Helper()
	for name, value := range map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "", "LC_ALL": "C.UTF-8"} {
		b.Setenv(name, value)
	}
	tty := &counter{columns: 200, rows: 60, closed: make(chan struct{})}
	terminal, err := tcell.NewTerminfoScreenFromTty(tty)
	if err != nil {
		b.Fatal(err)
	}
	scr, err := newScreen(terminal)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(scr.Close)
	p := life.NewBuilder(e.Rule()).Pattern()
	m := newModel("bench", p, newLooks(g, nil, scr), 200, 60)
	c := &canvas{d: newDrawer(scr, e.Rule()), m: m, s: newSim(e, p, func(life.Engine) engine.Choice { return engine.Choice{} }, m.want), tty: tty}
	if r, ok := e.Bounds(); ok {
		m.camera = m.camera.Fit(r)
	}
	// Population and bounds are counted once: while it plays, the simulation lets
	// that take a tenth of its time at most.
	c.frame()
	c.s.want.playing, c.s.numbers.cost = true, time.Hour
	return c
}

// frame draws what the camera sees.
func (c *canvas) frame() {
	c.s.want.camera = c.m.camera
	c.s.look()
	c.m.take(<-c.s.frames)
	c.d.draw(c.m)
	c.bytes += len(c.tty.take())
}

// loaded returns the named engine with a pattern in it.
func loaded(b *testing.B, name string, p *life.Pattern) life.Engine {
	b.Helper()
	e, err := engine.New(name, p.Rule(), engine.Options{})
	if err == nil {
		err = e.Load(p)
	}
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// bigSoup returns random cells, 3 of 8 alive.
func bigSoup(side int64) *life.Pattern {
	rng := rand.New(rand.NewPCG(1, 6))
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	for y := range side {
		for x := int64(0); x < side; x += 64 {
			for w, i := rng.Uint64()&rng.Uint64()|rng.Uint64()&rng.Uint64()&rng.Uint64(), int64(0); w != 0; w, i = w>>1, i+1 {
				if w&1 != 0 {
					b.Set(x+i, y, 1)
				}
			}
		}
	}
	return b.Pattern()
}

// library returns a pattern of the library.
func library(b *testing.B, name string) *life.Pattern {
	b.Helper()
	entry, ok := patterns.Lookup(name)
	if !ok {
		b.Fatalf("no pattern %s", name)
	}
	p, err := entry.Pattern()
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// galaxy returns the largest pattern at hand that is made of metapixels: the galaxy of
// the collection that GOLIFE_ORACLE names, else the library's blinker.
func galaxy(b *testing.B) (string, *life.Pattern) {
	b.Helper()
	dir := os.Getenv("GOLIFE_ORACLE")
	if dir == "" {
		return "metapixel-blinker", library(b, "metapixel-blinker")
	}
	f, err := os.Open(filepath.Join(dir, "HashLife", "metapixel-galaxy.mc.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	p, _, err := format.Read(f)
	if err != nil {
		b.Fatal(err)
	}
	return "metapixel-galaxy", p
}

// BenchmarkFrame draws the generations after one another, and reports the median
// and the 99th percentile of what drawing one takes, also in processor time; the time for a generation is
// left out. Zoom walks from the whole pattern into its middle and back.
func BenchmarkFrame(b *testing.B) {
	soup := bigSoup(4096)
	galaxyName, galaxy := galaxy(b)
	worlds := []struct {
		name, engine string
		pattern      *life.Pattern
	}{
		{"soup-4096", "tile", soup},
		{"soup-4096", "hashlife", soup},
		{galaxyName, "hashlife", galaxy},
		{"rendell-turing-machine", "hashlife", library(b, "rendell-turing-machine")},
	}
	for _, w := range worlds {
		e := loaded(b, w.engine, w.pattern)
		for _, g := range []view.Glyphs{view.HalfBlocks, view.Octants} {
			b.Run(fmt.Sprintf("pattern=%s/engine=%s/glyphs=%v", w.name, w.engine, g), func(b *testing.B) {
				c := newCanvas(b, e, g)
				c.m.ages = true
				benchFrames(b, c, e)
			})
		}
	}
}

func benchFrames(b *testing.B, c *canvas, e life.Engine) {
	b.Helper()
	far := c.m.camera
	var took, busy []time.Duration
	i := 0
	for b.Loop() {
		b.StopTimer()
		if err := e.Advance(context.Background(), big.NewInt(1)); err != nil {
			b.Fatal(err)
		}
		c.m.camera = far.ZoomBy(-max(i/8%16-8, 8-i/8%16)) // 8 steps in, and out again
		i++
		b.StartTimer()
		start, cpu := time.Now(), cpuTime()
		c.frame()
		took, busy = append(took, time.Since(start)), append(busy, cpuTime()-cpu)
	}
	b.ReportMetric(float64(c.bytes)/float64(len(took)), "sent-B/op")
	for name, list := range map[string][]time.Duration{"": took, "cpu-": busy} {
		slices.Sort(list)
		at := func(percent int) float64 { return list[(len(list)-1)*percent/100].Seconds() * 1000 }
		b.ReportMetric(at(50), name+"p50-ms")
		b.ReportMetric(at(99), name+"p99-ms")
	}
}

// corners returns a universe of side 2^level with a gun in each of its corners.
func corners(level int) *life.Pattern {
	all := pattern("B3/S23", "")
	far := new(big.Int).Lsh(big.NewInt(1), uint(level-1))
	near := new(big.Int).Neg(far)
	for _, x := range []*big.Int{near, new(big.Int).Sub(far, big.NewInt(36))} {
		for _, y := range []*big.Int{near, new(big.Int).Sub(far, big.NewInt(9))} {
			var err error
			if all, err = all.Union(pattern("B3/S23", gunCells).Translate(x, y)); err != nil {
				panic(err)
			}
		}
	}
	return all
}

// BenchmarkSide draws a universe with four copies of a gun in its corners, of side
// 2^10 and 2^100, from as far as shows it all, and at the same zoom in one corner.
func BenchmarkSide(b *testing.B) {
	for _, place := range []string{"all", "corner"} {
		for _, level := range []int{10, 100} {
			b.Run(fmt.Sprintf("place=%s/side=2^%d", place, level), func(b *testing.B) {
				c := newCanvas(b, loaded(b, "hashlife", corners(level)), view.HalfBlocks)
				if place == "corner" {
					c.m.camera = c.m.camera.ZoomBy(-c.m.camera.Zoom())
					edge := new(big.Int).Lsh(big.NewInt(-1), uint(level-1))
					c.m.camera = c.m.camera.CenterOn(edge, edge)
				}
				for b.Loop() {
					c.frame()
				}
			})
		}
	}
}
