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

// spaceCommands are the commands about where one looks.
func spaceCommands() []command {
	return []command{
		{name: "fit", help: "fit the pattern, or a bounded grid, to the screen", group: "View", do: plain((*model).fitOnce)},
		{name: "follow", args: "[on|off]", help: "keep it fitted (auto-fit)", group: "View",
			do: onOff(func(m *model) bool { return m.follow }, (*model).toggleFollow), complete: choices("on", "off")},
		{name: "track", args: "[on|off]", help: "keep a moving pattern in the middle", group: "View",
			do: onOff(func(m *model) bool { return m.track }, (*model).toggleTrack), complete: choices("on", "off")},
		{name: "cell", args: "X Y", help: "go to a cell, at any coordinates", group: "View", do: (*model).goToCell},
		{name: "zoom", args: "K", help: "show 2^K by 2^K cells as a dot; below 0 cells are larger", group: "View", do: (*model).zoomTo},
		{name: "centre", help: "centre on the pattern", group: "View", do: plain((*model).center)},
		{name: "map", args: "[on|off]", help: "a small map of where life and the screen are", group: "View",
			do: onOff(func(m *model) bool { return m.minimap }, (*model).toggleMap), complete: choices("on", "off")},
	}
}

func (m *model) fitOnce() {
	m.follow, m.track, m.tour = false, false, nil
	m.fit()
}

func (m *model) toggleTrack() {
	m.track, m.follow = !m.track, false
	m.tour = nil
	m.message = "tracking is off"
	if m.track {
		m.message = "tracking: the middle of the pattern stays in the middle"
		if r, ok := m.bounds(); ok {
			m.camera = m.camera.CenterOnRect(r)
		}
	}
}

// zoom zooms at the centre, which also goes while the pattern is tracked.
func (m *model) zoom(by int) {
	if m.track {
		m.camera = m.camera.ZoomBy(by)
		return
	}
	m.look(m.camera.ZoomBy(by))
}

func (m *model) zoomTo(arg string) error {
	k, err := strconv.Atoi(arg)
	if err != nil || k < view.MinZoom || k > view.MaxZoom {
		return fmt.Errorf("found %q, want a number from %d to %d", arg, view.MinZoom, view.MaxZoom)
	}
	m.zoom(k - m.camera.Zoom())
	return nil
}

func (m *model) goToCell(arg string) error {
	fields := strings.Fields(strings.ReplaceAll(arg, ",", " "))
	if len(fields) != 2 {
		return errors.New("found " + strconv.Itoa(len(fields)) + " numbers, want X Y")
	}
	var at [2]*big.Int
	for i, f := range fields {
		n, err := m.host.Count(strings.TrimPrefix(f, "-"))
		if err != nil {
			return err
		}
		if at[i] = n; strings.HasPrefix(f, "-") {
			n.Neg(n)
		}
	}
	m.look(m.camera.CenterOn(at[0], at[1]))
	if at[0].IsInt64() && at[1].IsInt64() {
		m.cursor, m.hasCursor = life.Point{X: at[0].Int64(), Y: at[1].Int64()}, true
	}
	return nil
}
