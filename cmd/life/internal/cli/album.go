package cli

import (
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"golife/life"
	"golife/life/checkpoint"
	"golife/life/format"
	"golife/life/record"
	"golife/life/view"
)

// Sizes of pictures whose size nobody tells, and the closest zoom at which they
// show a whole pattern.
const (
	imageWidth, imageHeight = 640, 480 // pixels
	textColumns, textRows   = 80, 24   // characters
	closestFit              = -4
)

// defaultFPS is how many pictures of a film are shown a second.
const defaultFPS = 20

// place is the value of --view.
type place struct {
	x, y *big.Int
	zoom int
}

// extent is the value of --size.
type extent struct{ w, h int }

// lookFlags are the flags of commands that draw, also on the terminal.
type lookFlags struct {
	theme  parsed[*view.Theme]
	glyphs parsed[view.Glyphs]
}

func (o *lookFlags) define(s *pflag.FlagSet) {
	o.theme = parsed[*view.Theme]{value: view.DefaultTheme(), parse: view.ThemeByName, kind: "theme"}
	o.glyphs = parsed[view.Glyphs]{value: view.Auto, parse: view.ParseGlyphs, kind: "glyphs"}
	s.Var(&o.theme, "theme", "colours: `THEME` is "+strings.Join(view.ThemeNames(), ", "))
	s.Var(&o.glyphs, "glyphs", "characters: `GLYPHS` is "+strings.Join(view.GlyphNames(), ", "))
	setWords(s, "theme", annotWords, view.ThemeNames()...)
	setWords(s, "glyphs", annotWords, view.GlyphNames()...)
}

// pictureFlags are the flags of commands that draw to files.
type pictureFlags struct {
	lookFlags
	view parsed[place]
	size parsed[extent]
	fps  parsed[int]
	ages bool
	grid bool
}

func (o *pictureFlags) define(s *pflag.FlagSet) {
	o.view = parsed[place]{parse: parsePlace, kind: "view"}
	o.size = parsed[extent]{parse: parseExtent, kind: "size"}
	o.fps = parsed[int]{value: defaultFPS, parse: parseFPS, kind: "number"}
	s.Var(&o.view, "view", "centre pictures on a cell, `X,Y,ZOOM`: 4:1 is 4 dots a cell, 1:8 is 8 cells "+
		"a dot, both powers of two; without it they show the whole pattern")
	s.Var(&o.size, "size", fmt.Sprintf("make pictures `WxH` pixels, or characters (%dx%d, %dx%d)",
		imageWidth, imageHeight, textColumns, textRows))
	o.lookFlags.define(s)
	s.Var(&o.fps, "fps", fmt.Sprintf("show `N` pictures a second in .gif and .cast (%d)", defaultFPS))
	s.BoolVar(&o.ages, "ages", false, "colour cells by age, with traces of the dead")
	s.BoolVar(&o.grid, "grid", false, "draw lines between cells of 8 dots and more")
}

func parsePlace(s string) (place, error) {
	const want = "want X,Y,ZOOM such as 0,0,4:1 or 2^70,-5,1:1024"
	parts := strings.Split(s, ",")
	if len(parts) != 3 {
		return place{}, fmt.Errorf("found %d parts, %s", len(parts), want)
	}
	var p place
	for i, v := range []**big.Int{&p.x, &p.y} {
		digits, isNegative := strings.CutPrefix(parts[i], "-")
		n, err := parseCount(digits)
		if err != nil {
			return place{}, fmt.Errorf("%q: %w", parts[i], err)
		}
		if isNegative {
			n.Neg(n)
		}
		*v = n
	}
	near, far, isRatio := strings.Cut(parts[2], ":")
	if !isRatio {
		far = "1"
	}
	n, errN := power(near)
	f, errF := power(far)
	if errN != nil || errF != nil || n > 0 && f > 0 {
		return place{}, fmt.Errorf("found zoom %q, want N:1 or 1:N with N a power of two", parts[2])
	}
	p.zoom = f - n
	if p.zoom < view.MinZoom || p.zoom > view.MaxZoom {
		return place{}, fmt.Errorf("found zoom %q, want %d:1 to 1:2^%d", parts[2], 1<<-view.MinZoom, view.MaxZoom)
	}
	return p, nil
}

// power returns the exponent of a power of two.
func power(s string) (int, error) {
	n, err := parsePositive(s)
	if err != nil {
		return 0, err
	}
	if e := n.BitLen() - 1; n.TrailingZeroBits() == uint(e) {
		return e, nil
	}
	return 0, errors.New("no power of two")
}

func parseExtent(s string) (extent, error) {
	w, h, _ := strings.Cut(s, "x")
	nw, errW := strconv.Atoi(w)
	nh, errH := strconv.Atoi(h)
	const most = 1 << 14
	if errW != nil || errH != nil || min(nw, nh) < 1 || max(nw, nh) > most {
		return extent{}, fmt.Errorf("want WIDTHxHEIGHT, such as 640x480, both 1 to %d", most)
	}
	return extent{nw, nh}, nil
}

func parseFPS(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 100 {
		return 0, errors.New("want a number from 1 to 100")
	}
	return n, nil
}

// checkKeep returns an error when a generation can be neither saved nor drawn as
// name.
func checkKeep(name string) (string, error) {
	if !record.Is(name) {
		_, err := checkOutput(name)
		if errors.Is(err, format.ErrExtension) {
			err = fmt.Errorf("%w, or %s for a picture", err, strings.Join(record.Extensions(), " "))
		}
		return name, err
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return "", errors.New("found a folder or a device, want a file name")
	}
	if err := template(name).check(); err != nil {
		return "", err
	}
	return name, checkFolder(name)
}

// album draws what an engine has: a picture each time, or a film. All methods
// may be called on nil.
type album struct {
	eng     life.Engine
	options record.Options
	camera  view.Camera
	isFixed bool // the camera stays where it is
	ages    bool
	history view.History

	spool *os.File // of a film, until it is complete
	film  record.Recorder
}

// open returns an album for the file name; nil when that is no picture. isRepeated
// says that pictures are taken on the way.
func (o *pictureFlags) open(title, name string, eng life.Engine, isRepeated bool) (*album, error) {
	switch {
	case !record.Is(name):
		return nil, nil
	case o.ages && !isRepeated:
		return nil, errors.New("--ages compares pictures, want --every N beside it")
	}
	a := &album{eng: eng, isFixed: o.view.isSet, ages: o.ages}
	painter := view.Painter{Glyphs: o.glyphs.value.For(true), Grid: o.grid}
	depth := view.TrueColor
	if record.IsText(name) && !record.IsFilm(name) {
		depth = view.Mono
	}
	painter.Palette = o.theme.value.Palette(depth, eng.Rule())
	a.options = record.Options{Painter: painter, Title: title, Delay: time.Second / time.Duration(o.fps.value)}
	size := o.size.value
	switch {
	case record.IsText(name):
		if !o.size.isSet {
			size = extent{textColumns, textRows}
		}
		size.w, size.h = painter.Glyphs.Dots(size.w, size.h)
	case !o.size.isSet:
		size = extent{imageWidth, imageHeight}
	}
	a.camera = view.NewCamera(size.w, size.h)
	if a.isFixed {
		p := o.view.value
		a.camera = a.camera.ZoomBy(p.zoom).CenterOn(p.x, p.y)
	} else if r, ok := eng.Bounds(); ok {
		a.camera = a.camera.FitFrom(r, closestFit)
	}
	if !record.IsFilm(name) {
		return a, nil
	}
	var err error
	if a.spool, err = os.CreateTemp("", "life-film-"); err != nil {
		return nil, reason(err)
	}
	a.film, err = record.New(a.spool, name, a.options)
	return a, err
}

// begin takes the first picture of a film.
func (a *album) begin() error {
	if a == nil || a.film == nil {
		return nil
	}
	return a.film.Add(a.take())
}

// take draws the present generation. A still shows the whole pattern, and a film
// goes after a pattern that leaves it, when nobody has told where to look.
func (a *album) take() *view.Picture {
	if r, ok := a.eng.Bounds(); ok && !a.isFixed {
		switch {
		case a.film == nil:
			a.camera = a.camera.FitFrom(r, closestFit)
		case !a.camera.Shows(r):
			a.camera = a.camera.FitFrom(r, a.camera.Zoom())
		}
	}
	p := view.Take(a.eng, a.camera)
	if a.ages {
		a.history.Add(&p, a.eng.Generation())
	}
	return &p
}

// onTheWay draws a generation that is not the last one, to a file of its own unless it
// is part of a film.
func (a *album) onTheWay(name string) error {
	if a.film != nil {
		return a.film.Add(a.take())
	}
	return a.write(name)
}

// last draws the last generation and completes a film.
func (a *album) last(name string) error {
	if a.film == nil {
		return a.write(name)
	}
	defer a.drop()
	if err := errors.Join(a.film.Add(a.take()), a.film.Close()); err != nil {
		return err
	}
	return a.save(name, func(w io.Writer) error {
		if _, err := a.spool.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := io.Copy(w, a.spool)
		return err
	})
}

// drop removes the spool.
func (a *album) drop() {
	if a != nil && a.spool != nil {
		a.spool.Close()
		os.Remove(a.spool.Name())
	}
}

func (a *album) write(name string) error {
	p := a.take()
	return a.save(name, func(w io.Writer) error { return record.Write(w, name, p, a.options) })
}

func (a *album) save(name string, write func(io.Writer) error) error {
	if err := checkpoint.WriteFile(name, write); err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}

// keepOnTheWay saves or draws a generation that is not the last one.
func (j *job) keepOnTheWay(g *big.Int) error {
	name := template(j.output.value).numbered().fill(j.arg, j.index, g)
	if j.album != nil {
		return j.album.onTheWay(name)
	}
	return j.env.save(name, j.snapshot())
}

// keepLast saves or draws the last generation.
func (j *job) keepLast() error {
	name := template(j.output.value).fill(j.arg, j.index, j.Engine().Generation())
	if j.album != nil {
		return j.album.last(name)
	}
	p := j.snapshot()
	if err := j.env.save(name, p); err != nil {
		return err
	}
	if !j.isQuiet {
		j.env.warnLoss(name, name, p)
	}
	return nil
}
