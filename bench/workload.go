package bench

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golife/life/rule"
)

// Workload is one fixed thing to measure. It is plain data, so that it can be
// sent to the process that runs it.
type Workload struct {
	Name  string `json:"name"`  // unique, lower case with hyphens
	Kind  string `json:"kind"`  // one of Kinds
	About string `json:"about"` // one line for people
	Task  Task   `json:"task"`

	Source      Source `json:"source"`
	Rule        string `json:"rule,omitempty"`    // "" is the pattern's, of two states
	Generations string `json:"generations"`       // decimal, or a power such as 2^30 or 10^12
	Count       int    `json:"count,omitempty"`   // frames of Draw, jobs of Batch
	Memory      int64  `json:"memory,omitempty"`  // bytes the engine may use; 0 is its default
	Threads     int    `json:"threads,omitempty"` // asked for, whatever Options.Threads says; 0 is unset

	// Area is the number of cells that a plain engine would update in each
	// generation; 0 where there is no such number.
	Area int64 `json:"area,omitempty"`

	Engines []string `json:"engines"`         // that are measured on it, the best first
	Peers   []string `json:"peers,omitempty"` // names of Peers that can do it in sensible time
	Quick   int      `json:"quick,omitempty"` // how many of the engines are in the quick set
}

// Task is what is timed.
type Task string

// The tasks.
const (
	Advance Task = "advance" // compute the generations and the population
	Start   Task = "start"   // the same, and only from a cold process
	Draw    Task = "draw"    // advance, sample and paint Count frames
	Read    Task = "read"    // parse an RLE file
	Write   Task = "write"   // write an RLE file
	Batch   Task = "batch"   // Count small soups, one after the other
	Grow    Task = "grow"    // advance in ever longer strides and note the populations
)

// unit returns what a task's rate counts.
func (t Task) unit() string {
	switch t {
	case Draw:
		return "frames"
	case Read, Write:
		return "bytes"
	case Batch:
		return "jobs"
	}
	return "generations"
}

// Kinds are the kinds of workloads, in the order of the table.
var kinds = []struct{ name, title string }{
	{"soup", "Dense soups"},
	{"chaos", "Sparse chaos"},
	{"giant", "Long runs of large machines"},
	{"periodic", "Guns and oscillators, far"},
	{"rules", "Other rules"},
	{"states", "More states, larger neighbourhoods"},
	{"start", "Start-up"},
	{"draw", "Drawing"},
	{"growth", "Stride by stride"},
	{"file", "Files"},
	{"batch", "Many small jobs"},
	{"memory", "Under a memory limit"},
	{"threads", "Threads"},
}

// Kinds returns the names of the kinds, in the order of the table.
func Kinds() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

// title returns the heading of a kind.
func title(kind string) string {
	for _, k := range kinds {
		if k.name == kind {
			return k.title
		}
	}
	return kind
}

// generations returns the number of generations.
func (w *Workload) generations() (*big.Int, error) {
	n, err := parseCount(w.Generations)
	if err != nil {
		return nil, fmt.Errorf("bench: workload %s: %w", w.Name, err)
	}
	return n, nil
}

// parseCount reads "", digits, or a power such as 2^30.
func parseCount(s string) (*big.Int, error) {
	if s == "" {
		return new(big.Int), nil
	}
	base, exponent, isPower := strings.Cut(s, "^")
	n, ok := new(big.Int).SetString(base, 10)
	if !ok || n.Sign() < 0 {
		return nil, fmt.Errorf("generations %q: want digits or a power such as 2^30", s)
	}
	if isPower {
		x, err := strconv.ParseUint(exponent, 10, 16)
		if err != nil {
			return nil, fmt.Errorf("generations %q: want an exponent below 65536", s)
		}
		n.Exp(n, new(big.Int).SetUint64(x), nil)
	}
	return n, nil
}

// family returns that of the rule.
func (w *Workload) family() rule.Family {
	if r, err := rules.Parse(w.Rule); err == nil && w.Rule != "" {
		return r.Family()
	}
	return rule.TwoState
}

// threads returns how many threads a workload is given when asked is what the
// user wants for all.
func (w *Workload) threads(asked int) int { return max(1, asked, w.Threads) }

// Find returns the workload of the fixed set with the given name.
func Find(name string) (Workload, bool) {
	all := Workloads()
	i := slices.IndexFunc(all, func(w Workload) bool { return w.Name == name })
	if i < 0 {
		return Workload{}, false
	}
	return all[i], true
}

// Selection says which workloads and engines to run.
type Selection struct {
	Full    bool           // all workloads, not the quick set alone
	Only    *regexp.Regexp // workloads by name, from the full set; nil is no matter
	Engines []string       // nil is all, in the quick set the best ones
}

// Select returns the workloads that s asks for, in the order of the table, with
// the engines that s asks for.
func Select(all []Workload, s Selection) []Workload {
	var out []Workload
	for _, w := range all {
		switch {
		case s.Only != nil && !s.Only.MatchString(w.Name):
			continue
		case s.Only == nil && !s.Full && s.Engines == nil:
			w.Engines = w.Engines[:w.Quick]
		case s.Only == nil && !s.Full && w.Quick == 0:
			continue
		}
		if s.Engines != nil {
			w.Engines = slices.DeleteFunc(slices.Clone(w.Engines), func(e string) bool {
				return !slices.Contains(s.Engines, e)
			})
		}
		if len(w.Engines) > 0 {
			out = append(out, w)
		}
	}
	rank := Kinds()
	slices.SortStableFunc(out, func(a, b Workload) int {
		return slices.Index(rank, a.Kind) - slices.Index(rank, b.Kind)
	})
	return out
}
