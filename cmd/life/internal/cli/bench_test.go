package cli

import (
	"bufio"
	"bytes"
	"errors"
	"strings"
	"testing"

	"golife/bench"
)

// TestBenchExitCodes: a wrong result is a mismatch, an engine that cannot run a
// failure; package bench tests that such rows have no figures.
func TestBenchExitCodes(t *testing.T) {
	t.Parallel()
	right := bench.Row{Workload: "w", Engine: "tile"}
	failed := bench.Row{Workload: "w", Engine: "naive", Refused: "unsupported"}
	wrong := bench.Row{Workload: "w", Engine: "hashlife", Refused: "population 7, want 5", IsWrong: true}
	peer := bench.Row{Workload: "w", Engine: "bgolly", Refused: "not done after 20s", IsPeer: true}
	for _, tt := range []struct {
		rows []bench.Row
		code int
		line string
	}{
		{[]bench.Row{right, peer}, ExitDone, ""},
		{[]bench.Row{right, failed}, ExitFailed, "life: bench: w on naive: unsupported\n"},
		{[]bench.Row{wrong, failed}, ExitMismatch, "life: bench: w on hashlife: wrong result, so no figure: population 7, want 5\n"},
	} {
		var out, errs bytes.Buffer
		e := &env{stdout: bufio.NewWriter(&out), stderr: &errs}
		err := (&benchFlags{}).report(e, &bench.Report{Rows: tt.rows})
		code := ExitDone
		if x := (*exitError)(nil); errors.As(err, &x) {
			code = x.code
		}
		if code != tt.code || !strings.Contains(errs.String(), tt.line) {
			t.Errorf("exit code %d and %q, want %d and %q", code, &errs, tt.code, tt.line)
		}
	}
}
