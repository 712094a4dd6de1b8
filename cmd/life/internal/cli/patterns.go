package cli

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"golife/patterns"
)

func patternsCommand() *command {
	return &command{
		name: "patterns", operands: "[list | show NAME | cat NAME]",
		short: "The library of patterns that comes with life",
		long:  "Without a command, lists the library. Names work wherever a PATTERN does.",
		examples: []string{
			"life patterns list gun  what matches a word",
			"life patterns show r-pentomino  what is known about it, and a picture",
			"life patterns cat glider > glider.rle  a file to change",
		},
		setup: setupPatternsList,
		subs: []*command{
			{
				name: "list", operands: "[WORD…]", short: "List the patterns that match all words",
				long:  "A word matches in the name, title, kind, rule, discoverer and description;\nupper and lower case are the same.",
				setup: setupPatternsList,
			},
			{
				name: "show", operands: "NAME", complete: "name", short: "Show what is known about a pattern, and a picture",
				long:  "Patterns of up to 60 x 40 cells are drawn.",
				setup: setupPatternsShow,
			},
			{
				name: "cat", operands: "NAME", complete: "name", short: "Print the RLE of a pattern",
				setup: func(*flags) runFunc { return runPatternsCat },
			},
		},
	}
}

// summary is what life patterns list tells. The order of the fields is that of
// the JSON.
type summary struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	Kind        string   `json:"kind"`
	Rule        string   `json:"rule"`
	Period      int      `json:"period,omitempty"`
	Velocity    string   `json:"velocity,omitempty"`
	Lifespan    int      `json:"lifespan,omitempty"`
	Discoverer  string   `json:"discoverer,omitempty"`
	Year        int      `json:"year,omitempty"`
	Source      string   `json:"source,omitempty"`
	Description string   `json:"description,omitempty"`
	Aliases     []string `json:"aliases,omitempty"`
}

func summarise(x patterns.Entry) summary {
	return summary{
		x.Name, x.Title, x.Kind, x.Rule, x.Period, x.Velocity, x.Lifespan,
		x.Discoverer, x.Year, x.Source, x.Description, x.Aliases,
	}
}

func setupPatternsList(f *flags) runFunc {
	kinds := patterns.Kinds()
	kind := parsed[string]{parse: oneOf(kinds...), kind: "kind"}
	s := f.section("Flags")
	s.Var(&kind, "kind", "only patterns of `KIND`: "+strings.Join(kinds, ", "))
	isNames := s.Bool("names", false, "print the names alone")
	isJSON := s.Bool("json", false, "print one JSON object a line and a pattern")
	setWords(s, "kind", annotWords, kinds...)
	return func(_ context.Context, e *env, words []string) error {
		var found []patterns.Entry
		for _, x := range patterns.All() {
			if (kind.value == "" || x.Kind == kind.value) && matches(x, words) {
				found = append(found, x)
			}
		}
		if len(found) == 0 {
			return fmt.Errorf("patterns: none matches %s", strings.TrimSpace(kind.value+" "+strings.Join(words, " ")))
		}
		switch {
		case *isJSON:
			for _, x := range found {
				if err := writeJSON(e.stdout, summarise(x)); err != nil {
					return err
				}
			}
			return nil
		case *isNames:
			for _, x := range found {
				fmt.Fprintln(e.stdout, x.Name)
			}
			return nil
		}
		return listTable(e, found)
	}
}

// matches reports whether all words occur in what is known about x.
func matches(x patterns.Entry, words []string) bool {
	all := strings.ToLower(strings.Join([]string{
		x.Name, x.Title, x.Kind, x.Rule, x.Discoverer, x.Description, strings.Join(x.Aliases, " "),
	}, "\n"))
	for _, w := range words {
		if !strings.Contains(all, strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// listTable prints the entries as a table for people.
func listTable(e *env, found []patterns.Entry) error {
	t := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tKIND\tRULE\tPERIOD\tTITLE")
	for _, x := range found {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", x.Name, x.Kind, cmp.Or(shorten(x.Rule, 24), "-"), known(x.Period), x.Title)
	}
	return t.Flush()
}

// known writes n, or a hyphen for 0.
func known(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// shorten cuts s to n characters.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// lookup returns the entry that the operands name.
func lookup(args []string) (patterns.Entry, error) {
	if len(args) != 1 {
		return patterns.Entry{}, usagef("found %d operands, want one NAME", len(args))
	}
	x, ok := patterns.Lookup(args[0])
	if !ok {
		return x, fmt.Errorf("%s: no such name in the library%s", args[0], didYouMean(patterns.Suggest(args[0])))
	}
	return x, nil
}

func runPatternsCat(_ context.Context, e *env, args []string) error {
	x, err := lookup(args)
	if err != nil {
		return err
	}
	data, err := x.RLE()
	if err == nil {
		_, err = e.stdout.Write(data)
	}
	return err
}

func setupPatternsShow(f *flags) runFunc {
	s := f.section("Flags")
	isASCII := s.Bool("ascii", false, "draw with letters, one a cell, also where the terminal has blocks")
	return func(_ context.Context, e *env, args []string) error {
		x, err := lookup(args)
		if err != nil {
			return err
		}
		p, err := x.Pattern()
		if err != nil {
			return err
		}
		line := func(name, value string) {
			if value != "" && value != "0" {
				fmt.Fprintf(e.stdout, "  %-12s %s\n", name, value)
			}
		}
		fmt.Fprintln(e.stdout, cmp.Or(x.Title, x.Name))
		line("name", x.Name)
		line("also", strings.Join(x.Aliases, ", "))
		line("kind", x.Kind)
		line("rule", x.Rule)
		line("period", strconv.Itoa(x.Period))
		line("velocity", x.Velocity)
		line("lifespan", strconv.Itoa(x.Lifespan))
		line("population", p.Population().String())
		line("bounds", newBox(p.Bounds()).String())
		line("discoverer", x.Discoverer)
		line("year", strconv.Itoa(x.Year))
		line("source", x.Source)
		line("about", x.Description)
		if pic := picture(p, *isASCII || !hasBlocks()); pic != "" {
			fmt.Fprintf(e.stdout, "\n%s", pic)
		}
		return nil
	}
}
