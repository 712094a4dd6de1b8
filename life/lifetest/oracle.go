package lifetest

import (
	"errors"
	"math/rand/v2"
	"sync"
	"testing"

	"golife/life"
	"golife/life/naive"
	"golife/life/rule"
)

// runOracle compares soups under many rules with package naive.
func runOracle(t *testing.T, cfg Config) {
	for _, s := range oracleRules(t, cfg) {
		t.Run(s, func(t *testing.T) {
			t.Parallel()
			isRefused := !cfg.Alternating && rule.MustParse(s).Alternates()
			if isRefused {
				checkRefused(t, cfg, s)
				return
			}
			for _, soup := range oracleSoups(s) {
				checkSoup(t, cfg, soup)
			}
		})
	}
	if cfg.Rules == nil {
		t.Run("every size", func(t *testing.T) {
			t.Parallel()
			for _, soup := range sweepSoups("B3/S23") {
				checkSoup(t, cfg, soup)
			}
		})
	}
}

// oracleRules returns the rulestrings to test.
func oracleRules(t *testing.T, cfg Config) []string {
	if cfg.Rules != nil {
		return cfg.Rules
	}
	rules := append(append([]string{}, knownRules...), alternatingRules...)
	n := 40
	if testing.Short() {
		n = 6
	}
	rnd := rand.New(rand.NewPCG(Seed(), 2))
	for i := range n {
		rules = append(rules, RandomRule(rnd, cfg.Alternating && i%2 == 0))
	}
	t.Logf("GOLIFE_SEED=%d", Seed())
	return rules
}

// oracleSoups returns the soups for one rule.
func oracleSoups(rulestring string) []Soup {
	rnd := rand.New(rand.NewPCG(Seed(), hash(rulestring)))
	if testing.Short() {
		return []Soup{randomSoup(rnd, rulestring, 18)}
	}
	soups := []Soup{randomSoup(rnd, rulestring, 130)}
	for i := range 3 {
		s := randomSoup(rnd, rulestring, 34)
		s.Generation = int64(i) // odd ones too
		soups = append(soups, s)
	}
	return soups
}

// sweepSoups returns soups of every size, and at every place, in edges.
func sweepSoups(rulestring string) []Soup {
	step := 3
	if testing.Short() {
		step = 9
	}
	var soups []Soup
	for i, size := range edges {
		for j, place := range edges {
			if (i+j)%step != 0 {
				continue
			}
			// Small squares at every place, and long thin soups of every size.
			soups = append(soups,
				Soup{Rule: rulestring, Seed: Seed() + uint64(i), Rect: life.Rt(size-3, -place-2, 5, 5), Density: 128},
				Soup{Rule: rulestring, Seed: Seed() + uint64(j), Rect: life.Rt(-place, size, size+1, 3), Density: 128})
		}
	}
	return soups
}

// hash is FNV-1a (Fowler, Noll, Vo).
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range []byte(s) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// checkpoints are the generations, counted from the start, at which universes
// are compared.
var checkpoints = []int64{0, 1, 2, 3, 7, 8, 9, 16, 31}

// checkSoup compares one soup at all checkpoints.
func checkSoup(t *testing.T, cfg Config, s Soup) {
	t.Helper()
	states := expected(t, s)
	e := cfg.engine(t, s.Pattern())
	at := int64(0)
	for i, want := range states {
		Advance(t, e, checkpoints[i]-at)
		at = checkpoints[i]
		if d := Diff(e, want); d != "" {
			t.Errorf("%v, %d generations on: %s", s, at, d)
			return
		}
	}
}

// expectations keeps what package naive found, so that a second run of the
// suite, on another kernel, costs less.
var expectations sync.Map

// expected returns the states of a soup at the checkpoints. Big soups have
// fewer of them.
func expected(t *testing.T, s Soup) []*life.Pattern {
	if v, ok := expectations.Load(s); ok {
		return v.([]*life.Pattern)
	}
	e, err := naive.New(rule.MustParse(s.Rule))
	if err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	if err := e.Load(s.Pattern()); err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	var states []*life.Pattern
	at := int64(0)
	for _, g := range checkpoints {
		if pop := e.Population().Int64(); len(states) > 3 && pop*(g-at) > 20_000 {
			break
		}
		Advance(t, e, g-at)
		at = g
		states = append(states, e.Snapshot())
	}
	expectations.Store(s, states)
	return states
}

// checkRefused checks that New names the rule it refuses.
func checkRefused(t *testing.T, cfg Config, rulestring string) {
	t.Helper()
	r := rule.MustParse(rulestring)
	_, err := cfg.New(r)
	var unsupported *life.UnsupportedRuleError
	switch {
	case !errors.As(err, &unsupported) || !errors.Is(err, life.ErrUnsupportedRule):
		t.Errorf("New(%s) returns %v, want an UnsupportedRuleError", rulestring, err)
	case unsupported.Rule == nil || !unsupported.Rule.Equal(r) || unsupported.Reason == "":
		t.Errorf("New(%s) returns %+v, want it to name the rule and a reason", rulestring, unsupported)
	case cfg.Name != "" && unsupported.Engine != cfg.Name:
		t.Errorf("New(%s) names engine %q, want %q", rulestring, unsupported.Engine, cfg.Name)
	}
}
