package cli

import (
	"math/big"
	"strings"
	"testing"
)

func TestTemplate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, arg, last, way string }{
		{"out.rle", "x", "out.rle", "out.7.rle"},
		{"a.b/out.mc.gz", "x", "a.b/out.mc.gz", "a.b/out.7.mc.gz"},
		{"A.RLE", "x", "A.RLE", "A.7.RLE"},
		{"/dev/null", "x", "/dev/null", "/dev/null"},
		{"{name}.rle", "in/glider.mc.gz", "glider.rle", "glider.7.rle"},
		{"{name}-{index:2}.rle", "-", "stdin-03.rle", "stdin-03.7.rle"},
		{"f{generation:4}.rle", "gun", "f0007.rle", "f0007.rle"},
		{"{generation}-{generation:1}.rle", "gun", "7-7.rle", "7-7.rle"},
		{"{name}.rle", "soup:16x16:0.5:C1:a/b", "soup-16x16-0.5-C1-a-b.rle", "soup-16x16-0.5-C1-a-b.7.rle"},
	} {
		x := template(tt.in)
		if err := x.check(); err != nil {
			t.Errorf("%s: %v", tt.in, err)
		}
		if got := x.fill(tt.arg, 3, big.NewInt(7)); got != tt.last {
			t.Errorf("%s of %s: %q, want %q", tt.in, tt.arg, got, tt.last)
		}
		if got := x.numbered().fill(tt.arg, 3, big.NewInt(7)); got != tt.way {
			t.Errorf("%s of %s, numbered: %q, want %q", tt.in, tt.arg, got, tt.way)
		}
	}
	for in, want := range map[string]string{"{nam}.rle": "unknown field {nam}", "{name}/a.rle": "name of a folder"} {
		if err := template(in).check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}
