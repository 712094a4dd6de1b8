package macrocell_test

import (
	"fmt"
	"os"
	"strings"

	"golife/life"
	"golife/life/format/macrocell"
	"golife/life/rule"
)

func ExampleDecode() {
	p, err := macrocell.Decode(strings.NewReader("[M2] (golly 3.3)\n#R B3/S23\n$$$$$$$.*$\n..*$***$\n4 0 1 0 2\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Population(), p.Rule())
	// Output: 5 B3/S23
}

func ExampleEncode() {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	if err := b.SetRun(-1<<40, 1, 1<<41, 1); err != nil { // a row of 2^41 cells
		fmt.Println(err)
		return
	}
	var text strings.Builder
	if err := macrocell.Encode(&text, b.Pattern()); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Count(text.String(), "\n"), "lines")
	// Output: 41 lines
}

func ExampleDecodeTimeline() {
	in := "[M2]\n#FRAMES 2 0 2^4\n*$\n4 0 0 0 1\n#FRAME 0 2\n.*$\n4 0 0 0 3\n#FRAME 1 4\n"
	t, err := macrocell.DecodeTimeline(strings.NewReader(in))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	for i := range t.Len() {
		p, err := t.Frame(i)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return
		}
		box, _ := p.Bounds()
		fmt.Println(p.Generation(), box)
	}
	// Output:
	// 0 1x1 at 0,1
	// 16 1x1 at 1,1
}
