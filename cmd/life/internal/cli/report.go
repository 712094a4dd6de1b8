package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"golife/life"
)

// report is one result of life run. The order of the fields is that of the JSON.
type report struct {
	Pattern    string      `json:"pattern"`
	Rule       string      `json:"rule"`
	Engine     string      `json:"engine"`
	Reason     string      `json:"engine_reason"`
	Generation *big.Int    `json:"generation"`
	Population *big.Int    `json:"population"`
	Bounds     *box        `json:"bounds"`
	Digest     string      `json:"digest"`
	Stopped    *string     `json:"stopped"`
	Seconds    json.Number `json:"seconds"`
	Rate       json.Number `json:"generations_per_second"`
	PeakMemory int64       `json:"peak_memory_bytes"`
	Period     *big.Int    `json:"period,omitempty"`
	Background life.State  `json:"background,omitempty"`
	Stats      stats       `json:"engine_stats,omitempty"`

	done *big.Int      // generations computed
	busy time.Duration // time it took
}

// box is a rectangle as reported.
type box struct {
	X      *big.Int `json:"x"`
	Y      *big.Int `json:"y"`
	Width  *big.Int `json:"width"`
	Height *big.Int `json:"height"`
}

// newBox returns the box of an engine's or a pattern's bounds, nil for none.
func newBox(r life.BigRect, ok bool) *box {
	if !ok {
		return nil
	}
	return &box{r.MinX, r.MinY, r.Width(), r.Height()}
}

// String writes the box for people.
func (b *box) String() string {
	if b == nil {
		return "empty"
	}
	return fmt.Sprintf("%s x %s at %s,%s", short(b.Width), short(b.Height), short(b.X), short(b.Y))
}

// stats are the counters of an engine, in its order.
type stats []life.Stat

// MarshalJSON writes the counters as one object.
func (s stats) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, c := range s {
		sep := ","
		if i == 0 {
			sep = "{"
		}
		fmt.Fprintf(&b, "%s%q:%d", sep, c.Name, c.Value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// measure reports the present generation.
func (j *job) measure() *report {
	generation, choice := j.eng.Generation(), j.chosen(j.eng)
	r := &report{
		Pattern: j.arg, Rule: j.eng.Rule().String(), Engine: choice.Name, Reason: choice.Reason,
		Generation: generation, Population: j.eng.Population(), Bounds: newBox(j.eng.Bounds()), Period: j.period,
		Background: life.State(j.eng.Rule().Background(generation.Bit(0) == 1)),
	}
	r.done = new(big.Int).Sub(r.Generation, j.from)
	r.busy = j.busy
	seconds := j.busy.Seconds()
	r.Seconds = json.Number(fmt.Sprintf("%.6f", seconds))
	r.Rate = json.Number(rate(r.done, seconds))
	if j.stopped != "" {
		r.Stopped = &j.stopped
	}
	if j.isJSON || j.expect.wants("digest") { // a snapshot may be as large as the universe
		r.Digest = j.eng.Snapshot().Digest()
	}
	if j.isJSON || j.isVerbose {
		r.PeakMemory = peakMemory()
	}
	if s, ok := j.eng.(life.Stater); ok && j.isVerbose {
		r.Stats = s.Stats()
	}
	return r
}

// rate returns n/seconds in decimal, of any size, with some six digits.
func rate(n *big.Int, seconds float64) string {
	f := new(big.Float).SetInt(n)
	f.Quo(f, big.NewFloat(max(seconds, 1e-9)))
	if f.Cmp(big.NewFloat(1e6)) < 0 {
		return f.Text('g', 6)
	}
	if f.Cmp(big.NewFloat(1e21)) < 0 {
		return f.Text('f', 0)
	}
	return f.Text('e', 5)
}

// writeJSON writes the report on one line.
func (r *report) writeJSON(w io.Writer) error { return writeJSON(w, r) }

// writeJSON writes v on one line, as it is: without escapes for HTML.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// text returns the report for people: a block at the end, a line on the way.
func (r *report) text() []byte {
	var b bytes.Buffer
	if r.Stopped == nil {
		fmt.Fprintf(&b, "generation %s  population %s  bounds %s  %s\n",
			short(r.Generation), short(r.Population), r.Bounds, shortTime(r.busy))
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
	if r.Background != 0 {
		line("background", "live; population and bounds are those of the dead cells")
	}
	line("stopped", "%s", r.why())
	line("time", "%s", shortTime(r.busy))
	line("speed", "%s generations/s", r.Rate)
	if r.Stats != nil {
		line("peak memory", "%s", shortSize(r.PeakMemory))
	}
	for _, s := range r.Stats {
		if s.Value == 0 {
			continue // there are many
		}
		line(strings.ReplaceAll(s.Name, "_", " "), "%s", r.Stats.text(s))
	}
	return b.Bytes()
}

// text returns a counter for people: bytes in a unit, and hits also as a share of
// the look-ups.
func (s stats) text(c life.Stat) string {
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
func (r *report) why() string {
	switch *r.Stopped {
	case stoppedGenerations:
		return fmt.Sprintf("after %s %s", short(r.done), plural(r.done, "generation"))
	case stoppedTimeout:
		return "at the time limit"
	case stoppedMemory:
		return "at the memory limit"
	case stoppedPeriodic:
		return fmt.Sprintf("periodic from here, with period %s", short(r.Period))
	case stoppedStable:
		return "stable from here"
	case stoppedDead:
		return "dead: no cells are left"
	}
	return *r.Stopped
}

// plural returns the noun for n things.
func plural(n *big.Int, noun string) string {
	if n.Cmp(one) == 0 {
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

// short writes n for people: in full up to 30 digits, else as a power of ten.
func short(n *big.Int) string {
	if n.BitLen() <= 99 {
		return n.String()
	}
	text := new(big.Float).SetInt(n).Text('g', 7)
	return "about " + strings.Replace(text, "e+", "e", 1)
}
