package run

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"
	"sync"
	"time"

	"golife/life"
)

// Report is one result. The order of the fields is that of the JSON; counts are
// integers of any length there.
type Report struct {
	Pattern    string      `json:"pattern"`
	Rule       string      `json:"rule"`
	Engine     string      `json:"engine"`
	Reason     string      `json:"engine_reason,omitempty"`
	Generation *big.Int    `json:"generation"`
	Population *big.Int    `json:"population"`
	Bounds     *Box        `json:"bounds"` // nil when there are no cells
	Digest     string      `json:"digest"`
	Stopped    *string     `json:"stopped"` // one of Reasons; nil on the way
	Seconds    json.Number `json:"seconds"`
	Rate       json.Number `json:"generations_per_second"`
	PeakMemory int64       `json:"peak_memory_bytes"` // of the process so far
	Period     *big.Int    `json:"period,omitempty"`  // with Periodic
	Background life.State  `json:"background,omitempty"`
	Stats      Stats       `json:"engine_stats,omitempty"`

	Done *big.Int      `json:"-"` // generations since the pattern's own
	Busy time.Duration `json:"-"` // time it took
}

// Detail says which of the parts of a Report that cost something are wanted.
type Detail struct {
	Digest bool // a snapshot may be as large as the universe
	Memory bool
	Stats  bool
}

// Report reports the present generation of the pattern called name.
func (r *Runner) Report(name string, d Detail) *Report {
	generation, choice := r.eng.Generation(), r.chosen()
	out := &Report{
		Pattern: name, Rule: r.eng.Rule().String(), Engine: choice.Name, Reason: choice.Reason,
		Generation: generation, Population: r.eng.Population(), Bounds: NewBox(r.eng.Bounds()), Period: r.period,
		Background: life.State(r.eng.Rule().Background(generation.Bit(0) == 1)),
		Done:       new(big.Int).Sub(generation, r.from),
		Busy:       r.busy,
	}
	seconds := r.busy.Seconds()
	out.Seconds = json.Number(fmt.Sprintf("%.6f", seconds))
	out.Rate = json.Number(rate(out.Done, seconds))
	if r.stopped != "" {
		out.Stopped = &r.stopped
	}
	if d.Digest {
		out.Digest = r.eng.Snapshot().Digest()
	}
	if d.Memory {
		out.PeakMemory = PeakMemory()
	}
	if s, ok := r.eng.(life.Stater); ok && d.Stats {
		out.Stats = s.Stats()
	}
	return out
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

// WriteJSON writes v on one line, as it is: without escapes for HTML.
func WriteJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// Box is a rectangle as reported.
type Box struct {
	X      *big.Int `json:"x"`
	Y      *big.Int `json:"y"`
	Width  *big.Int `json:"width"`
	Height *big.Int `json:"height"`
}

// NewBox returns the box of an engine's or a pattern's bounds, nil for none.
func NewBox(r life.BigRect, ok bool) *Box {
	if !ok {
		return nil
	}
	return &Box{r.MinX, r.MinY, r.Width(), r.Height()}
}

// String writes the box for people.
func (b *Box) String() string {
	if b == nil {
		return "empty"
	}
	return fmt.Sprintf("%s x %s at %s,%s", Short(b.Width), Short(b.Height), Short(b.X), Short(b.Y))
}

// Stats are the counters of an engine, in its order.
type Stats []life.Stat

// MarshalJSON writes the counters as one object.
func (s Stats) MarshalJSON() ([]byte, error) {
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

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Stats) UnmarshalJSON(b []byte) error {
	*s = nil
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("run: found %.20q, want an object of counters", b)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		c := life.Stat{Name: name.(string)} // keys are strings
		if err := d.Decode(&c.Value); err != nil {
			return err
		}
		*s = append(*s, c)
	}
	return nil
}

// Short writes n for people: in full up to 30 digits, else as a power of ten.
func Short(n *big.Int) string {
	if n.BitLen() <= 99 {
		return n.String()
	}
	text := new(big.Float).SetInt(n).Text('g', 7)
	return "about " + strings.Replace(text, "e+", "e", 1)
}

// peakAge is how old the figure of PeakMemory may be: the system takes longer to tell
// it than a small run takes.
const peakAge = 20 * time.Millisecond

var peak struct {
	sync.Mutex
	bytes int64
	read  time.Time
}

// PeakMemory returns the largest resident size of the process so far, in bytes; it is
// asked of the system at most every 20 ms. Any goroutine may call it.
func PeakMemory() int64 {
	peak.Lock()
	defer peak.Unlock()
	if now := time.Now(); now.Sub(peak.read) > peakAge {
		peak.bytes, peak.read = residentPeak(), now
	}
	return peak.bytes
}

// Columns returns the names of what Report.Row returns.
func Columns() []string {
	return strings.Fields("pattern rule engine engine_reason generation population x y width height digest " +
		"stopped seconds generations_per_second peak_memory_bytes period background")
}

// Row returns the report as a row of a table, empty where there is nothing to tell.
func (r *Report) Row() []string {
	var x, y, width, height, stopped, period string
	if b := r.Bounds; b != nil {
		x, y, width, height = b.X.String(), b.Y.String(), b.Width.String(), b.Height.String()
	}
	if r.Stopped != nil {
		stopped = *r.Stopped
	}
	if r.Period != nil {
		period = r.Period.String()
	}
	return []string{
		r.Pattern, r.Rule, r.Engine, r.Reason, r.Generation.String(), r.Population.String(), x, y, width, height,
		r.Digest, stopped, r.Seconds.String(), r.Rate.String(), fmt.Sprint(r.PeakMemory), period, fmt.Sprint(r.Background),
	}
}
