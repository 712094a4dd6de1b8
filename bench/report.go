package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"golife/life"
	"golife/life/rule"
)

// Schema is the version of the JSON that a Report is saved as.
const Schema = 1

// Report is what a run of the bench found. It is saved and read as JSON.
type Report struct {
	Schema  int       `json:"schema"`
	Time    time.Time `json:"time"`
	Seconds float64   `json:"seconds"` // the whole run
	Command string    `json:"command"` // how it was started
	Machine Machine   `json:"machine"`
	Noise   Noise     `json:"noise"`
	Rows    []Row     `json:"rows"`
	Skipped []Skip    `json:"skipped,omitempty"`
}

// Skip is a workload that did not run, and why.
type Skip struct {
	Workload string `json:"workload"`
	Reason   string `json:"reason"`
}

// Row is one workload on one engine, or on one peer.
type Row struct {
	Workload    string `json:"workload"`
	Kind        string `json:"kind"`
	About       string `json:"about"`
	Pattern     string `json:"pattern"`
	Rule        string `json:"rule"` // "" is the pattern's
	Generations string `json:"generations"`
	Engine      string `json:"engine"` // or the peer's name
	IsPeer      bool   `json:"peer,omitempty"`
	Threads     int    `json:"threads"`
	MemoryLimit int64  `json:"memory_limit,omitempty"` // bytes; 0 is the engine's default
	Side        int64  `json:"side,omitempty"`         // of a soup

	// Refused says why there are no figures: a wrong result, or an error.
	Refused string `json:"refused,omitempty"`
	// IsWrong says that the result was not the golden's.
	IsWrong    bool     `json:"wrong,omitempty"`
	Population *big.Int `json:"population,omitempty"` // as verified
	Digest     string   `json:"digest,omitempty"`     // "" for peers, which tell none

	Unit string   `json:"unit"` // what Work counts: generations, frames, bytes, jobs
	Work *big.Int `json:"work,omitempty"`
	// Area is how many cells a plain engine would update in each generation.
	Area int64 `json:"area,omitempty"`
	// Computed is how many cell updates the kernels made; 0 where the engine
	// does not tell. Less than Area × generations means that work was skipped.
	Computed int64       `json:"computed,omitempty"`
	Cold     []Sample    `json:"cold,omitempty"` // each a process of its own
	Warm     []Sample    `json:"warm,omitempty"` // all in one process
	Stats    []life.Stat `json:"stats,omitempty"`
	Curve    []Point     `json:"curve,omitempty"` // of the task grow
}

// key says what must be equal for two rows to be compared.
func (r *Row) key() string {
	return fmt.Sprintf("%s|%s|%d", r.Workload, r.Engine, r.Threads)
}

// samples returns the warm samples, and the cold ones of rows that have no others.
func (r *Row) samples() []Sample {
	if len(r.Warm) > 0 {
		return r.Warm
	}
	return r.Cold
}

// Rate returns units of work a second of wall time, by the median.
func (r *Row) Rate() *big.Float {
	return perSecond(r.Work, median(walls(r.samples())))
}

// perSecond returns n/seconds.
func perSecond(n *big.Int, seconds float64) *big.Float {
	f := new(big.Float)
	if n == nil || !(seconds > 0) {
		return f
	}
	return f.Quo(f.SetInt(n), big.NewFloat(seconds))
}

// CellRate returns the cell updates a second that a plain engine would need to
// be as fast, 0 where that says nothing. It is what others call 'effective' when
// the engine skips or memoises, which all of ours do.
func (r *Row) CellRate() float64 {
	if r.Area == 0 || r.Unit != "generations" {
		return 0
	}
	f, _ := r.Rate().Float64()
	return f * float64(r.Area)
}

// ComputedShare returns which part of Area × generations was really computed; ok
// is false when that is not known.
func (r *Row) ComputedShare() (share float64, ok bool) {
	if r.Area == 0 || r.Computed == 0 || r.Work == nil {
		return 0, false
	}
	n, _ := new(big.Float).SetInt(r.Work).Float64()
	return float64(r.Computed) / (float64(r.Area) * n), true
}

// ColdSeconds returns the median of the cold wall times, NaN for none.
func (r *Row) ColdSeconds() float64 { return median(walls(r.Cold)) }

// Peak returns the median of the cold processes' largest resident sizes, in bytes.
func (r *Row) Peak() int64 {
	s := r.Cold
	if len(s) == 0 {
		s = r.Warm
	}
	if len(s) == 0 {
		return 0
	}
	return int64(median(values(s, func(x Sample) float64 { return float64(x.Peak) })))
}

// computed returns the cell updates that an engine's kernels made, by its
// counters; 0 when they do not tell, as with more than two states.
func computed(f rule.Family, stats []life.Stat) int64 {
	if f != rule.TwoState {
		return 0
	}
	for _, s := range stats {
		switch s.Name {
		case "rows_stepped": // tile: rows of 64 cells, by two generations
			return s.Value * 64 * 2
		case "leaf_steps": // hashlife: 16×16 cells come of it, by at most 8 generations
			return s.Value * 256 * 8
		}
	}
	return 0
}

// Wrong returns the rows whose results were wrong.
func (r *Report) Wrong() []Row { return r.filter(func(x *Row) bool { return x.IsWrong }) }

// Failed returns the rows of engines that could not run.
func (r *Report) Failed() []Row {
	return r.filter(func(x *Row) bool { return x.Refused != "" && !x.IsWrong && !x.IsPeer })
}

func (r *Report) filter(keep func(*Row) bool) (out []Row) {
	for i := range r.Rows {
		if keep(&r.Rows[i]) {
			out = append(out, r.Rows[i])
		}
	}
	return out
}

// WriteJSON writes the report, indented.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(r)
}

// Save writes the report to a file: whole or not at all.
func (r *Report) Save(name string) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".bench-*")
	if err != nil {
		return err
	}
	err = r.WriteJSON(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// Open reads a report that was saved.
func Open(name string) (*Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r Report
	if err := json.NewDecoder(f).Decode(&r); err != nil {
		return nil, fmt.Errorf("bench: %s: %w, want a file of life bench --save", name, err)
	}
	if r.Schema != Schema {
		return nil, fmt.Errorf("bench: %s: schema %d, want %d", name, r.Schema, Schema)
	}
	return &r, nil
}
