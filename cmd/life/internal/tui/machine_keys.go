package tui

import (
	"math/big"
	"slices"
	"sync"

	"golife/life"
	"golife/life/turing"
)

// machineActions are what can be done with a Turing machine, beside actions.
func machineActions() []action {
	return []action{
		{"t enter", "one step of the machine", "t machine step", "Turing machine", func(m *model) { m.cycles++; m.playing = false }},
		{"1", "to the right tape", "1-5 parts", "Turing machine", func(m *model) { m.visit(0) }},
		{"2", "to the left tape", "", "Turing machine", func(m *model) { m.visit(1) }},
		{"3", "to the table", "", "Turing machine", func(m *model) { m.visit(2) }},
		{"4", "to the head", "", "Turing machine", func(m *model) { m.visit(3) }},
		{"5", "to the entry in force", "", "Turing machine", (*model).visitEntry},
		{"w", "to the whole machine", "", "Turing machine", func(m *model) { m.visitBox(turing.Bounds) }},
		{"m", "marks on or off", "", "Turing machine", func(m *model) { m.marks = !m.marks }},
	}
}

// allActions are machineActions and then actions.
var allActions = sync.OnceValue(func() []action { return slices.Concat(machineActions(), actions()) })

var machineKeys = sync.OnceValue(func() map[key]func(*model) { return makeKeyTable(allActions()) })

// actions returns what the user can do.
func (m *model) actions() []action {
	if m.machine {
		return allActions()
	}
	return actions()
}

// action returns what a key does, nil for nothing.
func (m *model) action(k key) func(*model) {
	if m.machine {
		return machineKeys()[k]
	}
	return keyTable()[k]
}

// visit moves the camera to a part of the machine.
func (m *model) visit(part int) {
	p := turing.Parts()[part]
	m.visitBox(p.Box)
	m.message = p.About
}

// visitEntry moves the camera to the entry in force.
func (m *model) visitEntry() {
	r := m.reading()
	if r == nil || r.Phase == turing.Ready {
		m.message = "no entry of the table is in force yet"
		return
	}
	m.visitBox(turing.EntryBox(r.Config.State, r.Config.Symbol))
}

// visitBox moves the camera so that it shows all of a box.
func (m *model) visitBox(r life.Rect) {
	m.look(m.camera.Fit(life.BigRect{
		MinX: big.NewInt(r.Min.X), MinY: big.NewInt(r.Min.Y), MaxX: big.NewInt(r.Max.X), MaxY: big.NewInt(r.Max.Y),
	}))
}

// reading returns what was last read of the machine; nil is nothing.
func (m *model) reading() *turing.Reading {
	if m.frame == nil || m.frame.machine == nil {
		return nil
	}
	return m.frame.machine.reading
}

// showMachine adds the panel and the marks.
func (m *model) showMachine() {
	m.machine, m.marks = true, true
	m.setSize(m.columns, m.rows)
	m.fit()
}
