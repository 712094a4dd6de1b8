package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golife/bench"
)

// report has what all charts need.
func report() *bench.Report {
	r := &bench.Report{Schema: bench.Schema, Machine: bench.Machine{CPU: "A <Processor>"}}
	add := func(kind, engine string, n int64, seconds float64) *bench.Row {
		s := []bench.Sample{{Wall: seconds}, {Wall: seconds * 1.1}, {Wall: seconds * 0.9}}
		r.Rows = append(r.Rows, bench.Row{
			Workload: fmt.Sprintf("%s-%d", kind, n), Kind: kind, Engine: engine, IsPeer: strings.HasPrefix(engine, "bgolly"),
			Threads: 1, Unit: "generations", Work: big.NewInt(1000), Area: 1 << 20, Cold: s, Warm: s,
		})
		return &r.Rows[len(r.Rows)-1]
	}
	for _, n := range []int64{256, 1024, 4096} {
		add("soup", "tile", n, float64(n)/1e4).Side = n
		add("soup", "bgolly QuickLife", n, float64(n)/4e3).Side = n
	}
	for _, n := range []int64{64, 16, 32} { // in no order
		add("memory", "hashlife", n, 10/float64(n)).MemoryLimit = n << 20
	}
	for n := 1; n <= 4; n *= 2 {
		add("threads", "tile", int64(n), 1/float64(n)).Threads = n
	}
	row := add("growth", "hashlife", 1, 1)
	row.Pattern, row.Curve = "acorn", []bench.Point{{Generation: 1, Population: 8}, {Generation: 100, Population: 0}, {Generation: 5206, Population: 633}}
	add("soup", "hashlife", 256, 1).Refused = "wrong"
	return r
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "r.json")
	if err := report().Save(file); err != nil {
		t.Fatal(err)
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if err := run(dir, []string{file}, null); err != nil {
		t.Fatal(err)
	}
	for name, words := range map[string][]string{
		"speed-size":    {"A <Processor>", "tile", "bgolly QuickLife", "256", "4096", "cell updates/s, effective"},
		"speed-memory":  {"hashlife", "16", "64", "memory limit, MiB"},
		"speed-threads": {"tile, in proportion", "threads"},
		"population":    {"acorn", "generation", "population"},
	} {
		text := svgText(t, filepath.Join(dir, name+".svg"))
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s.svg lacks %q; its text is %q", name, w, text)
			}
		}
		if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
			t.Errorf("%s.svg has numbers that are none: %q", name, text)
		}
	}
	if text := svgText(t, filepath.Join(dir, "speed-size.svg")); strings.Contains(text, "hashlife") {
		t.Error("speed-size.svg draws a row that was refused")
	}
}

func TestRunErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "empty.json")
	if err := (&bench.Report{Schema: bench.Schema}).Save(file); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"want one FILE":   nil,
		"no such file":    {"nowhere.json"},
		"nothing to draw": {file},
	} {
		if err := run(t.TempDir(), args, os.Stdout); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("run(%v): %v, want %q", args, err, want)
		}
	}
}

// svgText returns the text in a file, which must be well-formed XML.
func svgText(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	for d := xml.NewDecoder(f); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if c, ok := tok.(xml.CharData); ok {
			b.Write(c)
		}
	}
}

func TestLines(t *testing.T) {
	lines := byMemory(report())
	if len(lines) != 1 || len(lines[0].points) != 3 {
		t.Fatalf("lines %+v", lines)
	}
	for i, want := range []float64{16, 32, 64} {
		if p := lines[0].points[i]; p.X != want || math.Abs(p.Y-10/want) > 1e-9 {
			t.Errorf("point %d is %v, want (%v, %v)", i, p, want, 10/want)
		}
	}
}

func TestSI(t *testing.T) {
	for v, want := range map[float64]string{1: "1", 0.1: "0.1", 1000: "1 k", 2.5e9: "2.5 G", 1e13: "10 T", 999.9999: "1 k"} {
		if got := si(v); got != want {
			t.Errorf("si(%v) = %q, want %q", v, got, want)
		}
	}
}
