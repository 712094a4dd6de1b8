package cli

import (
	"slices"
	"testing"

	"golife/life"
	"golife/life/run"
)

func TestStatsText(t *testing.T) {
	s := run.Stats{{Name: "lookups", Value: 3000}, {Name: "hits", Value: 1000}, {Name: "bytes", Value: 48234496}, {Name: "grows", Value: 7}}
	var got []string
	for _, c := range s {
		got = append(got, statText(s, c))
	}
	if want := []string{"3000", "1000 (33.3 % of the lookups)", "48234496 (46.0 MiB)", "7"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	// There may have been no look-up, or none that is counted.
	for _, s := range []run.Stats{{{Name: "lookups"}, {Name: "hits"}}, {{Name: "hits"}}} {
		if got := statText(s, life.Stat{Name: "hits"}); got != "0" {
			t.Errorf("got %q, want 0", got)
		}
	}
}

func TestShortSize(t *testing.T) {
	for bytes, want := range map[int64]string{
		0: "0 bytes", 1023: "1023 bytes", 1024: "1.0 KiB", 1<<20 - 1: "1.0 MiB", 1 << 20: "1.0 MiB",
		1536 << 20: "1.5 GiB", 1<<63 - 1: "8.0 EiB",
	} {
		if got := shortSize(bytes); got != want {
			t.Errorf("shortSize(%d) = %q, want %q", bytes, got, want)
		}
	}
}
