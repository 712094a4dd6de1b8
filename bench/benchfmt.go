package bench

import (
	"bufio"
	"fmt"
	"io"
	"math/big"
	"strings"
)

// WriteBenchfmt writes the samples in the Go benchmark format (Go proposal 14313,
// 2016), one line each, for benchstat. Names have the keys pattern, rule, k,
// engine and start (cold or warm); rule and k are left out where the pattern's
// rule is used and nothing is advanced. "/" in rules becomes "_".
func (r *Report) WriteBenchfmt(w io.Writer) error {
	b := bufio.NewWriter(w)
	system, _, _ := strings.Cut(r.Machine.System, " ")
	goos, goarch, _ := strings.Cut(system, "/")
	fmt.Fprintf(b, "goos: %s\ngoarch: %s\npkg: golife/bench\ncpu: %s\ntoolchain: %s\n", goos, goarch, r.Machine.CPU, r.Machine.Go)
	for i := range r.Rows {
		row := &r.Rows[i]
		for _, s := range row.Cold {
			row.writeSample(b, "cold", s)
		}
		for _, s := range row.Warm {
			row.writeSample(b, "warm", s)
		}
	}
	return b.Flush()
}

// name returns the benchmark's name with its keys.
func (r *Row) name(start string) string {
	s := "BenchmarkLife/" + r.keys(start)
	if r.Threads > 1 {
		s += fmt.Sprintf("-%d", r.Threads)
	}
	return s
}

// keys returns the keys that benchstat can project.
func (r *Row) keys(start string) string {
	clean := strings.NewReplacer("/", "_", " ", "_")
	s := "pattern=" + clean.Replace(r.Workload)
	if r.Rule != "" {
		s += "/rule=" + clean.Replace(r.Rule)
	}
	if r.Side > 0 {
		s += fmt.Sprintf("/size=%d", r.Side)
	}
	if r.Generations != "" {
		s += "/k=" + r.Generations
	}
	return s + "/engine=" + clean.Replace(r.Engine) + "/start=" + start
}

func (r *Row) writeSample(w io.Writer, start string, s Sample) {
	fmt.Fprintf(w, "%s 1 %.0f ns/op %.0f cpu-ns/op", r.name(start), s.Wall*1e9, s.cpu()*1e9)
	if r.Unit != "" && r.Work != nil {
		rate := perSecond(r.Work, s.Wall)
		fmt.Fprintf(w, " %s %s/s", plain(rate), shortUnit(r.Unit))
		if f, _ := rate.Float64(); r.Area > 0 && r.Unit == "generations" {
			fmt.Fprintf(w, " %.0f cells/s", f*float64(r.Area))
		}
	}
	fmt.Fprintf(w, " %d peak-B", s.Peak)
	if start == "warm" {
		fmt.Fprintf(w, " %d B/op %d allocs/op", s.AllocBytes, s.Allocs)
	}
	fmt.Fprintln(w)
}

// plain writes a number that benchstat can parse.
func plain(f *big.Float) string { return f.Text('g', 6) }

// shortUnit is the unit in the words of the benchmarks: gens/s.
func shortUnit(unit string) string {
	switch unit {
	case "generations":
		return "gens"
	case "bytes":
		return "B"
	}
	return unit
}
