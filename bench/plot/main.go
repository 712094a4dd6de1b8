// Command plot draws a results file of life bench as SVG:
//
//	go -C bench/plot run . -o ../results ../results/FILE.json
//
// It is a module of its own, so that the main one does not depend on a plotting
// library.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"golife/bench"
)

func main() {
	dir := flag.String("o", ".", "the `FOLDER` to write to")
	flag.Parse()
	if err := run(*dir, flag.Args(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "plot:", err)
		os.Exit(1)
	}
}

// run draws what the file has samples for and lists the files.
func run(dir string, args []string, out *os.File) error {
	if len(args) != 1 {
		return errors.New("want one FILE of life bench --save")
	}
	r, err := bench.Open(args[0])
	if err != nil {
		return err
	}
	n := 0
	for _, c := range charts() {
		lines := c.lines(r)
		if len(lines) == 0 {
			continue
		}
		name := filepath.Join(dir, c.file+".svg")
		if err := c.draw(name, lines, r.Machine); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintln(out, name)
		n++
	}
	if n == 0 {
		return fmt.Errorf("%s: nothing to draw; the workloads are in life bench --full", args[0])
	}
	return nil
}
