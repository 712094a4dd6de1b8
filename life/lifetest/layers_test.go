package lifetest_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path of the main module.
const module = "golife"

// engines are the packages under life/ that hold an engine.
var engines = []string{"naive", "dense", "tile", "hashlife", "multistate", "wide"}

// maxDirect bounds the direct dependencies of the main module.
const maxDirect = 8

// edge is one import: a package of this module, as a path from its root, and
// the import path it names.
type edge struct {
	from, to string
	isTest   bool // in a _test.go file
}

// forbidden returns why an edge must not be, or "". The rules are those of the
// cut in the design: (a) to (d), and a few that follow from them.
func forbidden(e edge) string {
	to, isOurs := strings.CutPrefix(e.to, module+"/")
	isStd := !isOurs && !strings.Contains(strings.Split(e.to, "/")[0], ".")
	switch {
	case isUnder(e.to, "github.com/gdamore/tcell") && !isUnder(e.from, "cmd/life/internal/tui"):
		return "tcell belongs to cmd/life/internal/tui"
	case isUnder(e.to, "github.com/spf13/pflag") && !isUnder(e.from, "cmd"):
		return "pflag belongs under cmd"
	case isOurs && isUnder(to, "cmd") && !isUnder(e.from, "cmd"):
		return "the library must not import the command"
	case e.isTest:
		return forbiddenInTest(e.from, to)
	case e.to == "testing" && e.from != "life/lifetest":
		return "only tests and life/lifetest import testing"
	case isOurs && to == "life/lifetest":
		return "only tests import life/lifetest"
	case isOurs && isEngine(to) && e.from != "life/engine" && !isOracle(e.from, to):
		return "only life/engine imports engines"
	case e.from == "life/rule" && !isStd:
		return "life/rule imports only the standard library"
	case e.from == "life" && !isStd && to != "life/rule":
		return "life imports only the standard library and life/rule"
	case isUnder(e.from, "life/internal") && isOurs && !isUnder(to, "life/internal") && to != "life/rule":
		return "internal packages import only life/rule and each other"
	case isEngine(e.from) && isOurs && !isVocabulary(to):
		return "an engine imports the vocabulary and life/internal"
	case e.from == "rle" && !isStd && to != "life" && to != "life/rule":
		return "rle imports life only"
	}
	return ""
}

// forbiddenInTest is for test files: they may import what they test with, but
// an engine's tests know no other engine than the oracle.
func forbiddenInTest(from, to string) string {
	isFree := from == "life/engine" || from == "life/lifetest" || isUnder(from, "cmd") || isUnder(from, "bench")
	if isEngine(to) && to != from && to != "life/naive" && !isFree {
		return "the tests of one engine must not import another"
	}
	return ""
}

// isUnder reports whether a package is dir or below it.
func isUnder(pkg, dir string) bool { return pkg == dir || strings.HasPrefix(pkg, dir+"/") }

// isEngine reports whether a package holds an engine.
func isEngine(pkg string) bool {
	name, ok := strings.CutPrefix(pkg, "life/")
	return ok && slices.Contains(engines, name)
}

// isOracle reports whether an edge is the suite's to its oracle.
func isOracle(from, to string) bool { return from == "life/lifetest" && to == "life/naive" }

// isVocabulary reports whether engines may import a package of this module.
func isVocabulary(pkg string) bool {
	return pkg == "life" || isUnder(pkg, "life/rule") || pkg == "life/topology" || isUnder(pkg, "life/internal")
}

func TestForbidden(t *testing.T) {
	const tcell, pflag = "github.com/gdamore/tcell/v2", "github.com/spf13/pflag"
	for _, tt := range []struct {
		edge
		isBad bool
	}{
		{edge{"life", "math/big", false}, false},
		{edge{"life", "golife/life/rule", false}, false},
		{edge{"life", "golife/life/internal/kernel", false}, true},
		{edge{"life", "golang.org/x/sys/cpu", false}, true},
		{edge{"life/rule", "strings", false}, false},
		{edge{"life/rule", "golife/life", false}, true},
		{edge{"life/rule", "golife/life", true}, false},
		{edge{"life/hashlife", "golife/life/tile", false}, true},
		{edge{"life/hashlife", "golife/life/naive", false}, true},
		{edge{"life/hashlife", "golife/life/naive", true}, false},
		{edge{"life/hashlife", "golife/life/tile", true}, true},
		{edge{"life/hashlife", "golife/life/lifetest", true}, false},
		{edge{"life/hashlife", "golife/life/lifetest", false}, true},
		{edge{"life/hashlife", "golife/life/internal/kernel", false}, false},
		{edge{"life/hashlife", "golife/life", false}, false},
		{edge{"life/hashlife", "golang.org/x/sys/unix", false}, false},
		{edge{"life/hashlife", "golife/rle", false}, true},
		{edge{"life/hashlife", "golife/rle", true}, false},
		{edge{"life/hashlife", "golife/life/engine", false}, true},
		{edge{"life/hashlife", "testing", false}, true},
		{edge{"life/engine", "golife/life/tile", false}, false},
		{edge{"life/view", "golife/life/tile", false}, true},
		{edge{"life/view", tcell, false}, true},
		{edge{"cmd/life/internal/tui", tcell, false}, false},
		{edge{"cmd/life/internal/tui", tcell, true}, false},
		{edge{"cmd/life/internal/cli", tcell, false}, true},
		{edge{"cmd/life/internal/cli", pflag, false}, false},
		{edge{"cmd/life/internal/cli", "golife/life/tile", false}, true},
		{edge{"life/batch", pflag, true}, true},
		{edge{"life/batch", "golife/cmd/life/internal/cli", false}, true},
		{edge{"life/lifetest", "golife/life/naive", false}, false},
		{edge{"life/lifetest", "golife/life/tile", false}, true},
		{edge{"life/internal/kernel", "golife/life", false}, true},
		{edge{"rle", "golife/life", false}, false},
		{edge{"rle", "golife/life/engine", false}, true},
	} {
		if why := forbidden(tt.edge); (why != "") != tt.isBad {
			t.Errorf("forbidden(%+v) is %q, want forbidden: %v", tt.edge, why, tt.isBad)
		}
	}
}

// TestLayers lists the imports of all packages of the main module.
func TestLayers(t *testing.T) {
	root := moduleRoot(t)
	edges := imports(t, root)
	packages := map[string]bool{}
	for _, e := range edges {
		packages[e.from] = true
		if why := forbidden(e); why != "" {
			t.Errorf("%s imports %s: %s", e.from, e.to, why)
		}
	}
	if len(packages) < 4 || len(edges) < 50 {
		t.Errorf("found %d packages and %d imports, want more: is %s the root?", len(packages), len(edges), root)
	}
}

// TestDependencies counts the direct dependencies of the main module.
func TestDependencies(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(moduleRoot(t), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	direct := directDependencies(string(text))
	if len(direct) > maxDirect {
		t.Errorf("%d direct dependencies, want at most %d: %v", len(direct), maxDirect, direct)
	}
}

func TestDirectDependencies(t *testing.T) {
	got := directDependencies("module m\n\ngo 1.26\n\nrequire a.b/c v1.0.0\n\nrequire (\n\ta.b/d v1.2.3\n\ta.b/e v0.1.0 // indirect\n)\n\ntool a.b/t\n")
	if want := []string{"a.b/c", "a.b/d"}; !slices.Equal(got, want) {
		t.Errorf("direct dependencies are %v, want %v", got, want)
	}
}

// directDependencies returns the required modules of a go.mod that are not
// marked indirect.
func directDependencies(text string) (direct []string) {
	isBlock := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		rest, isOne := strings.CutPrefix(line, "require ")
		switch {
		case rest == "(" && isOne:
			isBlock = true
			continue
		case line == ")":
			isBlock = false
		case isBlock:
			rest, isOne = line, true
		}
		if fields := strings.Fields(rest); isOne && len(fields) >= 2 && !strings.Contains(rest, "// indirect") {
			direct = append(direct, fields[0])
		}
	}
	return direct
}

// moduleRoot returns the folder of the main module's go.mod.
func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above this package")
		}
	}
}

// imports returns all imports of the module at root, whatever the build
// constraints of their files. Folders that the go command ignores, and nested
// modules, are left out.
func imports(t *testing.T, root string) (edges []edge) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != root && isSkipped(name, d.Name()) {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		for _, s := range f.Imports {
			to, err := strconv.Unquote(s.Path.Value)
			if err != nil {
				return err
			}
			from := path.Dir(filepath.ToSlash(rel))
			edges = append(edges, edge{from, to, strings.HasSuffix(name, "_test.go")})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return edges
}

// isSkipped reports whether a folder is none of the main module's packages.
func isSkipped(name, base string) bool {
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "vendor" {
		return true
	}
	_, err := os.Stat(filepath.Join(name, "go.mod"))
	return err == nil
}
