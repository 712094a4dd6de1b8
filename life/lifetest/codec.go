package lifetest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golife/life"
	"golife/life/format/codec"
	"golife/rle"
)

// Codec is a reader of one pattern format, and its writer, with what their package
// documentation promises. Its Cases, Fuzz and Memory are tests of it.
type Codec struct {
	Decode func(io.Reader, codec.Options) (*life.Pattern, error)
	Encode func(io.Writer, *life.Pattern) error // nil for a format that is not written

	// The promise about memory: what Decode allocates for n bytes of input is at most
	// PerByte·n + Constant.
	PerByte, Constant uint64
	// LosesPlace says that Encode keeps only the cells, not rule, place and generation.
	LosesPlace bool
	// LosesGeneration says that Encode keeps all but the generation.
	LosesGeneration bool
}

// CodecCase is an input and what must come of it.
type CodecCase struct {
	Name, In string
	Body     string   // the RLE body of the cells
	X, Y     int64    // the north-west corner of their bounding box
	Rule     string   // "" is B3/S23
	Gen      string   // "" is 0
	Comments string   // each "key text", joined by |
	Warnings []string // none in a file that is right
	Err      string   // in place of all of that
	Is       error    // what the error wraps, if anything
}

// Cases reads all inputs, as a whole and byte by byte, leniently and strictly.
func (c Codec) Cases(t *testing.T, cases []CodecCase) {
	t.Helper()
	for _, tt := range cases {
		var warnings []string
		warn := func(w codec.Warning) { warnings = append(warnings, w.String()) }
		p, err := c.Decode(iotest.OneByteReader(strings.NewReader(tt.In)), codec.Options{Warn: warn})
		if tt.Err != "" {
			if p != nil || fmt.Sprint(err) != tt.Err || tt.Is != nil && !errors.Is(err, tt.Is) {
				t.Errorf("%s: got %v, error %v; want %s", tt.Name, p, err, tt.Err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.Name, err)
			continue
		}
		if got := describe(p); got != tt.describe() {
			t.Errorf("%s:\n got %s\nwant %s", tt.Name, got, tt.describe())
		}
		if !slices.Equal(warnings, tt.Warnings) {
			t.Errorf("%s: got warnings %q, want %q", tt.Name, warnings, tt.Warnings)
		}
		q, err := c.Decode(strings.NewReader(tt.In), codec.Options{IsStrict: true})
		switch {
		case len(tt.Warnings) == 0 && (err != nil || !q.Equal(p)):
			t.Errorf("%s: strict: error %v", tt.Name, err)
		case len(tt.Warnings) > 0 && (err == nil || !strings.HasSuffix(err.Error(), tt.Warnings[0])):
			t.Errorf("%s: strict: error %v, want %s", tt.Name, err, tt.Warnings[0])
		}
	}
}

// describe writes down a pattern as a CodecCase does.
func describe(p *life.Pattern) string {
	var body strings.Builder
	if err := rle.WriteBody(&body, p); err != nil {
		return err.Error()
	}
	x, y := "0", "0"
	if b, ok := p.Bounds(); ok {
		x, y = b.MinX.String(), b.MinY.String()
	}
	var comments []string
	for _, c := range p.Comments() {
		comments = append(comments, string(c.Key)+" "+c.Text)
	}
	return fmt.Sprintf("%s at %s,%s rule %s generation %v comments %q", body.String(), x, y, p.Rule(), p.Generation(), strings.Join(comments, "|"))
}

func (tt CodecCase) describe() string {
	or := func(s, other string) string {
		if s == "" {
			return other
		}
		return s
	}
	return fmt.Sprintf("%s at %d,%d rule %s generation %s comments %q", tt.Body, tt.X, tt.Y, or(tt.Rule, "B3/S23"), or(tt.Gen, "0"), tt.Comments)
}

// Fuzz looks for panics, for errors without a place, for a strict reader that
// accepts more than a lenient one, and for patterns that change on their way through
// the writer.
func (c Codec) Fuzz(f *testing.F, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 1<<13 {
			return
		}
		warned := 0
		p, err := c.Decode(bytes.NewReader(in), codec.Options{Warn: func(codec.Warning) { warned++ }})
		strict, strictErr := c.Decode(bytes.NewReader(in), codec.Options{IsStrict: true})
		if (strictErr == nil) != (err == nil && warned == 0) {
			t.Fatalf("lenient: %v with %d warnings; strict: %v", err, warned, strictErr)
		}
		if strictErr == nil && !strict.Equal(p) {
			t.Fatal("strict and lenient reader differ")
		}
		var syntax *codec.SyntaxError
		if err != nil && (!errors.As(err, &syntax) || syntax.Msg == "" || syntax.Line > 0 && (syntax.Col < 1 || syntax.Col > len(in)+2)) {
			t.Fatalf("%#v", err)
		}
		if err == nil && c.Encode != nil {
			c.roundTrip(t, p)
		}
	})
}

// roundTrip writes p, reads it, and compares.
func (c Codec) roundTrip(t *testing.T, p *life.Pattern) {
	t.Helper()
	if n := p.Population(); !n.IsInt64() || n.Int64() > 1e6 {
		return
	}
	if b, ok := p.Bounds(); ok && (b.Width().BitLen() > 20 || b.Height().BitLen() > 20) {
		return // plaintext takes its time for these
	}
	var file bytes.Buffer
	if err := c.Encode(&file, p); err != nil {
		if !errors.Is(err, life.ErrOutOfRange) && !errors.Is(err, life.ErrState) {
			t.Fatal(err)
		}
		return
	}
	q, err := c.Decode(bytes.NewReader(file.Bytes()), codec.Options{IsStrict: true})
	switch {
	case err != nil:
		t.Fatalf("%v in %q", err, file.Bytes())
	case c.LosesPlace:
		if q.Population().Cmp(p.Population()) != 0 {
			t.Fatalf("%v cells come back from %q, want %v", q.Population(), file.Bytes(), p.Population())
		}
	case !q.SameCells(p) || !q.Rule().Equal(p.Rule()):
		t.Fatalf("other cells or another rule (%s) come back from %q", q.Rule(), file.Bytes())
	case !c.LosesGeneration && q.Generation().Cmp(p.Generation()) != 0:
		t.Fatalf("generation %v comes back from %q", q.Generation(), file.Bytes())
	}
}

// Memory holds Decode to its promise, with inputs that are made to need much. It
// must not run beside other tests, as it measures all allocations.
func (c Codec) Memory(t *testing.T, inputs map[string]string) {
	t.Helper()
	for name, in := range inputs {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := c.Decode(strings.NewReader(in), codec.Options{})
		runtime.ReadMemStats(&after)
		got := after.TotalAlloc - before.TotalAlloc
		t.Logf("%s: %d bytes allocated for %d of input, %v", name, got, len(in), err)
		if got > c.PerByte*uint64(len(in))+c.Constant {
			t.Errorf("%s: %d bytes allocated for %d of input, want at most %d a byte and %d", name, got, len(in), c.PerByte, c.Constant)
		}
	}
}
