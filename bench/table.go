package bench

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/big"
	"strings"
	"time"
	"unicode/utf8"
)

// WriteTable writes the report for people: what was run where, a block for each
// workload with a line for each engine and peer, and what the columns mean.
func (r *Report) WriteTable(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s, %s\n\n", r.Machine, r.Machine.Go, r.Machine.System)
	kind := ""
	for i := 0; i < len(r.Rows); {
		j := i
		for j < len(r.Rows) && r.Rows[j].Workload == r.Rows[i].Workload {
			j++
		}
		if k := r.Rows[i].Kind; k != kind {
			kind = k
			fmt.Fprintf(&b, "%-27s %9s %15s  %-23s %9s\n", strings.ToUpper(title(kind)), "cold", "warm", "speed", "memory")
		}
		writeBlock(&b, r.Rows[i:j])
		i = j
	}
	r.writeEnd(&b)
	for line := range strings.Lines(b.String()) {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

// writeBlock writes the rows of one workload.
func writeBlock(b *bytes.Buffer, rows []Row) {
	fmt.Fprintf(b, "  %s: %s\n", rows[0].Workload, rows[0].About)
	best, figures := 0.0, 0
	for i := range rows {
		if v := rows[i].speed(); v > 0 {
			best, figures = max(best, v), figures+1
		}
	}
	ours := fastest(rows)
	for i := range rows {
		r := &rows[i]
		if r.Refused != "" {
			mark := "no figure"
			if r.IsWrong {
				mark = "WRONG"
			}
			fmt.Fprintf(b, "    %-23s %9s  %s\n", r.label(), mark, r.Refused)
			continue
		}
		fmt.Fprintf(b, "    %-23s %9s %9s %5s  %-23s %9s %s%s\n", r.label(), duration(median(walls(r.Cold))),
			duration(median(walls(r.Warm))), plusMinus(spread(walls(r.samples()))), r.speedText(),
			memory(r.Peak()), bar(r.speed()/best, figures > 1), ratio(r, ours))
	}
}

// label names a row's engine and what it was given.
func (r *Row) label() string {
	s := r.Engine
	if r.Threads > 1 && !r.IsPeer {
		s += fmt.Sprintf(" ×%d", r.Threads)
	}
	return s
}

// speed returns runs a second from a cold start, by which engines and peers are
// compared: a peer is a process too.
func (r *Row) speed() float64 {
	if m := median(walls(r.Cold)); m > 0 {
		return 1 / m
	}
	return 0
}

// speedText writes the speed in the unit that says most: cells for soups, else
// what the task counts.
func (r *Row) speedText() string {
	if len(r.samples()) == 0 {
		return ""
	}
	if c := r.CellRate(); c > 0 {
		return si(c) + " cells/s eff."
	}
	rate, unit := r.Rate(), shortUnit(r.Unit)
	f, _ := rate.Float64()
	switch {
	case unit == "B":
		return si(f) + "B/s"
	case f < 1e15:
		return si(f) + " " + unit + "/s"
	}
	return fmt.Sprintf("%s %s/s", strings.Replace(rate.Text('e', 1), "e+", "e", 1), unit)
}

// fastest returns the row of the engine with the greatest speed, nil for none.
func fastest(rows []Row) (best *Row) {
	for i := range rows {
		if r := &rows[i]; !r.IsPeer && r.speed() > 0 && (best == nil || r.speed() > best.speed()) {
			best = r
		}
	}
	return best
}

// ratio says how a peer compares with an engine.
func ratio(r, ours *Row) string {
	if !r.IsPeer || ours == nil || r.speed() == 0 {
		return ""
	}
	switch q := ours.speed() / r.speed(); {
	case q >= 1.05:
		return fmt.Sprintf(" %s times slower", figures(q))
	case q <= 0.95:
		return fmt.Sprintf(" %s times faster", figures(1/q))
	}
	return " as fast"
}

// figures writes a ratio with two digits or more.
func figures(v float64) string {
	if v < 10 {
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// barWidth is the width of the longest bar.
const barWidth = 10

// bar draws a share of 1 in eighths of a character. It is "" where there is
// nothing to compare.
func bar(share float64, hasOthers bool) string {
	if !hasOthers || !(share > 0) {
		return ""
	}
	n := max(1, int(math.Round(min(share, 1)*barWidth*8)))
	s := strings.Repeat("█", n/8)
	if n%8 != 0 {
		s += string([]rune("▏▎▍▌▋▊▉")[n%8-1])
	}
	return s + strings.Repeat(" ", barWidth-utf8.RuneCountInString(s))
}

// duration writes seconds with three digits, "-" for NaN.
func duration(s float64) string {
	switch {
	case math.IsNaN(s):
		return "-"
	case s < 1e-6:
		return fmt.Sprintf("%.0f ns", s*1e9)
	case s < 1e-3:
		return fmt.Sprintf("%.3g µs", s*1e6)
	case s < 0.9995:
		return fmt.Sprintf("%.3g ms", s*1e3)
	case s < 99.95:
		return fmt.Sprintf("%.3g s", s)
	}
	return fmt.Sprintf("%.0f s", s)
}

// plusMinus writes a spread.
func plusMinus(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return fmt.Sprintf("±%.0f%%", math.Ceil(100*v))
}

// si writes a number with three digits and a prefix, ready for a unit.
func si(v float64) string {
	for _, p := range []struct {
		from float64
		sign string
	}{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if v >= 0.9995*p.from {
			return digits(v/p.from) + p.sign
		}
	}
	return digits(v)
}

// digits writes three digits without an exponent.
func digits(v float64) string {
	switch {
	case v >= 99.95:
		return fmt.Sprintf("%.0f", v)
	case v >= 9.995:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// memory writes bytes.
func memory(n int64) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f MiB", math.Ceil(float64(n)/(1<<20)))
}

// writeEnd writes what did not run, the noise and a legend.
func (r *Report) writeEnd(b *bytes.Buffer) {
	for _, s := range r.Skipped {
		fmt.Fprintf(b, "skipped %s: %s\n", s.Workload, s.Reason)
	}
	verified := 0
	for i := range r.Rows {
		if r.Rows[i].Refused == "" {
			verified++
		}
	}
	took := time.Duration(r.Seconds * float64(time.Second)).Round(100 * time.Millisecond)
	fmt.Fprintf(b, `
cold    a new process, from its start until the population is known; median
warm    the same work again in a process that has done it before, without reading
        the file; median, ± median absolute deviation
speed   of the warm runs, or of the cold ones where there are no others; eff.: as if
        all cells were computed, although much of that is skipped
memory  largest resident size of the cold process
bar     cold speed against the fastest of the block; peers are compared with the
        fastest engine

%d of %d results verified: population and digest are the golden ones.
%s
Took %v.
`, verified, len(r.Rows), capital(r.Noise.String()), took)
}

// capital makes a sentence of s.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// group writes n with commas, and shortly when it is very long.
func group(n *big.Int) string {
	if n == nil {
		return "-"
	}
	s := n.String()
	if len(s) > 21 {
		return strings.Replace(new(big.Float).SetInt(n).Text('e', 4), "e+", "e", 1)
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
