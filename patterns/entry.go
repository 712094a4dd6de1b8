package patterns

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"

	"golife/life"
	"golife/rle"
)

// Entry is what the index says about one pattern. The zero value of a field
// means that it is unknown or does not apply.
type Entry struct {
	Name  string // lower case, hyphens: "gosper-glider-gun"
	Title string // as the field writes it: "Gosper glider gun"
	Rule  string // rulestring, as in the file
	Kind  string // one of Kinds

	// Period is the smallest number of generations after which the pattern (a
	// gun, puffer or rake: the machine itself) repeats; 1 for a still life.
	Period int
	// DX and DY are the displacement in one period, x east, y south.
	DX, DY int
	// Velocity is the same as the field writes it: "c/4 diagonal".
	Velocity string
	// Lifespan is the generation from which a methuselah only repeats, gliders
	// flying away aside, as the field lists it.
	Lifespan int
	// FinalPopulation is its population then, the smaller one when it blinks.
	FinalPopulation int

	// Settle is the first generation from which a gun or puffer is periodic.
	Settle int
	// Growth is the number of cells it adds in each period from then on.
	Growth int
	// Checks are known populations.
	Checks []Check

	Discoverer  string
	Year        int
	Source      string // where it is described
	Description string // one line
	Aliases     []string

	path   string // in the embedded file system
	window *window
}

// Check is a known population at a generation.
type Check struct {
	Generation int64
	Population int64
}

// window is the rectangle that holds a gun or puffer at generation Settle.
type window struct{ x, y, w, h int64 }

// RLE returns the bytes of the pattern's RLE file, decompressed. The caller owns them.
func (e Entry) RLE() ([]byte, error) {
	data, err := files.ReadFile(e.path)
	if err != nil {
		return nil, fmt.Errorf("patterns: %s: %w", e.Name, err)
	}
	if !strings.HasSuffix(e.path, ".gz") {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("patterns: %s: %w", e.path, err)
	}
	if data, err = io.ReadAll(z); err != nil {
		return nil, fmt.Errorf("patterns: %s: %w", e.path, err)
	}
	return data, nil
}

// Pattern decodes the pattern, with its comments. Cost: O(size of the file), on
// each call.
func (e Entry) Pattern() (*life.Pattern, error) {
	data, err := e.RLE()
	if err != nil {
		return nil, err
	}
	p, err := rle.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("patterns: %s: %w", e.path, err)
	}
	return p, nil
}

// velocity writes a displacement of (dx, dy) in p generations as the field does.
func velocity(dx, dy, p int) string {
	dx, dy = max(abs(dx), abs(dy)), min(abs(dx), abs(dy))
	if dx == 0 || p == 0 {
		return ""
	}
	g := gcd(gcd(dx, dy), p)
	m, n, q := dx/g, dy/g, p/g
	speed := fmt.Sprintf("c/%d", q)
	if m > 1 {
		speed = fmt.Sprintf("%dc/%d", m, q)
	}
	switch {
	case n == 0:
		return speed + " orthogonal"
	case n == m:
		return speed + " diagonal"
	}
	return fmt.Sprintf("(%d,%d)c/%d oblique", m, n, q)
}

func abs(n int) int { return max(n, -n) }

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
