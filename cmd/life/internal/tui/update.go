package tui

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golife/life"
)

// action is something the user can do. The table of actions is what keys are
// looked up in, and what the help and the hints are written from.
type action struct {
	keys  string // separated by blanks, by the names of key
	help  string
	hint  string // for the line of hints: keys, a blank, and words; "" keeps it out
	group string
	do    func(*model) // nil for what is not a key, such as the mouse
}

// actions is in the order of the help.
var actions = sync.OnceValue(func() []action {
	return slices.Concat(basicActions(), lookActions(), shotActions(), moveActions(), editActions(), programActions())
})

func basicActions() []action {
	return []action{
		{"space p", "play or pause", "space play/pause", "Time", (*model).play},
		{". n", "one step", ". step", "Time", func(m *model) { m.steps++; m.playing = false }},
		{"+ = ]", "double the step", "+/- speed", "Time", func(m *model) { m.setExp(m.exp + 1) }},
		{"- _ [", "halve the step", "", "Time", func(m *model) { m.setExp(m.exp - 1) }},
		{"r", "back to the first generation", "", "Time", (*model).reset},
		{"b backspace", "one step back", "", "Time", does("back")},
		{"G", "go to a generation", "", "Time", ask("goto ")},
		{"*", "hyperspeed: the step doubles", "", "Time", (*model).toggleHyper},
		{"M", "remember this generation", "", "Time", does("mark")},
		{"<", "to the mark before", "", "Time", does("previous")},
		{">", "to the next mark", "", "Time", does("next")},

		{"z i", "zoom in", "z/Z zoom", "View", func(m *model) { m.zoom(-1) }},
		{"Z o", "zoom out", "", "View", func(m *model) { m.zoom(1) }},
		{"f", "fit the pattern to the screen", "f fit", "View", (*model).fitOnce},
		{"F", "keep it fitted (auto-fit)", "", "View", (*model).toggleFollow},
		{"c", "centre on the pattern", "", "View", (*model).center},
		{"V", "track a moving pattern", "", "View", (*model).toggleTrack},
		{"C", "go to a cell", "", "View", ask("cell ")},
		{"0", "go to the origin, cell 0,0", "", "View", (*model).origin},
		{"N", "a map of where life is", "", "View", (*model).toggleMap},
	}
}

func moveActions() []action {
	return []action{
		{"left h", "move west", "", "Move", func(m *model) { m.pan(-1, 0, 10) }},
		{"right l", "move east", "", "Move", func(m *model) { m.pan(1, 0, 10) }},
		{"up k", "move north", "", "Move", func(m *model) { m.pan(0, -1, 10) }},
		{"down j", "move south", "", "Move", func(m *model) { m.pan(0, 1, 10) }},
		{"shift+left H", "half a screen west", "", "Move", func(m *model) { m.pan(-1, 0, 2) }},
		{"shift+right L", "half a screen east", "", "Move", func(m *model) { m.pan(1, 0, 2) }},
		{"shift+up K", "half a screen north", "", "Move", func(m *model) { m.pan(0, -1, 2) }},
		{"shift+down J", "half a screen south", "", "Move", func(m *model) { m.pan(0, 1, 2) }},
		{"drag wheel", "move, zoom at the pointer", "", "Move", nil},
	}
}

func editActions() []action {
	return []action{
		{"e", "edit: cursor, mouse draws", "e edit", "Edit", (*model).toggleEdit},
		{"v", "select from the cursor", "", "Edit", (*model).startSelecting},
		{"A", "select all", "", "Edit", does("select all")},
		{"y", "copy the selection", "", "Edit", does("copy")},
		{"d", "cut the selection", "", "Edit", does("cut")},
		{"delete", "clear the selection", "", "Edit", does("clear inside")},
		{"P ctrl+v", "paste what was copied", "", "Edit", does("paste")},
		{"@", "rotate the selection", "", "Edit", does("rotate")},
		{"X", "flip it left to right", "", "Edit", does("flip x")},
		{"Y", "flip it top to bottom", "", "Edit", does("flip y")},
		{"%", "fill it at random", "", "Edit", ask("random 50% ")},
		{"u", "undo", "", "Edit", does("undo")},
		{"U", "redo", "", "Edit", does("redo")},
		{"right-drag", "select with the mouse", "", "Edit", nil},

		{"O ctrl+o", "open: choose a pattern", "O open", "File", does("pick")},
		{"W ctrl+s", "save", "", "File", ask("save ")},
		{"ctrl+n", "an empty universe to draw in", "", "File", does("new")},
	}
}

func programActions() []action {
	return []action{
		{":", "a command; tab completes", ": command", "Program", ask("")},
		{"? f1", "this help", "? help", "Program", func(m *model) { m.help = !m.help }},
		{"esc", "cancel what takes long, else quit", "", "Program", (*model).escape},
		{"q ctrl+c", "quit", "q quit", "Program", (*model).leave},
		{"ctrl+z", "suspend", "", "Program", func(m *model) { m.suspend = true }},
		{"ctrl+l", "draw the screen again", "", "Program", func(m *model) { m.redraw = true }},
	}
}

// keyTable finds what a key does.
var keyTable = sync.OnceValue(func() map[key]func(*model) { return makeKeyTable(actions()) })

func makeKeyTable(list []action) map[key]func(*model) {
	t := map[key]func(*model){}
	for _, a := range list {
		for k := range strings.FieldsSeq(a.keys) {
			if t[key(k)] != nil {
				panic("tui: two actions on key " + k)
			}
			if a.do != nil {
				t[key(k)] = a.do
			}
		}
	}
	return t
}

// handle changes the model by one event. The screen's size is set by the caller.
func (m *model) handle(e event) {
	switch e := e.(type) {
	case key:
		m.press(e)
	case mouse:
		m.point(e)
	case pasted:
		m.pasteText(string(e))
	}
}

func (m *model) press(k key) {
	m.message = ""
	warned := m.warned
	defer func() { m.warned = m.warned && !warned }()
	switch {
	case m.picker != nil:
		m.pressPicker(k)
	case m.line != nil:
		m.pressLine(k)
	case m.help:
		m.pressHelp(k)
	case m.paste != nil && m.pressPaste(k):
	case m.editing && m.pressEdit(k):
	default:
		m.perform(k)
	}
}

// perform does what a key does where nothing else wants it.
func (m *model) perform(k key) {
	if line, bound := m.bindings[k]; bound {
		m.execute(line)
		return
	}
	if do := m.action(k); do != nil {
		do(m)
		return
	}
	m.message = fmt.Sprintf("%s does nothing here; press ? for help", printable(string(k)))
}

// pressHelp closes the help, and does what the key does.
func (m *model) pressHelp(k key) {
	switch k {
	case "q", "ctrl+c", "ctrl+z":
		m.perform(k)
	case "space", "pgdn", "right", "down":
		m.helpPage = (m.helpPage + 1) % len(m.helpPages())
	case "pgup", "left", "up":
		m.helpPage = max(m.helpPage-1, 0)
	default:
		m.help, m.helpPage = false, 0
		if k != "esc" && k != "?" && k != "f1" && m.action(k) != nil {
			m.perform(k)
		}
	}
}

// editKeys move the cursor.
var editKeys = sync.OnceValue(func() map[key][2]int64 {
	return map[key][2]int64{
		"left": {-1, 0}, "h": {-1, 0}, "right": {1, 0}, "l": {1, 0}, "up": {0, -1}, "k": {0, -1}, "down": {0, 1}, "j": {0, 1},
		"shift+left": {-10, 0}, "H": {-10, 0}, "shift+right": {10, 0}, "L": {10, 0},
		"shift+up": {0, -10}, "K": {0, -10}, "shift+down": {0, 10}, "J": {0, 10},
	}
})

// pressEdit handles a key while there is a cursor, and reports whether it was one
// for it.
func (m *model) pressEdit(k key) bool {
	if by, ok := editKeys()[k]; ok {
		m.moveCursor(by[0], by[1])
		return true
	}
	switch k {
	case "space", "enter":
		m.execute("toggle")
	case "esc":
		switch {
		case m.working():
			return false
		case m.selection != nil:
			m.selection, m.selecting = nil, false
		default:
			m.toggleEdit()
		}
	default:
		if len(k) == 1 && k[0] >= '0' && k[0] <= '9' {
			m.execute("state " + string(k))
			return true
		}
		return false
	}
	return true
}

// point acts on the mouse.
func (m *model) point(e mouse) {
	if m.picker != nil {
		m.picker.at = min(max(m.picker.at-e.wheel, 0), max(len(m.picker.shown)-1, 0))
		m.picker.look()
		return
	}
	if e.wheel != 0 {
		x, y := m.glyphs.Dot(e.x, e.y)
		m.look(m.camera.ZoomAt(x, y, -e.wheel))
		return
	}
	at, ok := m.cellAt(e.x, e.y)
	switch {
	case e.right && ok:
		m.dragSelection(at)
	case m.paste != nil && ok:
		m.centrePaste(at)
		if e.down {
			m.putDown(m.paste)
			m.paste, m.dragging = nil, false
		}
		return
	case m.editing && !e.middle && ok:
		m.dragDrawing(e.down, at)
	default:
		m.dragPicture(e)
		return
	}
	m.rightDown = e.right
}

// dragPicture moves the picture under the mouse.
func (m *model) dragPicture(e mouse) {
	m.rightDown = false
	down := e.down || e.middle
	if m.dragging && down {
		x0, y0 := m.glyphs.Dot(m.dragX, m.dragY)
		x1, y1 := m.glyphs.Dot(e.x, e.y)
		m.look(m.camera.Pan(x0-x1, y0-y1))
	}
	m.dragging, m.dragX, m.dragY = down, e.x, e.y
}

func (m *model) dragSelection(at life.Point) {
	if !m.rightDown {
		m.anchor = at
	}
	m.cursor, m.selecting = at, false
	m.selectTo(at)
}

// dragDrawing draws from the last cell under the mouse to the one at which it is.
func (m *model) dragDrawing(down bool, at life.Point) {
	switch {
	case !down:
		m.stroke = nil
		return
	case m.camera.Zoom() > 0:
		m.message = "zoom in ( z ) to draw single cells"
		return
	}
	from := m.cursor
	if m.stroke == nil {
		m.stroke = &stroke{number: m.newStroke(), state: m.ink}
		from = at
	} else if from == at {
		return
	}
	m.cursor = at
	st, points := m.stroke, lineOf(from, at)
	m.order(false, func(s *sim) error { return s.draw(st, points) })
}

// lineOf returns the cells of a straight line, both ends among them (Bresenham).
func lineOf(a, b life.Point) []life.Point {
	dx, dy := b.X-a.X, b.Y-a.Y
	n := max(dx, -dx, dy, -dy)
	out := []life.Point{a}
	for i := int64(1); i <= n; i++ {
		out = append(out, life.Point{X: a.X + rounded(dx*i, n), Y: a.Y + rounded(dy*i, n)})
	}
	return out
}

// rounded returns a/n for n > 0, rounded.
func rounded(a, n int64) int64 {
	if a < 0 {
		return -rounded(-a, n)
	}
	return (2*a + n) / (2 * n)
}

// pan moves by one part-th of the screen.
func (m *model) pan(dx, dy, part int) {
	w, h := m.camera.Size()
	m.look(m.camera.Pan(dx*max(w/part, 1), dy*max(h/part, 1)))
}

func (m *model) play() {
	m.playing = !m.playing
	if m.playing {
		m.plays++
	} else if m.working() {
		m.message = "finishing this step; esc cancels it"
	}
}

func (m *model) setExp(e int) {
	m.exp, m.hyper = min(max(e, minExp), maxExp), false
}

func (m *model) reset() {
	m.resets++
	m.playing = false
	m.message = "back to the first generation"
}

func (m *model) escape() {
	switch {
	case m.frame != nil && m.frame.loading != "":
		m.cancels++
		return
	case m.selection != nil && !m.working():
		m.selection = nil
		return
	case !m.working():
		m.leave()
		return
	}
	m.cancels++
	m.playing = false
	m.message = "cancelling…"
}

// leave quits, but not at the first time when edits would be lost.
func (m *model) leave() {
	if m.frame != nil && m.frame.unsaved && !m.warned {
		m.warned = true
		m.message = "the edits are not saved: W saves them, the same key again quits"
		return
	}
	m.quit = true
}

func (m *model) toggleFollow() {
	m.follow, m.track = !m.follow, false
	m.tour = nil
	m.message = "auto-fit is off"
	if m.follow {
		m.message = "auto-fit is on: the pattern stays on the screen"
		m.fit()
	}
}

func (m *model) center() {
	r, ok := m.bounds()
	if !ok {
		m.message = "there are no live cells to centre on"
		return
	}
	m.look(m.camera.CenterOnRect(r))
}

func (m *model) origin() {
	x := new(big.Int)
	m.look(m.camera.CenterOn(x, x))
}

// printable replaces what a terminal would act upon.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}
