package bench

import (
	_ "embed"
	"fmt"
	"math/big"
	"strings"
	"sync"
)

// Golden is what a workload must come to, however it is computed.
type Golden struct {
	Population *big.Int
	Digest     string // of the cells, the frames or the jobs' results, as the task says
	Confirmed  string // who found the same: engines and peers, joined by " + "
}

//go:embed goldens.tsv
var goldenTable string

// Goldens returns the golden of each workload by its name. They are measured
// with one engine and confirmed with another one, and with bgolly where it can:
// see TestGoldens, which writes the file.
func Goldens() map[string]Golden {
	goldens.once.Do(func() {
		m, err := parseGoldens(goldenTable)
		if err != nil {
			panic("bench: " + err.Error())
		}
		goldens.byName = m
	})
	return goldens.byName
}

// goldens is what Goldens returns. No sync.OnceValue: that would be made before main, in
// programs that measure nothing, too.
var goldens struct {
	once   sync.Once
	byName map[string]Golden
}

// parseGoldens reads lines of NAME, POPULATION, DIGEST and CONFIRMED, separated by tabs.
func parseGoldens(text string) (map[string]Golden, error) {
	m := map[string]Golden{}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("goldens.tsv: %d fields in %q, want 4", len(f), line)
		}
		n, ok := new(big.Int).SetString(f[1], 10)
		if !ok {
			return nil, fmt.Errorf("goldens.tsv: population %q of %s", f[1], f[0])
		}
		m[f[0]] = Golden{n, f[2], f[3]}
	}
	return m, nil
}

// check returns what is wrong with a result, "" for nothing. An empty digest was
// not computed.
func (g Golden) check(population *big.Int, digest string) string {
	switch {
	case g.Population == nil:
		return "there is no golden result to check it with"
	case population == nil:
		return "it told no population"
	case population.Cmp(g.Population) != 0:
		return fmt.Sprintf("population %v, want %v", population, g.Population)
	case digest != "" && digest != g.Digest:
		return fmt.Sprintf("population %v is right, but the cells are not: digest %s, want %s", population, digest, g.Digest)
	}
	return ""
}
