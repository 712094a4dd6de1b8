package cli

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"golife/life"
	"golife/life/run"
)

// reportText returns the report for people: a block at the end, a line on the way.
func reportText(r *run.Report) []byte {
	var b bytes.Buffer
	if r.Stopped == nil {
		fmt.Fprintf(&b, "generation %s  population %s  bounds %s", short(r.Generation), short(r.Population), r.Bounds)
		if r.Digest != "" {
			fmt.Fprintf(&b, "  digest %s", r.Digest)
		}
		fmt.Fprintf(&b, "  %s\n", shortTime(r.Busy))
		return b.Bytes()
	}
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-12s %s\n", name, fmt.Sprintf(format, args...))
	}
	fmt.Fprintln(&b, r.Pattern)
	line("rule", "%s", r.Rule)
	line("engine", "%s (%s)", r.Engine, r.Reason)
	line("generation", "%s", short(r.Generation))
	line("population", "%s", short(r.Population))
	line("bounds", "%s", r.Bounds)
	if r.Digest != "" {
		line("digest", "%s", r.Digest)
	}
	if r.Background != 0 {
		line("background", "live; population and bounds are those of the dead cells")
	}
	line("stopped", "%s", why(r))
	line("time", "%s", shortTime(r.Busy))
	line("speed", "%s generations/s", r.Rate)
	if r.Stats != nil {
		line("peak memory", "%s", shortSize(r.PeakMemory))
	}
	for _, s := range r.Stats {
		if s.Value == 0 {
			continue // there are many
		}
		line(strings.ReplaceAll(s.Name, "_", " "), "%s", statText(r.Stats, s))
	}
	return b.Bytes()
}

// statText returns a counter for people: bytes in a unit, and hits also as a share of
// the look-ups.
func statText(s run.Stats, c life.Stat) string {
	text := strconv.FormatInt(c.Value, 10)
	switch c.Name {
	case "bytes":
		return text + " (" + shortSize(c.Value) + ")"
	case "hits":
		i := slices.IndexFunc(s, func(o life.Stat) bool { return o.Name == "lookups" })
		if i >= 0 && s[i].Value > 0 {
			return fmt.Sprintf("%s (%.1f %% of the lookups)", text, 100*float64(c.Value)/float64(s[i].Value))
		}
	}
	return text
}

// why says in words why the run stopped.
func why(r *run.Report) string {
	switch *r.Stopped {
	case run.Generations:
		return fmt.Sprintf("after %s %s", short(r.Done), plural(r.Done, "generation"))
	case run.Timeout:
		return "at the time limit"
	case run.Memory:
		return "at the memory limit"
	case run.Range:
		return "where the engine's coordinates end"
	case run.Periodic:
		return fmt.Sprintf("periodic from here, with period %s", short(r.Period))
	case run.Stable:
		return "stable from here"
	case run.Dead:
		return "dead: no cells are left"
	}
	return *r.Stopped
}

// plural returns the noun for n things.
func plural(n *big.Int, noun string) string {
	if n.IsInt64() && n.Int64() == 1 {
		return noun
	}
	return noun + "s"
}

// shortTime writes a duration to three or more digits.
func shortTime(d time.Duration) string {
	for unit := time.Second; unit >= time.Microsecond; unit /= 1000 {
		if d >= unit {
			return d.Round(unit / 1000).String()
		}
	}
	return d.String()
}

// shortSize writes bytes in the largest binary unit of which there is one.
func shortSize(bytes int64) string {
	const units = "KMGTPE"
	if bytes < 1024 {
		return fmt.Sprintf("%d bytes", bytes)
	}
	size, i := float64(bytes)/1024, 0
	for ; size >= 1023.95 && i < len(units)-1; i++ {
		size /= 1024
	}
	return fmt.Sprintf("%.1f %ciB", size, units[i])
}
