package record

import (
	"bufio"
	"compress/lzw"
	"encoding/binary"
	"image"
	"math/bits"
	"slices"
	"time"

	"golife/life/view"
)

// film writes a GIF frame by frame: the encoder of the standard library wants
// all frames at once. Source: CompuServe, Graphics Interchange Format, Version
// 89a, 1990; the looping extension is Netscape's.
type film struct {
	*bufio.Writer
	Options
	w, h    int
	before  []view.Color // the frame that has been written; nil for none
	pending []view.Color // the frame that is shown until the next one differs
	shown   time.Duration
	late    time.Duration // what rounding has left over
}

func newGIF(w *bufio.Writer, o Options) Recorder { return &film{Writer: w, Options: o} }

func (f *film) Add(p *view.Picture) error {
	d := dots(&f.Options, p)
	if f.pending == nil {
		if err := f.begin(p.Window.W, p.Window.H); err != nil {
			return err
		}
	} else if p.Window.W != f.w || p.Window.H != f.h {
		return errSize
	} else if !slices.Equal(d, f.pending) {
		f.frame()
	}
	f.pending = d
	f.shown += f.Delay
	return nil
}

func (f *film) Close() error {
	if f.pending == nil {
		return nil
	}
	f.frame()
	f.WriteByte(0x3B) // the trailer
	return f.Flush()
}

// begin writes what comes before the frames. Errors stay until Flush.
func (f *film) begin(w, h int) error {
	if w < 1 || h < 1 || w*f.Scale > MaxSide || h*f.Scale > MaxSide {
		return errSize
	}
	f.w, f.h = w, h
	f.WriteString("GIF89a")
	f.shorts(w*f.Scale, h*f.Scale)
	f.Write([]byte{0, 0, 0})                                     // each frame has its own colours
	f.WriteString("\x21\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00\x00") // it begins again, without end
	return nil
}

func (f *film) shorts(values ...int) {
	for _, v := range values {
		f.Write(binary.LittleEndian.AppendUint16(nil, uint16(v)))
	}
}

// frame writes what has changed.
func (f *film) frame() {
	r := changed(f.before, f.pending, f.w, f.h)
	img := indexed(f.pending, f.w, r, f.Scale)
	f.late += f.shown
	hundredths := min(int((f.late+5*time.Millisecond)/(10*time.Millisecond)), 1<<16-1)
	f.late -= time.Duration(hundredths) * 10 * time.Millisecond
	f.before, f.shown = f.pending, 0

	f.Write([]byte{0x21, 0xF9, 4, 1 << 2}) // graphic control: the frame stays below the next
	f.shorts(hundredths)
	f.Write([]byte{0, 0, 0x2C})
	f.shorts(r.Min.X*f.Scale, r.Min.Y*f.Scale, r.Dx()*f.Scale, r.Dy()*f.Scale)
	depth := max(bits.Len(uint(len(img.Palette)-1)), 1)
	f.WriteByte(0x80 | byte(depth-1)) // colours of its own, 2^depth
	for i := range 1 << depth {
		var rgb [3]byte
		if i < len(img.Palette) {
			r, g, b, _ := img.Palette[i].RGBA()
			rgb = [3]byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)}
		}
		f.Write(rgb[:])
	}
	depth = max(depth, 2)
	f.WriteByte(byte(depth))
	blocks := &blockWriter{w: f.Writer}
	z := lzw.NewWriter(blocks, lzw.LSB, depth)
	z.Write(img.Pix)
	z.Close()
	blocks.close()
}

// changed returns the smallest rectangle outside which a and b are equal; all of b
// when a is nil, and one dot when nothing differs.
func changed(a, b []view.Color, w, h int) image.Rectangle {
	if a == nil {
		return image.Rect(0, 0, w, h)
	}
	var r image.Rectangle
	for y := range h {
		rowA, rowB := a[y*w:(y+1)*w], b[y*w:(y+1)*w]
		if slices.Equal(rowA, rowB) {
			continue
		}
		first, last := 0, w-1
		for rowA[first] == rowB[first] {
			first++
		}
		for rowA[last] == rowB[last] {
			last--
		}
		r = r.Union(image.Rect(first, y, last+1, y+1))
	}
	if r.Empty() {
		return image.Rect(0, 0, 1, 1)
	}
	return r
}

// blockWriter cuts bytes into the sub-blocks of a GIF, at most 255 bytes each.
type blockWriter struct {
	w   *bufio.Writer
	buf []byte
}

func (b *blockWriter) Write(p []byte) (int, error) {
	for _, c := range p {
		if b.buf = append(b.buf, c); len(b.buf) == 255 {
			b.flush()
		}
	}
	return len(p), nil
}

func (b *blockWriter) flush() {
	if len(b.buf) > 0 {
		b.w.WriteByte(byte(len(b.buf)))
		b.w.Write(b.buf)
		b.buf = b.buf[:0]
	}
}

// close writes the empty block that ends the others.
func (b *blockWriter) close() {
	b.flush()
	b.w.WriteByte(0)
}
