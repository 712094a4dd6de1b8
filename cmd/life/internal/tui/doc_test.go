package tui

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// manual is the page whose tables are made from those of the program.
const manual = "../../VIEWER.md"

// TestManual: the tables of keys and commands in the manual are those of the
// program. With -update it writes them.
func TestManual(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	want := replaceBlock(t, text, "keys", keyRows(slices.Concat(actions(), machineActions())))
	want = replaceBlock(t, want, "commands", commandRows(makeCommands()))
	if want == text {
		return
	}
	if !*update {
		t.Fatalf("%s is not up to date: go test ./cmd/life/internal/tui -run TestManual -update", manual)
	}
	if err := os.WriteFile(manual, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replaceBlock replaces what is between two comments.
func replaceBlock(t *testing.T, text, name, rows string) string {
	t.Helper()
	from, to := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->\n"
	head, rest, ok := strings.Cut(text, from)
	_, tail, end := strings.Cut(rest, to)
	if !ok || !end {
		t.Fatalf("%s lacks %s", manual, from)
	}
	return head + from + rows + to + tail
}

func code(s string) string { return "`" + strings.ReplaceAll(s, "|", `\|`) + "`" }

func keyRows(list []action) string {
	var b strings.Builder
	b.WriteString("| keys | what they do |\n|---|---|\n")
	last := ""
	for _, a := range list {
		if a.group != last {
			last = a.group
			fmt.Fprintf(&b, "| **%s** | |\n", a.group)
		}
		var keys []string
		for k := range strings.FieldsSeq(a.keys) {
			keys = append(keys, code(k))
		}
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(keys, " "), a.help)
	}
	return b.String()
}

func commandRows(list []command) string {
	var b strings.Builder
	b.WriteString("| command | what it does |\n|---|---|\n")
	last := ""
	for _, c := range list {
		if c.group != last {
			last = c.group
			fmt.Fprintf(&b, "| **%s** | |\n", c.group)
		}
		fmt.Fprintf(&b, "| %s | %s |\n", code(strings.TrimSpace(c.name+" "+c.args)), strings.ReplaceAll(c.help, "|", `\|`))
	}
	return b.String()
}
