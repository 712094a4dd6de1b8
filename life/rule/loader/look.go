package loader

import (
	"maps"
	"strconv"
	"strings"

	"golife/life/rule"
)

// look is how the states of a rule look, and what they are called, as a file has it.
type look struct {
	colors   map[int]int32 // 0xRRGGBB
	gradient []int32       // the first and the last colour of the live states; nil is none
	names    map[int]string
}

// maxStates is the most states that a rule has.
const maxStates = 256

// readColors reads @COLORS: a state and red, green and blue, or two colours between which
// those of the live states lie. What follows them is a comment. States that the rule
// lacks do not matter: some files of a family of rules have those of all.
func (l *look) readColors(s *section) error {
	l.colors = map[int]int32{}
	for _, t := range s.lines {
		words := strings.FieldsFunc(t.text, isSeparator)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		var v []int
		for _, w := range words {
			n, err := strconv.Atoi(w)
			if err != nil || len(v) == 6 {
				break
			}
			if n < 0 || n > 255 {
				return s.errorf(t.number, "found %d, want 0 to 255", n)
			}
			v = append(v, n)
		}
		switch {
		case len(v) >= 6:
			l.gradient = []int32{rgb(v[:3]), rgb(v[3:])}
		case len(v) >= 4:
			l.colors[v[0]] = rgb(v[1:])
		default:
			return s.errorf(t.number, "found %s, want a state and three numbers from 0 to 255, or six", quote(t.text))
		}
	}
	return nil
}

func rgb(v []int) int32 { return int32(v[0]<<16 | v[1]<<8 | v[2]) }

// readNames reads @NAMES: a state and what it is called.
func (l *look) readNames(s *section) error {
	l.names = map[int]string{}
	for _, t := range s.lines {
		text := strings.TrimSpace(t.text)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		state, name, _ := strings.Cut(text, " ")
		n, err := s.number(t.number, "state", state, 0, maxStates-1)
		if err != nil {
			return err
		}
		l.names[n] = strings.TrimSpace(name)
	}
	return nil
}

// or returns l with what it does not say taken from o.
func (l look) or(o *look) look {
	if l.colors == nil {
		l.colors, l.gradient = maps.Clone(o.colors), o.gradient
	}
	if l.names == nil {
		l.names = o.names
	}
	return l
}

// legend returns the look of a rule of so many states.
func (l look) legend(states int) (g rule.Legend) {
	if l.colors != nil {
		g.Colors = make([]int32, states)
		for i := range g.Colors {
			g.Colors[i] = -1
			if c, ok := l.colors[i]; ok {
				g.Colors[i] = c
			} else if l.gradient != nil && i > 0 {
				g.Colors[i] = between(l.gradient[0], l.gradient[1], i-1, states-2)
			}
		}
	}
	if l.names != nil {
		g.Names = make([]string, states)
		for i := range g.Names {
			g.Names[i] = l.names[i]
		}
	}
	return g
}

// between returns the colour i of n steps from one colour to another.
func between(from, to int32, i, n int) (c int32) {
	for _, shift := range []int{16, 8, 0} {
		a, b := int(from>>shift&255), int(to>>shift&255)
		c |= int32(a+(b-a)*i/max(n, 1)) << shift
	}
	return c
}

// isSeparator reports whether a character separates words of a file.
func isSeparator(r rune) bool { return strings.ContainsRune(" \t,={}", r) }
