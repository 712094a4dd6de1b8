// Package bitmap reads images as patterns: each pixel that is not white is a live
// cell, as in Golly.
//
// # The formats
//
//	format  which files
//	png     all of them
//	gif     the first picture
//	bmp     1, 4, 8, 16, 24 and 32 bits a pixel, run lengths not
//
// A pixel is white when all its colours are full, or when nothing of it shows
// because it is transparent. Pixel (0, 0) of the image, in its north-west corner,
// is cell (0, 0). There are two states, and the rule is Life unless it is given.
//
// # Limits
//
// All of the file is read first. An image may have MaxPixels pixels; and one that
// claims more than the file can hold, by what its compression can do at best, is
// refused before there is room made for it. So Decode allocates at most 64 KiB for
// each byte of input, and 1 MiB: one byte may stand for 8256 pixels.
package bitmap

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"
	"math/bits"
	"strings"

	"golife/life"
	"golife/life/format/codec"
	"golife/life/rule"
)

// The names of the formats.
const (
	PNG codec.Format = "png"
	GIF codec.Format = "gif"
	BMP codec.Format = "bmp"
)

// MaxPixels bounds the size of an image, in pixels.
const MaxPixels = 1 << 28

// kind is how one of the formats is read.
type kind struct {
	format codec.Format
	magic  string
	ratio  func(data []byte) int64 // the most pixels for a byte of the file
	size   func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// kinds lists the formats.
var kinds = []kind{
	{PNG, "\x89PNG\r\n\x1A\n", pngRatio, png.DecodeConfig, png.Decode},
	{GIF, "GIF87a", gifRatio, gif.DecodeConfig, gif.Decode},
	{GIF, "GIF89a", gifRatio, gif.DecodeConfig, gif.Decode},
	{BMP, "BM", bmpRatio, bmpConfig, decodeBMP},
}

// pngRatio counts on Deflate, which makes 1032 bytes of one, and on the bits of a
// pixel that the header tells. A header is there, as its size is known.
func pngRatio(data []byte) int64 {
	depth, channels := int64(data[24]), int64(1)
	switch data[25] {
	case 2:
		channels = 3
	case 4:
		channels = 2
	case 6:
		channels = 4
	}
	return 8 * 1032 / max(1, depth*channels)
}

// gifRatio counts on codes of 12 bits for up to 4096 pixels each.
func gifRatio([]byte) int64 { return 2731 }

// bmpRatio counts on one bit a pixel.
func bmpRatio([]byte) int64 { return 8 }

// Decode reads one image, up to the end of r. The error is a *codec.SyntaxError
// for what the input holds, with Line 0, or that of r. Cost: O(pixels).
func Decode(r io.Reader, o codec.Options) (*life.Pattern, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("image: read: %w", err)
	}
	for _, k := range kinds {
		if bytes.HasPrefix(data, []byte(k.magic)) {
			return k.read(data, o)
		}
	}
	return nil, &codec.SyntaxError{Format: PNG, Msg: "found no image, want PNG, GIF or BMP", Err: codec.ErrFormat}
}

// read reads an image of the kind.
func (k *kind) read(data []byte, o codec.Options) (*life.Pattern, error) {
	fail := func(err error, format string, args ...any) error {
		return &codec.SyntaxError{Format: k.format, Msg: fmt.Sprintf(format, args...), Err: err}
	}
	c, err := k.size(bytes.NewReader(data))
	if err != nil {
		return nil, fail(err, "%s", k.reason(err))
	}
	w, h := int64(c.Width), int64(c.Height)
	switch {
	case w < 1 || h < 1 || w > MaxPixels/h:
		return nil, fail(life.ErrOutOfRange, "image of %d by %d, want 1 to %d pixels", w, h, MaxPixels)
	case w*h > k.ratio(data)*int64(len(data))+1<<16:
		return nil, fail(io.ErrUnexpectedEOF, "image of %d by %d in %d bytes, which are too few for it", w, h, len(data))
	}
	m, err := k.decode(bytes.NewReader(data))
	if err != nil {
		return nil, fail(err, "%s", k.reason(err))
	}
	r := o.Rule
	if r == nil {
		r = rule.MustParse("B3/S23")
	}
	b := life.NewBuilder(r)
	if err := addCells(b, m, r); err != nil {
		return nil, fail(err, "%v", err)
	}
	return b.Pattern(), nil
}

// reason says what io.ErrUnexpectedEOF and its like mean, and leaves out what the
// line has already.
func (k *kind) reason(err error) string {
	text := strings.TrimPrefix(err.Error(), string(k.format)+": ")
	if strings.HasSuffix(text, "EOF") {
		return "the image is cut short"
	}
	return text
}

// addCells adds the pixels of an image. Those outside a bounded grid are dropped.
func addCells(b *life.Builder, m image.Image, r *rule.Rule) error {
	isLive := test(m)
	box := m.Bounds()
	if g, ok := r.Grid(); ok {
		x, y := g.Origin()
		if g.Width > 0 {
			box.Max.X = int(min(int64(box.Max.X), x+g.Width))
		}
		if g.Height > 0 {
			box.Max.Y = int(min(int64(box.Max.Y), y+g.Height))
		}
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; {
			from := x
			var word uint64
			for n := 64 - from&63; n > 0 && x < box.Max.X; n, x = n-1, x+1 {
				if isLive(x, y) {
					word |= 1 << (x & 63)
				}
			}
			if err := addWord(b, r, int64(from)&^63, int64(y), word); err != nil {
				return err
			}
		}
	}
	return nil
}

// addWord adds 64 cells.
func addWord(b *life.Builder, r *rule.Rule, x, y int64, word uint64) error {
	if r.States() == 2 {
		b.SetRow64(x, y, word)
		return nil
	}
	for word != 0 {
		i := bits.TrailingZeros64(word)
		n := bits.TrailingZeros64(^(word >> i))
		if err := b.SetRun(x+int64(i), y, int64(n), 1); err != nil {
			return err
		}
		word &^= (1<<n - 1) << i
	}
	return nil
}

// test returns the test for live pixels of an image. Those kinds of image that the
// readers make most have a fast one.
func test(m image.Image) func(x, y int) bool {
	switch m := m.(type) {
	case *image.Paletted:
		var live [256]bool
		for i := range live {
			live[i] = i < len(m.Palette) && !isWhite(m.Palette[i])
		}
		return func(x, y int) bool { return live[m.Pix[m.PixOffset(x, y)]] }
	case *image.Gray:
		return func(x, y int) bool { return m.Pix[m.PixOffset(x, y)] != 0xFF }
	case *image.NRGBA:
		return func(x, y int) bool {
			p := m.Pix[m.PixOffset(x, y):][:4]
			return p[3] != 0 && (p[0]&p[1]&p[2] != 0xFF || p[3] != 0xFF)
		}
	case *image.RGBA:
		return func(x, y int) bool {
			p := m.Pix[m.PixOffset(x, y):][:4]
			return p[3] != 0 && p[0]&p[1]&p[2]&p[3] != 0xFF
		}
	}
	return func(x, y int) bool { return !isWhite(m.At(x, y)) }
}

// isWhite reports whether a colour is white or transparent.
func isWhite(c color.Color) bool {
	r, g, b, a := c.RGBA()
	return a == 0 || r&g&b&a == 0xFFFF
}
