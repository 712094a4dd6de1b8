package format_test

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golife/life"
	"golife/life/format"
	"golife/life/rule"
	"golife/patterns"
)

// collection returns the folder of Golly's patterns: GOLIFE_ORACLE, or where
// Debian puts them. Tests that want it are skipped without.
func collection(t *testing.T) string {
	t.Helper()
	dir := cmp.Or(os.Getenv("GOLIFE_ORACLE"), "/usr/share/golly/Patterns")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no pattern collection in %s; GOLIFE_ORACLE names another folder", dir)
	}
	return dir
}

// anyRule is a rule parser that takes what it does not know for the name of a rule
// of 256 states.
func anyRule(s string) (*rule.Rule, error) {
	r, err := rule.Parse(s)
	if err != nil {
		name, _, _ := strings.Cut(strings.TrimSpace(s), ":")
		r, err = rule.NewNamed(name, 256)
	}
	return r, err
}

// maxCells bounds the population of what is written in formats that list cells or
// runs of them here.
const maxCells = 50_000

// checkRoundTrips writes p in every format that can hold it and reads that back.
// It returns how many there were.
func checkRoundTrips(t *testing.T, name string, p *life.Pattern) (n int) {
	t.Helper()
	want := p.Digest()
	isLarge := !p.Population().IsInt64() || p.Population().Int64() > maxCells
	b, _ := p.Bounds()
	isTall := !p.IsEmpty() && (b.Height().BitLen() > 20 || b.Width().BitLen()+b.Height().BitLen() > 24)
	for _, x := range format.Extensions() {
		if x == ".apg" || isLarge && x != ".mc" || isTall && x == ".cells" {
			continue
		}
		var file bytes.Buffer
		if err := format.Write(&file, x, p); err != nil {
			if !errors.Is(err, life.ErrState) && !errors.Is(err, life.ErrOutOfRange) {
				t.Errorf("%s as %s: %v", name, x, err)
			}
			continue
		}
		q, _, err := format.Read(&file, format.WithStrict(), format.WithRuleParser(anyRule))
		if err != nil {
			t.Errorf("%s as %s: %v", name, x, err)
			continue
		}
		if got := q.Digest(); got != want || !q.Rule().Equal(p.Rule()) {
			t.Errorf("%s as %s: digest %s and rule %s, want %s and %s", name, x, got, q.Rule(), want, p.Rule())
		}
		if len(format.Loss(x, p)) == 0 && !q.Equal(p) {
			t.Errorf("%s as %s: generation %v comes back, want %v", name, x, q.Generation(), p.Generation())
		}
		n++
	}
	return n
}

// TestCollectionRoundTrips takes every readable file of the collection through
// every writer that can hold it.
func TestCollectionRoundTrips(t *testing.T) {
	t.Parallel()
	dir := collection(t)
	if testing.Short() {
		t.Skip("-short")
	}
	formats, trips := map[string]int{}, 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) == ".lua" || filepath.Ext(name) == ".py" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, member := range members(data) {
			p, info, err := format.Read(bytes.NewReader(data), format.WithRuleParser(anyRule), format.WithMember(member))
			if err != nil {
				t.Errorf("%s %s: %v", name, member, err)
				continue
			}
			formats[info.String()]++
			trips += checkRoundTrips(t, name+" "+member, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d round trips, files by format: %v", trips, formats)
	if formats["mcell"] < 30 || formats["rle"] < 200 || formats["life105"] < 4 {
		t.Errorf("found %v, want more", formats)
	}
}

// members returns the names to read a file by: "" but for an archive of several
// patterns or of none.
func members(data []byte) []string {
	_, _, err := format.Read(bytes.NewReader(data), format.WithRuleParser(anyRule))
	var a *format.ArchiveError
	if errors.As(err, &a) {
		return a.Members
	}
	return []string{""}
}

// TestLibraryRoundTrips does the same with the embedded library.
func TestLibraryRoundTrips(t *testing.T) {
	t.Parallel()
	trips := 0
	for _, x := range patterns.All() {
		p, err := x.Pattern()
		if err != nil {
			t.Error(err)
			continue
		}
		trips += checkRoundTrips(t, x.Name, p)
	}
	t.Logf("%d round trips", trips)
	if trips < 3*len(patterns.All()) {
		t.Errorf("only %d round trips", trips)
	}
}
