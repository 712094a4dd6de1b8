package format_test

import (
	"fmt"
	"os"
	"strings"

	"golife/life/format"
)

func ExampleRead() {
	p, info, err := format.Read(strings.NewReader("x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(info, p.Population())

	_, _, err = format.Read(strings.NewReader("%PDF-1.4"))
	fmt.Println(err)
	// Output:
	// rle 5
	// found a PDF document, want a pattern in one of the formats: apgcode bmp gif life105 life106 macrocell mcell plaintext png rle
}

func ExampleWrite() {
	p, _, err := format.Read(strings.NewReader("x = 3, y = 3, rule = B3/S23\nbo$2bo$3o!"))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := format.Write(os.Stdout, "glider.mc", p); err != nil {
		fmt.Println(err)
	}
	// Output:
	// [M2] (golife)
	// #R B3/S23
	// $$$$$$$.*$
	// ..*$***$
	// 4 0 1 0 2
}
