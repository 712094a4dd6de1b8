package tui

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// timeCommands are the commands about generations.
func timeCommands() []command {
	return []command{
		{name: "play", help: "play", group: "Time", do: plain(func(m *model) { m.setPlaying(true) })},
		{name: "pause", help: "pause", group: "Time", do: plain(func(m *model) { m.setPlaying(false) })},
		{name: "step", args: "[COUNT]", help: "go on by so many generations, or by one step", group: "Time", do: (*model).stepBy},
		{name: "back", args: "[COUNT]", help: "go back by so many generations, or by one step", group: "Time", do: (*model).backBy},
		{name: "goto", args: "GENERATION", help: "go to a generation, in the past or in the future", group: "Time", do: (*model).goTo},
		{name: "reset", help: "back to the first generation", group: "Time", do: plain((*model).reset)},
		{name: "exponent", args: "K", help: "let a step be 2^K generations; below 0 it is slower", group: "Time", do: (*model).exponent},
		{name: "hyper", args: "[on|off]", help: "hyperspeed: double the step while steps are quick", group: "Time",
			do: onOff(func(m *model) bool { return m.hyper }, (*model).toggleHyper), complete: choices("on", "off")},
		{name: "mark", args: "[NAME]", help: "remember this generation", group: "Time", do: (*model).setMark},
		{name: "jump", args: "NAME", help: "go to a mark", group: "Time", do: (*model).jump},
		{name: "next", help: "go to the next mark", group: "Time", do: plain(func(m *model) { m.jumpBy(1) })},
		{name: "previous", help: "go to the mark before", group: "Time", do: plain(func(m *model) { m.jumpBy(-1) })},
	}
}

func (m *model) setPlaying(on bool) {
	if m.playing != on {
		m.play()
	}
}

func (m *model) stepBy(arg string) error {
	if arg == "" {
		m.steps++
		m.playing = false
		return nil
	}
	n, err := m.host.Count(arg)
	if err != nil {
		return err
	}
	m.playing = false
	m.order(false, func(s *sim) error {
		here := s.engine.Generation()
		if s.job != nil {
			here = s.job.target
		}
		s.going, s.travels = new(big.Int).Add(here, n), false
		return nil
	})
	return nil
}

func (m *model) backBy(arg string) error {
	n := new(big.Int).Lsh(big.NewInt(1), uint(max(m.exp, 0)))
	if arg != "" {
		var err error
		if n, err = m.host.Count(arg); err != nil {
			return err
		}
	}
	m.playing = false
	m.order(true, func(s *sim) error { return s.back(n) })
	return nil
}

func (m *model) goTo(arg string) error {
	n, err := m.host.Count(arg)
	if err != nil {
		return err
	}
	m.playing = false
	m.order(true, func(s *sim) error { return s.goTo(n) })
	return nil
}

func (m *model) exponent(arg string) error {
	k, err := strconv.Atoi(arg)
	if err != nil || k < minExp || k > maxExp {
		return fmt.Errorf("found %q, want a number from %d to %d", arg, minExp, maxExp)
	}
	m.setExp(k)
	return nil
}

func (m *model) toggleHyper() {
	m.hyper = !m.hyper
	m.message = "hyperspeed is off"
	if m.hyper {
		m.message = "hyperspeed: the step doubles while steps are quick; + and - end it"
	}
}

// setMark marks the present generation, by a number when it is given no name.
func (m *model) setMark(name string) error {
	if strings.Contains(name, " ") {
		return errors.New("found several words, want one name")
	}
	if name == "" {
		m.markCount++
		name = strconv.Itoa(m.markCount)
	}
	m.order(false, func(s *sim) error { return s.mark(name) })
	return nil
}

func (m *model) jump(name string) error {
	if name == "" {
		return errors.New("found nothing, want the name of a mark")
	}
	m.playing = false
	m.order(true, func(s *sim) error { return s.jump(name) })
	return nil
}

func (m *model) jumpBy(by int) {
	m.playing = false
	m.order(true, func(s *sim) error { return s.jumpBy(by) })
}
