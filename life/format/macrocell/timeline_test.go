package macrocell_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golife/life/format/macrocell"
)

// blinker is what bgolly 3.3 -t -i 1 -m 4 writes for a blinker. Frames 2 to 4 have
// no nodes of their own, and the current generation is not the last node.
const blinker = "[M2] (golly 3.3)\n#R B3/S23\n#G 4\n#FRAMES 5 0 2^0\n$$$$$$$***$\n4 0 1 0 0\n#FRAME 0 2\n" +
	"$$$$$$.*$.*$\n.*$\n4 0 3 0 4\n#FRAME 1 5\n#FRAME 2 2\n#FRAME 3 5\n#FRAME 4 2\n"

// frames describes a timeline: the current generation, then each frame.
func frames(t *testing.T, in string, opts ...macrocell.Option) []string {
	t.Helper()
	tl, err := macrocell.DecodeTimeline(strings.NewReader(in), opts...)
	if err != nil {
		t.Fatal(err)
	}
	p, err := tl.Current()
	if err != nil {
		t.Fatal(err)
	}
	out := []string{fmt.Sprint(p.Generation(), ": ", body(t, p))}
	for i := range tl.Len() {
		p, err := tl.Frame(i)
		if err != nil {
			t.Fatal(err)
		}
		if p.Generation().Cmp(tl.Generation(i)) != 0 {
			t.Errorf("frame %d: generation %v, want %v", i, p.Generation(), tl.Generation(i))
		}
		out = append(out, fmt.Sprint(p.Generation(), ": ", body(t, p)))
	}
	return out
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	const two = "*$\n4 0 0 0 1\n#FRAME 0 2\n4 0 0 1 0\n#FRAME 1 3\n"
	tests := []struct {
		name, in string
		want     []string
	}{
		{"none", glider, []string{"0: bo$2bo$3o!"}},
		{"bgolly's blinker", blinker, []string{
			"4: 3o!", "0: 3o!", "1: 1,-1 o$o$o!", "2: 3o!", "3: 1,-1 o$o$o!", "4: 3o!",
		}},
		{"at an earlier frame", strings.Replace(blinker, "#G 4", "#G 1", 1), []string{
			"1: 1,-1 o$o$o!", "0: 3o!", "1: 1,-1 o$o$o!", "2: 3o!", "3: 1,-1 o$o$o!", "4: 3o!",
		}},
		{"generation of no frame", "[M2]\n#G 7\n#FRAMES 2 100 2^3\n" + two, []string{"7: -8,1 o!", "100: 0,1 o!", "108: -8,1 o!"}},
		{"generation between frames", "[M2]\n#G 104\n#FRAMES 2 100 2^3\n" + two, []string{"104: -8,1 o!", "100: 0,1 o!", "108: -8,1 o!"}},
		{"generation behind the frames", "[M2]\n#G 116\n#FRAMES 2 100 2^3\n" + two, []string{"116: -8,1 o!", "100: 0,1 o!", "108: -8,1 o!"}},
		{"no generation", "[M2]\n#FRAMES 2 100 2^3\n" + two, []string{"108: -8,1 o!", "100: 0,1 o!", "108: -8,1 o!"}},
		{"increment without exponent", "[M2]\n#FRAMES 2 1,000 10\n" + two, []string{"1010: -8,1 o!", "1000: 0,1 o!", "1010: -8,1 o!"}},
		{"current node after the frames", "[M2]\n#G 100\n#FRAMES 2 100 2^3\n" + two + "4 0 1 0 0\n",
			[]string{"100: 0,-7 o!", "100: 0,1 o!", "108: -8,1 o!"}},
		{"empty frame", "[M2]\n#FRAMES 1 0 1\n*$\n4 0 0 0 1\n#FRAME 0 0\n", []string{"0: !", "0: !"}},
		{"no frames", "[M2]\n#FRAMES 0 0 1\n*$\n4 0 0 0 1\n", []string{"0: 0,1 o!"}},
		{"huge increment", "[M2]\n#G 4294967296\n#FRAMES 2 0 2^32\n" + two, []string{"4294967296: -8,1 o!", "0: 0,1 o!", "4294967296: -8,1 o!"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, frames(t, tt.in, macrocell.WithStrict())); diff != "" {
				t.Errorf("current and frames (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTimelineWarnings(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"[M2]\n#FRAMES 2 0 1\n#FRAMES 1 0 1\n#FRAME 0 0\n": "line 3 col 1: second #FRAMES, the last one counts",
		"[M2]\n#FRAMES 2 0 1\n#FRAME 0 0\n":                "line 2 col 1: found 1 frames, where this line says 2",
	} {
		if _, warnings, err := read(in); err != nil || fmt.Sprint(warnings) != "["+want+"]" {
			t.Errorf("%q: got %q, error %v; want %s", in, warnings, err, want)
		}
	}
}

func TestTimelineErrors(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"#FRAMES 1 0":                                  "line 2 col 1: found 2 words after #FRAMES, want COUNT START BASE^EXPONENT",
		"#FRAMES -1 0 2^1":                             `line 2 col 9: found "-1", want a number of frames`,
		"#FRAMES 99999999999 0 1":                      `line 2 col 9: found "99999999999", want a number of frames`,
		"#FRAMES 1 -7 2^1":                             `line 2 col 11: found "-7", want the generation of the first frame`,
		"#FRAMES 1 0 2^":                               `line 2 col 13: found "2^", want generations between frames, such as 2^3`,
		"#FRAMES 1 0 0":                                `line 2 col 13: found "0", want generations between frames, such as 2^3`,
		"#FRAMES 1 0 2^99999":                          `line 2 col 13: found "2^99999", want generations between frames, such as 2^3`,
		"#FRAMES 1 0 2^99999999999":                    `line 2 col 13: found "2^99999999999", want generations between frames, such as 2^3`,
		"#FRAME 0 0":                                   "line 2 col 1: #FRAME without #FRAMES before it",
		"#FRAMES 1 0 1\n#FRAME 0":                      "line 3 col 1: found 1 words after #FRAME, want INDEX NODE",
		"#FRAMES 1 0 1\n#FRAME 1 0":                    `line 3 col 8: found frame "1", want 0`,
		"#FRAMES 1 0 1\n#FRAME 0 0\n#FRAME 0 0":        `line 4 col 8: found frame "0", want 1`,
		"#FRAMES 1 0 1\n#FRAME 0 1":                    "line 3 col 10: frame 0 is node 1, there is none before this line",
		"#FRAMES 1 0 1\n*$\n#FRAME 0 2":                "line 4 col 10: frame 0 is node 2, want one of the nodes 1 to 1 before this line, or 0",
		"#FRAMES 1 0 1\n#FRAME 0 x":                    `line 3 col 10: found "x", want a number`,
		"#FRAMES 1 " + strings.Repeat("1", 2e4) + " 1": `line 2 col 11: found "11111111111111111111…", want the generation of the first frame`,
	} {
		if _, _, err := read("[M2]\n" + in); fmt.Sprint(err) != "macrocell: "+want {
			t.Errorf("%.50q:\ngot  %v\nwant macrocell: %s", in, err, want)
		}
	}
}

func TestFrameOutOfRange(t *testing.T) {
	t.Parallel()
	tl, err := macrocell.DecodeTimeline(strings.NewReader(glider))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if r := recover(); r != "macrocell: frame 0 of 0" {
			t.Errorf("got panic %v", r)
		}
	}()
	tl.Frame(0)
}
