package bitmap_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"golife/life"
	"golife/life/format/bitmap"
	"golife/life/format/codec"
	"golife/life/lifetest"
	"golife/life/rule"
)

var suite = lifetest.Codec{Decode: bitmap.Decode, PerByte: 64 << 10, Constant: 1 << 20}

var (
	white = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	black = color.NRGBA{0, 0, 0, 0xFF}
	grey  = color.NRGBA{0xFE, 0xFF, 0xFF, 0xFF} // not quite white
	clear = color.NRGBA{0xFF, 0, 0, 0}
)

// cells is a random picture: which cells are live.
type cells struct {
	w, h int
	live []bool
}

func randomPicture(rnd *rand.Rand, w, h int) *cells {
	c := &cells{w, h, make([]bool, w*h)}
	for i := range c.live {
		c.live[i] = rnd.IntN(3) == 0
	}
	return c
}

// paint draws the picture on an image.
func (c *cells) paint(m draw.Image, live, dead color.Color) image.Image {
	for i, isLive := range c.live {
		to := dead
		if isLive {
			to = live
		}
		m.Set(i%c.w, i/c.w, to)
	}
	return m
}

// check reads a file and wants the picture.
func (c *cells) check(t *testing.T, name string, file []byte, rs string) {
	t.Helper()
	b := life.NewBuilder(rule.MustParse(rs))
	for i, isLive := range c.live {
		if isLive {
			b.Set(int64(i%c.w), int64(i/c.w), 1)
		}
	}
	p, err := bitmap.Decode(bytes.NewReader(file), codec.Options{Rule: rule.MustParse(rs)})
	if err != nil || !p.Equal(b.Pattern()) {
		t.Errorf("%s, %d by %d: other cells, error %v", name, c.w, c.h, err)
	}
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPNG(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, w := range []int{1, 7, 8, 63, 64, 65, 130} {
		c := randomPicture(rnd, w, 5)
		box := image.Rect(0, 0, c.w, c.h)
		two := color.Palette{white, black}
		many := color.Palette{black, white, grey, clear, black, black, white, grey, grey}
		for name, m := range map[string]image.Image{
			"1 bit":        c.paint(image.NewPaletted(box, two), black, white),
			"4 bits":       c.paint(image.NewPaletted(box, many), grey, white),
			"palette":      c.paint(image.NewPaletted(box, many), black, clear),
			"grey":         c.paint(image.NewGray(box), black, white),
			"16 bits":      c.paint(image.NewGray16(box), color.Gray16{0xFFFE}, white),
			"colour":       c.paint(image.NewRGBA(box), grey, white),
			"transparent":  c.paint(image.NewNRGBA(box), grey, clear),
			"translucent":  c.paint(image.NewNRGBA(box), color.NRGBA{0xFF, 0xFF, 0xFF, 0x80}, white),
			"16-bit alpha": c.paint(image.NewNRGBA64(box), grey, clear),
		} {
			c.check(t, name, pngOf(t, m), "B3/S23")
			c.check(t, name, pngOf(t, m), "/2/3")
		}
	}
}

func TestGIF(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, w := range []int{1, 64, 200} {
		c := randomPicture(rnd, w, 40)
		m := c.paint(image.NewPaletted(image.Rect(0, 0, c.w, c.h), color.Palette{white, black, grey}), grey, white)
		second := c.paint(image.NewPaletted(image.Rect(0, 0, c.w, c.h), color.Palette{white, black}), white, black)
		var b bytes.Buffer
		if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{m.(*image.Paletted), second.(*image.Paletted)}, Delay: []int{1, 1}}); err != nil {
			t.Fatal(err)
		}
		c.check(t, "GIF", b.Bytes(), "B3/S23")
	}
}

// bmpOf writes a BMP file of a depth; compression 3 has masks. It is another way
// than the reader's: rows from bits.
func bmpOf(c *cells, depth int, isTopDown, isOld bool, compression uint32) []byte {
	le := binary.LittleEndian
	var info []byte
	height := int32(c.h)
	if isTopDown {
		height = -height
	}
	if isOld {
		info = le.AppendUint32(info, 12)
		info = le.AppendUint16(le.AppendUint16(info, uint16(c.w)), uint16(c.h))
		info = le.AppendUint16(le.AppendUint16(info, 1), uint16(depth))
	} else {
		info = le.AppendUint32(le.AppendUint32(le.AppendUint32(info, 40), uint32(c.w)), uint32(height))
		info = le.AppendUint16(le.AppendUint16(info, 1), uint16(depth))
		for _, v := range []uint32{compression, 0, 0, 0, 0, 0} {
			info = le.AppendUint32(info, v)
		}
	}
	if compression == 3 {
		for _, m := range []uint32{0xFF << 24, 0xFF << 16, 0xFF << 8} {
			info = le.AppendUint32(info, m)
		}
	}
	if depth <= 8 { // colour 0 is white, the others are not
		for i := range 1 << depth {
			info = append(info, 0xFF, 0xFF, 0xFF-byte(min(i, 1)))
			if !isOld {
				info = append(info, 0)
			}
		}
	}
	var rows []byte
	for y := range c.h {
		at := c.h - 1 - y
		if isTopDown {
			at = y
		}
		rows = append(rows, bmpRow(c.live[at*c.w:][:c.w], depth, compression)...)
	}
	file := le.AppendUint32([]byte("BM"), uint32(14+len(info)+len(rows)))
	file = le.AppendUint32(le.AppendUint32(file, 0), uint32(14+len(info)))
	return append(append(file, info...), rows...)
}

// bmpRow writes one row.
func bmpRow(live []bool, depth int, compression uint32) []byte {
	row := make([]byte, (len(live)*depth+31)/32*4)
	for x, isLive := range live {
		pixel := uint32(0)
		switch {
		case depth == 16:
			pixel = 0x7FFF
		case depth == 24:
			pixel = 0xFFFFFF
		case compression == 3:
			pixel = 0xFFFFFF00
		case depth == 32:
			pixel = 0x00FFFFFF
		}
		if isLive {
			pixel ^= 1 << 9 & pixel // a bit of green
			if depth <= 8 {
				pixel = 1
			}
		}
		if depth < 8 {
			row[x*depth/8] |= byte(pixel) << (8 - depth - x*depth%8)
			continue
		}
		for i := range depth / 8 {
			row[x*depth/8+i] = byte(pixel >> (8 * i))
		}
	}
	return row
}

func TestBMP(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, w := range []int{1, 3, 8, 31, 33, 70} {
		c := randomPicture(rnd, w, 5)
		for _, depth := range []int{1, 4, 8, 16, 24, 32} {
			c.check(t, "BMP", bmpOf(c, depth, false, false, 0), "B3/S23")
			c.check(t, "top down", bmpOf(c, depth, true, false, 0), "B3/S23")
			if depth <= 8 || depth == 24 {
				c.check(t, "OS/2", bmpOf(c, depth, false, true, 0), "B3/S23")
			}
		}
		c.check(t, "masks", bmpOf(c, 32, false, false, 3), "B3/S23")
	}
}

// TestGrid drops what a bounded grid does not have.
func TestGrid(t *testing.T) {
	t.Parallel()
	c := &cells{8, 8, make([]bool, 64)}
	file := pngOf(t, c.paint(image.NewGray(image.Rect(0, 0, 8, 8)), black, black))
	p, err := bitmap.Decode(bytes.NewReader(file), codec.Options{Rule: rule.MustParse("B3/S23:T10,6")})
	if err != nil || p.Population().Int64() != 5*3 {
		t.Errorf("got %v, error %v; want the 15 cells in the quarter of the grid", p, err)
	}
}

// claim returns a PNG file whose header claims a size.
func claim(t testing.TB, w, h uint32) []byte {
	t.Helper()
	file := pngOf(t, image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{white, black}))
	binary.BigEndian.PutUint32(file[16:], w)
	binary.BigEndian.PutUint32(file[20:], h)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

func TestErrors(t *testing.T) {
	t.Parallel()
	c := randomPicture(rand.New(rand.NewPCG(1, 2)), 20, 20)
	bmp := bmpOf(c, 1, false, false, 0)
	rle := bmpOf(c, 8, false, false, 1)
	odd := bmpOf(c, 8, false, false, 0)
	odd[28] = 5
	whole := pngOf(t, c.paint(image.NewGray(image.Rect(0, 0, 20, 20)), black, white))
	for _, tt := range []struct{ name, in, want string }{
		{"text", "text", "png: found no image, want PNG, GIF or BMP"},
		{"huge PNG", string(claim(t, 60_000, 60_000)), "png: image of 60000 by 60000, want 1 to 268435456 pixels"},
		{"large PNG", string(claim(t, 16_000, 16_000)), "png: image of 16000 by 16000 in 90 bytes, which are too few for it"},
		{"cut PNG", string(whole[:len(whole)-20]), "png: the image is cut short"},
		{"cut PNG header", string(whole[:20]), "png: the image is cut short"},
		{"cut GIF", "GIF89a\x05\x00\x05\x00\x00\x00\x00", "gif: the image is cut short"},
		{"cut BMP", string(bmp[:len(bmp)-1]), "bmp: the image is cut short"},
		{"BMP header alone", string(bmp[:20]), "bmp: the image is cut short"},
		{"BMP without a palette", string(bmp[:56]), "bmp: the image is cut short"},
		{"compressed BMP", string(rle), "bmp: compression of kind 1, want an image that is not compressed"},
		{"odd depth", string(odd), "bmp: 5 bits a pixel, want 1, 4, 8, 16, 24 or 32"},
		{"no BMP", "BM" + strings.Repeat("x", 60), "bmp: header of 2021161080 bytes, want that of a BMP file"},
	} {
		if _, err := bitmap.Decode(strings.NewReader(tt.in), codec.Options{}); err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
}

func TestMemory(t *testing.T) {
	large := image.NewPaletted(image.Rect(0, 0, 4000, 4000), color.Palette{white, black})
	suite.Memory(t, map[string]string{
		"blank": string(pngOf(t, large)), "claims": string(claim(t, 10_000, 70)), "grey": string(pngOf(t, image.NewGray16(image.Rect(0, 0, 500, 500)))),
		"alpha": string(pngOf(t, image.NewNRGBA64(image.Rect(0, 0, 500, 500)))),
	})
}

func Fuzz(f *testing.F) {
	c := randomPicture(rand.New(rand.NewPCG(1, 2)), 9, 5)
	var g bytes.Buffer
	if err := gif.Encode(&g, c.paint(image.NewPaletted(image.Rect(0, 0, 9, 5), color.Palette{white, black}), black, white), nil); err != nil {
		f.Fatal(err)
	}
	suite.Fuzz(f, string(pngOf(f, c.paint(image.NewGray(image.Rect(0, 0, 9, 5)), black, white))), g.String(),
		string(bmpOf(c, 1, false, false, 0)), string(bmpOf(c, 4, true, false, 0)), string(bmpOf(c, 24, false, true, 0)), string(bmpOf(c, 32, false, false, 3)), string(claim(f, 5000, 5000)))
}
