package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"

	"golife/life"
	"golife/life/engine"
)

func diffCommand() *command {
	return &command{
		name: "diff", operands: "A[@GEN] B[@GEN]", complete: "pattern",
		short: "Compare two patterns, also at later generations",
		long: `
Tells whether two patterns are the same cells at the same places under the same
rule, and where they differ. A and B are what a PATTERN is elsewhere. With @GEN
behind it a pattern is advanced to generation GEN first, counted as its file
counts, or by GEN generations with @+GEN. Generations and comments may differ.

The exit code is 0 when they are the same and 3 when not. With --json, one object:
equal, differing_cells, differing_bounds (null when there are none), offset (of B
from A, with --anywhere), and for a and b: pattern, rule, generation, population,
bounds, digest.`,
		examples: []string{
			"life diff a.rle b.mc  is that the same pattern?",
			"life diff gosper-glider-gun@30 gosper-glider-gun@60  what has changed?",
			"life diff --anywhere glider glider@4  the same, but moved by 1,1",
		},
		setup: setupDiff,
	}
}

// diffFlags are the flags of life diff.
type diffFlags struct {
	engineFlags
	isAnywhere, isAnyRule, isJSON, isQuiet bool
}

func setupDiff(f *flags) runFunc {
	o := &diffFlags{}
	s := f.section("What counts")
	s.BoolVar(&o.isAnywhere, "anywhere", false, "B may be moved against A")
	s.BoolVar(&o.isAnyRule, "any-rule", false, "rules may differ")
	o.define(f.section("How"))
	s = f.section("Results")
	s.BoolVar(&o.isJSON, "json", false, "print one JSON object")
	s.BoolVarP(&o.isQuiet, "quiet", "q", false, "no output but JSON, no warnings: the exit code tells")
	return o.run
}

// state is one side of a comparison.
type state struct {
	Pattern    string   `json:"pattern"`
	Rule       string   `json:"rule"`
	Generation *big.Int `json:"generation"`
	Population *big.Int `json:"population"`
	Bounds     *box     `json:"bounds"`
	Digest     string   `json:"digest"`

	cells *life.Pattern
}

// offset is how far one pattern is from another.
type offset struct {
	X *big.Int `json:"x"`
	Y *big.Int `json:"y"`
}

// comparison is what life diff tells. The order of the fields is that of the JSON.
type comparison struct {
	IsEqual bool     `json:"equal"`
	Cells   *big.Int `json:"differing_cells"`
	Bounds  *box     `json:"differing_bounds"`
	Offset  *offset  `json:"offset,omitempty"`
	A       *state   `json:"a"`
	B       *state   `json:"b"`

	isOtherRule bool // and that counts
	first       string
}

func (o *diffFlags) run(ctx context.Context, e *env, args []string) error {
	if len(args) != 2 {
		return usagef("found %d operands, want A and B", len(args))
	}
	if err := o.apply(e); err != nil {
		return err
	}
	var sides [2]*state
	for i, arg := range args {
		var err error
		if sides[i], err = o.state(ctx, e, arg); err != nil {
			return err
		}
	}
	c := o.compare(sides[0], sides[1])
	switch {
	case o.isJSON:
		if err := writeJSON(e.stdout, c); err != nil {
			return err
		}
	case !o.isQuiet:
		e.stdout.Write(c.text()) // the error stays with the buffer
	}
	if !c.IsEqual {
		return exit(ExitMismatch)
	}
	return nil
}

// state loads what arg names, and advances it.
func (o *diffFlags) state(ctx context.Context, e *env, arg string) (*state, error) {
	name, to, isRelative, err := cutGeneration(arg)
	if err != nil {
		return nil, err
	}
	l, err := e.load(name, o.isQuiet, o.rule.value)
	if err != nil {
		return nil, err
	}
	p := l.Pattern
	if to != nil {
		if isRelative {
			to.Add(to, p.Generation())
		}
		if p, err = o.advance(ctx, p, to); err != nil {
			if ctx.Err() != nil {
				return nil, exit(ExitInterrupted)
			}
			return nil, fmt.Errorf("%s: %w", arg, err)
		}
	}
	return &state{
		Pattern: arg, Rule: p.Rule().String(), Generation: p.Generation(), Population: p.Population(),
		Bounds: newBox(p.Bounds()), Digest: p.Digest(), cells: p,
	}, nil
}

// cutGeneration splits what follows the last @ off a pattern's name, unless there
// is a file of the whole name.
func cutGeneration(arg string) (name string, to *big.Int, isRelative bool, err error) {
	i := strings.LastIndexByte(arg, '@')
	if i < 0 {
		return arg, nil, false, nil
	}
	if _, err := os.Stat(arg); err == nil {
		return arg, nil, false, nil
	}
	text, isRelative := strings.CutPrefix(arg[i+1:], "+")
	n, err := parseCount(text)
	if err != nil {
		return "", nil, false, usagef("%s: generation %q: %w", arg, arg[i+1:], err)
	}
	return arg[:i], new(big.Int).Set(n), isRelative, nil
}

// advance returns p at generation to.
func (o *diffFlags) advance(ctx context.Context, p *life.Pattern, to *big.Int) (*life.Pattern, error) {
	n := new(big.Int).Sub(to, p.Generation())
	switch n.Sign() {
	case 0:
		return p, nil
	case -1:
		return nil, fmt.Errorf("generation %v is before the pattern's own, %v", short(to), short(p.Generation()))
	}
	opts := o.options()
	opts.Use.Generations = n
	eng, err := engine.New(o.engine.value, p.Rule(), opts)
	if err == nil {
		err = eng.Load(p)
	}
	if err == nil {
		err = eng.Advance(ctx, n)
	}
	if errors.Is(err, life.ErrMemoryLimit) {
		return nil, fmt.Errorf("%w at generation %v, want %v", err, short(eng.Generation()), short(to))
	}
	if err != nil {
		return nil, err
	}
	return eng.Snapshot(), nil
}

// compare compares two states.
func (o *diffFlags) compare(a, b *state) *comparison {
	c := &comparison{A: a, B: b}
	q := b.cells
	if ra, okA := a.cells.Bounds(); okA && o.isAnywhere {
		if rb, okB := q.Bounds(); okB {
			c.Offset = &offset{new(big.Int).Sub(rb.MinX, ra.MinX), new(big.Int).Sub(rb.MinY, ra.MinY)}
			q = q.Translate(new(big.Int).Neg(c.Offset.X), new(big.Int).Neg(c.Offset.Y))
		}
	}
	d := a.cells.Difference(q)
	c.Cells, c.Bounds = d.Population(), newBox(d.Bounds())
	c.isOtherRule = !o.isAnyRule && !a.cells.Rule().Equal(b.cells.Rule())
	c.IsEqual = d.IsEmpty() && !c.isOtherRule
	for at := range d.Cells(life.Everywhere()) {
		c.first = fmt.Sprintf("cell %d,%d is in state %d in A and %d in B", at.X, at.Y, a.cells.Get(at.X, at.Y), q.Get(at.X, at.Y))
		break
	}
	return c
}

// text returns the comparison for people.
func (c *comparison) text() []byte {
	var b bytes.Buffer
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-12s %s\n", name, fmt.Sprintf(format, args...))
	}
	if c.IsEqual {
		fmt.Fprintln(&b, "the same")
	} else {
		fmt.Fprintln(&b, "different")
	}
	both := func(name string, of func(*state) string) {
		x, y := of(c.A), of(c.B)
		if x == y {
			line(name, "%s", x)
			return
		}
		line(name, "A %s", x)
		line("", "B %s", y)
	}
	both("pattern", func(s *state) string { return s.Pattern })
	both("rule", func(s *state) string { return s.Rule })
	both("generation", func(s *state) string { return short(s.Generation) })
	both("population", func(s *state) string { return short(s.Population) })
	both("bounds", func(s *state) string { return s.Bounds.String() })
	if c.Offset != nil && (c.Offset.X.Sign() != 0 || c.Offset.Y.Sign() != 0) {
		line("offset", "B is at %s,%s from A", short(c.Offset.X), short(c.Offset.Y))
	}
	if c.Bounds == nil {
		line("cells", "all equal")
	} else {
		line("cells", "%s %s, within %s", short(c.Cells), differs(c.Cells), c.Bounds)
	}
	if c.first != "" {
		line("first", "%s", c.first)
	}
	return b.Bytes()
}

// differs returns the verb for n cells.
func differs(n *big.Int) string {
	if n.IsInt64() && n.Int64() == 1 {
		return "differs"
	}
	return "differ"
}
