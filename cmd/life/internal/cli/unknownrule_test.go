package cli

import (
	"testing"

	"golife/life/rule"
)

func TestParseAnyRule(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in, want string
		isWarned bool
	}{
		{"B3/S23", "B3/S23", false},
		{"Foo", "Foo", true},
		{"Foo-2:T30,20", "Foo-2:T30,20", true},
		{" Foo_x ", "Foo_x", true},
		{"Foo:Q9", "", false},
		{"B9/S23", "", false},
		{"two words", "", false},
		{"", "", false},
	} {
		isWarned := false
		r, err := parseAnyRule(rule.Parse, func(string) { isWarned = true })(tt.in)
		got := ""
		if err == nil {
			got = r.String()
		}
		if got != tt.want || isWarned != tt.isWarned {
			t.Errorf("%q: got %q, warned %v, error %v; want %q, %v", tt.in, got, isWarned, err, tt.want, tt.isWarned)
		}
	}
}
