package view

import (
	"testing"

	"golife/life/rule"
)

func TestDepthAt(t *testing.T) {
	tests := []struct {
		rgb  int32
		d    Depth
		want Color
	}{
		{0x123456, TrueColor, RGB(0x123456)},
		{0x000000, Colors256, Indexed(16)},
		{0xFFFFFF, Colors256, Indexed(231)},
		{0xFF0000, Colors256, Indexed(196)},
		{0x0B0E14, Colors256, Indexed(233)},
		{0x808080, Colors256, Indexed(244)},
		{0xFFFFFF, Colors16, Indexed(15)},
		{0x0B0E14, Colors16, Indexed(0)},
		{0xFFFFFF, Mono, Default},
	}
	for _, tt := range tests {
		if got := tt.d.At(RGB(tt.rgb)); got != tt.want {
			t.Errorf("%06x at depth %d: %x, want %x", tt.rgb, tt.d, got, tt.want)
		}
	}
}

func TestDepthOf(t *testing.T) {
	for colors, want := range map[int]Depth{0: Mono, 2: Mono, 8: Colors16, 88: Colors16, 256: Colors256, 1 << 24: TrueColor} {
		if got := DepthOf(colors); got != want {
			t.Errorf("%d colours: %d, want %d", colors, got, want)
		}
	}
}

func TestColorParts(t *testing.T) {
	if i, ok := Indexed(200).Index(); !ok || i != 200 {
		t.Error("Indexed", i, ok)
	}
	if _, ok := Default.Index(); ok {
		t.Error("Default is indexed")
	}
	if _, _, _, ok := Default.RGB(); ok {
		t.Error("Default is RGB")
	}
	if r, g, b, ok := RGB(0x010203).RGB(); !ok || r != 1 || g != 2 || b != 3 {
		t.Error("RGB", r, g, b, ok)
	}
}

func TestStatesDiffer(t *testing.T) {
	for _, s := range []string{"B3/S23", "B2/S345/4", "B2//3"} {
		r, err := rule.Parse(s)
		if err != nil {
			continue // notations are the rule package's matter
		}
		p := NewPalette(TrueColor, r)
		for a := range r.States() {
			for b := range a {
				if p.State(uint8(a)) == p.State(uint8(b)) {
					t.Errorf("%s: states %d and %d look alike", s, a, b)
				}
			}
		}
	}
	for i := range 30 {
		if hue(i) == hue(i+1) {
			t.Errorf("hues %d and %d are equal", i, i+1)
		}
	}
}
