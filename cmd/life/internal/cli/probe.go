package cli

import (
	"errors"
	"fmt"
	"math/big"
	"os"

	"golife/life/probe"
)

// readProbes reads the file of probes with the given name.
func readProbes(name string) (probe.Schedule, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	s, err := probe.Parse(f)
	if x := (*os.PathError)(nil); errors.As(err, &x) {
		return nil, fmt.Errorf("%w, want a file of probes", x.Err)
	}
	return s, err
}

// hit is a probe that hit, as reported. The order of the fields is that of the JSON.
type hit struct {
	Pattern    string   `json:"pattern"`
	Probe      string   `json:"probe"`
	Generation *big.Int `json:"generation"`
	X          int64    `json:"x"`
	Y          int64    `json:"y"`
	Picture    string   `json:"picture"`
}

// printHit reports a probe that hit.
func (j *job) printHit(r probe.Reading) error {
	j.progress.clear()
	j.env.catch()
	at := r.Probe.Box.Min
	if err := writeJSON(j.env.stdout, hit{j.arg, r.Probe.Name, r.Generation, at.X, at.Y, r.Picture()}); err != nil {
		return err
	}
	return j.env.stdout.Flush()
}
