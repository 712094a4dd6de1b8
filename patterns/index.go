package patterns

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed */*.rle */*.rle.gz
var files embed.FS

//go:embed index.tsv
var index string

// kinds are the folders, in the order in which a reader wants to meet them.
var kinds = []string{
	"still-lifes", "oscillators", "spaceships", "guns", "puffers", "breeders",
	"methuselahs", "circuitry", "giants", "other-rules",
}

// columns are the first line of index.tsv.
var columns = []string{
	"kind", "name", "title", "rule", "period", "dx", "dy", "lifespan", "final",
	"settle", "growth", "window", "checks", "discoverer", "year", "aliases", "source", "description",
}

// loaded is what load returns. No sync.OnceValue: that would be made before main, in
// programs that want no pattern, too.
var loaded struct {
	once    sync.Once
	entries []Entry
}

// load parses the whole index, sorted by kind and then name.
func load() []Entry {
	loaded.once.Do(func() {
		entries, err := parseIndex(index)
		if err != nil {
			panic("patterns: " + err.Error())
		}
		loaded.entries = entries
	})
	return loaded.entries
}

// Kinds returns the kinds of patterns, in reading order. The caller owns the slice.
func Kinds() []string { return slices.Clone(kinds) }

// parseIndex reads index.tsv.
func parseIndex(text string) ([]Entry, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if want := strings.Join(columns, "\t"); lines[0] != want {
		return nil, fmt.Errorf("index.tsv:1: found columns %q, wanted %q", lines[0], want)
	}
	entries := make([]Entry, 0, len(lines)-1)
	for i, line := range lines[1:] {
		e, err := parseEntry(line)
		if err != nil {
			return nil, fmt.Errorf("index.tsv:%d: %w", i+2, err)
		}
		entries = append(entries, e)
	}
	slices.SortStableFunc(entries, compareEntries)
	return entries, nil
}

// compareEntries orders by kind, in the order of Kinds, and then by name.
func compareEntries(a, b Entry) int {
	if d := slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind); d != 0 {
		return d
	}
	return strings.Compare(a.Name, b.Name)
}

// field returns one column of a line of index.tsv.
func field(line, column string) string {
	for range slices.Index(columns, column) {
		_, line, _ = strings.Cut(line, "\t")
	}
	f, _, _ := strings.Cut(line, "\t")
	return f
}

// parseEntry reads one line of index.tsv.
func parseEntry(line string) (Entry, error) {
	if n := strings.Count(line, "\t") + 1; n != len(columns) {
		return Entry{}, fmt.Errorf("%d fields, wanted %d", n, len(columns))
	}
	get := func(column string) string { return field(line, column) }
	e := Entry{
		Kind: get("kind"), Name: get("name"), Title: get("title"), Rule: get("rule"),
		Discoverer: get("discoverer"), Source: get("source"), Description: get("description"),
		Aliases: strings.FieldsFunc(get("aliases"), func(r rune) bool { return r == ',' }),
	}
	if !slices.Contains(kinds, e.Kind) {
		return Entry{}, fmt.Errorf("kind %q, wanted one of %v", e.Kind, kinds)
	}
	for column, p := range map[string]*int{
		"period": &e.Period, "dx": &e.DX, "dy": &e.DY, "lifespan": &e.Lifespan, "final": &e.FinalPopulation,
		"settle": &e.Settle, "growth": &e.Growth, "year": &e.Year,
	} {
		var err error
		if s := get(column); s != "" {
			if *p, err = strconv.Atoi(s); err != nil {
				return Entry{}, fmt.Errorf("%s %q, wanted a number", column, s)
			}
		}
	}
	e.Velocity = velocity(e.DX, e.DY, e.Period)
	var err error
	if e.Checks, err = parseChecks(get("checks")); err != nil {
		return Entry{}, err
	}
	if e.window, err = parseWindow(get("window")); err != nil {
		return Entry{}, err
	}
	return e.withPath(), nil
}

// parseChecks reads "POPULATION@GENERATION,…".
func parseChecks(s string) ([]Check, error) {
	var checks []Check
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' }) {
		pop, gen, _ := strings.Cut(f, "@")
		p, err1 := strconv.ParseInt(pop, 10, 64)
		g, err2 := strconv.ParseInt(gen, 10, 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("check %q, wanted POPULATION@GENERATION", f)
		}
		checks = append(checks, Check{Generation: g, Population: p})
	}
	return checks, nil
}

// parseWindow reads "X,Y,WIDTH,HEIGHT", or nothing.
func parseWindow(s string) (*window, error) {
	if s == "" {
		return nil, nil
	}
	var w window
	if n, err := fmt.Sscanf(s, "%d,%d,%d,%d", &w.x, &w.y, &w.w, &w.h); n != 4 || err != nil {
		return nil, fmt.Errorf("window %q, wanted X,Y,WIDTH,HEIGHT", s)
	}
	return &w, nil
}

// withPath returns e with the path of its file.
func (e Entry) withPath() Entry {
	e.path = e.Kind + "/" + e.Name + ".rle"
	if f, err := files.Open(e.path); err == nil {
		_ = f.Close()
	} else {
		e.path += ".gz"
	}
	return e
}
