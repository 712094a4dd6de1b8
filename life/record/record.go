package record

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"golife/life/view"
)

// MaxSide is the largest width or height of an image in pixels.
const MaxSide = 1<<16 - 1

// Options say how pictures are written.
type Options struct {
	Painter view.Painter  // its palette must be of depth view.TrueColor for images
	Scale   int           // pixels along the side of a dot; 0 is 1
	Delay   time.Duration // each frame of a film is shown so long; 0 is DefaultDelay
	Title   string        // of a cast and an SVG
}

// DefaultDelay is how long a frame of a film is shown.
const DefaultDelay = 50 * time.Millisecond

func (o Options) withDefaults() Options {
	o.Scale = max(o.Scale, 1)
	if o.Delay <= 0 {
		o.Delay = DefaultDelay
	}
	return o
}

// ErrFormat is wrapped by the error for a name that tells no format.
var ErrFormat = errors.New("the name tells no kind of picture")

// encoder makes a Recorder.
type encoder struct {
	extension string
	isFilm    bool
	isText    bool // it is made of characters
	start     func(w *bufio.Writer, o Options) Recorder
}

// encoders holds the formats.
var encoders = []encoder{
	{".png", false, false, newPNG},
	{".gif", true, false, newGIF},
	{".svg", false, false, newSVG},
	{".cast", true, true, newCast},
	{".txt", false, true, newText},
}

// Extensions returns the extensions of file names that tell a format.
func Extensions() (list []string) {
	for _, e := range encoders {
		list = append(list, e.extension)
	}
	return list
}

// byName returns the encoder that the extension of name asks for, nil for none.
func byName(name string) *encoder {
	x := strings.ToLower(path.Ext(name))
	i := slices.IndexFunc(encoders, func(e encoder) bool { return e.extension == x })
	if i < 0 {
		return nil
	}
	return &encoders[i]
}

// Is reports whether the extension of name tells a format.
func Is(name string) bool { return byName(name) != nil }

// IsFilm reports whether the format that name tells holds many pictures.
func IsFilm(name string) bool {
	e := byName(name)
	return e != nil && e.isFilm
}

// IsText reports whether the format that name tells is made of characters.
func IsText(name string) bool {
	e := byName(name)
	return e != nil && e.isText
}

// Recorder writes pictures. All must be of as many dots as the first.
type Recorder interface {
	// Add writes the next picture, which must not change afterwards. A format of
	// one picture takes no second one.
	Add(p *view.Picture) error
	// Close writes what is left, but does not close the writer. A recorder without
	// pictures writes nothing.
	Close() error
}

// New returns a recorder that writes to w in the format that the extension of name
// asks for; the name may be an extension alone. The error wraps ErrFormat.
func New(w io.Writer, name string, o Options) (Recorder, error) {
	e := byName(name)
	if e == nil {
		return nil, fmt.Errorf("%w: found %q, want %s", ErrFormat, strings.ToLower(path.Ext(name)), strings.Join(Extensions(), ", "))
	}
	return e.start(bufio.NewWriter(w), o.withDefaults()), nil
}

// Write writes one picture to w in the format that name tells. The errors are
// ErrFormat and those of w.
func Write(w io.Writer, name string, p *view.Picture, o Options) error {
	r, err := New(w, name, o)
	if err == nil {
		err = r.Add(p)
	}
	if err == nil {
		err = r.Close()
	}
	return err
}

// errMany is for a format of one picture.
var errMany = errors.New("record: this format holds one picture")

// errSize is for a picture that is unlike the first, or too large.
var errSize = errors.New("record: pictures of one film must be of one size, and no side above 65535 pixels")

// still is a Recorder of a format of one picture.
type still struct {
	*bufio.Writer
	Options
	isUsed bool
	write  func(s *still, p *view.Picture) error
}

func (s *still) Add(p *view.Picture) error {
	switch {
	case s.isUsed:
		return errMany
	case p.Window.W*s.Scale > MaxSide || p.Window.H*s.Scale > MaxSide:
		return errSize
	}
	s.isUsed = true
	return s.write(s, p)
}

func (s *still) Close() error { return s.Flush() }

func newPNG(w *bufio.Writer, o Options) Recorder { return &still{w, o, false, writePNG} }

func newSVG(w *bufio.Writer, o Options) Recorder { return &still{w, o, false, writeSVG} }

func newText(w *bufio.Writer, o Options) Recorder { return &still{w, o, false, writeText} }

// writeText writes the characters, without blanks at the ends of lines.
func writeText(s *still, p *view.Picture) error {
	columns, rows := s.Painter.Size(&p.Window)
	cells := make([]view.Cell, columns*rows)
	s.Painter.Paint(cells, p)
	for line := range slices.Chunk(cells, max(columns, 1)) {
		var b strings.Builder
		for _, c := range line {
			b.WriteRune(c.Rune)
		}
		s.WriteString(strings.TrimRight(b.String(), " ")) // the error stays until Flush
		s.WriteByte('\n')
	}
	return nil
}
