package tui

import (
	"fmt"
	"strings"

	"golife/life/view"
)

// lookCommands are the commands about how the picture is drawn.
func lookCommands() []command {
	return []command{
		{name: "theme", args: "NAME", help: "colours: " + strings.Join(view.ThemeNames(), " "), group: "Looks", do: (*model).setTheme, complete: choices(view.ThemeNames()...)},
		{name: "glyphs", args: "NAME", help: "what dots are packed into: " + strings.Join(glyphNames(), " "), group: "Looks",
			do: (*model).setGlyphs, complete: choices(glyphNames()...)},
		{name: "grid", args: "[on|off]", help: "lines between cells where there is room", group: "Looks",
			do: onOff(func(m *model) bool { return m.grid }, (*model).toggleGrid), complete: choices("on", "off")},
		{name: "ages", args: "[on|off]", help: "colours by age and history", group: "Looks",
			do: onOff(func(m *model) bool { return m.ages }, (*model).toggleAges), complete: choices("on", "off")},
	}
}

func (m *model) setTheme(name string) error {
	t, err := view.ThemeByName(name)
	if err == nil {
		m.theme = t
		m.ownLooks()
	}
	return err
}

// glyphNames returns the names of all glyphs.
func glyphNames() (names []string) {
	first := view.Glyphs(0).Next()
	for g := first; ; {
		names = append(names, g.String())
		if g = g.Next(); g == first {
			return names
		}
	}
}

func (m *model) setGlyphs(name string) error {
	l := m.looks
	for range glyphNames() {
		if l.glyphs = l.glyphs.Next(); l.glyphs.String() == name {
			m.setLooks(l)
			return nil
		}
	}
	return fmt.Errorf("found %q, want one of %s", name, strings.Join(glyphNames(), " "))
}
