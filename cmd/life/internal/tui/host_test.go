package tui

import (
	"os"

	"golife/life"
	"golife/life/format"
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
