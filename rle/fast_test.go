package rle

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golife/life"
)

// outcome is all that a Decode tells.
type outcome struct {
	pattern  *life.Pattern
	err      string
	warnings []string
	sizes    [][2]int64
}

// outcomeOf decodes in, of which the reader gives at most chunk bytes at a time.
func outcomeOf(in []byte, chunk int, opts ...Option) outcome {
	var o outcome
	p, err := Decode(&chunks{in, chunk}, append(opts,
		WithWarnings(func(w Warning) { o.warnings = append(o.warnings, w.String()) }),
		WithHeader(func(w, h int64) { o.sizes = append(o.sizes, [2]int64{w, h}) }))...)
	if o.pattern = p; err != nil {
		o.err = err.Error()
	}
	return o
}

// chunks is a reader of a few bytes at a time.
type chunks struct {
	in    []byte
	chunk int
}

func (c *chunks) Read(b []byte) (int, error) {
	if len(c.in) == 0 {
		return 0, io.EOF
	}
	n := copy(b, c.in[:min(c.chunk, len(c.in))])
	c.in = c.in[n:]
	return n, nil
}

// difference tells how two outcomes differ, or "".
func (o outcome) difference(p outcome) string {
	switch {
	case o.err != p.err:
		return fmt.Sprintf("error %q, want %q", o.err, p.err)
	case !slices.Equal(o.warnings, p.warnings):
		return fmt.Sprintf("warnings %q, want %q", o.warnings, p.warnings)
	case !slices.Equal(o.sizes, p.sizes):
		return fmt.Sprintf("sizes %v, want %v", o.sizes, p.sizes)
	case o.pattern != nil && !o.pattern.Equal(p.pattern):
		return fmt.Sprintf("pattern of %v cells, want %v cells", o.pattern.Population(), p.pattern.Population())
	case o.pattern != nil && !slices.Equal(o.pattern.Comments(), p.pattern.Comments()):
		return fmt.Sprintf("comments %q, want %q", o.pattern.Comments(), p.pattern.Comments())
	}
	return ""
}

func slow(d *decoder) { d.fastFrom = math.MaxInt64 }

func fast(d *decoder) { d.fastFrom = 0 }

func strict(d *decoder) { d.isStrict = true }

// checkFast compares what is read with and without the fast way, in parts of so many bytes.
func checkFast(t *testing.T, in []byte, chunk int) {
	t.Helper()
	if d := outcomeOf(in, chunk, fast).difference(outcomeOf(in, len(in), slow)); d != "" {
		t.Fatalf("%s; %d bytes at a time of %q", d, chunk, in)
	}
	if d := outcomeOf(in, chunk, fast, strict).difference(outcomeOf(in, len(in), slow, strict)); d != "" {
		t.Fatalf("strict: %s; %d bytes at a time of %q", d, chunk, in)
	}
}

// TestFast reads random texts of tokens, most of them plain, both ways.
func TestFast(t *testing.T) {
	t.Parallel()
	const seed = 5
	r := rand.New(rand.NewPCG(seed, seed))
	n := 2500
	if testing.Short() {
		n = 600
	}
	for range n {
		in := randomText(r)
		checkFast(t, in, 1+r.IntN(3*len(in)))
	}
}

// TestFastCuts has the input end, and the buffer, at every place.
func TestFastCuts(t *testing.T) {
	t.Parallel()
	in := []byte("x = 70, y = 9, rule = B3/S23:T68,7\n3bob2o66bo$12b9o10o3b2ob\r\n4bob2$2bo2bo\n70b3o$120o2b100o$bobo3b" +
		"3o2b2o2b3ob2o5bo\n\nbo\r\n9b9o9b9obo2b3o$$4o\n#C\n2bobo2$o3$o!\n")
	for i := range in {
		checkFast(t, in[:i], len(in))
		checkFast(t, in, i+1)
	}
}

// TestFastStrips has runs of all lengths about the end of a strip.
func TestFastStrips(t *testing.T) {
	t.Parallel()
	for x := 64*(stripWords-3) - 9; x < 64*stripWords+9; x += 11 {
		for _, n := range []int{1, 9, 10, 63, 64, 65, 100, 127, 128, 129, 191, 192, 300} {
			for _, c := range "bo" {
				in := strings.Repeat("4b5o", x/9) + strings.Repeat("o", x%9)
				checkFast(t, fmt.Appendf(nil, "x = 9, y = 2\n%s%d%co$o!", in, n, c), 1<<16)
			}
		}
	}
}

// TestFastFrom has inputs about as long as those for which fast is called, and asks whether it is.
func TestFastFrom(t *testing.T) {
	t.Parallel()
	const head = "x = 9, y = 9\n"
	for _, size := range []int{fastFrom - 1, fastFrom, fastFrom + 1, 2 * fastFrom} {
		in := []byte(head + strings.Repeat("3b2o$", size)[:size-len(head)-1] + "!")
		want := outcomeOf(in, len(in), slow)
		for _, chunk := range []int{1, 7, 100, fastFrom - 1, fastFrom, len(in)} {
			if d := outcomeOf(in, chunk).difference(want); d != "" {
				t.Fatalf("%d bytes, %d at a time: %s", size, chunk, d)
			}
		}
		var d *decoder
		if _, err := Decode(bytes.NewReader(in), func(x *decoder) { d = x }); err != nil {
			t.Fatal(err)
		}
		if got := d.wordSteps != nil; got != (size >= fastFrom) {
			t.Errorf("%d bytes: fast was called: %v", size, got)
		}
	}
}

// FuzzFast reads any text both ways.
func FuzzFast(f *testing.F) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 20 {
		f.Add(randomText(r), uint8(r.IntN(256)))
	}
	f.Fuzz(func(t *testing.T, in []byte, chunk uint8) {
		if len(in) <= 1<<12 {
			checkFast(t, in, 1+int(chunk))
		}
	})
}

// heads are what comes before the cells of random texts: places far and near, grids
// that cut cells off, rules of two states and more.
var heads = []string{
	"x = 9, y = 9\n", "x = 9999, y = 9, rule = B3/S23:T128,64\n", "x = 70, y = 40, rule = B3/S23:P63,9\n",
	"x = 0, y = 0, rule = B3/S23:K65*,90\n", "#CXRLE Pos=-100,-7\nx = 9, y = 9, rule = B3/S23:T100,5\n",
	"#CXRLE Pos=200,7\nx = 9, y = 9, rule = B3/S23:P0,5\n", "#CXRLE Pos=9223372036854775807,0\nx = 1, y = 1, rule = B3/S23:P7,0\n",
	"#CXRLE Pos=-4611686018427387904,4611686018427387904\r\nx = 1, y = 1\r\n", "#CXRLE Pos=4611686018427387904,-9\nx = 1, y = 1\n",
	"", "#r B3/S23\n", "x = 1, y = 1, rule = WireWorld\n", "x = 1, y = 1, rule = /2/256\n", "x = 1, y = 1, rule = /2/30:T77,8\n",
	"x = 1, y = 1, rule = /2/4\r\n",
}

// randomText returns an RLE text, more or less.
func randomText(r *rand.Rand) []byte {
	in := bytes.NewBufferString(heads[r.IntN(len(heads))])
	counts := []int64{10, 10, 10, 100, 300, 5000, 1 << 62}[r.IntN(7):]
	odd := []int{0, 0, 50, 1000}[r.IntN(4)] // how often there is something odd: one in so many
	ends := []int{8, 30, 1000}[r.IntN(3)]   // how often a row ends
	letters := []string{"bo", "bo", "boboboA.", ".ABC", ".ABCDEFGHX", "bopAqByO."}[r.IntN(6)]
	for range 1 + r.IntN(400) {
		if odd > 0 && r.IntN(odd) == 0 {
			in.WriteString([]string{" ", "0", "?", "x", "#", "!", "\r", "3\n", "3 ", "4\r\no", "\n#C 3o\n", "\nx = 1, y = 1\n", "p", "B", "9223372036854775807o", "é",
				"\x00", "\x80", "04o", "p\nA", "\t", "y", "O", "9$", "5000000000000000000b", "5000000000000000000o",
				"9223372036854775807$"}[r.IntN(27)])
		}
		if n := 1 + r.Int64N(counts[0]); r.IntN(3) > 0 && n > 1 {
			fmt.Fprint(in, n)
		}
		switch i := r.IntN(len(letters)); {
		case r.IntN(ends) == 0:
			in.WriteString("$")
		case strings.IndexByte("pqy", letters[i]) >= 0:
			in.WriteString(letters[i : i+2])
		default:
			in.WriteByte(letters[i])
		}
		if r.IntN(20) == 0 {
			in.WriteString([]string{"\n", "\r\n", "\n\n", "\r"}[r.IntN(4)])
		}
		if r.IntN(100) == 0 {
			counts = []int64{10, 10, 100, 300}[r.IntN(4):]
		}
	}
	if r.IntN(8) > 0 {
		in.WriteByte('!')
	}
	return in.Bytes()
}
