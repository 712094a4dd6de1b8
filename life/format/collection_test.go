package format_test

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golife/life"
	"golife/life/format"
	"golife/life/format/codec"
	"golife/life/rule"
	"golife/life/rule/loader"
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

// anyRule is a rule parser that looks for the rules of Golly's collection, and takes what
// it does not know for the name of a rule of 256 states.
func anyRule(s string) (*rule.Rule, error) {
	patterns := cmp.Or(os.Getenv("GOLIFE_ORACLE"), "/usr/share/golly/Patterns")
	files := loader.Finder{Dirs: []string{filepath.Join(filepath.Dir(filepath.Clean(patterns)), "Rules")}}
	r, err := files.Parse(s)
	if err != nil {
		name, _, _ := strings.Cut(strings.TrimSpace(s), ":")
		r, err = rule.NewNamed(name, 256)
	}
	return r, err
}

// trips counts round trips.
type trips struct {
	isFull  bool           // with patterns of any size, which takes minutes
	done    map[string]int // by extension
	refused map[string]int // by extension, as the file would be too large
	took    map[string]time.Duration
}

func newTrips(isFull bool) *trips {
	return &trips{isFull: isFull, done: map[string]int{}, refused: map[string]int{}, took: map[string]time.Duration{}}
}

// Bounds of what is written in formats that list cells or runs of them, or all cells of
// a rectangle, unless all is.
const (
	maxCells = 50_000
	maxArea  = 1 << 24
)

// isFor reports whether p is taken through a format.
func (n *trips) isFor(x string, p *life.Pattern) bool {
	b, _ := p.Bounds()
	population, _ := p.Population().Float64()
	width, _ := b.Width().Float64()
	height, _ := b.Height().Float64()
	switch {
	case x == ".apg":
		return false // it keeps neither place nor orientation
	case x == ".mc" || n.isFull:
		return true
	}
	return population <= maxCells && (x != ".cells" || height <= 1<<20 && width*height <= maxArea)
}

// check writes p in every format that can hold it and reads that back.
func (n *trips) check(t *testing.T, name string, p *life.Pattern) {
	t.Helper()
	want := p.Digest()
	for _, x := range format.Extensions() {
		if !n.isFor(x, p) {
			continue
		}
		begin := time.Now()
		q, err := roundTrip(x, p)
		n.took[x] += time.Since(begin)
		switch {
		case errors.Is(err, life.ErrState):
			continue
		case errors.Is(err, life.ErrOutOfRange):
			n.refuse(t, name, x, p, err)
			continue
		case err != nil:
			t.Errorf("%s as %s: %v", name, x, err)
			continue
		}
		if got := q.Digest(); got != want || !q.Rule().Equal(p.Rule()) {
			t.Errorf("%s as %s: digest %s and rule %s, want %s and %s", name, x, got, q.Rule(), want, p.Rule())
		}
		if len(format.Loss(x, p)) == 0 && !q.Equal(p) {
			t.Errorf("%s as %s: generation %v comes back, want %v", name, x, q.Generation(), p.Generation())
		}
		n.done[x]++
	}
}

// roundTrip writes p as a file of a format and reads it at the same time.
func roundTrip(x string, p *life.Pattern) (*life.Pattern, error) {
	r, w := io.Pipe()
	go func() { w.CloseWithError(format.Write(w, x, p)) }()
	q, _, err := format.Read(r, format.WithStrict(), format.WithRuleParser(anyRule))
	r.Close() // so that a writer that is not read to its end ends, too
	return q, err
}

// refuse notes that a format does not take p, and checks that it cannot: a file of
// plaintext has all cells up to the last live one of each row.
func (n *trips) refuse(t *testing.T, name, x string, p *life.Pattern, err error) {
	t.Helper()
	b, _ := p.Bounds()
	box, ok := b.Rect()
	bytes, row := int64(0), life.Run{}
	for r := range p.Runs(box) {
		if r.Y != row.Y {
			bytes += row.X + row.N - box.Min.X + 1
		}
		row = r
	}
	if x != ".cells" || !ok || bytes < codec.MaxFile || !strings.Contains(err.Error(), "the file would have more than 2^32 bytes; macrocell can hold it") {
		t.Errorf("%s as %s: %v", name, x, err)
	}
	n.refused[x]++
	t.Logf("%s, %v cells in %v x %v, as %s: %v", name, p.Population(), b.Width(), b.Height(), x, err)
}

// TestCollectionRoundTrips takes every readable file of the collection through
// every writer that can hold it.
func TestCollectionRoundTrips(t *testing.T) {
	t.Parallel()
	dir := collection(t)
	if testing.Short() {
		t.Skip("-short")
	}
	formats, n := map[string]int{}, newTrips(os.Getenv("GOLIFE_ORACLE") != "")
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
			n.check(t, name+" "+member, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("files by format: %v; round trips: %v in %v; refused: %v", formats, n.done, n.took, n.refused)
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
	n := newTrips(false)
	for _, x := range patterns.All() {
		p, err := x.Pattern()
		if err != nil {
			t.Error(err)
			continue
		}
		n.check(t, x.Name, p)
	}
	t.Logf("round trips: %v", n.done)
	for _, x := range []string{".mc", ".rle", ".cells"} {
		if n.done[x] < 9*len(patterns.All())/10 {
			t.Errorf("only %d round trips as %s", n.done[x], x)
		}
	}
}
