package view

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"golife/life"
	"golife/life/naive"
	"golife/life/rule"
)

// soup returns an engine with random cells of all states around the origin.
func soup(t *testing.T, rulestring string, side int, seed uint64) *naive.Engine {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 2))
	b := life.NewBuilder(rule.MustParse(rulestring))
	for y := range side {
		for x := range side {
			b.Set(int64(x-side/2), int64(y-side/2), life.State(rng.IntN(b.Rule().States())))
		}
	}
	e, err := naive.New(b.Rule())
	if err == nil {
		err = e.Load(b.Pattern())
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestTakeFromCells compares the way for engines that are no Sampler with the
// oracle's Sampler.
func TestTakeFromCells(t *testing.T) {
	for _, rulestring := range []string{"B3/S23", "/2/3", "B03/S23"} {
		e := soup(t, rulestring, 40, 1)
		for zoom := -3; zoom < 80; zoom++ {
			c := NewCamera(40, 30).ZoomBy(zoom)
			want, got := Take(e, c), Take(struct{ life.Engine }{e}, c)
			if fmt.Sprint(want) != fmt.Sprint(got) {
				t.Errorf("%s, zoom %d: pictures differ", rulestring, zoom)
			}
		}
		far := NewCamera(40, 30).CenterOn(new(big.Int).Lsh(big.NewInt(1), 200), new(big.Int))
		for _, v := range Take(struct{ life.Engine }{e}, far).Samples {
			if v != 0 {
				t.Fatal("something is drawn where there is nothing")
			}
		}
	}
}
