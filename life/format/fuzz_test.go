package format_test

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/format"
)

// FuzzSniff looks for panics, and for a format that depends on what follows the
// bytes that matter.
func FuzzSniff(f *testing.F) {
	for _, tt := range refusals {
		f.Add([]byte(tt.in))
	}
	f.Add([]byte(gliderRLE))
	f.Add([]byte(gliderMC))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := format.Sniff(in)
		if (got == "") != (err != nil) || err != nil && !errors.Is(err, format.ErrFormat) {
			t.Fatalf("got %q, error %v", got, err)
		}
		if len(in) < format.SniffSize {
			return
		}
		if again, _ := format.Sniff(append(bytes.Clone(in), "\x00zzz"...)); again != got {
			t.Fatalf("got %q, and %q of more", got, again)
		}
	})
}

// FuzzRead looks for panics, for a result that differs when the input is packed,
// and for patterns that change on their way through every writer.
func FuzzRead(f *testing.F) {
	for _, tt := range refusals {
		f.Add([]byte(tt.in))
	}
	f.Add([]byte(gliderRLE))
	f.Add([]byte(gliderMC))
	f.Add([]byte(archive(f, "a.rle", gliderRLE, "b.txt", "hello")))
	f.Add([]byte(zstded(f, gliderRLE)))
	for _, in := range []string{"!\n.O\n", "#Life 1.05\n#P 0 0\n*\n", "#Life 1.06\n0 0\n", "#MCell 4\n#BOARD 5x5\n#L A", "xq4_153"} {
		f.Add([]byte(in))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 1<<12 {
			return
		}
		p, info, err := format.Read(bytes.NewReader(in))
		if (err == nil) != (p != nil) || err == nil && info.Format == "" {
			t.Fatalf("got %v, %v, error %v", p, info, err)
		}
		if info.Packing == "" && !bytes.HasPrefix(in, []byte{0x1F, 0x8B}) {
			q, _, packedErr := format.Read(bytes.NewReader([]byte(zipped(t, string(in)))))
			if (err == nil) != (packedErr == nil) || err == nil && !q.Equal(p) {
				t.Fatalf("plain: %v, packed: %v", err, packedErr)
			}
		}
		if err != nil {
			return
		}
		writers := []string{".mc.gz", ".mc.zst"}
		if p.Population().Cmp(big.NewInt(1e5)) < 0 { // the others take their time for more
			writers = append(writers, ".rle", ".lif", ".life")
		}
		for _, x := range writers {
			var b bytes.Buffer
			if err := format.Write(&b, x, p); err != nil {
				if !errors.Is(err, life.ErrOutOfRange) && !errors.Is(err, life.ErrState) {
					t.Fatal(err)
				}
				continue
			}
			q, _, err := format.Read(&b, format.WithStrict())
			if err == nil && len(format.Loss(x, p)) > 0 {
				q = q.WithGeneration(p.Generation())
			}
			if err != nil || !q.Equal(p) {
				t.Fatalf("%s: another pattern comes back, error %v", x, err)
			}
		}
	})
}
