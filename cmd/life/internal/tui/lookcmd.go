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
		{name: "glyphs", args: "NAME", help: "what dots are packed into: " + strings.Join(view.GlyphNames(), " "), group: "Looks",
			do: (*model).setGlyphs, complete: choices(view.GlyphNames()...)},
		{name: "grid", args: "[on|off]", help: "lines between cells where there is room", group: "Looks",
			do: onOff(func(m *model) bool { return m.grid }, (*model).toggleGrid), complete: choices("on", "off")},
		{name: "panel", args: "[on|off]", help: "a panel about the population, the engine and the pattern", group: "Looks",
			do: onOff(func(m *model) bool { return m.panel }, (*model).togglePanel), complete: choices("on", "off")},
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

func (m *model) setGlyphs(name string) error {
	g, err := view.ParseGlyphs(name)
	if err != nil {
		return fmt.Errorf("found %q, want one of %s", name, strings.Join(view.GlyphNames(), " "))
	}
	l := m.looks
	switch {
	case g == view.Auto:
		g = l.auto
	case l.auto == view.ASCII && g != view.ASCII:
		return fmt.Errorf("found %s, want ascii: the characters of this terminal are not those of Unicode", name)
	}
	l.glyphs = g
	m.setLooks(l)
	return nil
}
