package bitmap

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"math/bits"
)

// bmpHeader is what matters of the headers of a BMP file.
type bmpHeader struct {
	width, height int
	isTopDown     bool
	depth         int       // bits a pixel
	masks         [3]uint32 // of red, green and blue at depths 16 and 32
	palette       color.Palette
	pixels        int // where they begin in the file
}

// The kinds of compression that are read: none, and colours by masks.
const (
	bmpPlain = 0
	bmpMasks = 3
)

// parseBMP reads the headers: those of Windows from 3.1 on, and that of OS/2 1.x.
// Source: Microsoft, "Bitmap Storage" (learn.microsoft.com).
func parseBMP(data []byte) (*bmpHeader, error) {
	if len(data) < 26 {
		return nil, io.ErrUnexpectedEOF
	}
	le := binary.LittleEndian
	size := int(le.Uint32(data[14:]))
	h := &bmpHeader{pixels: int(le.Uint32(data[10:]))}
	if size == 12 {
		h.width, h.height, h.depth = int(le.Uint16(data[18:])), int(le.Uint16(data[20:])), int(le.Uint16(data[24:]))
		return h, h.readPalette(data, 26, 3, 0)
	}
	if size < 40 || size > 1<<10 {
		return nil, fmt.Errorf("header of %d bytes, want that of a BMP file", size)
	}
	if len(data) < 14+size {
		return nil, io.ErrUnexpectedEOF
	}
	h.width, h.height = int(int32(le.Uint32(data[18:]))), int(int32(le.Uint32(data[22:])))
	if h.height < 0 {
		h.height, h.isTopDown = -h.height, true
	}
	h.depth = int(le.Uint16(data[28:]))
	switch compression := le.Uint32(data[30:]); compression {
	case bmpPlain:
		h.masks = [3]uint32{0xFF0000, 0xFF00, 0xFF}
		if h.depth == 16 {
			h.masks = [3]uint32{0x7C00, 0x3E0, 0x1F}
		}
	case bmpMasks:
		if len(data) < 66 {
			return nil, io.ErrUnexpectedEOF
		}
		for i := range h.masks {
			h.masks[i] = le.Uint32(data[54+4*i:])
		}
	default:
		return nil, fmt.Errorf("compression of kind %d, want an image that is not compressed", compression)
	}
	return h, h.readPalette(data, 14+size, 4, int(le.Uint32(data[46:])))
}

// readPalette reads n colours of so many bytes each, as many as there are when n is
// 0. Depths above 8 have none.
func (h *bmpHeader) readPalette(data []byte, at, bytes, n int) error {
	switch h.depth {
	case 1, 4, 8:
	case 16, 24, 32:
		return nil
	default:
		return fmt.Errorf("%d bits a pixel, want 1, 4, 8, 16, 24 or 32", h.depth)
	}
	if n <= 0 || n > 1<<h.depth {
		n = 1 << h.depth
	}
	for ; n > 0 && at+bytes <= len(data); n, at = n-1, at+bytes {
		h.palette = append(h.palette, color.RGBA{data[at+2], data[at+1], data[at], 0xFF})
	}
	if n > 0 {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// bmpConfig returns the size of a BMP image.
func bmpConfig(r io.Reader) (image.Config, error) {
	h, err := readBMP(r, nil)
	if err != nil {
		return image.Config{}, err
	}
	return image.Config{Width: h.width, Height: h.height}, nil
}

// readBMP reads the headers, and the whole file into data unless that is nil.
func readBMP(r io.Reader, data *[]byte) (*bmpHeader, error) {
	all, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if data != nil {
		*data = all
	}
	return parseBMP(all)
}

// decodeBMP reads a BMP image. Its pixels are black or white: that is all that
// matters here.
func decodeBMP(r io.Reader) (image.Image, error) {
	var data []byte
	h, err := readBMP(r, &data)
	if err != nil {
		return nil, err
	}
	stride := (h.width*h.depth + 31) / 32 * 4
	if h.pixels < 0 || h.pixels > len(data) || len(data)-h.pixels < stride*h.height {
		return nil, io.ErrUnexpectedEOF
	}
	m := image.NewGray(image.Rect(0, 0, h.width, h.height))
	for y := range h.height {
		at := y
		if !h.isTopDown {
			at = h.height - 1 - y
		}
		row := data[h.pixels+at*stride:][:stride]
		for x := range h.width {
			isWhite, err := h.isWhite(row, x)
			if err != nil {
				return nil, err
			}
			if isWhite {
				m.Pix[y*m.Stride+x] = 0xFF
			}
		}
	}
	return m, nil
}

// isWhite reports whether pixel x of a row is white.
func (h *bmpHeader) isWhite(row []byte, x int) (bool, error) {
	switch h.depth {
	case 16:
		return h.isFull(uint32(binary.LittleEndian.Uint16(row[2*x:]))), nil
	case 24:
		return row[3*x]&row[3*x+1]&row[3*x+2] == 0xFF, nil
	case 32:
		return h.isFull(binary.LittleEndian.Uint32(row[4*x:])), nil
	}
	bit := x * h.depth
	i := int(bits.RotateLeft8(row[bit/8], bit%8+h.depth)) & (1<<h.depth - 1)
	if i >= len(h.palette) {
		return false, errors.New("a pixel of a colour that the palette lacks")
	}
	return isWhite(h.palette[i]), nil
}

// isFull reports whether all three colours of a pixel are full.
func (h *bmpHeader) isFull(pixel uint32) bool {
	all := h.masks[0] | h.masks[1] | h.masks[2]
	return pixel&all == all
}
