package probe

import (
	"bytes"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"golife/life"
)

// maxText bounds the length of a file of probes, in bytes.
const maxText = 16 << 20

// maxDigits bounds the generations of a file, in decimal digits.
const maxDigits = 1000

// SyntaxError says where a file of probes is wrong.
type SyntaxError struct {
	Line int // from 1
	Msg  string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Msg) }

// Parse reads a file of probes, see the package comment. It returns a
// *SyntaxError where the text is wrong, else the errors of r. Cost: O(text), of
// which it reads 16 MiB at most.
func Parse(r io.Reader) (Schedule, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxText {
		return nil, &SyntaxError{1, fmt.Sprintf("found more than %d bytes, want less", maxText)}
	}
	var all Schedule
	names := map[string]int{}
	n := 0
	for line := range bytes.Lines(text) {
		n++
		s, _, _ := strings.Cut(string(line), "#")
		fields := strings.Fields(s)
		if len(fields) == 0 {
			continue
		}
		p, err := parseProbe(fields)
		if err != nil {
			return nil, &SyntaxError{n, err.Error()}
		}
		if at := names[p.Name]; at > 0 {
			return nil, &SyntaxError{n, fmt.Sprintf("found a second probe %q, the first is on line %d", p.Name, at)}
		}
		names[p.Name] = n
		all = append(all, p)
	}
	if len(all) == 0 {
		return nil, &SyntaxError{max(n, 1), "found the end and no probe, want lines NAME X,Y START+PERIOD PICTURE"}
	}
	return all, nil
}

// parseProbe reads the fields of one line.
func parseProbe(fields []string) (Probe, error) {
	if len(fields) != 4 {
		return Probe{}, fmt.Errorf("found %d fields, want four: NAME X,Y START+PERIOD PICTURE", len(fields))
	}
	p := Probe{Name: fields[0]}
	var at life.Point
	xs, ys, ok := strings.Cut(fields[1], ",")
	x, err1 := strconv.ParseInt(xs, 10, 64)
	y, err2 := strconv.ParseInt(ys, 10, 64)
	if at = (life.Point{X: x, Y: y}); !ok || err1 != nil || err2 != nil {
		return p, fmt.Errorf("found the place %q, want X,Y", fields[1])
	}
	start, period, isRepeated := strings.Cut(fields[2], "+")
	if p.Start = parseGeneration(start); p.Start == nil {
		return p, fmt.Errorf("found the generations %q, want START or START+PERIOD", fields[2])
	}
	if isRepeated {
		if p.Period = parseGeneration(period); p.Period == nil || p.Period.Sign() == 0 {
			return p, fmt.Errorf("found the generations %q, want START or START+PERIOD with a period of 1 or more", fields[2])
		}
	}
	return p, p.draw(at, fields[3])
}

// parseGeneration reads decimal digits; nil is an error.
func parseGeneration(s string) *big.Int {
	if s == "" || len(s) > maxDigits || strings.Trim(s, "0123456789") != "" {
		return nil
	}
	g, _ := new(big.Int).SetString(s, 10)
	return g
}
