package tui

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode"
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
var actions = slices.Concat(basicActions, lookActions, shotActions, moveActions, programActions)

var basicActions = []action{
	{"space p", "play or pause", "space play/pause", "Time", (*model).play},
	{". n", "one step", ". step", "Time", func(m *model) { m.steps++; m.playing = false }},
	{"+ = ]", "double the step", "+/- speed", "Time", func(m *model) { m.setExp(m.exp + 1) }},
	{"- _ [", "halve the step", "", "Time", func(m *model) { m.setExp(m.exp - 1) }},
	{"r", "back to the first generation", "", "Time", (*model).reset},

	{"z i", "zoom in", "z/Z zoom", "View", func(m *model) { m.look(m.camera.ZoomBy(-1)) }},
	{"Z o", "zoom out", "", "View", func(m *model) { m.look(m.camera.ZoomBy(1)) }},
	{"f", "fit the pattern to the screen", "f fit", "View", func(m *model) { m.follow = false; m.fit() }},
	{"F", "keep it fitted (auto-fit)", "", "View", (*model).toggleFollow},
	{"c", "centre on the pattern", "", "View", (*model).center},
	{"0", "go to the origin, cell 0,0", "", "View", (*model).origin},
}

var moveActions = []action{
	{"left h", "move west", "arrows move", "Move", func(m *model) { m.pan(-1, 0, 10) }},
	{"right l", "move east", "", "Move", func(m *model) { m.pan(1, 0, 10) }},
	{"up k", "move north", "", "Move", func(m *model) { m.pan(0, -1, 10) }},
	{"down j", "move south", "", "Move", func(m *model) { m.pan(0, 1, 10) }},
	{"shift+left H", "half a screen west", "", "Move", func(m *model) { m.pan(-1, 0, 2) }},
	{"shift+right L", "half a screen east", "", "Move", func(m *model) { m.pan(1, 0, 2) }},
	{"shift+up K", "half a screen north", "", "Move", func(m *model) { m.pan(0, -1, 2) }},
	{"shift+down J", "half a screen south", "", "Move", func(m *model) { m.pan(0, 1, 2) }},
	{"drag wheel", "move, zoom at the pointer", "", "Move", nil},
}

var programActions = []action{
	{"? f1", "this help", "? help", "Program", func(m *model) { m.help = !m.help }},
	{"esc", "cancel a long step, else quit", "", "Program", (*model).escape},
	{"q ctrl+c", "quit", "q quit", "Program", func(m *model) { m.quit = true }},
	{"ctrl+z", "suspend", "", "Program", func(m *model) { m.suspend = true }},
	{"ctrl+l", "draw the screen again", "", "Program", func(m *model) { m.redraw = true }},
}

// keyTable finds what a key does.
var keyTable = makeKeyTable(actions)

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
	}
}

func (m *model) press(k key) {
	m.message = ""
	do := m.action(k)
	switch {
	case do == nil:
		if !m.help {
			m.message = fmt.Sprintf("%s does nothing here; press ? for help", printable(string(k)))
		}
	case m.help && k != "q" && k != "ctrl+c" && k != "ctrl+z":
		m.help = false
		if k != "esc" && k != "?" && k != "f1" {
			do(m)
		}
	default:
		do(m)
	}
}

// point moves the picture under the mouse.
func (m *model) point(e mouse) {
	if e.wheel != 0 {
		x, y := m.glyphs.Dot(e.x, e.y)
		m.look(m.camera.ZoomAt(x, y, -e.wheel))
		return
	}
	if m.dragging && e.down {
		x0, y0 := m.glyphs.Dot(m.dragX, m.dragY)
		x1, y1 := m.glyphs.Dot(e.x, e.y)
		m.look(m.camera.Pan(x0-x1, y0-y1))
	}
	m.dragging, m.dragX, m.dragY = e.down, e.x, e.y
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
	m.exp = min(max(e, minExp), maxExp)
}

func (m *model) reset() {
	m.resets++
	m.playing = false
	m.message = "back to the first generation"
}

func (m *model) escape() {
	if !m.working() {
		m.quit = true
		return
	}
	m.cancels++
	m.playing = false
	m.message = "cancelling…"
}

func (m *model) toggleFollow() {
	m.follow = !m.follow
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
