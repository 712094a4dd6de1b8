package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golife/life"
)

// counted are the workloads whose counters are guarded, and on which engines.
var counted = []struct {
	workload string
	engines  []string
}{
	{"soup-256", tileFirst},
	{"lidka", hashFirst},
	{"spacefiller", onlyTile},
	{"turing-machine", onlyHash},
	{"gun-2e40", onlyHash},
	{"gun-1e12", onlyHash},
	{"breeder-2e40", onlyHash},
	{"highlife-512", onlyTile},
	{"b0-512", onlyTile},
	{"brain-512", statesFirst[:1]},
	{"loops-2048", []string{"hashlife", "multistate"}},
}

// guarded are counters that measure work, do not depend on the machine, and
// should not grow unnoticed.
var guarded = []string{"nodes", "leaves", "results", "leaf_steps", "tiles_stepped", "rows_stepped", "cells_looked_up", "births"}

// tolerance is how much a counter may grow, as a share.
const tolerance = 0.05

// countsFile holds lines of workload, engine, counter and value.
var countsFile = filepath.Join("testdata", "counts.tsv")

// TestCounts is the guard against doing more work than before: seconds depend on
// the machine and the hour, counts do not. -update accepts what is.
func TestCounts(t *testing.T) {
	t.Parallel()
	before := readCounts(t)
	var lines []string
	for _, c := range counted {
		w, ok := Find(c.workload)
		if !ok {
			t.Fatalf("no workload %s", c.workload)
		}
		for _, e := range c.engines {
			for _, s := range guardedStats(remembered(t, w, e).Stats) {
				key := fmt.Sprintf("%s\t%s\t%s", w.Name, e, s.Name)
				lines = append(lines, fmt.Sprintf("%s\t%d\n", key, s.Value))
				was, known := before[key]
				delete(before, key)
				what, isBad := judge(was, s.Value, known)
				if isBad && !*update {
					t.Errorf("%s: %s", strings.ReplaceAll(key, "\t", " "), what)
				} else if what != "" {
					t.Logf("%s: %s", strings.ReplaceAll(key, "\t", " "), what)
				}
			}
		}
	}
	for key := range before {
		if !*update {
			t.Errorf("%s is not counted any more", strings.ReplaceAll(key, "\t", " "))
		}
	}
	if *update {
		text := "# Made by: go test ./bench -run TestCounts -update. WORKLOAD, ENGINE, COUNTER, VALUE\n" + strings.Join(lines, "")
		if err := os.WriteFile(countsFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// judge says what is to be said about a counter, "" for nothing, and whether it
// is bad.
func judge(was, is int64, known bool) (what string, isBad bool) {
	switch {
	case !known:
		return "not in the table yet; run with -update", true
	case float64(is) > float64(was)*(1+tolerance):
		return fmt.Sprintf("%d, was %d: more work than before. If that is meant, run with -update", is, was), true
	case float64(is) < float64(was)*(1-tolerance):
		return fmt.Sprintf("%d, was %d: less work than before. Keep it with -update", is, was), false
	}
	return "", false
}

func TestJudge(t *testing.T) {
	for _, tt := range []struct {
		was, is int64
		known   bool
		want    string
		isBad   bool
	}{
		{0, 5, false, "not in the table", true},
		{1000, 1000, true, "", false},
		{1000, 1050, true, "", false},
		{1000, 1051, true, "more work", true},
		{1000, 949, true, "less work", false},
		{0, 1, true, "more work", true},
	} {
		got, isBad := judge(tt.was, tt.is, tt.known)
		if !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") || isBad != tt.isBad {
			t.Errorf("judge(%d, %d) = %q, %v, want %q, %v", tt.was, tt.is, got, isBad, tt.want, tt.isBad)
		}
	}
}

func guardedStats(all []life.Stat) []life.Stat {
	return slices.DeleteFunc(slices.Clone(all), func(s life.Stat) bool { return !slices.Contains(guarded, s.Name) })
}

func readCounts(t *testing.T) map[string]int64 {
	t.Helper()
	data, err := os.ReadFile(countsFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	m := map[string]int64{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		i := strings.LastIndexByte(line, '\t')
		v, err := strconv.ParseInt(line[i+1:], 10, 64)
		if err != nil {
			t.Fatalf("%s: %q: %v", countsFile, line, err)
		}
		m[line[:i]] = v
	}
	return m
}
