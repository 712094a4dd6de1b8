package lifetest_test

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/format"
	"golife/life/rule"
	"golife/life/rule/loader"
	"golife/patterns"
	"golife/rle"
)

const (
	// oracleTotal bounds the time of TestOracle; files that come later are skipped.
	oracleTotal = 8 * time.Minute
	// oracleSlow is reported by name.
	oracleSlow = 2 * time.Second
	// oracleMemory bounds what an engine may use: two run at a time.
	oracleMemory = 1 << 30
)

// oracleEngine is an engine that runs over the collection.
type oracleEngine struct {
	name           string
	isForTwoStates bool          // of range 1; else for what the others do not run, and grids
	maxGenerations int64         // rows beyond are skipped
	limit          time.Duration // of one file
}

// oracleEngines have limits such that the test ends well before oracleTotal on
// two cores: tile does not remember, and the collection is made for hashing.
var oracleEngines = []oracleEngine{
	{"naive", false, 1 << 10, time.Minute},
	{"multistate", false, 1 << 16, 10 * time.Second},
	{"wide", false, 1 << 14, 10 * time.Second},
	{"hashlife", true, 1 << 32, 40 * time.Second},
	{"tile", true, 1 << 14, 10 * time.Second},
	{"dense", true, 1 << 14, 10 * time.Second},
}

// oracleRow is one line of testdata/oracle.tsv.
type oracleRow struct {
	file, algorithm, rule string
	generation            int64
	population            *big.Int
	width, height         int64 // 0 when not known
	sum                   string
}

// tally counts rows by what became of them.
type tally struct {
	mu    sync.Mutex
	count map[string]int
	slow  []string
}

func (c *tally) add(engine, outcome string, rows int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count[engine+": "+outcome] += rows
}

func (c *tally) addSlow(engine, file string, d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slow = append(c.slow, fmt.Sprintf("%5.1f s  %s  %s", d.Seconds(), engine, file))
}

// report logs the counts and the slowest files.
func (c *tally) report(t *testing.T) {
	for _, k := range slices.Sorted(maps.Keys(c.count)) {
		t.Logf("%5d rows  %s", c.count[k], k)
	}
	slices.Sort(c.slow)
	slices.Reverse(c.slow)
	for _, s := range c.slow[:min(len(c.slow), 20)] {
		t.Log(s)
	}
}

// TestOracle compares engines with what bgolly computed for Golly's pattern
// collection; see testdata/README.md.
func TestOracle(t *testing.T) {
	dir := collection(t)
	files := map[string][]oracleRow{}
	for _, r := range oracleRows(t) {
		files[r.file] = append(files[r.file], r)
	}
	counts := &tally{count: map[string]int{}}
	deadline := time.Now().Add(oracleTotal)
	t.Run("files", func(t *testing.T) {
		for _, e := range oracleEngines {
			for _, file := range slices.Sorted(maps.Keys(files)) {
				rows := files[file]
				slices.SortFunc(rows, func(a, b oracleRow) int { return cmp.Compare(a.generation, b.generation) })
				t.Run(e.name+"/"+file, func(t *testing.T) {
					t.Parallel()
					run := oracleRun{t: t, oracleEngine: e, counts: counts, deadline: deadline, rows: rows}
					run.file(filepath.Join(dir, file))
				})
			}
		}
	})
	counts.report(t)
}

// collection returns the folder of Golly's patterns, or skips the test.
func collection(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("GOLIFE_ORACLE")
	if dir == "" {
		t.Skip("GOLIFE_ORACLE is not set; see testdata/README.md")
	}
	return dir
}

// oracleRows reads testdata/oracle.tsv.
func oracleRows(t *testing.T) (rows []oracleRow) {
	t.Helper()
	f, err := os.Open("testdata/oracle.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		row, err := parseOracleRow(s.Text())
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func parseOracleRow(line string) (r oracleRow, err error) {
	col := strings.Split(line, "\t")
	if len(col) != 8 {
		return r, fmt.Errorf("%d columns, want 8: %q", len(col), line)
	}
	r = oracleRow{file: col[0], algorithm: col[1], rule: col[2], sum: col[7]}
	r.population, _ = new(big.Int).SetString(col[4], 10)
	for i, to := range map[int]*int64{3: &r.generation, 5: &r.width, 6: &r.height} {
		v, err := strconv.ParseInt(col[i], 10, 64)
		if err != nil {
			return r, err
		}
		*to = v
	}
	if r.population == nil {
		return r, fmt.Errorf("population %q, want a number", col[4])
	}
	return r, nil
}

// TestOracleRows checks the table itself, so that it is read where no
// collection is installed.
func TestOracleRows(t *testing.T) {
	rows := oracleRows(t)
	if len(rows) != 959 {
		t.Errorf("%d rows, want 959", len(rows))
	}
	for _, r := range rows {
		if r.sum != "-" && len(r.sum) != 2*sha256.Size || (r.sum == "-") != (r.width == 0 && r.height == 0) && r.population.Sign() > 0 {
			t.Errorf("row %+v has size without sum, or sum without size", r)
		}
	}
}

// oracleRun is one engine with one file.
type oracleRun struct {
	oracleEngine
	t        *testing.T
	counts   *tally
	deadline time.Time
	rows     []oracleRow // by generation
}

// isForNaive reports whether a row is one of those that naive must run: bgolly is right about
// each of them.
func (r oracleRow) isForNaive() bool {
	return r.algorithm == "Generations" || r.algorithm == "Larger than Life" || strings.HasSuffix(r.file, ".mcl") ||
		strings.HasPrefix(r.file, "WireWorld/") || strings.HasPrefix(r.rule, "LifeHistory:") || r.isTwoState() && r.isBounded()
}

// isForMultistate reports whether a row is one of those that multistate must run.
func (r oracleRow) isForMultistate() bool {
	return r.algorithm == "Generations" || strings.HasPrefix(r.file, "WireWorld/")
}

// isForHashlife reports whether a row of more than two states is one of those that hashlife must run.
func (r oracleRow) isForHashlife() bool {
	return !r.isBounded() && r.generation < 1<<32 && (r.algorithm == "Generations" && strings.HasSuffix(r.file, ".rle") || r.rule == "WireWorld" || r.algorithm == "JvN")
}

// isForWide reports whether a row is one of those that wide must run.
func (r oracleRow) isForWide() bool { return r.algorithm == "Larger than Life" }

// skip counts the rest of the rows as skipped.
func (o *oracleRun) skip(reason string, rows int) {
	o.t.Helper()
	r := o.rows[0]
	if o.name == "naive" && r.isForNaive() || o.name == "multistate" && r.isForMultistate() || o.name == "hashlife" && r.isForHashlife() || o.name == "wide" && r.isForWide() {
		o.t.Errorf("%d rows skipped: %s, want them run", rows, reason)
	}
	o.counts.add(o.name, "skipped, "+reason, rows)
	o.t.Skipf("%d rows skipped: %s", rows, reason)
}

// isTwoState reports whether a row is of a two-state rule of range 1 on the plane:
// bgolly's other engines are for other rules.
func (r oracleRow) isTwoState() bool { return r.algorithm == "HashLife" || r.algorithm == "QuickLife" }

// isBounded reports whether the rule of a row has a grid.
func (r oracleRow) isBounded() bool { return strings.Contains(r.rule, ":") }

// file runs all rows of one file.
func (o *oracleRun) file(path string) {
	switch r := o.rows[0]; {
	case o.isForTwoStates && !r.isTwoState() && !(o.name == "hashlife" && r.isForHashlife()):
		o.skip("not a two-state rule of range 1", len(o.rows))
	case !o.isForTwoStates && r.isTwoState() && (!r.isBounded() || o.name != "naive"):
		o.skip("a rule that faster engines run", len(o.rows))
	}
	if time.Now().After(o.deadline) {
		o.skip("no time left", len(o.rows))
	}
	e := o.load(path)
	start := time.Now()
	ctx, cancel := context.WithTimeout(o.t.Context(), o.limit)
	defer cancel()
	defer func() {
		if d := time.Since(start); d > oracleSlow {
			o.counts.addSlow(o.name, o.rows[0].file, d)
		}
	}()
	first := e.Generation()
	for i, row := range o.rows {
		left := len(o.rows) - i
		if row.generation > o.maxGenerations {
			o.skip(fmt.Sprintf("more than %d generations", o.maxGenerations), left)
		}
		done := new(big.Int).Sub(e.Generation(), first)
		err := e.Advance(ctx, done.Sub(big.NewInt(row.generation), done))
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			o.skip(fmt.Sprintf("over %v", o.limit), left)
		case errors.Is(err, life.ErrMemoryLimit):
			o.skip(fmt.Sprintf("over %d MiB", oracleMemory>>20), left)
		case err != nil:
			o.t.Fatalf("Advance to %d: %v", row.generation, err)
		}
		if d := row.diff(e); d != "" {
			o.t.Errorf("%s, rule %s, generation %d: %s", row.file, row.rule, row.generation, d)
			o.counts.add(o.name, "WRONG", 1)
			continue
		}
		o.counts.add(o.name, "right", 1)
	}
}

// load returns an engine with the file's pattern.
func (o *oracleRun) load(path string) life.Engine {
	f, err := os.Open(path)
	if err != nil {
		o.t.Fatal(err)
	}
	defer f.Close()
	p, _, err := format.Read(f, format.WithRuleParser(anyRule(collection(o.t))))
	if errors.Is(err, format.ErrFormat) {
		o.skip("format "+strings.TrimPrefix(filepath.Ext(strings.TrimSuffix(path, ".gz")), "."), len(o.rows))
	}
	if err != nil {
		o.t.Fatal(err)
	}
	if o.name == "naive" && p.Rule().Family() == rule.Tabular {
		o.maxGenerations = 10 // multistate does the rest
	}
	if o.name == "dense" && !p.Rule().IsBounded() {
		o.skip("unbounded plane", len(o.rows))
	}
	e, err := engine.New(o.name, p.Rule(), engine.Options{Memory: oracleMemory})
	if errors.Is(err, life.ErrUnsupportedRule) {
		reason := "rule " + p.Rule().Name()
		if p.Rule().States() == maxStates {
			reason = "rule of a .rule file"
		}
		o.skip(reason, len(o.rows))
	}
	if err != nil {
		o.t.Fatal(err)
	}
	err = e.Load(p)
	if errors.Is(err, life.ErrMemoryLimit) {
		o.skip(fmt.Sprintf("over %d MiB", oracleMemory>>20), len(o.rows))
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return e
}

// maxStates is what anyRule gives a rule that it does not know.
const maxStates = 256

// anyRule returns a rule parser that looks for rule files beside a collection of patterns,
// and takes what it does not know for the name of a rule.
func anyRule(dir string) func(string) (*rule.Rule, error) {
	files := loader.Finder{Dirs: []string{filepath.Join(filepath.Dir(filepath.Clean(dir)), "Rules")}}
	return func(s string) (*rule.Rule, error) {
		r, err := files.Parse(s)
		if err != nil {
			name, _, _ := strings.Cut(s, ":")
			r, err = rule.NewNamed(name, maxStates)
		}
		return r, err
	}
}

// diff tells how e differs from the row, or returns "".
func (r oracleRow) diff(e life.Engine) string {
	if got := e.Population(); got.Cmp(r.population) != 0 {
		return fmt.Sprintf("population %v, want %v", got, r.population)
	}
	if r.sum == "-" {
		return ""
	}
	b, ok := e.Bounds()
	if !ok {
		b = life.BigRect{MinX: new(big.Int), MinY: new(big.Int), MaxX: new(big.Int), MaxY: new(big.Int)}
	}
	if b.Width().Cmp(big.NewInt(r.width)) != 0 || b.Height().Cmp(big.NewInt(r.height)) != 0 {
		return fmt.Sprintf("bounds %v, want %dx%d", b, r.width, r.height)
	}
	h := sha256.New()
	if err := rle.WriteBody(h, e.Snapshot()); err != nil {
		return err.Error()
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != r.sum {
		return fmt.Sprintf("canonical RLE has SHA-256 %s, want %s", got, r.sum)
	}
	return ""
}

// TestTuringMachine checks the populations of Paul Rendell's Turing machine
// after each of its cycles of 11 040 generations. It halts in the 16th.
// Source: measured with bgolly 3.3; from then on only its gliders move.
func TestTuringMachine(t *testing.T) {
	entry, ok := patterns.Lookup("rendell-turing-machine")
	if !ok {
		t.Fatal("the library has no rendell-turing-machine")
	}
	p, err := entry.Pattern()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New("hashlife", p.Rule(), engine.Options{Memory: oracleMemory})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{
		36549, 36658, 36757, 36678, 36698, 36843, 36868, 36843, 36758, 36773, 36793, 36783, 36942, 36957, 36970,
		36995, 37006, 36814, 36814, 36814, 36814, 36814, 36814, 36814,
	} {
		if got := e.Population(); got.Cmp(big.NewInt(want)) != 0 {
			t.Errorf("population %v after %d cycles, want %d", got, i, want)
		}
		if err := e.Advance(t.Context(), big.NewInt(11040)); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Advance(t.Context(), new(big.Int).Mul(big.NewInt(11040), big.NewInt(1e12))); err != nil {
		t.Fatal(err)
	}
	if got := e.Population(); got.Cmp(big.NewInt(36814)) != 0 {
		t.Errorf("population %v after 10^12 cycles, want 36814", got)
	}
}
