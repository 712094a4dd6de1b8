package format

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"golife/life"
	"golife/life/engine"
	"golife/life/format/apgcode"
)

// Write writes p in the format that the extension of name asks for, compressed
// when name ends in ".gz" or ".zst"; the name may be an extension alone. Nothing is
// opened: name only tells the format. Equal patterns are written as equal bytes: a
// compressed file holds no name and no time.
//
// The error wraps ErrExtension for a name that does not tell a format, before
// anything is written; else it is the codec's, such as life.ErrOutOfRange or
// life.ErrState for a pattern that the format cannot hold, or w's. Cost: that of
// the codec.
func Write(w io.Writer, name string, p *life.Pattern) error {
	e, x, err := byName(name)
	if err != nil {
		return err
	}
	b := buffer{bufio.NewWriterSize(w, bufferSize), w}
	_, packing := cutPacking(strings.ToLower(x))
	if err := writePacked(b, packing, func(w io.Writer) error { return e.encode(w, p) }); err != nil {
		return err
	}
	return b.Flush()
}

// buffer is a bufio.Writer that passes empty writes on, which ask whether the writer behind
// it still takes anything.
type buffer struct {
	*bufio.Writer
	w io.Writer
}

// Write implements io.Writer.
func (b buffer) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return b.w.Write(nil)
	}
	return b.Writer.Write(p)
}

// writePacked has encode write through a compressor.
func writePacked(w io.Writer, packing string, encode func(io.Writer) error) error {
	var z io.WriteCloser
	switch packing {
	case ".gz":
		z = gzip.NewWriter(w)
	case ".zst":
		var err error
		if z, err = zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)); err != nil {
			return err
		}
	default:
		return encode(w)
	}
	if err := encode(z); err != nil {
		return err
	}
	return z.Close()
}

// Loss says what a file of the format that name asks for does not keep of p: in a
// few words each, such as "generation 12". It is empty when the file keeps all, or
// when Write would fail.
func Loss(name string, p *life.Pattern) (lost []string) {
	e, _, err := byName(name)
	if err != nil {
		return nil
	}
	if r := p.Rule().String(); !e.HasRule && r != "B3/S23" {
		lost = append(lost, "rule "+r)
	}
	if g := p.Generation(); !e.HasGeneration && g.Sign() > 0 {
		lost = append(lost, fmt.Sprintf("generation %v", g))
	}
	if b, ok := p.Bounds(); ok && !e.HasPosition && (b.MinX.Sign() != 0 || b.MinY.Sign() != 0) {
		lost = append(lost, fmt.Sprintf("position %v,%v", b.MinX, b.MinY))
	}
	if n := len(p.Comments()); !e.HasComments && n > 0 {
		lost = append(lost, fmt.Sprintf("%d lines of comments", n))
	}
	return lost
}

// encodeApgcode writes a pattern's apgcode. What the pattern is shows only when it
// runs.
func encodeApgcode(w io.Writer, p *life.Pattern) error {
	var e life.Engine
	return apgcode.Encode(w, p, func() (*life.Pattern, error) {
		if e == nil {
			var err error
			choice := engine.Choose(p, engine.Use{Generations: big.NewInt(1)})
			if e, err = engine.New(choice.Name, p.Rule(), engine.Options{}); err != nil {
				return nil, err
			}
			if err := e.Load(p); err != nil {
				return nil, err
			}
		}
		if err := e.Advance(context.Background(), big.NewInt(1)); err != nil {
			return nil, err
		}
		return e.Snapshot(), nil
	})
}
