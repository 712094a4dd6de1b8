package bench

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/rule"
)

var (
	update = flag.Bool("update", false, "rewrite goldens.tsv and testdata from what is measured")
	only   = flag.String("only", "", "with -update: only workloads whose name matches this regular expression")
)

// TestMain is also the program that a Runner under test starts.
func TestMain(m *testing.M) {
	if IsChild() {
		if Child(context.Background(), os.Stdout, childEngine()) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestGoldens runs the quick workloads and compares them with goldens.tsv. With
// -update it measures all workloads, or those of -only, on all their engines and
// on bgolly, demands that they agree, and writes the file.
func TestGoldens(t *testing.T) {
	if *update {
		updateGoldens(t, regexp.MustCompile(*only))
		return
	}
	t.Parallel()
	for _, w := range Select(Workloads(), Selection{}) {
		for _, e := range w.Engines {
			t.Run(w.Name+"/"+e, func(t *testing.T) {
				t.Parallel()
				o := remembered(t, w, e)
				if wrong := Goldens()[w.Name].check(o.Population, o.Digest); wrong != "" {
					t.Error(wrong)
				}
			})
		}
	}
}

// TestEveryWorkloadHasAGolden also finds goldens without a workload.
func TestEveryWorkloadHasAGolden(t *testing.T) {
	names := map[string]bool{}
	for _, w := range Workloads() {
		if names[w.Name] {
			t.Errorf("two workloads are called %s", w.Name)
		}
		names[w.Name] = true
		g := Goldens()[w.Name]
		if g.Population == nil {
			t.Errorf("workload %s has no golden", w.Name)
		} else if !strings.Contains(g.Confirmed, " + ") {
			t.Errorf("the golden of %s is confirmed by %s alone", w.Name, g.Confirmed)
		}
		if len(w.Engines) == 0 || !slices.Contains(Kinds(), w.Kind) || w.About == "" {
			t.Errorf("workload %+v lacks engines, a kind or a description", w)
		}
		if _, err := w.generations(); err != nil {
			t.Error(err)
		}
		if w.Source.Soup != nil || w.Rule != "" {
			continue
		}
		if p, err := w.Source.Pattern(); err != nil && !errors.Is(err, ErrMissing) {
			t.Error(err)
		} else if err == nil && p.Rule().Family() != rule.TwoState {
			t.Errorf("workload %s does not name its rule, %v", w.Name, p.Rule())
		}
		for _, p := range w.Peers {
			if !slices.ContainsFunc(Peers(), func(q Peer) bool { return q.Name == p }) {
				t.Errorf("workload %s: no peer %q", w.Name, p)
			}
		}
	}
	for name := range Goldens() {
		if !names[name] {
			t.Errorf("goldens.tsv has %s, which is no workload", name)
		}
	}
}

// outcomes are those of remembered: a func() Outcome by workload and engine.
var outcomes sync.Map

// remembered is measure, once for all tests.
func remembered(t *testing.T, w Workload, name string) Outcome {
	t.Helper()
	f, _ := outcomes.LoadOrStore(w.Name+"|"+name, sync.OnceValue(func() Outcome { return measure(t, w, name) }))
	return f.(func() Outcome)()
}

// measure runs a workload in this process. It skips the test when the pattern is
// not installed.
func measure(t testing.TB, w Workload, name string) Outcome {
	t.Helper()
	file := filepath.Join(t.TempDir(), w.Name+".rle")
	err := w.write(file)
	if errors.Is(err, ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := setup{Workload: w, Engine: name, File: file, Threads: w.threads(2), newEngine: engine.New}
	tr, err := s.trial()
	if err != nil {
		t.Fatal(err)
	}
	defer tr.close()
	if err := tr.prepare(); err != nil {
		t.Fatal(err)
	}
	if err := tr.run(context.Background()); err != nil {
		t.Fatal(err)
	}
	o := tr.outcome()
	if o.Digest, err = tr.digest(); err != nil {
		t.Fatal(err)
	}
	return o
}

// updateGoldens measures, and writes what has been agreed on.
func updateGoldens(t *testing.T, names *regexp.Regexp) {
	all := maps.Clone(Goldens())
	for _, w := range Workloads() {
		if !names.MatchString(w.Name) {
			continue
		}
		t.Run(w.Name, func(t *testing.T) {
			if g := agree(t, w); !t.Failed() {
				all[w.Name] = g
				writeGoldens(t, all)
			}
		})
	}
}

func writeGoldens(t *testing.T, all map[string]Golden) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Made by: go test ./bench -run TestGoldens -update. NAME, POPULATION, DIGEST, CONFIRMED\n")
	for _, w := range Workloads() {
		if g := all[w.Name]; g.Population != nil {
			fmt.Fprintf(&b, "%s\t%v\t%s\t%s\n", w.Name, g.Population, g.Digest, g.Confirmed)
		}
	}
	if err := os.WriteFile("goldens.tsv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// witnesses are engines that confirm goldens besides those that are measured, by
// kind or name of the workload.
var witnesses = map[string][]string{
	"batch": {"hashlife"}, "threads": {"hashlife"},
	"brain-512": {"naive"}, "star-wars-512": {"naive"}, "loops-2048": {"naive"}, "ltl-512": {"naive"}, "diamonds-512": {"naive"},
}

// agree returns what all engines and peers make of a workload.
func agree(t *testing.T, w Workload) (g Golden) {
	var by []string
	for _, e := range slices.Concat(w.Engines, witnesses[w.Kind], witnesses[w.Name]) {
		o := measure(t, w, e)
		t.Logf("%s: %s population %v digest %s", w.Name, e, o.Population, o.Digest)
		if g.Population == nil {
			g = Golden{Population: o.Population, Digest: o.Digest}
		} else if wrong := g.check(o.Population, o.Digest); wrong != "" {
			t.Errorf("%s: %s: %s", w.Name, e, wrong)
		}
		by = append(by, e)
	}
	if w.Task == Read || w.Task == Write {
		p, err := w.Source.Pattern()
		if err != nil {
			t.Fatal(err)
		}
		if wrong := g.check(p.Population(), p.Digest()); wrong != "" {
			t.Errorf("%s: source: %s", w.Name, wrong)
		}
		by = append(by, "source")
	}
	if period := periods[w.Name]; period != 0 {
		stepper := "tile"
		if w.family() != rule.TwoState {
			stepper = "multistate"
		}
		if want := extrapolate(t, w, stepper, period); want.Cmp(g.Population) != 0 {
			t.Errorf("%s: %s goes on to population %v", w.Name, stepper, want)
		}
		by = append(by, stepper+", extrapolated")
	}
	for _, p := range Peers() {
		if w.isFor(p) && p.Installed() {
			by = append(by, witness(t, w, p, g)...)
		}
	}
	g.Confirmed = strings.Join(by, " + ")
	return g
}

// periods are those of workloads that no other engine or peer reaches: guns and
// oscillators whose population grows by the same number in each period.
var periods = map[string]int64{"gun-1e12": 30, "gun-1e30": 30, "pulsar-1e12": 3, "history-gun-2e40": 30}

// extrapolate runs an engine over two generations of the same phase as the last one,
// after anything has settled, and goes on from there in a straight line.
func extrapolate(t *testing.T, w Workload, stepper string, period int64) *big.Int {
	n, err := w.generations()
	if err != nil {
		t.Fatal(err)
	}
	early := new(big.Int).Mod(n, big.NewInt(period))
	early.Add(early, big.NewInt(100*period))
	pop := func(gen *big.Int) *big.Int {
		w.Generations = gen.String()
		return measure(t, w, stepper).Population
	}
	first, second := pop(early), pop(new(big.Int).Add(early, big.NewInt(period)))
	rest := new(big.Int).Sub(n, early)
	rest.Div(rest, big.NewInt(period))
	return rest.Mul(rest, new(big.Int).Sub(second, first)).Add(rest, first)
}

// witness asks a peer, without the workload's memory limit.
func witness(t *testing.T, w Workload, p Peer, g Golden) []string {
	file := filepath.Join(t.TempDir(), "p.rle")
	if err := w.write(file); err != nil {
		t.Fatal(err)
	}
	n, err := w.generations()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	s, pop, err := p.run(ctx, &w, file, n, 0)
	if err != nil {
		t.Errorf("%s: %s: %v", w.Name, p.Name, err)
		return nil
	}
	t.Logf("%s: %s population %v in %.2f s", w.Name, p.Name, pop, s.Wall)
	if wrong := g.check(pop, ""); wrong != "" {
		t.Errorf("%s: %s: %s", w.Name, p.Name, wrong)
	}
	return []string{p.Name}
}

func TestParseGoldens(t *testing.T) {
	m, err := parseGoldens("# comment\nw\t12\tabc\ttile + naive\n")
	if g := m["w"]; err != nil || len(m) != 1 || g.Population.Int64() != 12 || g.Digest != "abc" || g.Confirmed != "tile + naive" {
		t.Errorf("parsed %+v, %v", m, err)
	}
	for _, bad := range []string{"w\t12\n", "w\tx\tabc\ttile\n"} {
		if _, err := parseGoldens(bad); err == nil {
			t.Errorf("parseGoldens(%q) is content", bad)
		}
	}
}

func TestGoldenCheck(t *testing.T) {
	g := Golden{Population: big.NewInt(5), Digest: "abc"}
	for _, tt := range []struct {
		golden     Golden
		population *big.Int
		digest     string
		want       string
	}{
		{g, big.NewInt(5), "abc", ""},
		{g, big.NewInt(5), "", ""},
		{g, big.NewInt(6), "abc", "population 6, want 5"},
		{g, big.NewInt(5), "abd", "the cells are not"},
		{g, nil, "abc", "told no population"},
		{Golden{}, big.NewInt(5), "abc", "no golden"},
	} {
		if got := tt.golden.check(tt.population, tt.digest); !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
			t.Errorf("check(%v, %q) = %q, want %q", tt.population, tt.digest, got, tt.want)
		}
	}
}

func TestBgollyArgsByRule(t *testing.T) {
	for rulestring, want := range map[string]string{
		"/2/3": "Generations", "R5,C0,M1,S34..58,B34..45,NM": "Larger than Life", "Langtons-Loops": "RuleLoader", "LifeHistory": "RuleLoader",
	} {
		args := bgollyArgsByRule(&Workload{Rule: rulestring}, "p.rle", big.NewInt(8), 0)
		if i := slices.Index(args, "-a"); i < 0 || args[i+1] != want || args[len(args)-1] != "p.rle" {
			t.Errorf("%s: %q, want algorithm %s", rulestring, args, want)
		}
	}
}

// Counters of leaves tell cells where they are of two states only.
func TestComputed(t *testing.T) {
	stats := []life.Stat{{Name: "nodes", Value: 9}, {Name: "leaf_steps", Value: 3}}
	for rulestring, want := range map[string]int64{"": 3 * 256 * 8, "B36/S23": 3 * 256 * 8, "345/2/4": 0, "Langtons-Loops": 0} {
		if got := computed((&Workload{Rule: rulestring}).family(), stats); got != want {
			t.Errorf("%q: %d cells, want %d", rulestring, got, want)
		}
	}
}

func TestBgollyPopulation(t *testing.T) {
	const head = "This is bgolly 3.3 Copyright 2005-2019 The Golly Gang.\n- bgolly x\n0: 13\n"
	for _, tt := range []struct{ output, want, err string }{
		{head + "1,024: 1,623\n", "1623", ""},
		{head, "", "stopped at generation 0"},
		{"Unknown algorithm\n", "", "want GENERATION: POPULATION"},
		{"", "", "want GENERATION: POPULATION"},
	} {
		n, err := bgollyPopulation(tt.output, big.NewInt(1024))
		if err != nil && (tt.err == "" || !strings.Contains(err.Error(), tt.err)) || err == nil && (tt.err != "" || n.String() != tt.want) {
			t.Errorf("%q: population %v, %v, want %s %s", tt.output, n, err, tt.want, tt.err)
		}
	}
}
