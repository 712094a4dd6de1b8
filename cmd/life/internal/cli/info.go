package cli

import (
	"bytes"
	"context"
	"fmt"
	"math/big"

	"golife/life"
	"golife/life/rule"
)

func infoCommand() *command {
	return &command{
		name: "info", operands: "PATTERN…", complete: "pattern",
		short: "Describe patterns without running them",
		long: `
Tells the format, rule, size, population, generation, digest and comments of each
PATTERN: a file, '-' for the standard input, a name of the library, a file in a
zip archive as ARCHIVE:NAME, or an apgcode. The digest depends on the cells and
their places alone. The header is the size that the file claims; bounds are where
the cells are. Nodes are the distinct squares of the pattern's quadtree, a measure
of how regular it is. 'life help formats' tells what can be read.`,
		examples: []string{
			"life info glider.rle  what is in this file?",
			"life info --json a.rle b.rle  the same for programs, one object a line",
		},
		setup: setupInfo,
	}
}

func setupInfo(f *flags) runFunc {
	s := f.section("Flags")
	isJSON := s.Bool("json", false, "print one JSON object a line and a pattern")
	how := loading{isAnyRule: true}
	o := &ruleFlags{}
	o.defineDirs(s)
	s.BoolVar(&how.isStrict, "strict", false, "refuse files that deviate from their format")
	s.BoolVarP(&how.isQuiet, "quiet", "q", false, "no warnings about the file")
	return func(ctx context.Context, e *env, args []string) error {
		if len(args) == 0 {
			return usagef("found no PATTERN, want a file, '-' or a name such as glider")
		}
		if err := o.apply(e); err != nil {
			return err
		}
		code := ExitDone
		for i, arg := range args {
			if ctx.Err() != nil {
				break
			}
			l, err := e.read(ctx, arg, how)
			if err != nil {
				code = worse(code, e.fail(infoCommand(), err))
				continue
			}
			d := describe(arg, l)
			if *isJSON {
				if err := writeJSON(e.stdout, d); err != nil {
					return err
				}
				continue
			}
			if i > 0 {
				fmt.Fprintln(e.stdout)
			}
			e.stdout.Write(d.text()) // the error stays with the buffer
		}
		return exit(code)
	}
}

// description is what life info tells. The order of the fields is that of the JSON.
type description struct {
	Pattern      string     `json:"pattern"`
	Source       string     `json:"source"`
	Format       string     `json:"format"`
	Member       string     `json:"member,omitempty"`
	Name         string     `json:"name,omitempty"`
	Rule         string     `json:"rule"`
	Family       string     `json:"family"`
	Neighborhood string     `json:"neighborhood,omitempty"`
	States       int        `json:"states"`
	Header       *header    `json:"header"`
	Generation   *big.Int   `json:"generation"`
	Population   *big.Int   `json:"population"`
	Bounds       *box       `json:"bounds"`
	Nodes        int        `json:"nodes"`
	Digest       string     `json:"digest"`
	Background   life.State `json:"background,omitempty"`
	Comments     []string   `json:"comments"`
}

// header is the size that a file claims.
type header struct {
	Width  int64 `json:"width"`
	Height int64 `json:"height"`
}

// describe returns the description of a loaded pattern.
func describe(arg string, l *loaded) *description {
	r := l.Rule()
	d := &description{
		Pattern: arg, Source: l.source, Format: l.info.String(), Member: l.info.Member, Name: l.Comment('N'),
		Rule: r.String(), Family: r.Family().String(), States: r.States(),
		Generation: l.Generation(), Population: l.Population(), Bounds: newBox(l.Bounds()),
		Nodes: l.NodeCount(), Digest: l.Digest(), Background: l.Background(), Comments: []string{},
	}
	if f := r.Family(); f == rule.TwoState || f == rule.Generations {
		d.Neighborhood = r.Neighborhood().String()
	}
	if l.info.HasSize {
		d.Header = &header{l.info.Width, l.info.Height}
	}
	for _, c := range l.Comments() {
		d.Comments = append(d.Comments, string(c.Key)+" "+c.Text)
	}
	return d
}

// text returns the description for people.
func (d *description) text() []byte {
	var b bytes.Buffer
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-12s %s\n", name, fmt.Sprintf(format, args...))
	}
	fmt.Fprintln(&b, d.Pattern)
	if d.Name != "" {
		line("name", "%s", d.Name)
	}
	if d.Member != "" {
		line("member", "%s", d.Member)
	}
	line("format", "%s, from %s", d.Format, map[bool]string{true: "the argument", false: "the " + d.Source}[d.Source == "apgcode"])
	neighborhood := ""
	if d.Neighborhood != "" {
		neighborhood = ", " + d.Neighborhood + " neighbourhood"
	}
	line("rule", "%s (%s%s, %d states)", d.Rule, d.Family, neighborhood, d.States)
	if d.Header != nil {
		line("header", "%d x %d", d.Header.Width, d.Header.Height)
	}
	line("bounds", "%s", d.Bounds)
	line("population", "%s", short(d.Population))
	line("generation", "%s", short(d.Generation))
	if d.Background != 0 {
		line("background", "live; population and bounds are those of the dead cells")
	}
	line("nodes", "%d", d.Nodes)
	line("digest", "%s", d.Digest)
	for i, c := range d.Comments {
		name := ""
		if i == 0 {
			name = "comments"
		}
		line(name, "#%s", c)
	}
	return b.Bytes()
}
