package tui

import (
	"os"

	"golife/life"
	"golife/life/format"
	"golife/life/view"
)

func readFile(name string) (*life.Pattern, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, _, err := format.Read(f)
	return p, err
}

func writeFile(name string, p *life.Pattern) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return format.Write(f, name, p)
}

// testLooks are those of a terminal with all there is.
func testLooks() looks { return looks{glyphs: view.HalfBlocks, theme: view.DefaultTheme()} }
