package format_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"golife/life"
	"golife/life/format"
	"golife/life/rule"
)

// archive returns a zip archive of files: names and what is in them in turn. A name
// that ends in / is a folder.
func archive(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = io.WriteString(w, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// zstded returns s packed with zstd.
func zstded(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b)
	if err == nil {
		_, err = io.WriteString(z, s)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPacked(t *testing.T) {
	t.Parallel()
	one := archive(t, "__MACOSX/._a.rle", gliderRLE, "readme.txt", "hello", "dir/", "", "dir/a.mc", gliderMC, "x.rule", "@RULE x")
	for _, tt := range []struct{ in, info, member string }{
		{zstded(t, gliderRLE), "rle.zst", ""},
		{zipped(t, zstded(t, gliderMC)), "macrocell.zst.gz", ""},
		{one, "macrocell.zip", "dir/a.mc"},
		{zipped(t, one), "macrocell.zip.gz", "dir/a.mc"},
		{archive(t, "a.rle.gz", zipped(t, gliderRLE)), "rle.gz.zip", "a.rle.gz"},
	} {
		p, info, err := format.Read(strings.NewReader(tt.in))
		if err != nil || info.String() != tt.info || info.Member != tt.member || p.Population().Int64() != 5 {
			t.Errorf("%s: got %v from %q, error %v", tt.info, info, info.Member, err)
		}
	}
}

func TestMember(t *testing.T) {
	t.Parallel()
	many := archive(t, "a/x.rle", gliderRLE, "b/x.rle", gliderRLE, "b/y.mc", gliderMC, "readme.txt", "hello")
	for member, want := range map[string]string{"a/x.rle": "a/x.rle", "y.mc": "b/y.mc", "b/y.mc": "b/y.mc"} {
		if _, info, err := format.Read(strings.NewReader(many), format.WithMember(member)); err != nil || info.Member != want {
			t.Errorf("%s: got %v, error %v", member, info, err)
		}
	}
	for _, tt := range []struct {
		in, member, want string
		members          int
	}{
		{many, "", "found a zip archive of 3 patterns, want the name of one: a/x.rle, b/x.rle, b/y.mc", 3},
		{many, "x.rle", "found 2 files of the name x.rle in the zip archive, want one: a/x.rle, b/x.rle", 2},
		{many, "z.rle", "found no z.rle in the zip archive, want one of the patterns in it: a/x.rle, b/x.rle, b/y.mc", 3},
		{archive(t, "readme.txt", "hello"), "", "found a zip archive of 1 files without a pattern, want one", 0},
		{archive(t), "", "found a zip archive of 0 files without a pattern, want one", 0},
	} {
		_, _, err := format.Read(strings.NewReader(tt.in), format.WithMember(tt.member))
		var a *format.ArchiveError
		if !errors.As(err, &a) || err.Error() != tt.want || len(a.Members) != tt.members {
			t.Errorf("%q: got %v, want %s", tt.member, err, tt.want)
		}
	}
	for _, tt := range []struct{ in, member, want string }{
		{many, "readme.txt", `readme.txt in the archive: found text that begins with "hello"` + wanted},
		{gliderRLE, "x.rle", "found no zip archive, want one with the file x.rle in it"},
		{archive(t, "a.zip", many), "a.zip", "a.zip in the archive: found a zip archive; unpack it first" + wanted},
	} {
		if _, _, err := format.Read(strings.NewReader(tt.in), format.WithMember(tt.member)); err == nil || err.Error() != tt.want {
			t.Errorf("%q: got %v, want %s", tt.member, err, tt.want)
		}
	}
}

// TestCut cuts packed files short: that is an error wherever it is.
func TestCut(t *testing.T) {
	t.Parallel()
	text := gliderRLE + strings.Repeat("text behind the cells\n", 300)
	for name, in := range map[string]string{"gz": zipped(t, text), "zst": zstded(t, text), "zip": archive(t, "a.rle", text)} {
		for n := 4; n < len(in); n++ {
			if p, _, err := format.Read(strings.NewReader(in[:n])); err == nil {
				t.Fatalf("%s: %d of %d bytes are read as %v", name, n, len(in), p)
			}
		}
	}
}

// TestPackedMemory reads packed files that are small for what is in them, or claim
// to be.
func TestPackedMemory(t *testing.T) {
	const mib = 1 << 20
	dead := "x = 1, y = 1\n" + strings.Repeat("b", 4*mib) + "o!"
	var members []string
	for i := range 200 {
		members = append(members, strings.Repeat("d/", i)+"a.txt", "hello")
	}
	for name, tt := range map[string]struct {
		in    string
		limit uint64
	}{
		"gz of 4 MiB":           {zipped(t, dead), 2 * mib},
		"zst of 4 MiB":          {zstded(t, dead), 40 * mib},
		"zip of 4 MiB":          {archive(t, "a.rle", dead), 2 * mib},
		"zst with a window":     {"\x28\xB5\x2F\xFD\x00\x78\x01\x00\x00", 40 * mib},
		"zst with a larger one": {"\x28\xB5\x2F\xFD\x00\x88\x01\x00\x00", 2 * mib},
		"zst of one segment":    {"\x28\xB5\x2F\xFD\xE0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F\x01\x00\x00", 2 * mib},
		"zip of many files":     {archive(t, members...), 20 * mib},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err := format.Read(strings.NewReader(tt.in))
		runtime.ReadMemStats(&after)
		got := after.TotalAlloc - before.TotalAlloc
		t.Logf("%s: %d bytes allocated for %d of input, %v", name, got, len(tt.in), err)
		if got > tt.limit {
			t.Errorf("%s: %d bytes allocated for %d of input, want at most %d", name, got, len(tt.in), tt.limit)
		}
	}
}

func TestLoss(t *testing.T) {
	t.Parallel()
	p, _, err := format.Read(strings.NewReader("#N Glider\n#CXRLE Pos=3,4 Gen=5\nx = 3, y = 3, rule = B36/S23\nbo$2bo$3o!"))
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range map[string][]string{
		".rle": nil, ".mc.gz": nil, ".cells": nil, ".lif": {"generation 5"}, "a.life.zst": {"generation 5"},
		".apg": {"rule B36/S23", "generation 5", "position 3,4", "1 lines of comments"}, ".png": nil,
	} {
		if got := format.Loss(x, p); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", x, got, want)
		}
	}
	if got := format.Loss(".apg", life.NewBuilder(rule.MustParse("B3/S23")).Pattern()); got != nil {
		t.Errorf("nothing: got %q", got)
	}
}

func TestExtensionFor(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"rle": ".rle", ".mc": ".mc", "macrocell": ".mc", "MC.GZ": ".mc.gz", "life106": ".life", "plaintext.zst": ".cells.zst", "lif": ".lif",
		"png": "", "": "", "gz": "", "a.rle": "",
	} {
		got, err := format.ExtensionFor(word)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("ExtensionFor(%q) is %q, %v; want %q", word, got, err, want)
		}
	}
}

// TestDescribe holds the descriptions to what the formats do.
func TestDescribe(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, d := range format.Describe() {
		if d.Title == "" || d.Sign == "" || d.Size == "" || len(d.Extensions) == 0 || d.States < 2 {
			t.Errorf("%s: the description has gaps: %+v", d.Name, d)
		}
		if !d.IsWritten || d.Name == format.Apgcode {
			continue
		}
		rs := map[int]string{2: "B36/S23", 256: "2/3/256"}[d.States]
		b := life.NewBuilder(rule.MustParse(rs))
		for range 50 {
			b.Set(rnd.Int64N(40)-20, rnd.Int64N(40)+5, life.State(1+rnd.IntN(d.States-1)))
		}
		b.Set(-20, 3, 1)
		b.AddComment(life.Comment{Key: 'C', Text: "hello"})
		p := b.Pattern()
		for _, packing := range append(format.Packings(), "") {
			var file bytes.Buffer
			if err := format.Write(&file, d.Extensions[0]+packing, p); err != nil {
				t.Errorf("%s: %v", d.Name, err)
				continue
			}
			q, info, err := format.Read(&file, format.WithStrict())
			if err != nil || info.Format != d.Name || info.Packing != packing {
				t.Errorf("%s: got %v, error %v", d.Name, info, err)
				continue
			}
			if q.SameCells(p) != d.HasPosition || q.Rule().Equal(p.Rule()) != d.HasRule || slices.Equal(q.Comments(), p.Comments()) != d.HasComments {
				t.Errorf("%s: what comes back is not what the description says", d.Name)
			}
		}
	}
}

// TestDocTable holds the table in the package documentation to Describe.
func TestDocTable(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range format.Describe() {
		holds := []string{}
		for _, x := range []struct {
			name string
			has  bool
		}{{"rule", d.HasRule}, {"position", d.HasPosition}, {"generation", d.HasGeneration}, {"comments", d.HasComments}} {
			if x.has {
				holds = append(holds, x.name)
			}
		}
		what := map[int]string{0: "nothing", 4: "all"}[len(holds)]
		if what == "" {
			what = strings.Join(holds, ", ")
		}
		want := fmt.Sprintf("// %s %s %s %d %s %s", d.Name, d.Extensions[0], map[bool]string{true: "yes", false: "no"}[d.IsWritten], d.States, what, d.Size)
		isFound := false
		for line := range strings.Lines(string(doc)) {
			isFound = isFound || strings.Join(strings.Fields(line), " ") == want
		}
		if !isFound {
			t.Errorf("doc.go has no row %q", want)
		}
	}
}
