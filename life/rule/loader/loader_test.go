package loader_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golife/life/rule"
	"golife/life/rule/loader"
)

const (
	head  = "@RULE X\n@TABLE\nn_states:3\nneighborhood:vonNeumann\nsymmetries:rotate4\n"
	trunk = "@RULE X\n@TREE\nnum_states=2\nnum_neighbors=4\nnum_nodes=5\n"
	copyC = trunk + "1 0 1\n2 0 0\n3 1 1\n4 2 2\n5 3 3\n"
)

// TestErrors wants the line of what is wrong, what was found and what was wanted.
func TestErrors(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"empty":              {"", `X.rule:1: found nothing, want @RULE NAME`},
		"no rule":            {"\nB3/S23\n", `X.rule:2: found "B3/S23", want @RULE NAME`},
		"other section":      {"@TABLE\n", `X.rule:1: found "@TABLE", want @RULE NAME`},
		"text before":        {"hello\n@RULE X\n", `X.rule:1: found "hello", want @RULE NAME`},
		"no name":            {"@RULE\n", `X.rule:1: found the name "", want one without blanks and colons`},
		"blank in name":      {"@RULE a b\n", `X.rule:1: found the name "a b", want one without blanks and colons`},
		"no table":           {"@RULE X\n@COLORS\n1 2 3 4\n", `X.rule: found neither @TABLE nor @TREE, want one`},
		"states":             {"@RULE X\n@TABLE\nn_states:1\n", `X.rule:3: found n_states "1", want 2 to 256`},
		"states again":       {"@RULE X\n@TABLE\nn_states:many\n", `X.rule:3: found n_states "many", want 2 to 256`},
		"neighbourhood":      {"@RULE X\n@TABLE\nneighborhood:round\n", `X.rule:3: found neighborhood "round", want one of vonNeumann, Moore, hexagonal, oneDimensional`},
		"symmetries first":   {"@RULE X\n@TABLE\nsymmetries:none\n", `X.rule:3: found symmetries, want neighborhood before it`},
		"symmetries":         {"@RULE X\n@TABLE\nneighborhood:oneDimensional\nsymmetries:rotate4\n", `X.rule:4: found symmetries "rotate4", want one of none, permute, reflect for oneDimensional`},
		"no states":          {"@RULE X\n@TABLE\nneighborhood:Moore\nsymmetries:none\n0,0,0\n", `X.rule:5: found no n_states, want it before variables and transitions`},
		"no neighbourhood":   {"@RULE X\n@TABLE\nn_states:2\nvar a={0,1}\n", `X.rule:4: found no neighborhood, want it before variables and transitions`},
		"no symmetries":      {"@RULE X\n@TABLE\nn_states:2\nneighborhood:Moore\n\n", `X.rule:4: found no symmetries, want it before variables and transitions`},
		"unknown head":       {"@RULE X\n@TABLE\nstates:3\n", `X.rule:3: found "states", want n_states, neighborhood or symmetries before a colon`},
		"late head":          {head + "000001\nn_states:4\n", `X.rule:7: found a line of the head, want it before variables and transitions`},
		"short":              {head + "# long ago\n00011\n", `X.rule:7: found 5 states or variables in "00011", want 6 for vonNeumann: centre, neighbours, next state`},
		"state":              {head + "000300\n", `X.rule:6: found state "3", want 0 to 2`},
		"state with comma":   {head + "0,1,2,0,0,7\n", `X.rule:6: found state "7", want 0 to 2`},
		"unknown variable":   {head + "0,a,0,0,0,1\n", `X.rule:6: found "a", want a state or a variable`},
		"unknown in set":     {head + "var a={0,b}\n", `X.rule:6: found "b", want a state or a variable`},
		"state in set":       {head + "var a={0,9}\n", `X.rule:6: found state "9", want 0 to 2`},
		"no set":             {head + "var a\n", `X.rule:6: found "var a", want a variable such as var a={1,2}`},
		"numbered variable":  {head + "var 1={1,2}\n", `X.rule:6: found a variable of the name 1, want one that is no number`},
		"free next state":    {head + "var a={0,1}\n0,1,1,1,1,a\n", `X.rule:7: found the next state "a", want a state, or a variable that occurs before`},
		"compact after vars": {head + "var a={0,1}\n000000\n", `X.rule:7: found 1 states or variables in "000000", want 6 for vonNeumann: centre, neighbours, next state`},
		"B0":                 {head + "000001\n", `X.rule:2: X makes state 1 of state 0 among its like, want 0: the plane is empty`},
		"too many values":    {manyBound(), `X.rule:15: found more than 65536 combinations of values of variables, want fewer`},
		"colour":             {head + "@COLORS\n1 0 300 0\n", `X.rule:7: found 300, want 0 to 255`},
		"short colour":       {head + "@COLORS\n1 0 3\n", `X.rule:7: found "1 0 3", want a state and three numbers from 0 to 255, or six`},
		"name":               {head + "@NAMES\nhead 1\n", `X.rule:7: found state "head", want 0 to 255`},
		"tree states":        {"@RULE X\n@TREE\nnum_states=1000\n", `X.rule:3: found num_states "1000", want 2 to 256`},
		"tree neighbours":    {"@RULE X\n@TREE\nnum_neighbors=6\n", `X.rule:3: found num_neighbors "6", want 4 or 8`},
		"tree head":          {"@RULE X\n@TREE\nnodes=6\n", `X.rule:3: found "nodes", want num_states, num_neighbors or num_nodes`},
		"tree without head":  {"@RULE X\n@TREE\nnum_states=2\n1 0 1\n", `X.rule:4: found no num_neighbors, want it before the nodes`},
		"empty tree":         {trunk, `X.rule:5: found 0 nodes, want num_nodes=5`},
		"late tree head":     {trunk + "1 0 1\nnum_nodes=3\n", `X.rule:7: found a line of the head, want it before the nodes`},
		"few children":       {trunk + "1 0\n", `X.rule:6: found 2 numbers, want 3: the depth and a child for each state`},
		"depth":              {trunk + "6 0 0\n", `X.rule:6: found depth "6", want 1 to 5`},
		"tree state":         {trunk + "1 0 2\n", `X.rule:6: found state "2", want 0 to 1`},
		"node ahead":         {trunk + "1 0 1\n2 0 1\n", `X.rule:7: found node "1", want one of the 1 before`},
		"node of a level":    {trunk + "1 0 1\n3 0 0\n", `X.rule:7: found node 0 of depth 1, want depth 2`},
		"too many nodes":     {copyC + "1 0 1\n", `X.rule:11: found more than num_nodes=5 nodes`},
		"no root":            {trunk + "1 0 1\n1 0 1\n1 0 1\n1 0 1\n1 0 1\n", `X.rule:10: found a last node of depth 1, want 5`},
	} {
		_, err := loader.Parse("X.rule", []byte(tt.text))
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s:\n %v, want\n %s", name, err, tt.want)
		}
	}
}

// manyBound returns a table with a line of too many combinations.
func manyBound() string {
	var b strings.Builder
	b.WriteString("@RULE X\n@TABLE\nn_states:32\nneighborhood:Moore\nsymmetries:none\n")
	for _, name := range strings.Split("abcdefgh", "") {
		b.WriteString("var " + name + "={0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17}\n")
	}
	b.WriteString("var i={1}\na,a,b,b,c,c,d,d,i,1\n")
	return b.String()
}

// TestDetails reads what is written in other ways than usual.
func TestDetails(t *testing.T) {
	t.Parallel()
	same := func(name, text, want string) {
		t.Helper()
		a, err := loader.Parse("X.rule", []byte(text))
		b, err2 := loader.Parse("X.rule", []byte(want))
		if err := errors.Join(err, err2); err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if !a.Equal(b) {
			t.Errorf("%s: another rule", name)
		}
	}
	plain := head + "var a={1,2}\n0,a,0,0,0,1\na,0,0,0,0,0\n"
	same("line ends of other systems", strings.ReplaceAll(plain, "\n", "\r\n"), plain)
	same("old line ends", strings.ReplaceAll(plain, "\n", "\r"), plain)
	same("byte order mark and blank lines", "\uFEFF\n \n"+plain, plain)
	same("keywords in other cases", strings.NewReplacer("n_states", "N_States", "vonNeumann", "vonneumann", "@TABLE", "@table").Replace(plain), plain)
	same("blanks and braces", head+"var a = { 1 2 } # both\n0 a 0 0 0 1 and more\na, 0,0,0 ,0,0,0,0\n", plain)
	same("variable in a variable", head+"var b={1}\nvar a={b,2,b}\n0,a,0,0,0,1\na,0,0,0,0,0\n", plain)
	same("next state by a variable of one", head+"var a={1,2}\nvar one={1}\n0,a,0,0,0,one\na,0,0,0,0,0\n", plain)
	same("sections that are not known", strings.Replace(plain, "@TABLE", "@AUTHOR\nme\n@TABLE", 1)+"@ICONS\nXPM\n", plain)
	same("the first of two tables", plain+"@TABLE\nnonsense\n", plain)
	same("the first of table and tree", plain+"@TREE\nnonsense\n", plain)
	same("digits", head+"010001\n020001\n100000\n200000\n", plain)
	same("a tree with comments", strings.Replace(copyC, "2 0 0", "# level\n2 0 0 # north", 1), copyC)
}

// TestLook reads colours and names.
func TestLook(t *testing.T) {
	t.Parallel()
	text := strings.Replace(head, "n_states:3", "n_states:5", 1) +
		"@COLORS\n# comment\n\n255 0 0  0 0 255\n0 1 2 3 nearly black\n3 9 9 9\n200 1 1 1\n@NAMES\n0 empty\n2 head of it\n"
	r, err := loader.Parse("X.rule", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for state, want := range []int32{0x010203, 0xFF0000, 0xAA0055, 0x090909, 0x0000FF} {
		if got, ok := r.Color(state); !ok || got != want {
			t.Errorf("colour of state %d: %06X, %v, want %06X", state, got, ok, want)
		}
	}
	if _, ok := r.Color(5); ok {
		t.Error("a colour of a state that there is not")
	}
	for state, want := range []string{"empty", "", "head of it", "", ""} {
		if got := r.StateName(state); got != want {
			t.Errorf("name of state %d: %q, want %q", state, got, want)
		}
	}
	plain, err := loader.Parse("X.rule", []byte(head))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := plain.Color(0); ok || plain.StateName(0) != "" {
		t.Error("colours or names of a rule that gives none")
	}
}

// files writes files into a new folder.
func files(t *testing.T, text map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, s := range text {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestFinder looks rules up.
func TestFinder(t *testing.T) {
	t.Parallel()
	named := func(name, next string) string {
		return strings.Replace(head, "X", name, 1) + "01000" + next + "\n"
	}
	first := files(t, map[string]string{
		"Foo.rule": named("Foo", "1"), "a_b.rule": named("a/b", "1"), "Wrong.rule": named("Other", "1"), "Bad.rule": named("Bad", "9"),
		"Kin-one.rule": named("Kin-one", "1"), "Kin-shared.rule": "@RULE Kin-shared\n@COLORS\n1 1 2 3\n@NAMES\n1 one\n",
		"Look.rule": "@RULE Look\n@COLORS\n1 9 9 9\n", "R9.rule": named("R9", "1"),
		"Old.table": strings.TrimPrefix(named("", "1"), "@RULE \n@TABLE\n"), "Older.tree": strings.TrimPrefix(copyC, "@RULE X\n@TREE\n"),
		"WireWorld.rule": named("WireWorld", "1"), "Codd2.rule": named("Codd2", "1"), "HighLife.rule": named("HighLife", "1"),
	})
	second := files(t, map[string]string{"Foo.rule": named("Foo", "2"), "Look.rule": named("Look", "1"), "Bar.rule": named("Bar", "2")})
	f := &loader.Finder{Dirs: []string{first, second}, Files: map[string][]byte{
		"Packed.rule": []byte(named("Packed", "1")), "Seeds.rule": []byte(named("Seeds", "1")), "Maze.rule": []byte("@RULE Maze\n@COLORS\n1 9 9 9\n"),
		"WireWorld.rule": []byte(named("WireWorld", "1")), "B36_S23.rule": []byte(named("B36/S23", "1")),
	}}
	for _, tt := range []struct {
		text, name string
		family     rule.Family
		state      uint8 // that north of 1 becomes of state 0, in a Tabular rule
	}{
		{"Foo", "Foo", rule.Tabular, 1},
		{"foo", "Foo", rule.Tabular, 1}, // case does not matter where there is one
		{"Foo:T20", "Foo:T20,20", rule.Tabular, 1},
		{" Bar ", "Bar", rule.Tabular, 2},
		{"a/b", "a/b", rule.Tabular, 1},
		{"Packed", "Packed", rule.Tabular, 1},
		{"packed", "Packed", rule.Tabular, 1},
		{"Kin-one", "Kin-one", rule.Tabular, 1},
		{"Look", "Look", rule.Tabular, 1}, // the first one has no table
		{"R9", "R9", rule.Tabular, 1},     // which looks like another notation
		{"Old", "Old", rule.Tabular, 1},
		{"Older", "Older", rule.Tabular, 0},
		{"Codd2", "Codd2", rule.Tabular, 1},       // of which nothing is known but the name
		{"WireWorld", "WireWorld", rule.Named, 0}, // which is known better
		{"HighLife", "B36/S23", rule.TwoState, 0}, // so is this
		{"B36/S23", "B36/S23", rule.TwoState, 0},  // and this, which is no nickname
		{"Seeds", "Seeds", rule.Tabular, 1},       // which the pattern brings along
		{"seeds:T20", "Seeds:T20,20", rule.Tabular, 1},
		{"Maze", "B3/S12345", rule.TwoState, 0}, // of which it brings how it is to look
		{"B36/S23:P9", "B36/S23:P9,9", rule.TwoState, 0},
		{"Langtons-Loops", "Langtons-Loops", rule.Tabular, 2},
		{filepath.Join(second, "Foo.rule"), "Foo", rule.Tabular, 2},
		{filepath.Join(second, "Foo.rule") + ":P8,9", "Foo:P8,9", rule.Tabular, 2},
		{filepath.Join(first, "Wrong.rule"), "Other", rule.Tabular, 1},
		{"LifeSuper", "LifeSuper", rule.Named, 0}, // known by name, and there is no file
	} {
		r, err := f.Parse(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		if r.String() != tt.name || r.Family() != tt.family {
			t.Errorf("%s: %v rule %s, want %v rule %s", tt.text, r.Family(), r, tt.family, tt.name)
		}
		if tree, ok := r.Tree(); ok && tree.Next(&[9]uint8{1: 1}) != tt.state {
			t.Errorf("%s: state %d, want %d: another file", tt.text, tree.Next(&[9]uint8{1: 1}), tt.state)
		}
	}
	if r, err := f.Parse("Kin-one"); err != nil || r.StateName(1) != "one" {
		t.Errorf("Kin-one: %v, state 1 is not named as the shared file has it", err)
	}
	for text, want := range map[string]string{
		"Nowhere":      "and found no file Nowhere.rule in " + first + ", " + second,
		"B9/S":         "neighbour count 9",
		"Foo:Q1":       "unknown topology",
		"Wrong":        filepath.Join(first, "Wrong.rule") + ":1: found @RULE Other, want Wrong as the file is called",
		"Bad":          filepath.Join(first, "Bad.rule") + `:6: found state "9", want 0 to 2`,
		"none/at.rule": "none/at.rule: ",
		"../Foo":       "unknown rule",
	} {
		if _, err := f.Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", text, err, want)
		}
	}
	var unknown *loader.UnknownError
	if _, err := new(loader.Finder).Parse("Nowhere"); !errors.As(err, &unknown) || unknown.Rule != "Nowhere" {
		t.Errorf("%v, want an UnknownError", err)
	}
	if _, err := f.Parse("none/at.rule"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, want fs.ErrNotExist", err)
	}
}

// TestEmbedded loads the rules that come with the program; their names are not taken.
func TestEmbedded(t *testing.T) {
	t.Parallel()
	names := loader.Embedded()
	if !slices.Contains(names, "Langtons-Loops") {
		t.Errorf("%v, want Langtons-Loops among them", names)
	}
	for _, name := range names {
		if _, err := rule.Parse(name); err == nil {
			t.Errorf("%s is a rule without a file", name)
		}
		if _, err := new(loader.Finder).Parse(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCollection loads Golly's rules, where they are installed, and wants those that come
// with the program to do the same.
func TestCollection(t *testing.T) {
	t.Parallel()
	const dir = "/usr/share/golly/Rules"
	all, _ := filepath.Glob(filepath.Join(dir, "*.rule"))
	if len(all) == 0 {
		t.Skip("no rules in " + dir)
	}
	embedded := 0
	for _, name := range all {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := loader.Parse(name, text)
		if err != nil {
			t.Error(err)
			continue
		}
		if slices.Contains(loader.Embedded(), r.Name()) {
			embedded++
			if ours, err := new(loader.Finder).Parse(r.Name()); err != nil || !ours.Equal(r) {
				t.Errorf("%s does something else than the one that comes with the program: %v", name, err)
			}
		}
	}
	if embedded != len(loader.Embedded()) {
		t.Errorf("compared %d rules, want %d", embedded, len(loader.Embedded()))
	}
}

// FuzzParse wants an error or a rule whose transition takes any states, whatever the
// file.
func FuzzParse(f *testing.F) {
	for _, text := range []string{head + "var a={1,2}\n0,a,0,0,0,1\n", copyC, head + "010001\n@COLORS\n1 2 3 4\n@NAMES\n1 x\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Count(text, "\n") > 60 {
			t.Skip("long")
		}
		r, err := loader.Parse("X.rule", []byte(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "X.rule:") {
				t.Fatalf("%v does not name the file", err)
			}
			return
		}
		next, _ := r.Local()
		square := [9]uint8{}
		for i := range 64 {
			for k := range square {
				square[k] = uint8((i*7 + k*i) % r.States())
			}
			if s := next(&square); int(s) >= r.States() {
				t.Fatalf("%v becomes %d of %d states", square, s, r.States())
			}
		}
	})
}

// BenchmarkParse compiles a table of 8 states and a tree.
func BenchmarkParse(b *testing.B) {
	text := []byte("@RULE X\n@TABLE\nn_states:8\nneighborhood:Moore\nsymmetries:permute\nvar a={0,1,2,3,4,5,6,7}\nvar b={1,2,3}\n" +
		strings.Repeat("0,b,1,2,a,0,0,0,0,3\n3,a,a,1,2,3,0,0,0,1\n", 5))
	for b.Loop() {
		if _, err := loader.Parse("X.rule", text); err != nil {
			b.Fatal(err)
		}
	}
}
