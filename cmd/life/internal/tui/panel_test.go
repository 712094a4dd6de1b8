package tui

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"golife/life"
)

func TestPanel(t *testing.T) {
	p := pattern("B3/S23", gunCells).WithComments([]life.Comment{{Key: 'N', Text: "Gosper glider gun"}, {Key: 'O', Text: "Bill Gosper, 1970"}})
	show(t, p, nil, 100, 30, func(r *rig) {
		r.press("I")
		for range 40 {
			r.press(".")
		}
		r.golden("panel")
		r.press("b")
		r.shows("gen 39 ")
		r.resize(60, 20)
		r.press("I", "I")
		r.shows("no room for the panel")
	})
}

func TestPanelOfAnEngine(t *testing.T) {
	show(t, pattern("B3/S23", gunCells), newHashlife(t), 100, 30, func(r *rig) {
		r.command("panel on")
		r.press("space")
		r.wait(3 * time.Second)
		for _, want := range []string{"nodes ", "memory ", "hit rate ", "gen/s, ", "cells/s"} {
			r.shows(want)
		}
		r.press("space", "I")
		if strings.Contains(r.text(), "hit rate") {
			t.Errorf("the panel is not off:\n%s", r.text())
		}
	})
}

func TestGraph(t *testing.T) {
	t.Parallel()
	var c curve
	for i, n := range []int64{0, 1, 2, 4, 8, 16} {
		c.add(&frame{generation: big.NewInt(int64(i)), population: big.NewInt(n)})
	}
	if got := strings.Join(c.graph(8, 2, []rune("▁▂▃▄▅▆▇█")), "|"); got != "     █  | ▁▂▄██  " {
		t.Errorf("graph %q", got)
	}
	if g, ok := c.growth(); !ok || g != 8 {
		t.Errorf("growth %v %v", g, ok)
	}
	c.add(&frame{generation: big.NewInt(3), population: big.NewInt(16)})
	if len(c) != 4 || c[3].population != 16 {
		t.Errorf("after going back: %v", c)
	}
	for i := range int64(2000) {
		c.add(&frame{generation: big.NewInt(10 + i), population: new(big.Int).Lsh(big.NewInt(1), uint(i))})
	}
	if got := c.graph(10, 3, []rune(".:|")); len(c) != curveLength || len(got) != 3 || len([]rune(got[2])) != 10 {
		t.Errorf("%d populations, %q", len(c), got)
	}
	for _, line := range (curve{}).graph(4, 2, []rune("x")) {
		if line != "    " {
			t.Errorf("graph of nothing: %q", line)
		}
	}
}
