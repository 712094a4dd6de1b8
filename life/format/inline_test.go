package format_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"golife/life/format"
	"golife/life/rule"
)

// TestInlineRules has rule files behind a pattern in its text.
func TestInlineRules(t *testing.T) {
	const one = "@RULE A/B\n@TREE\nnum_states=2\n"
	for _, tt := range []struct {
		name, text string
		want       map[string]string
		cells      int64
	}{
		{"none", "x = 1, y = 1\no!\nThe @RULE is Life's.\n", nil, 1},
		{"one", "x = 1, y = 1\no!\n\n" + one, map[string]string{"A_B.rule": one}, 1},
		{"CRLF", "x = 1, y = 1\r\no!\r\n@RULE C\r\n@TABLE\r\n", map[string]string{"C.rule": "@RULE C\r\n@TABLE\r\n"}, 1},
		{"behind blanks", "x = 1, y = 1\no!\n \t@RULE E\n", map[string]string{"E.rule": "@RULE E\n"}, 1},
		{"CR", "x = 1, y = 1\ro!\r@RULE C\r@TABLE\r", map[string]string{"C.rule": "@RULE C\r@TABLE\r"}, 1},
		{"no line of its own", "x = 1, y = 1\no!@RULE E\n and @RULE F\n", nil, 1},
		{"two", "o!\n" + one + "@RULE D\n", map[string]string{"A_B.rule": one, "D.rule": "@RULE D\n"}, 1},
		{"a long one", "o!\n" + one + strings.Repeat("# \n", 100_000), map[string]string{"A_B.rule": one + strings.Repeat("# \n", 100_000)}, 1},
		{"behind a long pattern", strings.Repeat("o$", 30_000) + "!\n" + one, map[string]string{"A_B.rule": one}, 30_000},
		{"behind too long a pattern", strings.Repeat("o$", 40_000) + "!\n" + one, nil, 40_000},
	} {
		got := map[string]string{}
		p, _, err := format.Read(strings.NewReader(tt.text), format.WithRuleFiles(func(name string, data []byte) { got[name] = string(data) }))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if !maps.Equal(got, tt.want) {
			t.Errorf("%s: rule files %q, want %q", tt.name, slices.Collect(maps.Keys(got)), slices.Collect(maps.Keys(tt.want)))
		}
		if p.Population().Int64() != tt.cells {
			t.Errorf("%s: %v cells, want %d", tt.name, p.Population(), tt.cells)
		}
	}
}

// TestInlineRuleComesFirst has the rule there when the header asks for it.
func TestInlineRuleComesFirst(t *testing.T) {
	var seen []string
	opts := []format.Option{
		format.WithRuleFiles(func(name string, _ []byte) { seen = append(seen, name) }),
		format.WithRuleParser(func(s string) (*rule.Rule, error) {
			seen = append(seen, s)
			return rule.NewNamed(s, 3)
		}),
	}
	p, _, err := format.Read(strings.NewReader("x = 2, y = 1, rule = Mine\nAB!\n@RULE Mine\n"), opts...)
	if err != nil || fmt.Sprint(seen) != "[Mine.rule Mine]" || p.Rule().Name() != "Mine" {
		t.Errorf("%v, %q", err, seen)
	}
}
