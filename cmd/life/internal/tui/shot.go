package tui

import (
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"

	"golife/life/record"
	"golife/life/view"
)

// shotWidth is about how many pixels wide pictures are.
const shotWidth = 1200

// shotDigits is the longest generation that file names have with all digits.
const shotDigits = 18

// shotActions make pictures.
func shotActions() []action {
	return []action{
		{"s", "screenshot as PNG", "", "Pictures", func(m *model) { m.screenshot(".png") }},
		{"S", "screenshot as SVG", "", "Pictures", func(m *model) { m.screenshot(".svg") }},
		{"ctrl+t", "screenshot as text", "", "Pictures", func(m *model) { m.screenshot(".txt") }},
		{"R", "begin or end a film (GIF)", "", "Pictures", func(m *model) { m.toggleFilm(".gif") }},
		{"ctrl+r", "begin or end an asciicast", "", "Pictures", func(m *model) { m.toggleFilm(".cast") }},
	}
}

// film is a recording under way.
type film struct {
	file       *os.File
	recorder   record.Recorder
	generation *big.Int // of the last picture
	count      int
}

// recordOptions returns how pictures are written that look like the screen.
func (m *model) recordOptions(extension string) record.Options {
	depth := view.TrueColor
	if record.IsText(extension) && !record.IsFilm(extension) {
		depth = view.Mono
	}
	w, _ := m.frame.camera.Size()
	return record.Options{
		Painter: view.Painter{Palette: m.theme.Palette(depth, m.pattern.Rule()), Glyphs: m.glyphs, Grid: m.grid},
		Scale:   max(shotWidth/w, 1),
		Title:   m.name,
	}
}

// shown returns the newest frame's picture as it is drawn.
func (m *model) shown(f *frame) *view.Picture {
	p := f.picture
	if !m.ages {
		p.Ages = nil
	}
	return &p
}

// screenshot writes what is seen into a new file of the present folder.
func (m *model) screenshot(extension string) {
	if m.frame == nil {
		return
	}
	file, err := m.newFile(extension)
	if err == nil {
		err = record.Write(file, extension, m.shown(m.frame), m.recordOptions(extension))
		err = errors.Join(err, file.Close())
		if err != nil {
			os.Remove(file.Name()) // a part of a picture is of no use
		}
	}
	m.message = "no screenshot: " + shotReason(err)
	if err == nil {
		m.message = "saved " + file.Name()
	}
}

// newFile creates a file named after the pattern and the generation. What is
// there is not touched.
func (m *model) newFile(extension string) (*os.File, error) {
	base := filepath.Base(m.name)
	base = strings.TrimSuffix(strings.TrimSuffix(base, ".gz"), filepath.Ext(strings.TrimSuffix(base, ".gz")))
	base = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>| `, r) {
			return '-'
		}
		return r
	}, base)
	g := strings.ReplaceAll(view.Number(m.frame.generation, shotDigits), ",", "")
	for i := 1; ; i++ {
		name := fmt.Sprintf("%s-%s%s", base, g, extension)
		if i > 1 {
			name = fmt.Sprintf("%s-%s-%d%s", base, g, i, extension)
		}
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
}

// shotReason returns an error without the name of the file.
func shotReason(err error) string {
	if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Sprint(err)
}

// toggleFilm begins to record what is shown, or ends that.
func (m *model) toggleFilm(extension string) {
	switch {
	case m.film != nil:
		m.endFilm()
	case m.frame != nil:
		file, err := m.newFile(extension)
		if err != nil {
			m.message = "no film: " + shotReason(err)
			return
		}
		m.film = &film{file: file}
		if m.film.recorder, err = record.New(file, extension, m.recordOptions(extension)); err != nil {
			panic(err) // the extension is ours
		}
		m.message = "recording " + file.Name() + ", the same key ends it"
		m.addToFilm(m.frame)
	}
}

// addToFilm records a frame of another generation than the last.
func (m *model) addToFilm(f *frame) {
	if m.film == nil || m.film.generation != nil && m.film.generation.Cmp(f.generation) == 0 {
		return
	}
	m.film.generation = f.generation
	if err := m.film.recorder.Add(m.shown(f)); err != nil {
		m.endFilm()
		m.message = "the film ends here: " + shotReason(err)
		return
	}
	m.film.count++
}

// endFilm completes the film, if there is one.
func (m *model) endFilm() {
	if m.film == nil {
		return
	}
	err := errors.Join(m.film.recorder.Close(), m.film.file.Close())
	m.message = fmt.Sprintf("saved %d pictures as %s", m.film.count, m.film.file.Name())
	if err != nil {
		m.message = "the film is not complete: " + shotReason(err)
	}
	m.film = nil
}
