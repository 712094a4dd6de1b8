package tui

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"golife/life/view"
)

// vt is a terminal as output takes it to be: what it is sent becomes a picture.
type vt struct {
	columns, rows int
	cells         []glyph
	x, y          int
	pen           glyph
}

func newVT(columns, rows int) *vt {
	v := &vt{columns: columns, rows: rows, cells: make([]glyph, columns*rows)}
	for i := range v.cells {
		v.cells[i] = glyph{r: '?', width: 1}
	}
	return v
}

// Write implements io.Writer.
func (v *vt) Write(p []byte) (int, error) {
	for rest := string(p); rest != ""; {
		if after, ok := strings.CutPrefix(rest, "\x1b["); ok {
			end := strings.IndexFunc(after, func(r rune) bool { return r >= '@' && r <= '~' })
			if err := v.control(after[:end], after[end]); err != nil {
				return 0, err
			}
			rest = after[end+1:]
			continue
		}
		var cluster string
		var width int
		cluster, rest, width, _ = uniseg.FirstGraphemeClusterInString(rest, -1)
		if err := v.print(cluster, width); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

func (v *vt) control(args string, final byte) error {
	var n []int
	for s := range strings.SplitSeq(args, ";") {
		i, err := strconv.Atoi(s)
		if err != nil {
			i = 1 // the default of a move
		}
		n = append(n, i)
	}
	switch final {
	case 'C':
		v.x += n[0]
	case 'H':
		v.y, v.x = n[0]-1, n[1]-1
	case 'm':
		return v.choose(n)
	case 'h', 'l':
		if args != "?2026" && args != "?25" {
			return fmt.Errorf("mode %s", args)
		}
	default:
		return fmt.Errorf("control %s%c", args, final)
	}
	return nil
}

func (v *vt) choose(n []int) error {
	color := func(i int) (view.Color, int) {
		switch {
		case n[i]%10 == 8 && n[i+1] == 2:
			return view.RGB(int32(n[i+2]<<16 | n[i+3]<<8 | n[i+4])), 5
		case n[i]%10 == 8 && n[i+1] == 5:
			return view.Indexed(uint8(n[i+2])), 3
		case n[i]%10 == 9:
			return view.Default, 1
		case n[i] >= 90:
			return view.Indexed(uint8(n[i]%10 + 8)), 1
		}
		return view.Indexed(uint8(n[i] % 10)), 1
	}
	for i := 0; i < len(n); {
		used := 1
		switch k := n[i]; {
		case k == 0:
			v.pen = glyph{fg: view.Default, bg: view.Default}
		case k == 1:
			v.pen.bold = true
		case k == 7:
			v.pen.invert = true
		case k >= 30 && k < 40, k >= 90 && k < 98:
			v.pen.fg, used = color(i)
		case k >= 40 && k < 50, k >= 100 && k < 108:
			v.pen.bg, used = color(i)
		default:
			return fmt.Errorf("select %v", n)
		}
		i += used
	}
	return nil
}

// print puts a character; half a wide one that is left becomes a blank, the worst
// that a terminal may do.
func (v *vt) print(cluster string, width int) error {
	if v.x < 0 || v.y < 0 || v.y >= v.rows || v.x+width > v.columns {
		return fmt.Errorf("%q at %d,%d", cluster, v.x, v.y)
	}
	line := v.cells[v.y*v.columns : (v.y+1)*v.columns]
	if line[v.x].width == 0 {
		line[v.x-1] = glyph{r: '!', width: 1}
	}
	if end := v.x + width; end < v.columns && line[end].width == 0 {
		line[end] = glyph{r: '!', width: 1}
	}
	g := clusterGlyph(cluster, width, style{fg: v.pen.fg, bg: v.pen.bg, bold: v.pen.bold, reverse: v.pen.invert})
	line[v.x] = g
	if width == 2 {
		line[v.x+1] = glyph{fg: g.fg, bg: g.bg}
	}
	if v.x += width; v.x == v.columns {
		v.x = -1 << 20 // nobody may count on where it is
	}
	return nil
}

// TestOutput puts characters of all kinds at random places, and compares the screen
// with what a terminal makes of the bytes.
func TestOutput(t *testing.T) {
	t.Parallel()
	texts := []string{"a", " ", "▀", "⣿", "\U0001CD00", "é", "世", "🙂", "e\u0301", "👩‍🚀"}
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		colors := []view.Color{view.Default, view.RGB(0), view.RGB(0xFFFFFF), view.RGB(0x123456), view.Indexed(200), view.Indexed(3)}
		isLow := seed%3 == 0
		if isLow {
			colors = []view.Color{view.Default, view.Indexed(0), view.Indexed(7), view.Indexed(8), view.Indexed(15)}
		}
		columns, rows := 1+rng.IntN(20), 1+rng.IntN(6)
		v := newVT(columns, rows)
		o := &output{tty: v, isLow: isLow}
		o.resize(columns, rows)
		color := func() view.Color { return colors[rng.IntN(len(colors))] }
		for frame := range 200 {
			for range rng.IntN(6) {
				text := texts[rng.IntN(len(texts))]
				st := style{fg: color(), bg: color(), bold: rng.IntN(4) == 0, reverse: rng.IntN(4) == 0}
				o.put(rng.IntN(columns+4)-2, rng.IntN(rows+4)-2, clusterGlyph(text, uniseg.StringWidth(text), st))
			}
			if err := o.flush(); err != nil {
				t.Fatalf("seed %d, frame %d: %v", seed, frame, err)
			}
			for i, g := range o.next {
				if v.cells[i] != g {
					t.Fatalf("seed %d, frame %d: at %d,%d there is %+v, want %+v", seed, frame, i%columns, i/columns, v.cells[i], g)
				}
			}
		}
	}
}

// TestOutputOfNothing: what is as it was is not sent again.
func TestOutputOfNothing(t *testing.T) {
	t.Parallel()
	var sent bytes.Buffer
	o := &output{tty: &sent}
	o.resize(10, 2)
	for _, want := range []int{1, 0} {
		o.put(3, 1, glyph{r: 'x', width: 1})
		if err := o.flush(); err != nil || min(sent.Len(), 1) != want {
			t.Errorf("%v, %q", err, sent.String())
		}
		sent.Reset()
	}
}
