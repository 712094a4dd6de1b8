package tui

import (
	"slices"
	"strings"
	"sync"

	"github.com/rivo/uniseg"
)

// maxHistory is how many command lines are remembered.
const maxHistory = 200

// lineEditor is the command line while it is open.
type lineEditor struct {
	before, after []rune // the cursor is between them
	back          int    // how far back in the history it is
	draft         string // what was typed before going back
	choices       []string
	choice        int
}

func newLineEditor(text string) *lineEditor {
	return &lineEditor{before: []rune(text)}
}

func (l *lineEditor) text() string { return string(l.before) + string(l.after) }

func (l *lineEditor) set(text string) { l.before, l.after = []rune(text), nil }

// lineKeys are the keys of the command line that are not characters.
var lineKeys = sync.OnceValue(func() map[key]func(*model, *lineEditor) {
	return map[key]func(*model, *lineEditor){
		"enter":     (*model).enterLine,
		"esc":       func(m *model, _ *lineEditor) { m.line = nil },
		"ctrl+c":    func(m *model, _ *lineEditor) { m.line = nil },
		"backspace": (*model).eraseLeft,
		"delete": func(_ *model, l *lineEditor) {
			if len(l.after) > 0 {
				l.after = l.after[1:]
			}
		},
		"left": func(_ *model, l *lineEditor) {
			if n := len(l.before); n > 0 {
				l.before, l.after = l.before[:n-1], slices.Insert(l.after, 0, l.before[n-1])
			}
		},
		"right": func(_ *model, l *lineEditor) {
			if len(l.after) > 0 {
				l.before, l.after = append(l.before, l.after[0]), l.after[1:]
			}
		},
		"home":   func(_ *model, l *lineEditor) { l.before, l.after = nil, []rune(l.text()) },
		"ctrl+a": func(_ *model, l *lineEditor) { l.before, l.after = nil, []rune(l.text()) },
		"end":    func(_ *model, l *lineEditor) { l.set(l.text()) },
		"ctrl+e": func(_ *model, l *lineEditor) { l.set(l.text()) },
		"ctrl+u": func(_ *model, l *lineEditor) { l.before = nil },
		"ctrl+k": func(_ *model, l *lineEditor) { l.after = nil },
		"ctrl+w": func(_ *model, l *lineEditor) {
			s := strings.TrimRight(string(l.before), " ")
			l.before = []rune(s[:strings.LastIndex(s, " ")+1])
		},
		"up":        func(m *model, l *lineEditor) { m.recall(l, 1) },
		"down":      func(m *model, l *lineEditor) { m.recall(l, -1) },
		"tab":       func(m *model, l *lineEditor) { m.choose(l, 1) },
		"shift+tab": func(m *model, l *lineEditor) { m.choose(l, -1) },
	}
})

// pressLine edits the command line by a key.
func (m *model) pressLine(k key) {
	l := m.line
	if k != "tab" && k != "shift+tab" {
		l.choices = nil
	}
	if do := lineKeys()[k]; do != nil {
		do(m, l)
		return
	}
	if k == "space" {
		k = " "
	}
	if r := []rune(string(k)); len(r) == 1 {
		l.before = append(l.before, r[0])
	}
}

// eraseLeft also leaves an empty line.
func (m *model) eraseLeft(l *lineEditor) {
	switch {
	case len(l.before) > 0:
		l.before = l.before[:len(l.before)-1]
	case len(l.after) == 0:
		m.line = nil
	}
}

func (m *model) enterLine(l *lineEditor) {
	m.line = nil
	line := strings.TrimSpace(l.text())
	if line == "" {
		return
	}
	m.history = slices.DeleteFunc(m.history, func(h string) bool { return h == line })
	m.history = append(m.history, line)
	if extra := len(m.history) - maxHistory; extra > 0 {
		m.history = m.history[extra:]
	}
	m.host.keep(historyFile, m.history)
	m.execute(line)
}

// recall goes back in the history, among the lines that begin as what was typed.
func (m *model) recall(l *lineEditor, by int) {
	if l.back == 0 {
		l.draft = l.text()
	}
	var list []string
	for _, h := range m.history {
		if strings.HasPrefix(h, l.draft) {
			list = append(list, h)
		}
	}
	l.back = min(max(l.back+by, 0), len(list))
	if l.back == 0 {
		l.set(l.draft)
		return
	}
	l.set(list[len(list)-l.back])
}

// choose completes the last word: as far as it is sure, then by each that it can
// become in turn.
func (m *model) choose(l *lineEditor, by int) {
	if l.choices != nil {
		l.choice = (l.choice + by + len(l.choices)) % len(l.choices)
		l.set(l.choices[l.choice])
		return
	}
	list := m.complete(string(l.before))
	switch common := commonPrefix(list); {
	case len(list) == 0:
		m.message = "nothing begins so"
	case len(list) == 1 && !strings.HasSuffix(list[0], "/"):
		l.before = []rune(list[0] + " ")
	case len(common) > len(string(l.before)) || len(list) == 1:
		l.before = []rune(common)
	default:
		l.choices, l.choice = list, 0
		if by < 0 {
			l.choice = len(list) - 1
		}
		l.set(list[l.choice])
	}
}

func commonPrefix(list []string) string {
	if len(list) == 0 {
		return ""
	}
	p := list[0]
	for _, s := range list[1:] {
		for !strings.HasPrefix(s, p) {
			p = p[:len(p)-1]
		}
	}
	return strings.ToValidUTF8(p, "")
}

// commandLine draws the command line in row y, with its cursor, and above it what
// the word can become.
func (d *drawer) commandLine(m *model, y int) {
	l := m.line
	before, after := ":"+string(l.before), string(l.after)+" "
	for m.columns > 4 && uniseg.StringWidth(before) > m.columns-2 {
		_, rest, _, _ := uniseg.FirstGraphemeClusterInString(before, -1)
		before = rest
	}
	x := d.screen.Text(0, y, before, d.text)
	at, rest, _, _ := uniseg.FirstGraphemeClusterInString(after, -1)
	cursor := d.text
	cursor.reverse = !cursor.reverse
	x = d.screen.Text(x, y, at, cursor)
	x = d.screen.Text(x, y, clip(rest, max(m.columns-x, 0)), d.text)
	d.fill(x, m.columns, y, d.text)
	d.showChoices(m, y-1)
}

// showChoices draws what the last word can become, around the one that is chosen; or,
// where a command is complete, what it takes.
func (d *drawer) showChoices(m *model, y int) {
	l := m.line
	if y < 0 {
		return
	}
	if l.choices == nil {
		name, _, hasArg := strings.Cut(string(l.before), " ")
		c, err := m.find(name)
		if !hasArg || err != nil {
			return
		}
		x := d.screen.Text(0, y, " "+clip(strings.TrimSpace(c.name+" "+c.args)+": "+c.help, m.columns-1), d.dim)
		d.fill(x, m.columns, y, d.dim)
		return
	}
	x := d.screen.Text(0, y, " ", d.dim)
	for i := l.choice - l.choice%8; i < len(l.choices) && x < m.columns; i++ {
		st := d.dim
		if i == l.choice {
			st = d.accent
		}
		x = d.screen.Text(x, y, clip(lastWord(l.choices[i]), m.columns-x), st)
		x = d.screen.Text(x, y, "  ", d.dim)
	}
	d.fill(x, m.columns, y, d.dim)
}
