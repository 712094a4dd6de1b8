package tui

import (
	"golife/life"
	"golife/life/view"
)

// The step exponents that can be chosen. Below 0 a step is one generation and
// -exp doubles the time between two.
const (
	minExp = -5
	maxExp = 1 << 16
)

// barRows returns how many of the screen's rows are kept for messages and status.
func barRows(rows int) int {
	switch {
	case rows >= 6:
		return 2
	case rows >= 2:
		return 1
	}
	return 0
}

// want is what the user wants of the simulation, as a whole: a newer want
// replaces an older one. Counters only ever grow; the simulation acts on the
// difference to what it has done.
type want struct {
	camera  view.Camera
	follow  bool // keep the pattern on the screen: the simulation moves the camera
	playing bool
	plays   int // how often playing was switched on; see sim.halted
	exp     int // step exponent
	steps   int // single steps asked for
	cycles  int // steps of the Turing machine asked for
	resets  int
	cancels int
}

func (w want) equal(v want) bool {
	same := w.camera.Equal(v.camera)
	w.camera = v.camera
	return same && w == v
}

// model is the state of the interface. It is changed by update.go, drawn by
// draw.go and knows neither screen nor engine.
type model struct {
	want
	looks
	name          string
	pattern       *life.Pattern
	engine        string // name, and why it was chosen when nobody asked for it
	reason        string
	columns, rows int
	frame         *frame // the newest; nil while the pattern is being loaded
	note          int    // the number of the simulation's last message shown
	message       string
	help          bool
	machine       bool // it is a Turing machine: there is a panel, and there are keys for it
	film          *film
	marks         bool // its parts are marked in the picture
	dragging      bool
	dragX, dragY  int

	quit, suspend, redraw bool // requests to the run loop
}

func newModel(name string, p *life.Pattern, l looks, columns, rows int) *model {
	m := &model{looks: l, name: name, pattern: p}
	m.columns, m.rows = columns, rows
	m.camera = view.NewCamera(m.pictureSize())
	m.fit()
	return m
}

// pictureSize returns the size of the picture in dots.
func (m *model) pictureSize() (w, h int) {
	return m.glyphs.Dots(m.columns-m.panelWidth(), m.rows-barRows(m.rows))
}

// setSize adapts to a screen of the given size.
func (m *model) setSize(columns, rows int) {
	m.columns, m.rows = columns, rows
	m.camera = m.camera.Resize(m.pictureSize())
}

// bounds returns where the pattern is, as far as known.
func (m *model) bounds() (life.BigRect, bool) {
	if m.frame == nil || m.frame.resets != m.resets {
		return m.pattern.Bounds()
	}
	return m.frame.bounds, m.frame.alive
}

// look moves the camera by the user's will.
func (m *model) look(c view.Camera) {
	if m.follow && !c.Equal(m.camera) {
		m.follow = false
		m.message = "auto-fit is off; F turns it on again"
	}
	m.camera = c
}

func (m *model) fit() {
	if r, ok := m.bounds(); ok {
		m.camera = m.camera.Fit(r)
	}
}

// take makes f the newest frame.
func (m *model) take(f *frame) {
	m.frame = f
	m.engine, m.reason = f.choice.Name, f.choice.Reason
	m.addToFilm(f)
	if m.follow && f.follow {
		w, h := m.camera.Size()
		m.camera = f.camera.Resize(w, h)
	}
	if m.playing && f.halted == m.plays {
		m.playing = false
	}
	if f.noteNumber != m.note {
		m.note, m.message = f.noteNumber, f.note
	}
}

// working reports whether the simulation is inside a step that takes long, or
// goes from one such step to the next.
func (m *model) working() bool {
	return m.frame != nil && (m.frame.working > 0 || m.playing && m.frame.slow)
}

// stale reports whether the newest frame shows another place than wanted.
func (m *model) stale() bool {
	return m.frame != nil && !m.frame.camera.Equal(m.camera)
}
