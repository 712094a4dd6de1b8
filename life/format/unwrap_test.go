package format_test

import (
	"slices"
	"strings"
	"testing"

	"golife/life/format"
)

// TestUnwrap reads patterns in what the source of a post has around them.
func TestUnwrap(t *testing.T) {
	t.Parallel()
	const glider = "x = 3, y = 3, rule = B36/S23\nbo$2bo$3o"
	for _, tt := range []struct {
		text, rule, wrap string
		cells            int64
	}{
		{"[code]" + glider + "![/code]\n", "B36/S23", "[code]", 5},
		{"[code]" + glider + "[/code]", "B36/S23", "[code]", 5}, // neither a cell of the o in code nor more
		{"\n [RLE]\r\n" + glider + "!\r\n[/RLE] o\n", "B36/S23", "[rle]", 5},
		{"[viewer]#N \u0130\n" + glider + "![/VIEWER]", "B36/S23", "[viewer]", 5},
		{"```rle\n" + glider + "!\n```\nooo!", "B36/S23", "```", 5},
		{"```\n.O.\nOOO\n```\n", "B3/S23", "```", 4},
		{"```bo$2bo$3o!```", "B3/S23", "```", 5},
		{"[code]" + glider, "B36/S23", "[code]", 5},
		{"[code]" + glider + "!\n@RULE X\n[/code]", "B36/S23", "[code]", 5},
	} {
		var warnings []string
		p, _, err := format.Read(strings.NewReader(tt.text), format.WithWarnings(func(w format.Warning) { warnings = append(warnings, w.Msg) }))
		if err != nil || p.Population().Int64() != tt.cells || p.Rule().String() != tt.rule {
			t.Errorf("%q: %v, %v; want %d cells under %s", tt.text, p, err, tt.cells, tt.rule)
			continue
		}
		if want := tt.wrap + " around the pattern, skipped"; !slices.Contains(warnings, want) {
			t.Errorf("%q: warnings %q, want %q", tt.text, warnings, want)
		}
		want := "found " + tt.wrap + " around a pattern, want it alone"
		if _, _, err := format.Read(strings.NewReader(tt.text), format.WithStrict()); err == nil || err.Error() != want {
			t.Errorf("%q, strictly: %v, want %s", tt.text, err, want)
		}
	}
	_, _, err := format.Read(strings.NewReader("[code]" + strings.Repeat("o", 17<<20)))
	if err == nil || !strings.Contains(err.Error(), "bytes of text after [code]") {
		t.Errorf("a long text after [code]: %v", err)
	}
	if _, _, err := format.Read(strings.NewReader("[code][code]o![/code]")); err == nil {
		t.Error("wrapped twice is no error")
	}
}
