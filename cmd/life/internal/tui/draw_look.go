package tui

import (
	"math/bits"

	"golife/life/view"
)

// looks are how the picture is drawn, whatever it shows.
type looks struct {
	glyphs view.Glyphs // Auto until a screen has been asked
	auto   view.Glyphs // what Auto is on that screen
	theme  *view.Theme
	grid   bool // lines between cells where there is room
	ages   bool // cells are coloured by age, and leave traces
}

// newLooks returns the looks for a screen; the zero of the options asked for is
// what most people want.
func newLooks(glyphs view.Glyphs, theme *view.Theme, s screen) looks {
	if theme == nil {
		theme = view.DefaultTheme()
	}
	isUnicode := s.IsUnicode()
	return looks{glyphs: glyphs.For(isUnicode), auto: view.Auto.For(isUnicode), theme: theme, grid: true}
}

// setLooks changes how the picture is drawn. What is at its centre stays there.
func (m *model) setLooks(l looks) {
	m.looks = l
	m.camera = m.camera.Resize(m.pictureSize())
	m.layMap()
}

// lookActions change the looks.
func lookActions() []action {
	return []action{
		{"g", "other glyphs", "", "Looks", (*model).nextGlyphs},
		{"T", "other colours: themes", "", "Looks", (*model).nextTheme},
		{"a", "colours by age and history", "", "Looks", (*model).toggleAges},
		{"#", "grid lines, from zoom 8:1 on", "", "Looks", (*model).toggleGrid},
		{"I", "panel: population, engine, comments", "", "Looks", (*model).togglePanel},
	}
}

func (m *model) nextGlyphs() {
	l := m.looks
	if l.auto == view.ASCII {
		m.message = "the characters of this terminal are not those of Unicode: there are no other glyphs"
		return
	}
	l.glyphs = l.glyphs.Next()
	m.setLooks(l)
	m.message = l.glyphs.About()
}

func (m *model) nextTheme() {
	m.theme = m.theme.Next()
	m.ownLooks()
	m.message = "theme " + m.theme.Name + ": " + m.theme.About
}

func (m *model) toggleAges() {
	m.ages = !m.ages
	m.ownLooks()
	m.message = "colours by age are off"
	if m.ages {
		m.message = "colours by age: where cells are visible; traces of the dead fade"
	}
}

func (m *model) toggleGrid() {
	m.grid = !m.grid
	m.ownLooks()
	m.message = "grid lines are off"
	if m.grid {
		m.message = "grid lines are on: seen from zoom " + zoomRatio(-bits.Len(uint(m.glyphs.GridScale()))+1) + " on, with colours"
	}
}
