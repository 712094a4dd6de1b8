package bench

import (
	"bytes"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// sampleReport is a report with made-up figures.
func sampleReport() *Report {
	samples := func(walls ...float64) (s []Sample) {
		for _, w := range walls {
			s = append(s, Sample{Wall: w, User: w / 2, Sys: w / 4, Peak: 50 << 20, Allocs: 7, AllocBytes: 1000})
		}
		return s
	}
	row := func(workload, kind, engine string, cold, warm []Sample) Row {
		return Row{
			Workload: workload, Kind: kind, About: "about " + workload, Pattern: "p", Engine: engine, Threads: 1,
			Unit: "generations", Work: big.NewInt(1000), Generations: "1000", Population: big.NewInt(5), Digest: "d",
			Cold: cold, Warm: warm,
		}
	}
	soup := row("soup-1024", "soup", "tile", samples(0.21, 0.2, 0.22, 0.2, 0.23), samples(0.1, 0.101, 0.102, 0.103, 0.104))
	soup.Area, soup.Rule, soup.Side = 1<<20, "B36/S23", 1024
	peer := row("soup-1024", "soup", "bgolly QuickLife", samples(0.42, 0.44, 0.43), nil)
	peer.IsPeer, peer.Area = true, 1<<20
	wrong := row("lidka", "chaos", "hashlife", nil, nil)
	wrong.Refused, wrong.IsWrong, wrong.Work, wrong.Population = "population 7, want 5", true, nil, nil
	far := row("gun", "periodic", "hashlife", samples(0.002), samples(0.0011, 0.0012))
	far.Work, _ = new(big.Int).SetString("1000000000000000000000000000000", 10)
	far.Threads = 2
	return &Report{
		Schema: Schema, Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Seconds: 12.3, Command: "life bench",
		Machine: Machine{CPU: "A Processor", Cores: 2, Caches: []string{"L1 32K"}, Features: []string{"avx2"}, System: "linux/amd64 6.1", Go: "go1.26"},
		Noise:   Noise{Spread: 0.01, Worst: 1.2, LoadBefore: 0.1, LoadAfter: 0.2},
		Rows:    []Row{soup, peer, wrong, far},
		Skipped: []Skip{{"metapixel", "no file"}},
	}
}

// golden compares text with a file in testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestWriteTable(t *testing.T) {
	var b bytes.Buffer
	if err := sampleReport().WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "table.golden", b.String())
}

func TestWriteBenchfmt(t *testing.T) {
	var b bytes.Buffer
	if err := sampleReport().WriteBenchfmt(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "benchfmt.golden", b.String())
	line := regexp.MustCompile(`^Benchmark\S+ 1( [0-9.e+]+ \S+)+$`)
	for l := range strings.Lines(b.String()) {
		if strings.HasPrefix(l, "Benchmark") && !line.MatchString(strings.TrimSuffix(l, "\n")) {
			t.Errorf("not a benchmark line: %s", l)
		}
	}
}

func TestWriteMarkdown(t *testing.T) {
	var b bytes.Buffer
	if err := sampleReport().WriteMarkdown(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "markdown.golden", b.String())
}

func TestReplaceBlock(t *testing.T) {
	const text = "a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nb\n"
	got, err := ReplaceBlock(text, "new\n")
	if want := "a\n<!-- bench:begin -->\nnew\n<!-- bench:end -->\nb\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	for _, bad := range []string{"", "<!-- bench:begin -->", "<!-- bench:end --><!-- bench:begin -->", text + text} {
		if _, err := ReplaceBlock(bad, "x"); err == nil {
			t.Errorf("ReplaceBlock(%q) found its marks", bad)
		}
	}
}

func TestCompare(t *testing.T) {
	before, after := sampleReport(), sampleReport()
	for i := range after.Rows[0].Warm {
		after.Rows[0].Warm[i].Wall /= 2 // clearly faster
	}
	after.Rows[0].Cold[0].Wall *= 1.1 // noise
	after.Rows[3].Workload = "other"
	c, err := Compare(before, after, "wall")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Differences) != 3 {
		t.Fatalf("%d differences, want 3: %+v", len(c.Differences), c.Differences)
	}
	cold, warm := c.Differences[0], c.Differences[1]
	if cold.IsSignificant() || !warm.IsSignificant() || warm.Change() > -0.49 {
		t.Errorf("cold %+v, warm %+v, want noise and -50 %%", cold, warm)
	}
	var b bytes.Buffer
	if err := c.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "compare.golden", b.String())
	if _, err := Compare(before, after, "beauty"); err == nil || !strings.Contains(err.Error(), "want one of wall, cpu") {
		t.Errorf("metric beauty: error %v", err)
	}
}

func TestNumbersForPeople(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{duration(0.00000123), "1.23 µs"},
		{duration(0.0123), "12.3 ms"},
		{duration(1.234), "1.23 s"},
		{duration(123.4), "123 s"},
		{si(1234), "1.23k"},
		{si(12.5e9), "12.5G"},
		{si(999999), "1.00M"},
		{si(5), "5.00"},
		{bar(1, false), ""},
		{bar(1, true), strings.Repeat("█", 10)},
		{bar(0, true), ""},
		{bar(0.5, true), "█████     "},
		{bar(0.0001, true), "▏         "},
		{plusMinus(0.012), "±2%"},
		{memory(50 << 20), "50 MiB"},
		{memory(0), "-"},
		{group(big.NewInt(1234567)), "1,234,567"},
		{group(big.NewInt(12)), "12"},
		{group(nil), "-"},
		{group(new(big.Int).Lsh(big.NewInt(1), 200)), "1.6069e60"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
