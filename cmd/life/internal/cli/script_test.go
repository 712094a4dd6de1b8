package cli

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"golife/life"
	"golife/life/turing"
	"golife/patterns"
	"golife/rle"
)

var update = flag.Bool("update", false, "rewrite the expected outputs in testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"life": func() { os.Exit(Main(os.Args[1:])) },
	})
}

// TestScript runs the scripts: one behaviour each.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("LC_ALL", "C.UTF-8")
			e.Setenv("XDG_DATA_DIRS", e.WorkDir) // not the rules of this machine
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": cmdExits,
			"mask":  cmdMask,
			"bytes": cmdBytes,
			"pack":  cmdPack,

			"mask-turing":  cmdMaskTuring,
			"shoot-turing": cmdShootTuring,
		},
	})
}

// cmdExits runs "exits CODE PROGRAM ARGS…" and wants the code. For failures and
// bad usage it also wants nothing on stdout and an error line on stderr.
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	code := 0
	if x := (*exec.ExitError)(nil); errors.As(ts.Exec(args[1], args[2:]...), &x) {
		code = x.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, wanted %s", code, args[0])
	}
	if code != ExitFailed && code != ExitUsage {
		return
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("stdout %q of a request that failed", out)
	}
}

// measured are the parts of a report that are new in each run.
var measured = regexp.MustCompile(`"(seconds|generations_per_second|peak_memory_bytes)":[0-9.e+]+|(?m)(  |^  (?:time|speed) +)[0-9.e+]+(?:[nµm]?s| generations/s)$`)

// measuredCSV are the same in CSV: the fields before the last two.
var measuredCSV = regexp.MustCompile(`(?m)[0-9.]+,[0-9.e+]+,[0-9]+,([0-9]*,[0-9]+)$`)

// cmdMask replaces what is measured: "mask" in stdout, "mask FILE" in a file, "mask csv"
// in a stdout that is a table.
func cmdMask(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 1 && args[0] == "csv" {
		ts.Stdout().Write([]byte(measuredCSV.ReplaceAllString(ts.ReadFile("stdout"), "0,0,0,$1")))
		return
	}
	name := "stdout"
	if len(args) == 1 {
		name = args[0]
	}
	out := measured.ReplaceAllString(ts.ReadFile(name), `"$1":0$2`)
	out = regexp.MustCompile(`(?m)"":0(.*)$`).ReplaceAllString(out, "${1}MEASURED")
	if len(args) == 1 {
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(out), 0o666))
		return
	}
	if _, err := ts.Stdout().Write([]byte(out)); err != nil {
		ts.Fatalf("%v", err)
	}
}

// cmdMaskTuring replaces the time that a Turing machine took in stdout.
func cmdMaskTuring(ts *testscript.TestScript, neg bool, args []string) {
	out := regexp.MustCompile(`(?m), in [0-9.]+[nµm]?s$`).ReplaceAllString(ts.ReadFile("stdout"), ", in MEASURED")
	if _, err := ts.Stdout().Write([]byte(out)); err != nil {
		ts.Fatalf("%v", err)
	}
}

// cmdShootTuring writes a Turing machine as FILE with a glider that flies towards it.
func cmdShootTuring(ts *testscript.TestScript, neg bool, args []string) {
	entry, _ := patterns.Lookup(turing.PatternName)
	p, err := entry.Pattern()
	ts.Check(err)
	b := life.NewBuilder(p.Rule())
	for _, q := range []life.Point{{X: 1, Y: 0}, {X: 2, Y: 1}, {X: 0, Y: 2}, {X: 1, Y: 2}, {X: 2, Y: 2}} {
		b.Set(q.X+300, q.Y-100, 1)
	}
	p, err = p.Union(b.Pattern())
	ts.Check(err)
	var text bytes.Buffer
	ts.Check(rle.Encode(&text, p))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text.Bytes(), 0o666))
}

// cmdBytes writes "bytes FILE TEXT", where TEXT has the escapes of Go strings.
func cmdBytes(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: bytes FILE TEXT")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	if err == nil {
		err = os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666)
	}
	ts.Check(err)
}

// cmdPack makes a zip archive: "pack ARCHIVE FILE…".
func cmdPack(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("usage: pack ARCHIVE FILE…")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(f)
	for _, name := range args[1:] {
		w, err := z.Create(filepath.ToSlash(name))
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(f.Close())
}
