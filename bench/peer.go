package bench

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golife/life/rule"
)

// Peer is another program that runs the same files. Adding one takes a value of
// this type in Peers, and its name in the workloads that it can do.
type Peer struct {
	Name    string // as the table shows it
	Program string // to be found in PATH

	// Args returns the arguments that advance the file of a workload by so many generations
	// and print the population. memory is a limit in bytes, 0 for none.
	Args func(w *Workload, file string, generations *big.Int, memory int64) []string
	// Population finds the final population in what the program printed.
	Population func(output string, generations *big.Int) (*big.Int, error)
}

// Peers returns the peers that are known. Whether one is installed is for
// Installed to say.
func Peers() []Peer {
	return []Peer{
		{"bgolly QuickLife", "bgolly", bgollyArgs("QuickLife"), bgollyPopulation},
		{"bgolly HashLife", "bgolly", bgollyArgs("HashLife"), bgollyPopulation},
		{"bgolly other", "bgolly", bgollyArgsByRule, bgollyPopulation},
	}
}

// Installed reports whether the peer's program is in PATH.
func (p Peer) Installed() bool {
	_, err := exec.LookPath(p.Program)
	return err == nil
}

// bgollyMemory is what bgolly may use where the workload sets no limit: far above need.
const bgollyMemory = 6 << 30

// bgollyArgs returns the arguments for one algorithm of bgolly. The step is the
// whole run, which suits both algorithms best.
func bgollyArgs(algorithm string) func(*Workload, string, *big.Int, int64) []string {
	return func(_ *Workload, file string, generations *big.Int, memory int64) []string {
		if memory == 0 {
			memory = bgollyMemory
		}
		g := generations.String()
		return []string{"-a", algorithm, "-M", fmt.Sprint(memory >> 20), "-m", g, "-i", g, file}
	}
}

// bgollyArgsByRule returns the arguments for the one algorithm of bgolly that runs a rule which QuickLife
// and HashLife do not.
func bgollyArgsByRule(w *Workload, file string, generations *big.Int, memory int64) []string {
	algorithm := "RuleLoader"
	switch w.family() {
	case rule.Generations:
		algorithm = "Generations"
	case rule.LargerThanLife:
		algorithm = "Larger than Life"
	}
	rules := filepath.Join(filepath.Dir(GollyDir()), "Rules") + string(filepath.Separator)
	return append([]string{"-s", rules}, bgollyArgs(algorithm)(w, file, generations, memory)...)
}

// bgollyPopulation reads the last of bgolly's lines "GENERATION: POPULATION",
// both with commas.
func bgollyPopulation(output string, generations *big.Int) (*big.Int, error) {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	last := strings.ReplaceAll(lines[len(lines)-1], ",", "")
	g, p, _ := strings.Cut(last, ": ")
	gen, ok1 := new(big.Int).SetString(strings.TrimSpace(g), 10)
	pop, ok2 := new(big.Int).SetString(strings.TrimSpace(p), 10)
	if !ok1 || !ok2 {
		return nil, fmt.Errorf("found %q, want GENERATION: POPULATION", last)
	}
	if gen.Cmp(generations) != 0 {
		return nil, fmt.Errorf("it stopped at generation %v, want %v", gen, generations)
	}
	return pop, nil
}

// run makes one repetition in a process of its own.
func (p Peer) run(ctx context.Context, w *Workload, file string, generations *big.Int, memory int64) (Sample, *big.Int, error) {
	cmd := exec.CommandContext(ctx, p.Program, p.Args(w, file, generations, memory)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if ctx.Err() != nil {
		return Sample{}, nil, context.Cause(ctx)
	}
	if err != nil {
		return Sample{}, nil, fmt.Errorf("%s: %w", p.Program, err)
	}
	pop, err := p.Population(out.String(), generations)
	if err != nil {
		return Sample{}, nil, fmt.Errorf("%s: %w", p.Program, err)
	}
	return Sample{
		Wall: wall.Seconds(), Peak: peakOf(cmd.ProcessState),
		User: cmd.ProcessState.UserTime().Seconds(), Sys: cmd.ProcessState.SystemTime().Seconds(),
	}, pop, nil
}
