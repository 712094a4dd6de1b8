package rle

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/rule"
)

// slowBody is writeBody run by run.
func slowBody(p *life.Pattern, box life.Rect, width int) string {
	var b strings.Builder
	col := 0
	write := func(n int64, cell string) {
		token := cell
		if n > 1 {
			token = fmt.Sprint(n, cell)
		}
		if n == 0 {
			return
		}
		if width > 0 && col+len(token) > width {
			b.WriteByte('\n')
			col = 0
		}
		b.WriteString(token)
		col += len(token)
	}
	dead := "."
	if p.Rule().States() == 2 {
		dead = "b"
	}
	at := box.Min
	for r := range p.Runs(box) {
		if r.Y != at.Y {
			write(r.Y-at.Y, "$")
			at = life.Point{X: box.Min.X, Y: r.Y}
		}
		write(r.X-at.X, dead)
		switch s := int(r.State) - 1; {
		case dead == "b":
			write(r.N, "o")
		case s < 24:
			write(r.N, string(rune('A'+s)))
		default:
			write(r.N, string(rune('p'+s/24-1))+string(rune('A'+s%24)))
		}
		at.X = r.X + r.N
	}
	write(1, "!")
	return b.String()
}

// TestBody writes random patterns, of long and short runs, in lines of several widths.
func TestBody(t *testing.T) {
	t.Parallel()
	const seed = 9
	r := rand.New(rand.NewPCG(seed, seed))
	n := 300
	if testing.Short() {
		n = 60
	}
	for i := range n {
		ru := rule.MustParse([]string{"B3/S23", "B3/S23", "/2/4", "/2/256"}[r.IntN(4)])
		b := life.NewBuilder(ru)
		width, height := 1+r.Int64N([]int64{70, 700, 3000, 1 << 40}[r.IntN(4)]), 1+r.Int64N([]int64{3, 70, 1 << 40}[r.IntN(3)])
		longest := []int64{1, 5, 130, 2000, 1 << 40}[r.IntN(5)]
		left, top := r.Int64N(200)-100, r.Int64N(200)-100
		runs := r.IntN(3000)
		if longest > 130 || width > 3000 || height > 70 {
			runs = r.IntN(50)
		}
		for range runs {
			if err := b.SetRun(left+r.Int64N(width), top+r.Int64N(height), 1+r.Int64N(longest), life.State(1+r.IntN(ru.States()-1))); err != nil {
				t.Fatal(err)
			}
		}
		for range r.IntN(30) * (2 / ru.States()) { // with as many runs as can be
			b.SetRow64((left+r.Int64N(width))&^63, top+r.Int64N(height), 0x5555555555555555<<r.IntN(2))
		}
		p := b.Pattern()
		box, err := extent(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{0, longestToken, 70} {
			var out strings.Builder
			w := bufio.NewWriterSize(&out, 16)
			text := tokens{w: w, width: width, buf: make([]byte, 0, 256+r.IntN(3000))}
			text.body(p, box)
			w.Flush()
			if want := slowBody(p, box, width); out.String() != want {
				t.Fatalf("seed %d, pattern %d, width %d: got\n%.2000s\nwant\n%.2000s", seed, i, width, out.String(), want)
			}
		}
	}
}
