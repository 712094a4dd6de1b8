package patterns

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golife/rle"
)

var update = flag.Bool("update", false, "rewrite the pattern files in canonical form")

// TestFilesAreCanonical re-encodes each file and wants the same bytes.
func TestFilesAreCanonical(t *testing.T) {
	for _, e := range All() {
		data, err := e.RLE()
		if err != nil {
			t.Error(err)
			continue
		}
		p, err := rle.Decode(bytes.NewReader(data), rle.WithStrict())
		if err != nil && !*update {
			t.Errorf("%s: %v", e.path, err)
			continue
		}
		if *update {
			if p, err = e.Pattern(); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := rle.Encode(&out, p); err != nil {
			t.Errorf("%s: %v", e.path, err)
			continue
		}
		switch {
		case bytes.Equal(out.Bytes(), data):
		case *update:
			writeFile(t, e.path, out.Bytes())
		default:
			t.Errorf("%s is not canonical: found\n%.300s\nwanted\n%.300s\n(run go test ./patterns -update)", e.path, data, out.Bytes())
		}
		if p.Rule().String() != e.Rule {
			t.Errorf("%s: rule %s, index says %s", e.path, p.Rule(), e.Rule)
		}
		if p.Comment('N') != e.Title {
			t.Errorf("%s: title %q, index says %q", e.path, p.Comment('N'), e.Title)
		}
	}
}

// writeFile writes an RLE file, compressed when its name says so.
func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if path.Ext(name) == ".gz" {
		var z bytes.Buffer
		w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Write(data)
		if err = errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		data = z.Bytes()
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestNoOrphans wants a line of the index for every file, and the other way round.
func TestNoOrphans(t *testing.T) {
	indexed := map[string]bool{}
	for _, e := range All() {
		indexed[e.path] = true
		if _, err := fs.Stat(files, e.path); err != nil {
			t.Errorf("%s has no file: %v", e.Name, err)
		}
	}
	size := len(index)
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !indexed[name] {
			t.Errorf("%s is not in the index", name)
		}
		info, err := d.Info()
		size += int(info.Size())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const limit = 1_500_000
	if size > limit {
		t.Errorf("%d bytes are embedded, wanted at most %d", size, limit)
	}
}

// TestIndex checks the form of the index: order, names, sources.
func TestIndex(t *testing.T) {
	var listed []string
	for line := range strings.Lines(index) {
		f := strings.Split(line, "\t")
		listed = append(listed, f[0]+"/"+f[1])
	}
	var sorted []string
	name := regexp.MustCompile(`^[a-z0-9]+([-.][a-z0-9]+)*$`)
	taken := map[string]string{}
	for _, e := range All() {
		sorted = append(sorted, e.Kind+"/"+e.Name)
		for _, n := range append([]string{e.Name}, e.Aliases...) {
			if !name.MatchString(n) {
				t.Errorf("%s: name %q, wanted lower case and hyphens", e.Name, n)
			}
			if other := taken[n]; other != "" {
				t.Errorf("name %q of %s is also one of %s", n, e.Name, other)
			}
			taken[n] = e.Name
		}
		if e.Title == "" || e.Source == "" || e.Description == "" {
			t.Errorf("%s: title %q, source %q, description %q, wanted all three", e.Name, e.Title, e.Source, e.Description)
		}
		if e.Year != 0 && (e.Year < 1950 || e.Year > 2100) {
			t.Errorf("%s: year %d", e.Name, e.Year)
		}
	}
	if !slices.Equal(listed[1:], sorted) {
		t.Error("index.tsv is not sorted by kind and name")
	}
	if len(sorted) < 80 {
		t.Errorf("%d patterns, wanted at least 80", len(sorted))
	}
}

// TestComments wants a credit in each file whose discoverer is known, lines that
// fit a terminal, and no name of another program.
func TestComments(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)golly|lifelib|apgsearch|lifeviewer|/usr/|mcell|jslife|lifebc`)
	for _, e := range All() {
		p, err := e.Pattern()
		if err != nil {
			t.Fatal(err)
		}
		if e.Discoverer != "" && !strings.HasPrefix(p.Comment('O'), e.Discoverer) {
			t.Errorf("%s: author %q, index says %q", e.path, p.Comment('O'), e.Discoverer)
		}
		if p.Comment('C') == "" {
			t.Errorf("%s has no description", e.path)
		}
		for _, c := range p.Comments() {
			if len(c.Text) > 160 {
				t.Errorf("%s: comment of %d bytes: %q", e.path, len(c.Text), c.Text)
			}
			if m := forbidden.FindString(c.Text); m != "" {
				t.Errorf("%s: comment names %q", e.path, m)
			}
		}
	}
}

func TestLookup(t *testing.T) {
	for name, want := range map[string]string{
		"glider": "glider", "GLIDER": "glider", "gun": "gosper-glider-gun", "Gosper glider gun": "gosper-glider-gun",
		"turing-machine": "rendell-turing-machine", "tm": "rendell-turing-machine", "galaxy": "koks-galaxy",
		"r_pentomino": "r-pentomino", "snark": "snark-loop", "max": "max", "25p3h1v0.1": "25p3h1v0.1",
	} {
		if e, ok := Lookup(name); !ok || e.Name != want {
			t.Errorf("Lookup(%q) = %q, %v, wanted %q", name, e.Name, ok, want)
		}
	}
	for _, e := range All() {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if got, ok := Lookup(name); !ok || got.Name != e.Name || got.path != e.path {
				t.Errorf("Lookup(%q) = %q, %v, wanted %q", name, got.Name, ok, e.Name)
			}
		}
	}
	for _, name := range []string{"", " ", "no-such-pattern", "glider\x00", "name", "aliases"} {
		if e, ok := Lookup(name); ok {
			t.Errorf("Lookup(%q) = %q, wanted nothing", name, e.Name)
		}
	}
}

func TestSuggest(t *testing.T) {
	for name, want := range map[string]string{
		"glidr": "glider", "puslar": "pulsar", "gosper": "gosper-glider-gun", "turing": "rendell-turing-machine",
		"r-pentamino": "r-pentomino", "rpentomino2": "r-pentomino", "snrk": "snark-loop", "acron": "acorn", "pentadec": "pentadecathlon",
	} {
		got := Suggest(name)
		if len(got) > maxSuggestions || !slices.Contains(got, want) {
			t.Errorf("Suggest(%q) = %q, wanted %q among at most %d", name, got, want, maxSuggestions)
		}
	}
	for _, name := range []string{"", "zzzzzzzzzz"} {
		if got := Suggest(name); len(got) != 0 {
			t.Errorf("Suggest(%q) = %q, wanted nothing", name, got)
		}
	}
}

func TestVelocity(t *testing.T) {
	for _, c := range []struct {
		dx, dy, p int
		want      string
	}{
		{0, 0, 3, ""}, {1, 1, 4, "c/4 diagonal"}, {-2, 0, 4, "c/2 orthogonal"}, {0, -2, 5, "2c/5 orthogonal"},
		{-1, -2, 6, "(2,1)c/6 oblique"}, {-8, -8, 96, "c/12 diagonal"}, {0, -1, 1, "c/1 orthogonal"},
	} {
		if got := velocity(c.dx, c.dy, c.p); got != c.want {
			t.Errorf("velocity(%d, %d, %d) = %q, wanted %q", c.dx, c.dy, c.p, got, c.want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"gun", "gun", 0}, {"gnu", "gun", 1}, {"glidr", "glider", 1}, {"boat", "loaf", 2}} {
		if got := editDistance(c.a, c.b); got != c.want {
			t.Errorf("editDistance(%q, %q) = %d, wanted %d", c.a, c.b, got, c.want)
		}
	}
}

func TestParseIndexErrors(t *testing.T) {
	head := strings.Join(columns, "\t") + "\n"
	line := func(change map[string]string) string {
		f := make([]string, len(columns))
		for i, c := range columns {
			f[i] = map[string]string{"kind": "guns", "name": "x"}[c]
			if v, ok := change[c]; ok {
				f[i] = v
			}
		}
		return strings.Join(f, "\t") + "\n"
	}
	for text, want := range map[string]string{
		"kind\n":      "found columns",
		head + "guns": "1 fields, wanted 18",
		head + line(map[string]string{"kind": "toys"}):    `kind "toys"`,
		head + line(map[string]string{"period": "soon"}):  `period "soon"`,
		head + line(map[string]string{"checks": "3"}):     `check "3"`,
		head + line(map[string]string{"window": "1,2,3"}): `window "1,2,3"`,
	} {
		if _, err := parseIndex(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("parseIndex(%.40q…): %v, wanted %q", text, err, want)
		}
	}
}
