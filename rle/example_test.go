package rle_test

import (
	"fmt"
	"os"
	"strings"

	"golife/life"
	"golife/life/rule"
	"golife/rle"
)

func ExampleDecode() {
	in := "#N Glider\nx = 3, y = 3, rule = B3 / S23\nbo$2bo$3o!"
	p, err := rle.Decode(strings.NewReader(in), rle.WithWarnings(func(w rle.Warning) {
		fmt.Println("warning:", w)
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Comment('N'), p.Rule(), p.Population())
	// Output:
	// warning: line 2 col 24: blank inside the rule, where other programs cut it
	// Glider B3/S23 5
}

func ExampleDecode_error() {
	_, err := rle.Decode(strings.NewReader("x = 3, y = 1, rule = B3/S23\nb2C!"))
	fmt.Println(err)
	// Output: rle: line 2 col 3: state 3, rule B3/S23 has 2 states
}

func ExampleEncode() {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.AddComment(life.Comment{Key: 'N', Text: "Blinker"})
	b.SetRun(-1, 0, 3, 1)
	if err := rle.Encode(os.Stdout, b.Pattern()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// #N Blinker
	// #CXRLE Pos=-1,0 Gen=0
	// x = 3, y = 1, rule = B3/S23
	// 3o!
}

func ExampleWriteBody() {
	p, err := rle.Decode(strings.NewReader("x = 4, y = 3\nbob$2bo$o2bb$b!"))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := rle.WriteBody(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	// Output: bo$2bo$o!
}
