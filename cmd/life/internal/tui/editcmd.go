package tui

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"golife/life"
	"golife/life/view"
)

// pasteMode is how pasted cells meet those that are there.
type pasteMode uint8

const (
	pasteOr pasteMode = iota
	pasteXor
	pasteReplace
)

var pasteModes = [...]string{"or", "xor", "replace"}

func (p pasteMode) String() string { return pasteModes[p] }

func parsePasteMode(s string) (pasteMode, error) {
	for i, name := range pasteModes {
		if s == name {
			return pasteMode(i), nil
		}
	}
	return 0, fmt.Errorf("found %q, want or, xor or replace", s)
}

// editCommands are the commands that change cells.
func editCommands() []command {
	modes := choices(pasteModes[:]...)
	return []command{
		{name: "edit", args: "[on|off]", help: "a cursor to edit cells with; the mouse draws", group: "Edit",
			do: onOff(func(m *model) bool { return m.editing }, (*model).toggleEdit), complete: choices("on", "off")},
		{name: "toggle", args: "[X Y]", help: "toggle a cell, or that at the cursor", group: "Edit", do: (*model).toggleCell},
		{name: "set", args: "X Y STATE", help: "give a cell a state", group: "Edit", do: (*model).setCell},
		{name: "state", args: "STATE", help: "the state to draw with", group: "Edit", do: (*model).setState},
		{name: "select", args: "X Y WIDTH HEIGHT|all|none", help: "select a rectangle of cells", group: "Edit",
			do: (*model).selectCells, complete: choices("all", "none")},
		{name: "copy", help: "copy the selected cells, also to the system's clipboard", group: "Edit", do: noArg((*model).copyCells)},
		{name: "cut", help: "copy and clear the selected cells", group: "Edit", do: noArg((*model).cutCells)},
		{name: "paste", args: "[X Y] [or|xor|replace]", help: "paste at the cursor, or with the corner at X Y", group: "Edit", do: (*model).pasteCells, complete: modes},
		{name: "place", args: "PATTERN", help: "paste a file or a pattern of the library", group: "Edit", do: (*model).placePattern, complete: completePattern},
		{name: "clear", args: "[inside|outside|all]", help: "clear the selected cells, those around them, or all", group: "Edit",
			do: (*model).clearCells, complete: choices("inside", "outside", "all")},
		{name: "rotate", args: "[left|right]", help: "rotate what is pasted or selected", group: "Edit", do: (*model).rotate, complete: choices("left", "right")},
		{name: "flip", args: "[x|y]", help: "flip what is pasted or selected: x left to right, y top to bottom", group: "Edit",
			do: (*model).flip, complete: choices("x", "y")},
		{name: "random", args: "[DENSITY%] [SEED] [SYMMETRY]", help: "fill the selection at random; C1 C2 C4 D2- D2| D4+ D8", group: "Edit",
			do: (*model).random, complete: choices(symmetryNames()...)},
		{name: "rule", args: "RULE", help: "go on under another rule, such as B36/S23", group: "Edit", do: (*model).setRule},
		{name: "undo", help: "undo an edit, and go back to where it was made", group: "Edit",
			do: plain(func(m *model) { m.playing = false; m.order(true, (*sim).undo) })},
		{name: "redo", help: "do it again", group: "Edit",
			do: plain(func(m *model) { m.playing = false; m.order(true, (*sim).redo) })},
	}
}

// noArg is plain for functions that can fail.
func noArg(do func(*model) error) func(*model, string) error {
	return func(m *model, arg string) (err error) {
		if e := plain(func(m *model) { err = do(m) })(m, arg); e != nil {
			return e
		}
		return err
	}
}

// toggleEdit turns the cursor on, in the middle of the screen unless it can be seen.
func (m *model) toggleEdit() {
	if m.editing {
		m.editing, m.selecting = false, false
		m.message = "editing is off"
		return
	}
	if !m.hasCursor || !m.isOnScreen(m.cursor) {
		x, y := m.camera.Center()
		if !x.IsInt64() || !y.IsInt64() {
			m.fail(errors.New("edit: cells beyond 2^63 cannot be edited"))
			return
		}
		m.cursor = life.Point{X: x.Int64(), Y: y.Int64()}
	}
	m.editing, m.hasCursor = true, true
	m.message = "editing: space toggles, arrows move, the mouse draws, v selects, esc ends"
	if m.camera.Zoom() > 0 {
		m.message = "editing: zoom in ( z ) to see single cells; esc ends"
	}
}

// moveCursor moves the cursor, and the picture when it leaves the screen.
func (m *model) moveCursor(dx, dy int64) {
	if m.paste != nil {
		m.paste.at = m.paste.at.Add(life.Point{X: dx, Y: dy})
	}
	m.cursor = m.cursor.Add(life.Point{X: dx, Y: dy})
	if m.selecting {
		m.selectTo(m.cursor)
	}
	for range 64 {
		if m.isOnScreen(m.cursor) {
			return
		}
		m.pan(sign(dx), sign(dy), 4)
	}
}

func sign(v int64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// toggleCell toggles the cell at the cursor, or at "X Y".
func (m *model) toggleCell(arg string) error {
	at := m.cursor
	if arg != "" {
		n, err := ints(arg, "X", "Y")
		if err != nil {
			return err
		}
		at = life.Point{X: n[0], Y: n[1]}
	} else if !m.editing {
		return errors.New("found no cell, want X Y, or the cursor ( :edit )")
	}
	st := &stroke{number: m.newStroke(), state: m.ink}
	m.order(false, func(s *sim) error { return s.draw(st, []life.Point{at}) })
	return nil
}

func (m *model) setCell(arg string) error {
	n, err := ints(arg, "X", "Y", "STATE")
	if err != nil {
		return err
	}
	state, err := m.checkState(n[2])
	if err != nil {
		return err
	}
	cells := []cell{{life.Point{X: n[0], Y: n[1]}, state}}
	m.order(false, func(s *sim) error { return s.setCells("set", 0, cells) })
	return nil
}

func (m *model) setState(arg string) error {
	n, err := ints(arg, "STATE")
	if err != nil {
		return err
	}
	state, err := m.checkState(n[0])
	if err != nil {
		return err
	}
	if m.ink = state; state == 0 {
		m.message = "drawing clears cells"
		return nil
	}
	m.message = fmt.Sprintf("drawing with state %d", state)
	return nil
}

func (m *model) checkState(n int64) (life.State, error) {
	if most := m.rule().States() - 1; n < 0 || n > int64(most) {
		return 0, fmt.Errorf("found state %d, want 0 to %d", n, most)
	}
	return life.State(n), nil
}

func (m *model) selectCells(arg string) error {
	switch arg {
	case "none":
		m.selection, m.selecting = nil, false
		return nil
	case "all", "":
		r, ok := m.bounds()
		if !ok {
			return errors.New("there are no live cells to select")
		}
		s, ok := r.Rect()
		if !ok {
			return fmt.Errorf("%v: cells beyond 2^63 cannot be selected", r)
		}
		m.selectRect(s)
		return nil
	}
	n, err := ints(arg, "X", "Y", "WIDTH", "HEIGHT")
	if err != nil {
		return err
	}
	if r := life.Rt(n[0], n[1], n[2], n[3]); n[2] > 0 && n[3] > 0 && !r.IsEmpty() {
		m.selectRect(r)
		return nil
	}
	return fmt.Errorf("found %d by %d cells, want 1 or more inside of 2^63", n[2], n[3])
}

// selectTo selects from the anchor to a cell.
func (m *model) selectTo(p life.Point) {
	r := life.Rect{
		Min: life.Point{X: min(m.anchor.X, p.X), Y: min(m.anchor.Y, p.Y)},
		Max: life.Point{X: max(m.anchor.X, p.X) + 1, Y: max(m.anchor.Y, p.Y) + 1},
	}
	m.selectRect(r)
}

// selectRect selects cells and tells what can be done with them.
func (m *model) selectRect(r life.Rect) {
	side := func(first, end int64) string {
		return view.Number(new(big.Int).Sub(big64(end), big64(first)), exactDigits)
	}
	m.selection = &r
	m.message = side(r.Min.X, r.Max.X) + " × " + side(r.Min.Y, r.Max.Y) + " cells selected: y copies, d cuts, delete clears, esc ends"
}

// startSelecting begins or ends a selection at the cursor.
func (m *model) startSelecting() {
	if !m.editing {
		m.toggleEdit()
	}
	if m.selecting = m.editing && !m.selecting; m.selecting {
		m.anchor = m.cursor
		m.selectTo(m.cursor)
	}
}

// selected returns the selection.
func (m *model) selected() (life.Rect, error) {
	if m.selection == nil {
		return life.Rect{}, errors.New("nothing is selected: v or the right mouse button selects")
	}
	m.selecting = false
	return *m.selection, nil
}

func (m *model) copyCells() error {
	r, err := m.selected()
	if err == nil {
		m.order(false, func(s *sim) error { return s.copy(r, false) })
	}
	return err
}

func (m *model) cutCells() error {
	r, err := m.selected()
	if err == nil {
		m.order(false, func(s *sim) error { return s.copy(r, true) })
	}
	return err
}

func (m *model) clearCells(arg string) error {
	if arg == "all" {
		m.order(false, (*sim).clearAll)
		return nil
	}
	r, err := m.selected()
	switch {
	case err != nil:
	case arg == "" || arg == "inside":
		m.order(false, func(s *sim) error { return s.clearInside(r) })
	case arg == "outside":
		m.order(false, func(s *sim) error { return s.clearOutside(r) })
	default:
		err = fmt.Errorf("found %q, want inside, outside or all", arg)
	}
	return err
}

func (m *model) setRule(arg string) error {
	if arg == "" {
		m.message = "the rule is " + m.rule().String()
		return nil
	}
	r, err := m.parseRule(arg, nil)
	if err != nil {
		return err
	}
	m.order(false, func(s *sim) error {
		p, err := s.present().WithRule(r)
		if err == nil {
			err = s.replace("rule "+s.engine.Rule().String(), p)
		}
		if err == nil {
			s.tell("rule " + r.String())
			s.answer(func(m *model) { m.ink = min(m.ink, life.State(r.States()-1)) })
		}
		return err
	})
	return nil
}

func (m *model) random(arg string) error {
	r, err := m.selected()
	if err != nil {
		return err
	}
	f := fill{rect: r, density: 0.5, seed: 1, symmetry: "C1", state: max(m.ink, 1)}
	for w := range strings.FieldsSeq(arg) {
		switch _, known := symmetries()[strings.ToUpper(w)]; {
		case known:
			f.symmetry = strings.ToUpper(w)
		case strings.HasSuffix(w, "%"):
			v, err := strconv.ParseFloat(strings.TrimSuffix(w, "%"), 64)
			if err != nil || !(v >= 0 && v <= 100) {
				return fmt.Errorf("found density %q, want 0%% to 100%%", w)
			}
			f.density = v / 100
		default:
			if f.seed, err = strconv.ParseUint(w, 10, 64); err != nil {
				return fmt.Errorf("found %q, want a density such as 40%%, a seed, or one of %s", w, strings.Join(symmetryNames(), " "))
			}
		}
	}
	if err := f.check(); err != nil {
		return err
	}
	m.order(false, func(s *sim) error { return s.setCells("random fill", 0, f.cells()) })
	m.message = fmt.Sprintf("random: %g%%, seed %d, %s", f.density*100, f.seed, f.symmetry)
	return nil
}

// isOnScreen reports whether a cell is on the screen.
func (m *model) isOnScreen(p life.Point) bool {
	_, _, ok := m.camera.ToScreen(big64(p.X), big64(p.Y))
	return ok
}

// cellAt returns the cell under a character; ok is false beyond int64.
func (m *model) cellAt(x, y int) (_ life.Point, ok bool) {
	cx, cy := m.camera.ToCell(m.glyphs.Dot(x, y))
	if !cx.IsInt64() || !cy.IsInt64() {
		return life.Point{}, false
	}
	return life.Point{X: cx.Int64(), Y: cy.Int64()}, true
}

func (m *model) newStroke() int {
	m.strokes++
	return m.strokes
}
