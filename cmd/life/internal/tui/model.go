package tui

import (
	"errors"
	"math/big"
	"strings"
	"time"

	"golife/life"
	"golife/life/rule"
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
	track   bool // keep the pattern's middle in the middle of the screen
	hyper   bool // the step doubles while steps are quick
	playing bool
	plays   int // how often playing was switched on; see sim.halted
	exp     int // step exponent
	steps   int // single steps asked for
	cycles  int // steps of the Turing machine asked for
	resets  int
	cancels int
	stopAt  *big.Int // to stop playing at, when its author wants it; nil is never
	loopAt  *big.Int // to begin again at
	tour    *tour    // that the camera goes; nil is none
	orders  *order   // the newest
	replied int      // the newest reply taken
	echoes  int      // frames asked for, whether anything has changed or not
	mapDots [2]int   // the size of the map in dots; 0 is none
	panel   bool     // the engine is asked for its counters
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
	failed        error // what the last command failed by; a script ends at it
	help          bool
	machine       bool // it is a Turing machine: there is a panel, and there are keys for it
	film          *film
	marks         bool // its parts are marked in the picture
	dragging      bool
	minimap       bool // there is to be a map
	curve         curve
	isOwn         bool   // the user has chosen the looks, and no author changes them
	lent          *looks // what the looks were before the pattern's author changed them; nil when none has
	leg           int    // of the tour
	fitsAuthor    bool   // follow is what the author wants
	editor

	host     Host
	commands []command
	bindings map[key]string // that were added to the table of actions
	doing    string         // the command that is being done
	warned   bool           // that edits are not saved, by the last key
	pressing bool           // keys are being pressed by a command
	helpPage int
	line     *lineEditor // the command line while it is open
	history  []string
	picker   *picker  // the list of patterns while it is open
	recent   []string // files and patterns that were opened, the newest first
	infoLine int      // the comment that info shows next
	file     string   // where the pattern came from, or was saved last; "" is nowhere

	markCount int
	newSize   [2]int        // a script wants the screen to be so large
	waitFor   time.Duration // and to wait
	print     bool          // and to print the screen
	expected  *expectation

	dragX, dragY int

	quit, suspend, redraw bool // requests to the run loop
}

// editor is the part of the model that edits cells.
type editor struct {
	editing   bool // there is a cursor, and the mouse draws
	cursor    life.Point
	hasCursor bool       // it has been somewhere; else it begins in the middle of the screen
	ink       life.State // the state to draw with
	selection *life.Rect
	selecting bool // the cursor moves a corner of the selection
	anchor    life.Point
	paste     *pasting      // what is being placed
	clip      *life.Pattern // what was copied
	copied    string        // for the system's clipboard; the run loop takes it
	strokes   int
	rightDown bool    // the right button
	stroke    *stroke // of the mouse, while its button is down
}

func newModel(name string, p *life.Pattern, l looks, columns, rows int) *model {
	m := &model{looks: l, name: name, pattern: p, commands: makeCommands(), editor: editor{ink: 1}}
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
	m.layMap()
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
	if !c.Equal(m.camera) {
		m.letGo()
	}
	m.camera = c
}

// letGo ends that the simulation moves the camera.
func (m *model) letGo() {
	switch {
	case m.follow:
		m.message = "auto-fit is off; F turns it on again"
	case m.track:
		m.message = "tracking is off; V turns it on again"
	case m.tour != nil:
		m.message = "off the way that the author has laid out; :reload begins it again"
	}
	m.follow, m.track, m.tour = false, false, nil
}

// rule returns the rule of the universe, as far as known.
func (m *model) rule() *rule.Rule {
	if m.frame != nil && m.frame.rule != nil {
		return m.frame.rule
	}
	return m.pattern.Rule()
}

// parseRule reads a rulestring; files are rule files by name. The rule of the universe is
// known by its name, wherever it came from.
func (m *model) parseRule(s string, files map[string][]byte) (*rule.Rule, error) {
	r, err := m.host.Rule(s, m.file, files)
	name, suffix, _ := strings.Cut(strings.TrimSpace(s), ":")
	present, unknown := m.rule().Unbounded(), (*rule.SyntaxError)(nil)
	if !errors.As(err, &unknown) || !strings.EqualFold(name, present.Name()) {
		return r, err
	}
	grid, err := rule.ParseGrid(suffix)
	if err != nil {
		return nil, err
	}
	return present.WithGrid(grid)
}

// fit shows all of the pattern; on a bounded grid, the grid, where cells can leave
// the one side and come back on the other.
func (m *model) fit() {
	bounds, alive := m.bounds()
	if r, ok := fitted(m.rule(), bounds, alive); ok {
		m.camera = m.camera.Fit(r)
	}
}

// take makes f the newest frame.
func (m *model) take(f *frame) {
	m.frame = f
	m.engine, m.reason = f.choice.Name, f.choice.Reason
	m.addToFilm(f)
	m.curve.add(f)
	if (m.follow || m.track || m.tour != nil) && f.follow {
		w, h := m.camera.Size()
		m.camera = f.camera.Resize(w, h)
	}
	if m.tour != nil {
		m.travel(f.generation)
	}
	if m.hyper && f.hyper {
		m.exp = f.exp
	}
	if m.playing && f.halted == m.plays {
		m.playing = false
	}
	if f.noteNumber != m.note {
		m.note, m.message = f.noteNumber, f.note
	}
	m.takeReplies(f.replies)
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

// fail says that what was asked for did not work.
func (m *model) fail(err error) {
	m.failed, m.message = err, err.Error()
}
