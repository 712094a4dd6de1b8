package rule_test

import (
	"testing"

	"golife/life/rule"
)

// TestNotations holds the help to what Parse does.
func TestNotations(t *testing.T) {
	t.Parallel()
	for _, n := range rule.Notations() {
		if r, err := rule.Parse(n.Example); err != nil || r.String() != n.Canonical {
			t.Errorf("%s: got %v, error %v; want %s", n.Example, r, err, n.Canonical)
		}
	}
	for _, n := range rule.GridNotations() {
		if r, err := rule.Parse("B3/S23" + n.Example); err != nil || r.String() != "B3/S23"+n.Canonical {
			t.Errorf("%s: got %v, error %v; want %s", n.Example, r, err, n.Canonical)
		}
	}
}
