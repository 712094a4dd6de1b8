package main

import (
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golife/bench"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	results, readme := filepath.Join(dir, "r.json"), filepath.Join(dir, "README.md")
	row := func(name string) bench.Row {
		return bench.Row{
			Workload: name, About: "about it", Engine: "tile", Threads: 1, Unit: "generations", Work: big.NewInt(1000),
			Cold: []bench.Sample{{Wall: 0.5}}, Warm: []bench.Sample{{Wall: 0.25}},
		}
	}
	write := func(rows ...bench.Row) {
		t.Helper()
		if err := (&bench.Report{Schema: bench.Schema, Rows: rows}).Save(results); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(readme, []byte("a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nb\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(row("one"), row("two"))
	if err := run(results, "^one$", []string{readme}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if !strings.Contains(text, "| one: about it | tile | 500 ms | 250 ms | 4.00k gens/s |") || strings.Contains(text, "two") ||
		strings.Contains(text, "\nold\n") || !strings.HasPrefix(text, "a\n") || !strings.HasSuffix(text, "\nb\n") {
		t.Errorf("README is now %q", text)
	}

	wrong := row("one")
	wrong.Refused, wrong.IsWrong = "population 7, want 5", true
	for want, try := range map[string]func() error{
		"such a file is not published": func() error { write(wrong); return run(results, "", []string{readme}) },
		"no workload matches":          func() error { write(row("one")); return run(results, "three", []string{readme}) },
		"want -results":                func() error { return run("", "", []string{readme}) },
		"want one line":                func() error { write(row("one")); return run(results, "", []string{results}) },
	} {
		if err := try(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
