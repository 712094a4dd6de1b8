package format_test

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/life/format"
	"golife/rle"
)

// oracleRow is one line of oracle.tsv.
type oracleRow struct {
	file, population, sum string
	generation            int64
}

// oracleRows returns the rows for files that are no plain RLE, by file, up to a
// generation; MCell files, which run slowly, only for a few unless isLong, and von
// Neumann's automata for one.
func oracleRows(t *testing.T, isLong bool) map[string][]oracleRow {
	t.Helper()
	rows := map[string][]oracleRow{}
	f, err := os.Open("../lifetest/testdata/oracle.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		col := strings.Split(s.Text(), "\t")
		n, err := strconv.ParseInt(col[3], 10, 64)
		most := int64(137)
		switch isMCell := path.Ext(col[0]) == ".mcl"; {
		case col[1] == "JvN":
			most = 1 // they are large
		case isLong:
			most = 1024
		case isMCell:
			most = 10
		}
		if err == nil && n <= most && path.Ext(col[0]) != ".rle" {
			rows[col[0]] = append(rows[col[0]], oracleRow{col[0], col[4], col[7], n})
		}
	}
	for _, r := range rows {
		slices.SortFunc(r, func(a, b oracleRow) int { return cmp.Compare(a.generation, b.generation) })
	}
	return rows
}

// TestOracle reads the files of the collection that are no plain RLE, runs them,
// and compares them with what bgolly computed.
func TestOracle(t *testing.T) {
	t.Parallel()
	dir := collection(t)
	if testing.Short() {
		t.Skip("-short")
	}
	read, ran, refused := map[string]int{}, map[string]int{}, map[string]int{}
	for file, rows := range oracleRows(t, os.Getenv("GOLIFE_ORACLE") != "") {
		x := path.Ext(file)
		read[x]++
		e := oracleEngine(t, filepath.Join(dir, file))
		if e == nil {
			refused[x] += len(rows)
			continue
		}
		for _, r := range rows {
			ran[x]++
			r.check(t, e)
		}
	}
	t.Logf("files: %v; rows: %v, of rules that no engine runs: %v", read, ran, refused)
	if read[".mcl"] < 18 || ran[".mcl"] < 36 || ran[".lif"] < 2 || ran[".gz"] < 15 || ran[".mc"] < 10 {
		t.Errorf("files: %v, rows: %v, want more", read, ran)
	}
}

// check advances the engine to the row's generation and compares.
func (r *oracleRow) check(t *testing.T, e life.Engine) {
	t.Helper()
	if err := e.Advance(t.Context(), new(big.Int).Sub(big.NewInt(r.generation), e.Generation())); err != nil {
		t.Errorf("%s: %v", r.file, err)
		return
	}
	if got := fmt.Sprint(e.Population()); got != r.population {
		t.Errorf("%s, %d generations: population %s, want %s", r.file, r.generation, got, r.population)
	}
	if r.sum == "-" {
		return
	}
	h := sha256.New()
	if err := rle.WriteBody(h, e.Snapshot()); err != nil {
		t.Error(err)
	}
	if hex.EncodeToString(h.Sum(nil)) != r.sum {
		t.Errorf("%s, %d generations: other cells than bgolly's", r.file, r.generation)
	}
}

// oracleEngine returns an engine with the pattern of a file, nil when none runs it, or it is
// too large for the one that does.
func oracleEngine(t *testing.T, name string) life.Engine {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := format.Read(bytes.NewReader(data), format.WithRuleParser(anyRule))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	e, err := engine.New(engine.Choose(p, engine.Use{Generations: big.NewInt(137)}).Name, p.Rule(), engine.Options{Memory: 1 << 30})
	if err == nil {
		err = e.Load(p.WithGeneration(new(big.Int)))
	}
	if errors.Is(err, life.ErrUnsupportedRule) || errors.Is(err, life.ErrMemoryLimit) {
		return nil
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return e
}
