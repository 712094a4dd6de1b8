package macrocell_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golife/life"
	"golife/life/engine"
	"golife/life/format/macrocell"
	"golife/rle"
)

// TestCollection reads all macrocell files of Golly's collection, and runs those
// that hashlife can run to the first generations that bgolly computed for them.
// GOLIFE_ORACLE names the folder of the collection.
func TestCollection(t *testing.T) {
	dir := os.Getenv("GOLIFE_ORACLE")
	if dir == "" {
		t.Skip("GOLIFE_ORACLE is not set; see ../../lifetest/testdata/README.md")
	}
	f, err := os.Open("../../lifetest/testdata/oracle.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	patterns := map[string]*life.Pattern{}
	rows := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		col := strings.Split(s.Text(), "\t")
		if ext := filepath.Ext(strings.TrimSuffix(col[0], ".gz")); ext != ".mc" {
			continue
		}
		p, ok := patterns[col[0]]
		if !ok {
			p = readCollected(t, filepath.Join(dir, col[0]))
			patterns[col[0]] = p
		}
		if n, err := strconv.ParseInt(col[3], 10, 64); p != nil && err == nil && n <= 1024 {
			rows++
			checkRow(t, p, n, col)
		}
	}
	t.Logf("%d files, %d rows", len(patterns), rows)
}

// readCollected reads a file and checks that it survives a round trip. It returns
// nil for a rule that is not known.
func readCollected(t *testing.T, name string) *life.Pattern {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := macrocell.Decode(f, macrocell.WithStrict())
	var s *macrocell.SyntaxError
	if errors.As(err, &s) && strings.Contains(s.Msg, "unknown rule") {
		t.Logf("skipped: %v", err)
		return nil
	}
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return nil
	}
	roundTrip(t, p)
	return p
}

// checkRow compares p, n generations later, with a row of the table.
func checkRow(t *testing.T, p *life.Pattern, n int64, col []string) {
	t.Helper()
	e, err := engine.New("hashlife", p.Rule(), engine.Options{Memory: 1 << 30})
	if errors.Is(err, life.ErrUnsupportedRule) {
		return
	}
	if err == nil {
		err = e.Load(p)
	}
	if err == nil {
		err = e.Advance(t.Context(), big.NewInt(n))
	}
	if err != nil {
		t.Errorf("%s: %v", col[0], err)
		return
	}
	if got := fmt.Sprint(e.Population()); got != col[4] {
		t.Errorf("%s, %d generations: population %s, want %s", col[0], n, got, col[4])
	}
	if col[7] == "-" {
		return
	}
	h := sha256.New()
	if err := rle.WriteBody(h, e.Snapshot()); err != nil {
		t.Error(err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != col[7] {
		t.Errorf("%s, %d generations: other cells than bgolly's", col[0], n)
	}
}
