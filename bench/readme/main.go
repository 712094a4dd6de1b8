// Command readme puts the table of a results file into README:
//
//	go run ./bench/readme -results bench/results/FILE.json [-only REGEXP] README.md
//
// It replaces what is between the lines <!-- bench:begin --> and <!-- bench:end -->.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"

	"golife/bench"
)

func main() {
	results := flag.String("results", "", "a `FILE` of life bench --save")
	only := flag.String("only", "", "take workloads whose name matches `REGEXP` alone")
	flag.Parse()
	if err := run(*results, *only, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "readme:", err)
		os.Exit(1)
	}
}

func run(results, only string, args []string) error {
	if results == "" || len(args) != 1 {
		return errors.New("want -results FILE.json README.md")
	}
	r, err := bench.Open(results)
	if err != nil {
		return err
	}
	if bad := append(r.Wrong(), r.Failed()...); len(bad) > 0 {
		return fmt.Errorf("%s: %s on %s: %s; such a file is not published", results, bad[0].Workload, bad[0].Engine, bad[0].Refused)
	}
	names, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	r.Rows = slices.DeleteFunc(r.Rows, func(row bench.Row) bool { return !names.MatchString(row.Workload) })
	if len(r.Rows) == 0 {
		return fmt.Errorf("%s: no workload matches %q", results, only)
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := r.WriteMarkdown(&b); err != nil {
		return err
	}
	out, err := bench.ReplaceBlock(string(text), b.String())
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return os.WriteFile(args[0], []byte(out), 0o644)
}
