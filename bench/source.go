package bench

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"golife/life"
	"golife/life/format"
	"golife/life/rule"
	"golife/life/rule/loader"
	"golife/patterns"
)

// ErrMissing says that the pattern of a workload is not on this machine.
var ErrMissing = errors.New("pattern not installed")

// Source says where a pattern comes from. Exactly one field is set.
type Source struct {
	Library string `json:"library,omitempty"` // a name of package patterns
	Soup    *Soup  `json:"soup,omitempty"`
	Golly   string `json:"golly,omitempty"` // a file of Golly's collection, below GollyDir
	Text    *Text  `json:"text,omitempty"`
}

// Text is a pattern that neither the library nor a generator has.
type Text struct {
	Name string `json:"name"` // in a word or two
	RLE  string `json:"rle"`
}

// rules knows the rules that have a file, too, of those which come with the program.
var rules loader.Finder

// String names the source in a word or two.
func (s Source) String() string {
	switch {
	case s.Library != "":
		return s.Library
	case s.Soup != nil:
		return s.Soup.String()
	case s.Text != nil:
		return s.Text.Name
	}
	return filepath.Base(s.Golly)
}

// GollyDir is where Golly's pattern collection is installed: $GOLLY_PATTERNS, or
// where Debian's golly-data puts it.
func GollyDir() string {
	if dir := os.Getenv("GOLLY_PATTERNS"); dir != "" {
		return dir
	}
	return "/usr/share/golly/Patterns"
}

// extension returns the format in which the pattern goes to a child and to the
// peers: macrocell where it came as one and may be huge, else RLE.
func (s Source) extension() string {
	if strings.Contains(s.Golly, ".mc") {
		return ".mc"
	}
	return ".rle"
}

// Pattern returns the cells. The error wraps ErrMissing when they are not on
// this machine.
func (s Source) Pattern() (*life.Pattern, error) {
	if s.Soup != nil {
		return s.Soup.Pattern()
	}
	data, err := s.file()
	if err != nil {
		return nil, err
	}
	p, _, err := format.Read(bytes.NewReader(data), format.WithRuleParser(rules.Parse))
	if err != nil {
		return nil, fmt.Errorf("bench: %s: %w", s, err)
	}
	return p, nil
}

// file returns the text of a source that is one.
func (s Source) file() ([]byte, error) {
	if s.Library != "" {
		e, ok := patterns.Lookup(s.Library)
		if !ok {
			return nil, fmt.Errorf("bench: %s: not in the library: %w", s.Library, ErrMissing)
		}
		return e.RLE()
	}
	if s.Text != nil {
		return []byte(s.Text.RLE), nil
	}
	data, err := os.ReadFile(filepath.Join(GollyDir(), filepath.FromSlash(s.Golly)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("bench: no %s in %s: %w", s.Golly, GollyDir(), ErrMissing)
	}
	if err != nil || !strings.HasSuffix(s.Golly, ".gz") {
		return data, err
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("bench: %s: %w", s.Golly, err)
	}
	return io.ReadAll(z)
}

// write stores the pattern in a file, in the format of its name, that both we
// and the peers can read.
func (w *Workload) write(name string) error {
	p, err := w.Source.Pattern()
	if err != nil {
		return err
	}
	if w.Rule != "" {
		r, err := rules.Parse(w.Rule)
		if err != nil {
			return fmt.Errorf("bench: workload %s: %w", w.Name, err)
		}
		if p, err = p.WithRule(r); err != nil {
			return fmt.Errorf("bench: workload %s: %w", w.Name, err)
		}
		if g, ok := r.Grid(); ok { // from the north-west corner of the grid on
			x, y := g.Origin()
			p = p.Translate(big.NewInt(x), big.NewInt(y))
		}
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(format.Write(f, name, p.WithComments(nil)), f.Close())
}

// Soup is a square of random cells. Equal Soups are equal patterns for ever.
type Soup struct {
	Side int64  `json:"side"`
	Seed uint64 `json:"seed"`
}

// Density is the share of live cells in a soup, in 256ths: 37 %, which decays
// slowly under Life.
const Density = 95

// String names the soup as "soup 512² #1".
func (s *Soup) String() string { return fmt.Sprintf("soup %d² #%d", s.Side, s.Seed) }

// Pattern returns the cells, with the north-west corner at the origin.
//
// Each 64 cells of a row take eight words of a PCG generator (O'Neill, 2014):
// bit by bit they decide whether a random byte is below Density.
func (s *Soup) Pattern() (*life.Pattern, error) {
	rnd := rand.New(rand.NewPCG(s.Seed, 37))
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	for y := range s.Side {
		for x := int64(0); x < s.Side; x += 64 {
			bits := sparse(rnd)
			if n := s.Side - x; n < 64 {
				bits &= 1<<n - 1
			}
			b.SetRow64(x, y, bits)
		}
	}
	return b.Pattern(), nil
}

// sparse returns 64 bits that are each set with probability Density/256.
func sparse(rnd *rand.Rand) (bits uint64) {
	for i := range 8 {
		if Density>>i&1 != 0 {
			bits |= rnd.Uint64()
		} else {
			bits &= rnd.Uint64()
		}
	}
	return bits
}
