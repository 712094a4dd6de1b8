package tui

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"golife/life/view"
)

func TestMonochrome(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	showOn(t, "UTF-8", pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		r.press("Z", "Z", "Z")
		r.golden("gun-mono-1to4")
	})
}

func TestTerminalWithoutUnicode(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	showOn(t, "US-ASCII", pattern("B3/S23", gunCells), nil, 80, 24, func(r *rig) {
		r.press("Z")
		r.golden("gun-ascii")
	})
}

func TestTcellColor(t *testing.T) {
	for c, want := range map[view.Color]tcell.Color{
		view.Default:       tcell.ColorDefault,
		view.Indexed(3):    tcell.ColorOlive,
		view.RGB(0x102030): tcell.NewRGBColor(0x10, 0x20, 0x30),
	} {
		if got := tcellColor(c); got != want {
			t.Errorf("%x: %x, want %x", c, got, want)
		}
	}
}

func TestAdapt(t *testing.T) {
	s := &sim{}
	for _, took := range []time.Duration{0, 0, 0, chunkTime, 3 * chunkTime} {
		s.adapt(took)
	}
	if s.chunkExp != 2 {
		t.Errorf("chunks of 2^%d", s.chunkExp)
	}
	for range 5 {
		s.adapt(time.Second)
	}
	if s.chunkExp != 0 {
		t.Errorf("chunks of 2^%d", s.chunkExp)
	}
}

func TestNumbersAreRefreshedSeldomWhenTheyCost(t *testing.T) {
	e := newNaive(t, pattern("B3/S23", gliderCells).Rule())
	n := numbers{taken: time.Now(), cost: time.Hour}
	if n.refresh(e, false); n.generation != nil {
		t.Error("refreshed too soon")
	}
	if n.refresh(e, true); n.generation == nil {
		t.Error("not refreshed")
	}
}

func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := pattern("B3/S23", gliderCells)
	o := Options{Pattern: p, Engine: "naive", Screen: tcell.NewSimulationScreen("UTF-8")}
	if err := Run(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	o.Engine = "no such engine"
	if err := Run(context.Background(), o); err == nil {
		t.Error("no error for an unknown engine")
	}
	o.Engine, o.Screen = "auto", tcell.NewSimulationScreen("no such character set")
	if err := Run(context.Background(), o); err == nil {
		t.Error("no error for a screen that cannot be used")
	}
}
