package format_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"golife/life"
	"golife/life/format"
	"golife/life/format/macrocell"
	"golife/life/rule"
	"golife/rle"
)

const (
	gliderRLE = "#N Glider\nx = 3, y = 3, rule = B3/S23\nbo$2bo$3o!\n"
	gliderMC  = "[M2] (golly 3.3)\n#R B3/S23\n$$$$$$$.*$\n..*$***$\n4 0 1 0 2\n"
)

// zipped returns s packed with gzip.
func zipped(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const wanted = ", want a pattern in one of the formats: apgcode bmp gif life105 life106 macrocell mcell plaintext png rle"

func TestSniff(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     format.Format
	}{
		{"macrocell", gliderMC, format.Macrocell},
		{"macrocell after blank lines", "\n  \r\n[M2]", format.Macrocell},
		{"macrocell after a byte order mark", "\uFEFF[M2]", format.Macrocell},
		{"RLE with comments", gliderRLE, format.RLE},
		{"RLE header", "x = 3, y = 3", format.RLE},
		{"RLE header without blanks", "x=3,y=3", format.RLE},
		{"RLE header, indented", "  X = 3", format.RLE},
		{"RLE with #P", "#P -1 -1\nx = 1, y = 1\no!", format.RLE},
		{"RLE with #CXRLE", "#CXRLE Pos=1,1\n", format.RLE},
		{"comment that looks like Life 1.05", "#LLAB\nx = 1", format.RLE},
		{"RLE without a header", "bo$2bo$3o!", format.RLE},
		{"RLE without a header, spread", " 3o \n $ 3o\n! any text", format.RLE},
		{"only an end", "!", format.Plaintext},
		{"plaintext without a comment", ".O.\n..O\nOOO", format.Plaintext},
		{"only live rows", "OOO\n", ""},
		{"dblife", "!\n3.2O\n", format.Plaintext},
		{"plaintext", "!Name: Glider\n.O\n", format.Plaintext},
		{"Life 1.05", "#Life 1.05\n", format.Life105},
		{"Life 1.05 of some kind", "#Lif\n", format.Life105},
		{"Life 1.05 without a title", "#N\n#P -1 -1\n.*\n", format.Life105},
		{"Life 1.06", "\r\n#Life 1.06\n0 0\n", format.Life106},
		{"MCell", "#MCell 4.00\n", format.MCell},
		{"apgcode", "xq4_153", format.Apgcode},
		{"apgcode of several states", "xp2_7_3\n", format.Apgcode},
		{"apgcode with a rule", "xp2_7/b36s23", format.Apgcode},
		{"address of an object", "https://catagolue.hatsya.com/object/xq4_153/b3s23\n", format.Apgcode},
		{"another address", "https://catagolue.hatsya.com/census/b3s23_x\n", ""},
		{"nearly an apgcode", "xq4_153!", ""},
		{"PNG", "\x89PNG\r\n\x1A\n\x00", format.PNG},
		{"GIF", "GIF89a", format.GIF},
		{"BMP", "BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28", format.BMP},
		{"text that begins with BM", "BM: more than that, much more", ""},
		{"Latin-1 comment", "#O Ren\xE9\nx = 1", format.RLE},
	}
	for _, tt := range tests {
		got, err := format.Sniff([]byte(tt.in))
		if got != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%s: got %q, error %v; want %q", tt.name, got, err, tt.want)
		}
	}
}

// refusals are beginnings of files and why they are no patterns.
var refusals = []struct{ name, in, want string }{
	{"nothing", "", "found nothing" + wanted},
	{"blank lines", " \r\n\t\n", "found nothing" + wanted},
	{"bzip2", "BZh91AY", "found a bzip2 file; unpack it first" + wanted},
	{"xz", "\xFD7zXZ\x00", "found an xz file; unpack it first" + wanted},
	{"7-zip", "7z\xBC\xAF\x27\x1C", "found a 7-zip archive; unpack it first" + wanted},
	{"JPEG", "\xFF\xD8\xFF\xE0", "found a JPEG image" + wanted},
	{"PDF", "%PDF-1.4", "found a PDF document" + wanted},
	{"HTML", "<!DOCTYPE html>", "found markup such as HTML" + wanted},
	{"UTF-16", "\xFF\xFEx\x00", "found UTF-16 text, want ASCII or UTF-8"},
	{"NUL", "#C a\x00b", "found binary data" + wanted},
	{"rule file", "@RULE Foo", "found a .rule file, want a pattern"},
	{"text", "hello\nworld", `found text that begins with "hello"` + wanted},
	{"long text", strings.Repeat("hello ", 10), `found text that begins with "hello hello hello hello hello "…` + wanted},
	{"letters", "boo", `found text that begins with "boo"` + wanted},
	{"word that begins with x", "xA$", `found text that begins with "xA$"` + wanted},
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range refusals {
		_, err := format.Sniff([]byte(tt.in))
		if fmt.Sprint(err) != tt.want || !errors.Is(err, format.ErrFormat) {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
		for _, in := range []string{tt.in, zipped(t, tt.in)} {
			p, _, err := format.Read(strings.NewReader(in))
			if p != nil || fmt.Sprint(err) != tt.want || !errors.Is(err, format.ErrFormat) {
				t.Errorf("%s: read %v, error %v, want %s", tt.name, p, err, tt.want)
			}
		}
	}
	_, _, err := format.Read(strings.NewReader(zipped(t, zipped(t, gliderRLE))))
	if want := "found gzip inside gzip; unpack it first" + wanted; fmt.Sprint(err) != want {
		t.Errorf("gzip twice: got %v, want %s", err, want)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, info string }{
		{gliderRLE, "rle"}, {zipped(t, gliderRLE), "rle.gz"}, {gliderMC, "macrocell"}, {zipped(t, gliderMC), "macrocell.gz"},
		{"\uFEFF\n" + gliderMC, "macrocell"}, {"\uFEFF\n" + gliderRLE, "rle"}, {"bo$2bo$3o!", "rle"},
	} {
		for _, r := range []io.Reader{strings.NewReader(tt.in), iotest.OneByteReader(strings.NewReader(tt.in)), iotest.DataErrReader(strings.NewReader(tt.in))} {
			p, info, err := format.Read(r)
			if err != nil || info.String() != tt.info {
				t.Fatalf("%q: got %v, error %v; want %s", tt.in, info, err, tt.info)
			}
			var body strings.Builder
			if err := rle.WriteBody(&body, p); err != nil || body.String() != "bo$2bo$3o!" {
				t.Errorf("%q: got %s, error %v", tt.in, body.String(), err)
			}
		}
	}
}

// TestReadOptions passes every option to every codec.
func TestReadOptions(t *testing.T) {
	t.Parallel()
	day := rule.MustParse("B3678/S34678")
	for name, in := range map[string]string{
		"rle":       "x = 3, y = 1, rule = Foo bar\n3o!",
		"macrocell": "[M2]\n#R Foo bar\n***$\n4 0 0 0 1\n",
	} {
		at := map[string]string{"rle": "line 1 col 25", "macrocell": "line 2 col 7"}[name]
		var warnings []string
		warn := format.WithWarnings(func(w format.Warning) { warnings = append(warnings, w.String()) })
		var asked string
		parse := format.WithRuleParser(func(s string) (*rule.Rule, error) { asked = s; return day, nil })
		p, _, err := format.Read(strings.NewReader(in), warn, parse)
		if err != nil || !p.Rule().Equal(day) || asked != "Foo bar" || p.Population().Int64() != 3 {
			t.Errorf("%s: got %v, error %v, asked for rule %q", name, p, err, asked)
		}
		if want := []string{at + ": blank inside the rule, where other programs cut it"}; !cmp.Equal(warnings, want) {
			t.Errorf("%s: got warnings %q, want %q", name, warnings, want)
		}
		_, info, err := format.Read(strings.NewReader(in), format.WithStrict(), parse)
		var s *format.SyntaxError
		if !errors.As(err, &s) || string(s.Format) != name || s.Line != map[string]int{"rle": 1, "macrocell": 2}[name] || string(info.Format) != name {
			t.Errorf("%s: strict: got %#v", name, err)
		}
		p, _, err = format.Read(strings.NewReader("\n"+in), format.WithRule(day))
		if err != nil || !p.Rule().Equal(day) {
			t.Errorf("%s: got %v, error %v", name, p, err)
		}
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	bad := errors.New("disk on fire")
	long := gliderRLE + strings.Repeat("#\n", 10_000)
	cut := zipped(t, gliderMC)
	for _, tt := range []struct {
		name string
		in   io.Reader
		want string
		is   error
	}{
		{"rle", strings.NewReader("x = 3, y = 3\n99999999999999999999o!"), "rle: line 2 col 19: run count overflows int64", life.ErrOutOfRange},
		{"macrocell", strings.NewReader("[M2]\n1 7 0 0 0\n"), "macrocell: line 2 col 3: state 7 under rule B3/S23, want 0 to 1", life.ErrState},
		{"no input", iotest.ErrReader(bad), "read: disk on fire", bad},
		{"early", io.MultiReader(strings.NewReader(gliderMC), iotest.ErrReader(bad)), "read: disk on fire", bad},
		{"late", io.MultiReader(strings.NewReader("[M2]\n"+strings.Repeat("*$\n", 5000)), iotest.ErrReader(bad)), "macrocell: line 5002: read: disk on fire", bad},
		{"late in RLE", io.MultiReader(strings.NewReader(long), iotest.ErrReader(bad)), "rle: line 10004: read: disk on fire", bad},
		{"cut", strings.NewReader(cut[:len(cut)-9]), "read: input is cut short: unexpected EOF", io.ErrUnexpectedEOF},
		{"cut header", strings.NewReader(cut[:5]), "gzip header: input is cut short: unexpected EOF", io.ErrUnexpectedEOF},
		{"no gzip", strings.NewReader("\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x00\x00"), "gzip header: gzip: invalid header", gzip.ErrHeader},
		{"checksum", strings.NewReader(cut[:len(cut)-8] + "12345678"), "read: gzip: invalid checksum", gzip.ErrChecksum},
	} {
		p, _, err := format.Read(tt.in)
		if p != nil || fmt.Sprint(err) != tt.want || !errors.Is(err, tt.is) {
			t.Errorf("%s: got %v, %v; want %s", tt.name, p, err, tt.want)
		}
	}
	_, _, err := format.Read(strings.NewReader("[M2]\n1\n"))
	var own *macrocell.SyntaxError
	if !errors.As(err, &own) || own.Line != 2 {
		t.Errorf("got %#v, want it to wrap a *macrocell.SyntaxError", err)
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	p, _, err := format.Read(strings.NewReader(gliderMC))
	if err != nil {
		t.Fatal(err)
	}
	for name, info := range map[string]string{
		"a.rle": "rle", "a.b.RLE": "rle", "dir.mc/a.rle.gz": "rle.gz", "a.mc": "macrocell", "A.MC.GZ": "macrocell.gz", ".rle": "rle", ".mc.gz": "macrocell.gz",
	} {
		var a, b bytes.Buffer
		if err := errors.Join(format.Write(&a, name, p), format.Write(&b, name, p)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: two times the same pattern, and different bytes", name)
		}
		q, got, err := format.Read(&a)
		if err != nil || got.String() != info || !q.Equal(p) {
			t.Errorf("%s: got %v, %v, error %v; want %s", name, q, got, err, info)
		}
	}
}

// TestWriteGolden fixes the bytes of the gzip header: no name, no time.
func TestWriteGolden(t *testing.T) {
	t.Parallel()
	p, _, err := format.Read(strings.NewReader(gliderMC))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := format.Write(&b, "x.mc.gz", p); err != nil {
		t.Fatal(err)
	}
	if got, want := b.Bytes()[:10], []byte{0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255}; !bytes.Equal(got, want) {
		t.Errorf("got header % x, want % x", got, want)
	}
}

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(0, 0, 1)
	b.Set(1<<40, 0, 1)
	p := b.Pattern()
	full := errors.New("disk full")
	const known = ", want one of .apg .cells .lif .life .mc .rle, each also with .gz or .zst"
	for _, tt := range []struct {
		name string
		w    io.Writer
		want string
		is   error
	}{
		{"a.png", io.Discard, `unknown extension in "a.png"` + known, format.ErrExtension},
		{"a.gz", io.Discard, `unknown extension in "a.gz"` + known, format.ErrExtension},
		{"", io.Discard, `unknown extension in ""` + known, format.ErrExtension},
		{"a.cells", io.Discard, "plaintext: the file would have more than 2^32 bytes; macrocell can hold it: coordinates out of range", life.ErrOutOfRange},
		{"a.apg", io.Discard, "apgcode: pattern of 1099511627777 by 1, want (width+2)·(height+2) of at most 40000; rle can hold it: coordinates out of range", life.ErrOutOfRange},
		{"a.rle", io.Discard, "rle: pattern of 1099511627777 by 1 at 0,0, want within ±1000000000; macrocell can hold it: coordinates out of range", life.ErrOutOfRange},
		{"a.rle.gz", io.Discard, "rle: pattern of 1099511627777 by 1 at 0,0, want within ±1000000000; macrocell can hold it: coordinates out of range", life.ErrOutOfRange},
		{"a.mc", failing{full}, "disk full", full},
		{"a.mc.gz", failing{full}, "disk full", full},
	} {
		if err := format.Write(tt.w, tt.name, p); fmt.Sprint(err) != tt.want || !errors.Is(err, tt.is) {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
}

// failing is a writer without room.
type failing struct{ err error }

func (w failing) Write([]byte) (int, error) { return 0, w.err }

func TestNames(t *testing.T) {
	t.Parallel()
	if got, want := format.Names(), []string{"apgcode", "bmp", "gif", "life105", "life106", "macrocell", "mcell", "plaintext", "png", "rle"}; !cmp.Equal(got, want) {
		t.Errorf("got names %q, want %q", got, want)
	}
	if got, want := format.Extensions(), []string{".apg", ".cells", ".lif", ".life", ".mc", ".rle"}; !cmp.Equal(got, want) {
		t.Errorf("got extensions %q, want %q", got, want)
	}
	for name, want := range map[string]string{"run.7.MC.gz": ".MC.gz", "a.rle": ".rle", "a.mc": ".mc", "mc": "", ".gz": "", "a.mcl": ""} {
		got, err := format.Extension(name)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("Extension(%q) is %q, %v; want %q", name, got, err, want)
		}
	}
}
