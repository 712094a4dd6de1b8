package lifetest

import (
	"context"
	"errors"
	"math/big"
	"os"
	"strconv"
	"testing"

	"golife/life"
	"golife/life/naive"
	"golife/life/rule"
)

// Config says which engine is tested, and what it claims to do.
type Config struct {
	// New returns an empty universe under r, at generation 0.
	New func(r *rule.Rule) (life.Engine, error)
	// Rules are the rulestrings of the oracle and of the laws. nil stands for all
	// two-state rules of range 1: known ones and random ones, B0 included. With
	// Rules set, facts and laws under rules that New refuses are skipped.
	Rules []string
	// Alternating says that rules with B0 and without survival in a full
	// neighbourhood run (rule.Rule.Alternates). Otherwise New must refuse them
	// with an *life.UnsupportedRuleError.
	Alternating bool
	// Hashing says that huge numbers of generations and huge universes are cheap,
	// as they are with memoised results.
	Hashing bool
	// Compact says that all cells between the live ones take memory, so that a cell far
	// off may be refused with ErrOutOfRange.
	Compact bool
	// MaxGenerations bounds what a test asks for of a methuselah; 0 is 6000.
	MaxGenerations int
	// Name names the engine in UnsupportedRuleError; "" is not checked.
	Name string
}

// Run runs the conformance suite as subtests of t and returns when all are
// done. Cost: some seconds; with -short about one.
func Run(t *testing.T, cfg Config) {
	t.Helper()
	if cfg.MaxGenerations == 0 {
		cfg.MaxGenerations = 6000
	}
	t.Run("oracle", func(t *testing.T) { runOracle(t, cfg) })
	t.Run("facts", func(t *testing.T) { runFacts(t, cfg) })
	t.Run("laws", func(t *testing.T) { runLaws(t, cfg) })
}

// Seed is where all random cases start: GOLIFE_SEED where it is set, else a constant.
func Seed() uint64 {
	if v, err := strconv.ParseUint(os.Getenv("GOLIFE_SEED"), 10, 64); err == nil {
		return v
	}
	return 20260101
}

// engine returns a universe loaded with p. It skips the test when cfg chooses
// its rules and p's is none of them.
func (cfg Config) engine(t testing.TB, p *life.Pattern) life.Engine {
	t.Helper()
	e, err := cfg.New(p.Rule())
	if cfg.Rules != nil && errors.Is(err, life.ErrUnsupportedRule) {
		t.Skipf("the engine does not run rule %s", p.Rule())
	}
	if err != nil {
		t.Fatalf("New(%s): %v", p.Rule(), err)
	}
	if err := e.Load(p); err != nil {
		t.Fatalf("Load under rule %s: %v", p.Rule(), err)
	}
	return e
}

// Advance advances e by n generations, which must not fail.
func Advance(t testing.TB, e life.Engine, n int64) {
	t.Helper()
	if err := e.Advance(context.Background(), big.NewInt(n)); err != nil {
		t.Fatalf("Advance(%d) under rule %s: %v", n, e.Rule(), err)
	}
}

// Naive returns p in package naive's universe, the oracle of the others.
func Naive(t testing.TB, p *life.Pattern) *naive.Engine {
	t.Helper()
	return Loaded(t, p, func(r *rule.Rule, _ ...struct{}) (*naive.Engine, error) { return naive.New(r) })
}

// Loaded returns an engine that holds p, made with options by the New of its package.
func Loaded[E life.Engine, Option any](t testing.TB, p *life.Pattern, make func(*rule.Rule, ...Option) (E, error), opts ...Option) E {
	t.Helper()
	e, err := make(p.Rule(), opts...)
	if err == nil {
		err = e.Load(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// must stops the test on an error.
func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
