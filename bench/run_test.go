package bench

import (
	"bytes"
	"context"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// tiny is a workload that takes a few milliseconds on any engine.
func tiny() Workload {
	return Workload{
		Name: "tiny", Kind: "soup", Task: Advance, About: "random 64×64 cells, 128 generations", Area: 64 * 64,
		Source: Source{Soup: &Soup{64, 9}}, Generations: "128", Engines: []string{"tile", "hashlife"},
	}
}

// tinyGolden is measured with the naive engine, which nothing here runs.
func tinyGolden(t *testing.T) map[string]Golden {
	o := measure(t, tiny(), "naive")
	return map[string]Golden{"tiny": {Population: o.Population, Digest: o.Digest}}
}

// runTiny runs workloads with processes of this test.
func runTiny(t *testing.T, o Options) *Report {
	t.Helper()
	o.Command = []string{os.Args[0]}
	if o.Goldens == nil {
		o.Goldens = tinyGolden(t)
	}
	if o.Workloads == nil {
		o.Workloads = []Workload{tiny()}
	}
	o.Budget = 200 * time.Millisecond
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRun(t *testing.T) {
	t.Parallel()
	r := runTiny(t, Options{})
	if len(r.Rows) != 2 || len(r.Wrong()) != 0 || len(r.Failed()) != 0 || len(r.Skipped) != 0 {
		t.Fatalf("report %+v", r)
	}
	for _, row := range r.Rows {
		if len(row.Cold) == 0 || len(row.Warm) == 0 || row.Digest == "" || row.Population == nil {
			t.Errorf("%s lacks figures: %+v", row.Engine, row)
		}
		for _, s := range slices.Concat(row.Cold, row.Warm) {
			if s.Wall <= 0 || s.Peak < 1<<20 {
				t.Errorf("%s: sample %+v", row.Engine, s)
			}
		}
		if row.Work.Cmp(big.NewInt(128)) != 0 || row.CellRate() <= 0 {
			t.Errorf("%s: work %v, %v cells/s", row.Engine, row.Work, row.CellRate())
		}
		if share, ok := row.ComputedShare(); !ok || share <= 0 {
			t.Errorf("%s: computed share %v, known: %v", row.Engine, share, ok)
		}
	}
	if r.Machine.Cores < 1 || r.Machine.Go == "" || r.Noise.Worst < 1 {
		t.Errorf("machine %+v, noise %+v", r.Machine, r.Noise)
	}
}

// TestBrokenEngineGetsNoFigure breaks the engines in two ways.
func TestBrokenEngineGetsNoFigure(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ how, why string }{
		{breaksCell, "population "},
		{breaksPlace, "is right, but the cells are not"},
	} {
		r := runTiny(t, Options{Env: []string{breakVar + "=" + tt.how}})
		if n := len(r.Wrong()); n != 2 {
			t.Fatalf("%s: %d rows are wrong, want both", tt.how, n)
		}
		for _, row := range r.Rows {
			if len(row.Cold)+len(row.Warm) > 0 || row.Rate().Sign() != 0 || row.Population != nil {
				t.Errorf("%s: %s has figures: %+v", tt.how, row.Engine, row)
			}
			if !strings.Contains(row.Refused, tt.why) {
				t.Errorf("%s: refused because %q, want %q", tt.how, row.Refused, tt.why)
			}
		}
		var table, lines bytes.Buffer
		if err := errors.Join(r.WriteTable(&table), r.WriteBenchfmt(&lines)); err != nil {
			t.Fatal(err)
		}
		if strings.Count(table.String(), "WRONG") != 2 || strings.Contains(lines.String(), "Benchmark") {
			t.Errorf("%s: the table says\n%s\nand the benchmark format\n%s", tt.how, &table, &lines)
		}
	}
}

// TestWrongPeerGetsNoFigure lets echo and sleep pretend to be peers.
func TestWrongPeerGetsNoFigure(t *testing.T) {
	t.Parallel()
	w := tiny()
	w.Engines, w.Peers = w.Engines[:1], []string{"right", "wrong", "silent", "absent"}
	golden := tinyGolden(t)
	echo := func(name, text string) Peer {
		return Peer{name, "echo", func(*Workload, string, *big.Int, int64) []string { return []string{text} }, bgollyPopulation}
	}
	if !echo("", "").Installed() {
		t.Skip("no echo here")
	}
	r := runTiny(t, Options{Workloads: []Workload{w}, Goldens: golden, Peers: []Peer{
		echo("right", "128: "+golden["tiny"].Population.String()), echo("wrong", "128: 1,234"), echo("silent", "hello"),
		{"absent", "no-such-program", func(*Workload, string, *big.Int, int64) []string { return nil }, bgollyPopulation},
	}})
	for name, want := range map[string]string{"right": "", "wrong": "population 1234", "silent": "found \"hello\"", "absent": "not found"} {
		i := slices.IndexFunc(r.Rows, func(row Row) bool { return row.Engine == name })
		if i < 0 {
			t.Fatalf("no row for peer %s", name)
		}
		row := r.Rows[i]
		if (row.Refused == "") != (want == "") || !strings.Contains(row.Refused, want) || (len(row.Cold) > 0) != (want == "") {
			t.Errorf("peer %s: refused because %q with %d samples, want %q", name, row.Refused, len(row.Cold), want)
		}
	}
	if n := len(r.Wrong()); n != 1 {
		t.Errorf("%d rows are wrong, want the peer's alone", n)
	}
}

func TestMissingPatternIsSkipped(t *testing.T) {
	t.Parallel()
	w := tiny()
	w.Source = Source{Golly: "No/such/file.rle"}
	r := runTiny(t, Options{Workloads: []Workload{w}})
	if len(r.Rows) != 0 || len(r.Skipped) != 1 || !strings.Contains(r.Skipped[0].Reason, "No/such/file.rle") {
		t.Errorf("report %+v", r)
	}
}

func TestUnsupportedRuleIsReported(t *testing.T) {
	t.Parallel()
	w := tiny()
	w.Rule, w.Engines = "B3/S23:T64,64", []string{"tile"}
	r := runTiny(t, Options{Workloads: []Workload{w}})
	if f := r.Failed(); len(f) != 1 || !strings.Contains(f[0].Refused, "bounded") {
		t.Errorf("report %+v", r)
	}
}

func TestRunStopsWithContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := Run(ctx, Options{Command: []string{os.Args[0]}, Workloads: []Workload{tiny()}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if r == nil || len(r.Rows) != 0 {
		t.Errorf("report %+v, want one without rows", r)
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	w := tiny()
	w.Name = "tiny-too"
	r := runTiny(t, Options{Workloads: []Workload{tiny(), w}, Limit: 1})
	if len(r.Skipped) != 1 || r.Skipped[0].Workload != "tiny-too" {
		t.Errorf("skipped %+v, want what came after the limit", r.Skipped)
	}
}

func TestSaveAndOpen(t *testing.T) {
	t.Parallel()
	r := sampleReport()
	name := filepath.Join(t.TempDir(), "r.json")
	if err := r.Save(name); err != nil {
		t.Fatal(err)
	}
	got, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if err := errors.Join(r.WriteJSON(&a), got.WriteJSON(&b)); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Errorf("saved\n%s\nopened\n%s", &a, &b)
	}
	for text, want := range map[string]string{"{}": "schema 0, want 1", "x": "want a file of life bench"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open of %q: error %v, want %q", text, err, want)
		}
	}
}

func TestSelect(t *testing.T) {
	all := []Workload{
		{Name: "b", Kind: "chaos", Engines: []string{"hashlife", "tile"}, Quick: 1},
		{Name: "a", Kind: "soup", Engines: []string{"tile", "hashlife"}, Quick: 2},
		{Name: "full", Kind: "soup", Engines: []string{"tile"}},
	}
	for _, tt := range []struct {
		s    Selection
		want string
	}{
		{Selection{}, "a[tile hashlife] b[hashlife]"},
		{Selection{Full: true}, "a[tile hashlife] full[tile] b[hashlife tile]"},
		{Selection{Only: regexp.MustCompile("^b|full")}, "full[tile] b[hashlife tile]"},
		{Selection{Engines: []string{"tile"}}, "a[tile] b[tile]"},
		{Selection{Full: true, Engines: []string{"hashlife"}}, "a[hashlife] b[hashlife]"},
	} {
		var got []string
		for _, w := range Select(all, tt.s) {
			got = append(got, w.Name+"["+strings.Join(w.Engines, " ")+"]")
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("Select(%+v) = %s, want %s", tt.s, s, tt.want)
		}
	}
}

func TestParseCount(t *testing.T) {
	for in, want := range map[string]string{"": "0", "12": "12", "2^10": "1024", "10^3": "1000"} {
		if n, err := parseCount(in); err != nil || n.String() != want {
			t.Errorf("parseCount(%q) = %v, %v, want %s", in, n, err, want)
		}
	}
	for _, in := range []string{"x", "-1", "2^", "2^x", "2^99999", "^2"} {
		if n, err := parseCount(in); err == nil {
			t.Errorf("parseCount(%q) = %v, want an error", in, n)
		}
	}
}

func TestSoupDensity(t *testing.T) {
	p, err := (&Soup{256, 1}).Pattern()
	if err != nil {
		t.Fatal(err)
	}
	share := float64(p.Population().Int64()) / (256 * 256)
	if want := Density / 256.0; share < want-0.01 || share > want+0.01 {
		t.Errorf("%.3f of the cells are alive, want %.3f", share, want)
	}
	q, _ := (&Soup{100, 1}).Pattern()
	if b, _ := q.Bounds(); b.MaxX.Int64() > 100 || b.MaxY.Int64() > 100 {
		t.Errorf("a soup of side 100 has bounds %v", b)
	}
}
