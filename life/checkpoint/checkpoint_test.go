package checkpoint

import (
	"bytes"
	"errors"
	"io"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golife/life"
	"golife/life/lifetest"
	"golife/life/rule"
	"golife/life/run"
)

// samples are patterns of all kinds: empty, small, far out, of many states, bounded.
func samples(t testing.TB) map[string]*life.Pattern {
	t.Helper()
	far := new(big.Int).Lsh(big.NewInt(1), 200)
	soup := func(rulestring string, side int64) *life.Pattern {
		return lifetest.Soup{Rule: rulestring, Seed: 5, Rect: life.Rt(-9, -7, side, side), Density: 90, Generation: 3}.Pattern()
	}
	return map[string]*life.Pattern{
		"empty":       life.NewBuilder(rule.MustParse("B3/S23")).Pattern(),
		"soup":        soup("B3/S23", 100),
		"far out":     soup("B36/S23", 20).Translate(far, new(big.Int).Neg(far)),
		"late":        soup("B3/S23", 9).WithGeneration(new(big.Int).Exp(big.NewInt(10), big.NewInt(5000), nil)),
		"states":      soup("345/2/7", 50),
		"bounded":     soup("B3/S23:T30,30", 10),
		"alternating": soup("B0/S", 10),
	}
}

func encoded(t testing.TB, p *life.Pattern) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, RunOf(p.WithGeneration(big.NewInt(1)), "dead"), run.State{Present: p, Busy: 5 * time.Second}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, p := range samples(t) {
		if p.Generation().Sign() == 0 {
			p = p.WithGeneration(big.NewInt(1))
		}
		file := filepath.Join(t.TempDir(), "c")
		of := RunOf(p.WithGeneration(big.NewInt(1)), "dead")
		if err := Write(file, of, run.State{Present: p, Busy: 5 * time.Second, StepExp: 70}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, s, err := Read(file, rule.Parse)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if d := got.Difference(of); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if !s.Present.Equal(p) || s.Present.Digest() != p.Digest() || s.Busy != 5*time.Second || s.StepExp != 70 {
			t.Errorf("%s: another universe comes back", name)
		}
	}
}

// TestTorn cuts a file at every byte, and changes every byte: nothing may come back.
func TestTorn(t *testing.T) {
	t.Parallel()
	for name, p := range samples(t) {
		if name == "late" || name == "soup" || name == "states" {
			continue // as the others, only longer
		}
		data := encoded(t, p.WithGeneration(big.NewInt(7)))
		for n := 0; n < len(data); n += 1 + n/300 { // most of what is far in is alike
			if _, _, err := decode(bytes.NewReader(data[:n]), int64(n), rule.Parse); !isRefusal(err) {
				t.Fatalf("%s, cut at byte %d of %d: %v", name, n, len(data), err)
			}
			changed := bytes.Clone(data)
			changed[n] ^= byte(1 + n%255)
			if _, _, err := decode(bytes.NewReader(changed), int64(len(data)), rule.Parse); !isRefusal(err) {
				t.Fatalf("%s, byte %d of %d changed: %v", name, n, len(data), err)
			}
		}
		if _, _, err := decode(bytes.NewReader(append(data, 0)), int64(len(data)+1), rule.Parse); !isRefusal(err) {
			t.Errorf("%s, and a byte more: %v", name, err)
		}
	}
}

func isRefusal(err error) bool { return errors.Is(err, ErrDamaged) || errors.Is(err, ErrForeign) }

func TestForeign(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                          "found nothing",
		"x = 3, y = 3\nbo$2bo$3o!":  `found "x = 3, y = 3"`,
		"[M2] (golife)\n4 0 0 0 0":  `want "golife checkpoint 1"`,
		"golife checkpoint 2\n{}\n": `found version "2", want 1`,
		"\x1f\x8b\x08\x00":          "not a checkpoint",
	} {
		if _, _, err := decode(strings.NewReader(in), int64(len(in)), rule.Parse); !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: %v, want %s", in, err, want)
		}
	}
	if _, _, err := Read(filepath.Join(t.TempDir(), "none"), rule.Parse); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// TestWriteFileFails checks that a file stays as it was when the new one cannot be
// written, and that nothing is left beside it.
func TestWriteFileFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "c")
	write := func(text string, err error) error {
		return WriteFile(name, func(w io.Writer) error {
			io.WriteString(w, text)
			return err
		})
	}
	full := errors.New("disk full")
	if err := write("old", nil); err != nil {
		t.Fatal(err)
	}
	if err := write("half of the n", full); !errors.Is(err, full) {
		t.Errorf("error %v, want %v", err, full)
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != "old" {
		t.Errorf("found %q, %v", data, err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("files %v, %v; want one", files, err)
	}
}

func TestDifference(t *testing.T) {
	t.Parallel()
	p := samples(t)["soup"]
	a := RunOf(p, "dead")
	for _, tt := range []struct {
		other Run
		want  string
	}{
		{RunOf(p, "dead"), ""},
		{RunOf(p, ""), "--until"},
		{RunOf(p.WithGeneration(big.NewInt(9)), "dead"), "generation"},
		{RunOf(samples(t)["empty"].WithGeneration(p.Generation()), "dead"), "digest"},
		{Run{a.Digest, "B36/S23", a.From, a.Until, ""}, "rule: found B3/S23, wanted B36/S23"},
		{Run{a.Digest, a.Rule, a.From, a.Until, "f00"}, "table of rule B3/S23: found one with digest "},
	} {
		if got := a.Difference(tt.other); !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// FuzzRead checks that no input makes Read panic, take more memory than a multiple of
// its size, or come up with what is not equal to what it writes again.
func FuzzRead(f *testing.F) {
	rnd := rand.New(rand.NewPCG(1, 1))
	for _, p := range samples(f) {
		data := encoded(f, p.WithGeneration(big.NewInt(7)))
		f.Add(data)
		f.Add(data[:rnd.IntN(len(data))])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		of, s, err := decode(bytes.NewReader(data), int64(len(data)), rule.Parse)
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := encode(&again, of, s); err != nil {
			t.Fatal(err)
		}
		if _, t2, err := decode(bytes.NewReader(again.Bytes()), int64(again.Len()), rule.Parse); err != nil || !t2.Present.Equal(s.Present) {
			t.Fatalf("written again it is another one: %v", err)
		}
	})
}
