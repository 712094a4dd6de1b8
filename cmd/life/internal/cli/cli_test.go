package cli

import (
	"bufio"
	"bytes"
	"context"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golife/life"
	"golife/life/rule"
	"golife/patterns"
	"golife/rle"
)

// TestTable checks the command table: names, help and completion are complete.
func TestTable(t *testing.T) {
	t.Parallel()
	table := commands()
	scripts := map[string]string{"bash": bashScript(table), "zsh": zshScript(table), "fish": fishScript(table)}
	for _, l := range leaves(table) {
		if l.short == "" || strings.HasSuffix(l.short, ".") {
			t.Errorf("%s: short help %q", l.path(), l.short)
		}
		for _, x := range l.examples {
			if !strings.Contains(x, "life ") || !strings.Contains(x, "  ") {
				t.Errorf("%s: example %q", l.path(), x)
			}
		}
		for i, line := range strings.Split(l.help(), "\n") {
			if n := len([]rune(line)); n > 82 {
				t.Errorf("%s: line %d of the help has %d columns", l.path(), i+1, n)
			}
		}
		for _, f := range l.flags {
			for shell, script := range scripts {
				if !strings.Contains(script, f.Name) {
					t.Errorf("%s completion lacks --%s", shell, f.Name)
				}
			}
		}
	}
}

// TestNames checks that the names in the help are in the library.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{firstPattern, "r-pentomino", "glider"} {
		if _, ok := patterns.Lookup(name); !ok {
			t.Errorf("%s is in the help, but not in the library", name)
		}
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	words := []string{"run", "view", "info", "patterns", "help", "version", "completion"}
	for _, tt := range []struct{ in, want string }{
		{"rnu", "run"},
		{"RUN", "run"},
		{"veiw", "view"},
		{"pattern", "patterns"},
		{"comp", "completion"},
		{"ver", "version"},
		{"xyzzy", ""},
		{"", ""},
		{"r", ""},
	} {
		if got := strings.Join(suggest(tt.in, words), " "); got != tt.want {
			t.Errorf("suggest(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := suggest("aa", []string{"ab", "ac", "aa", "ad"}); !slices.Equal(got, []string{"aa", "ab", "ac"}) {
		t.Errorf("suggest does not put the nearest first: %v", got)
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "acb", 1},
		{"kitten", "sitting", 3}, {"ca", "abc", 3},
	} {
		if got := distance(tt.a, tt.b); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestWorse(t *testing.T) {
	t.Parallel()
	order := []int{ExitDone, ExitMismatch, ExitFailed, ExitUsage, ExitInterrupted}
	for i, a := range order {
		for j, b := range order {
			if got := worse(a, b); got != order[max(i, j)] {
				t.Errorf("worse(%d, %d) = %d", a, b, got)
			}
		}
	}
}

// glider returns a pattern to save.
func glider(t *testing.T) *life.Pattern {
	t.Helper()
	p, err := rle.Decode(strings.NewReader("x = 3, y = 3, rule = B3/S23\nbob$2bo$3o!"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestSave checks what a file that is replaced keeps: its permissions, and the
// links that lead to it.
func TestSave(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, link := filepath.Join(dir, "a.rle"), filepath.Join(dir, "b.rle")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	e := &env{}
	if err := e.save(link, glider(t)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != os.ModeSymlink {
		t.Errorf("the link is gone: %v, %v", info.Mode(), err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if data, err := os.ReadFile(file); err != nil || !bytes.Contains(data, []byte("bo$2bo$3o!")) {
		t.Errorf("content %q, %v", data, err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 2 {
		t.Errorf("files %v, %v; want two", files, err)
	}
}

// TestSaveFails checks that a pattern that cannot be written leaves the old file
// and nothing else.
func TestSaveFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "a.rle")
	if err := os.WriteFile(file, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	far := new(big.Int).Lsh(big.NewInt(1), 70)
	tall, err := glider(t).Union(glider(t).Translate(far, far))
	if err != nil {
		t.Fatal(err)
	}
	if err := (&env{}).save(file, tall); err == nil || !strings.HasPrefix(err.Error(), file+": ") {
		t.Errorf("error %v, want one that names the file", err)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "old" {
		t.Errorf("the old file holds %q, %v", data, err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("files %v, %v; want one", files, err)
	}
}

func TestPicture(t *testing.T) {
	t.Parallel()
	if got, want := picture(glider(t), true), "  .O.\n  ..O\n  OOO\n"; got != want {
		t.Errorf("letters:\n%s", got)
	}
	if got, want := picture(glider(t), false), "   ▀▄\n  ▀▀▀\n"; got != want {
		t.Errorf("blocks:\n%s", got)
	}
	b := life.NewBuilder(rule.MustParse("/2/30"))
	b.Set(0, 0, 1)
	b.Set(1, 0, 24)
	b.Set(3, 0, 25)
	if got, want := picture(b.Pattern(), false), "  AX.#\n"; got != want {
		t.Errorf("states: %q, want %q", got, want)
	}
	b = life.NewBuilder(rule.MustParse("B3/S23"))
	if got := picture(b.Pattern(), false); got != "" {
		t.Errorf("empty: %q", got)
	}
	b = life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(0, 0, 1)
	b.Set(pictureWidth, 0, 1)
	if got := picture(b.Pattern(), false); got != "" {
		t.Errorf("too wide: %q", got)
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"0", "0"},
		{"123456789012345678901234567890", "123456789012345678901234567890"},
		{"1e50", "about 1e50"},
		{"12345678e50", "about 1.234568e57"},
	} {
		n, err := parseCount(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := short(n); got != tt.want {
			t.Errorf("short(%s) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// failingWriter is a full disk.
type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestOutputFails checks that a report that cannot be written is a failure.
func TestOutputFails(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	e := &env{stdin: strings.NewReader("x = 1, y = 1\no!"), stdout: bufio.NewWriter(failingWriter{}), stderr: &stderr}
	if code := e.main(context.Background(), []string{"run", "-", "-g", "1"}); code != ExitFailed {
		t.Errorf("exit code %d, want %d", code, ExitFailed)
	}
	if stderr.Len() == 0 {
		t.Error("nothing on stderr")
	}
}
