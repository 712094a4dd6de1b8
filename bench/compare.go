package bench

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Alpha is the probability below which Compare calls a difference significant.
const Alpha = 0.05

// Metrics are the figures that Compare can compare.
func Metrics() []string { return []string{"wall", "cpu", "memory", "allocs"} }

// metric returns one figure of a sample; less is better in all of them.
func metric(name string) (of func(Sample) float64, format func(float64) string, err error) {
	switch name {
	case "wall":
		return func(s Sample) float64 { return s.Wall }, duration, nil
	case "cpu":
		return Sample.cpu, duration, nil
	case "memory":
		return func(s Sample) float64 { return float64(s.Peak) }, func(v float64) string { return memory(int64(v)) }, nil
	case "allocs":
		return func(s Sample) float64 { return float64(s.Allocs) }, func(v float64) string { return fmt.Sprintf("%.0f", v) }, nil
	}
	return nil, nil, fmt.Errorf("bench: metric %q, want one of %s", name, strings.Join(Metrics(), ", "))
}

// Difference is one line of a comparison.
type Difference struct {
	Workload string  `json:"workload"`
	Engine   string  `json:"engine"`
	IsPeer   bool    `json:"peer,omitempty"`
	Threads  int     `json:"threads"`
	Start    string  `json:"start"` // cold or warm
	Old      float64 `json:"old"`   // median
	New      float64 `json:"new"`
	OldCount int     `json:"old_samples"`
	NewCount int     `json:"new_samples"`
	P        float64 `json:"p"` // by the Mann–Whitney U test, two-sided
}

// IsSignificant reports whether the difference is unlikely to be chance.
func (d Difference) IsSignificant() bool { return d.P < Alpha }

// Change returns New/Old - 1.
func (d Difference) Change() float64 { return d.New/d.Old - 1 }

// Comparison is what two reports tell about each other.
type Comparison struct {
	Metric      string       `json:"metric"`
	Differences []Difference `json:"differences"`
	OnlyOld     []string     `json:"only_old,omitempty"` // rows that the other lacks, or refused
	OnlyNew     []string     `json:"only_new,omitempty"`
	Machines    [2]Machine   `json:"machines"`
	Noises      [2]Noise     `json:"noises"`
}

// Compare compares the rows that both reports have, by one of Metrics.
func Compare(before, after *Report, by string) (*Comparison, error) {
	of, _, err := metric(by)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Metric: by, Machines: [2]Machine{before.Machine, after.Machine}, Noises: [2]Noise{before.Noise, after.Noise}}
	seen := map[string]bool{}
	for i := range before.Rows {
		a := &before.Rows[i]
		j := slices.IndexFunc(after.Rows, func(b Row) bool { return b.key() == a.key() })
		if a.Refused != "" || j < 0 || after.Rows[j].Refused != "" {
			c.OnlyOld = append(c.OnlyOld, a.Workload+" on "+a.label())
			continue
		}
		b := &after.Rows[j]
		seen[b.key()] = true
		c.add(a, "cold", values(a.Cold, of), values(b.Cold, of))
		if by != "memory" { // what a warm process holds depends on how often it ran
			c.add(a, "warm", values(a.Warm, of), values(b.Warm, of))
		}
	}
	for i := range after.Rows {
		if b := &after.Rows[i]; !seen[b.key()] && b.Refused == "" {
			c.OnlyNew = append(c.OnlyNew, b.Workload+" on "+b.label())
		}
	}
	return c, nil
}

// add compares samples, where there are any on both sides.
func (c *Comparison) add(r *Row, start string, before, after []float64) {
	if len(before) == 0 || len(after) == 0 || median(before) == 0 && median(after) == 0 {
		return
	}
	c.Differences = append(c.Differences, Difference{
		Workload: r.Workload, Engine: r.Engine, IsPeer: r.IsPeer, Threads: r.Threads, Start: start,
		Old: median(before), New: median(after), OldCount: len(before), NewCount: len(after),
		P: mannWhitney(before, after),
	})
}

// geomean returns the geometric mean of New/Old over the engines' rows of one
// start.
func (c *Comparison) geomean(start string) (mean float64, n int) {
	sum := 0.0
	for _, d := range c.Differences {
		if d.Start == start && !d.IsPeer && d.Old > 0 && d.New > 0 {
			sum += math.Log(d.New / d.Old)
			n++
		}
	}
	return math.Exp(sum / float64(n)), n
}

// WriteTable writes the comparison for people.
func (c *Comparison) WriteTable(w io.Writer) error {
	_, format, err := metric(c.Metric)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if c.Machines[0].CPU != c.Machines[1].CPU || c.Machines[0].Cores != c.Machines[1].Cores {
		fmt.Fprintf(&b, "These are two machines: %s, and %s.\n\n", c.Machines[0], c.Machines[1])
	}
	fmt.Fprintf(&b, "%-20s %-18s %-5s %10s %10s  %8s\n", "workload", "engine", "start", "old", "new", c.Metric)
	for _, d := range c.Differences {
		fmt.Fprintf(&b, "%-20s %-18s %-5s %10s %10s  %8s  (p=%.3f n=%d+%d)\n", d.Workload, (&Row{Engine: d.Engine, Threads: d.Threads}).label(),
			d.Start, format(d.Old), format(d.New), d.verdict(), d.P, d.OldCount, d.NewCount)
	}
	for _, start := range []string{"cold", "warm"} {
		if mean, n := c.geomean(start); n > 1 {
			fmt.Fprintf(&b, "%-20s %-18s %-5s %10s %10s  %+7.1f%%\n", "geometric mean", fmt.Sprintf("%d rows", n), start, "", "", 100*(mean-1))
		}
	}
	for _, s := range c.OnlyOld {
		fmt.Fprintf(&b, "only in the old file: %s\n", s)
	}
	for _, s := range c.OnlyNew {
		fmt.Fprintf(&b, "only in the new file: %s\n", s)
	}
	fmt.Fprintf(&b, "\n~ is no significant difference: p >= %v by the Mann-Whitney U test. Less is better.\n", Alpha)
	if c.Noises[0].IsLoud() || c.Noises[1].IsLoud() {
		b.WriteString("The machine was noisy in one of the runs: samples may differ for that reason alone. Repeat both in turns.\n")
	}
	_, err = w.Write(b.Bytes())
	return err
}

// verdict writes the change, or ~ where it may be chance.
func (d Difference) verdict() string {
	if !d.IsSignificant() {
		return "~"
	}
	return fmt.Sprintf("%+.1f%%", 100*d.Change())
}
