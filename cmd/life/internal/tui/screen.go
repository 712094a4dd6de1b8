package tui

import (
	"os"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/uniseg"

	"golife/life/view"
)

// screen is what the viewer needs of a terminal. It hides tcell.
type screen interface {
	Size() (columns, rows int)
	Depth() view.Depth
	IsUnicode() bool                              // its characters are not only those of ASCII
	Set(x, y int, c view.Cell)                    // one character
	Text(x, y int, s string, st style) (next int) // s in one style; next is the column after it
	Show()                                        // sends what has changed
	Redraw()                                      // sends everything
	Events() <-chan event                         // closed when the screen is
	Suspend() error                               // gives the terminal back for a while
	Resume() error
	Copy(text string) // to the system's clipboard, where the terminal lets us (OSC 52)
	Close()           // restores the terminal; again does nothing
}

// style is how text looks.
type style struct {
	fg, bg        view.Color
	bold, reverse bool
}

// event is a key, mouse or resize event.
type event any

// key is a key by the names of the action table: "q", "Z", "space", "ctrl+c",
// "shift+left".
type key string

// mouse is the mouse at a character; wheel is +1 when turned away from the user.
type mouse struct {
	x, y   int
	wheel  int
	down   bool // the left button
	right  bool // the right button
	middle bool
}

// pasted is text that the terminal has pasted.
type pasted string

// resize says that the screen has a new size.
type resize struct{}

// tcellScreen is a screen through tcell.
type tcellScreen struct {
	tcell.Screen
	events  chan event
	isASCII bool

	out *output // nil where tcell sends what has changed

	// Without out: what Set has put into each place, since tcell's own comparison
	// takes long; the zero Cell where that is not known.
	columns int
	cells   []view.Cell
	texts   map[rune]string // of the characters that Set has shown: making a string takes longer
	fg, bg  view.Color      // of style
	style   tcell.Style     // that Set used last
}

// newScreen initialises s, or the terminal when s is nil, and starts to read
// its events.
func newScreen(s tcell.Screen) (*tcellScreen, error) {
	if s == nil {
		var err error
		if s, err = tcell.NewScreen(); err != nil {
			return nil, err
		}
	}
	if err := s.Init(); err != nil {
		return nil, err
	}
	s.EnablePaste()
	s.EnableMouse(tcell.MouseButtonEvents | tcell.MouseDragEvents)
	t := &tcellScreen{Screen: s, events: make(chan event), texts: map[rune]string{}}
	t.style = tcellStyle(style{})
	t.out = newOutput(s)
	if !strings.HasPrefix(strings.ToUpper(s.CharacterSet()), "UTF") {
		t.isASCII = true
	}
	t.forget()
	raw := make(chan tcell.Event)
	go s.ChannelEvents(raw, nil)
	go t.translate(raw)
	return t, nil
}

func (t *tcellScreen) translate(raw <-chan tcell.Event) {
	defer close(t.events)
	var paste *strings.Builder // what is being pasted; nil when nothing is
	for e := range raw {
		switch e := e.(type) {
		case *tcell.EventPaste:
			if e.Start() {
				paste = &strings.Builder{}
			} else if paste != nil {
				t.events <- pasted(unixLines(paste.String()))
				paste = nil
			}
			continue
		case *tcell.EventKey:
			if paste != nil {
				paste.WriteString(typed(e))
				continue
			}
		}
		switch e := e.(type) {
		case *tcell.EventKey:
			t.events <- keyName(e)
		case *tcell.EventMouse:
			t.events <- mouseEvent(e)
		case *tcell.EventResize:
			t.events <- resize{}
		}
	}
}

// typed returns the text of a key.
func typed(e *tcell.EventKey) string {
	switch e.Key() {
	case tcell.KeyRune:
		return string(e.Rune())
	case tcell.KeyEnter:
		return "\r"
	case tcell.KeyCtrlJ:
		return "\n"
	case tcell.KeyTab:
		return "\t"
	}
	return ""
}

// unixLines returns pasted text with \n for its line ends. Terminals send \r for \n, and some
// two of them for \r\n: where three line ends and more all come in twos, they are that, and no
// blank lines.
func unixLines(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	once := strings.ReplaceAll(text, "\n\n", "\n")
	if n := strings.Count(once, "\n"); n >= 3 && 2*n == strings.Count(text, "\n") {
		return once
	}
	return text
}

// Copy asks the terminal to keep text in the system's clipboard.
func (t *tcellScreen) Copy(text string) { t.SetClipboard([]byte(text)) }

func (t *tcellScreen) Events() <-chan event { return t.events }

func (t *tcellScreen) IsUnicode() bool { return !t.isASCII }

// Depth obeys NO_COLOR (no-color.org).
func (t *tcellScreen) Depth() view.Depth {
	if os.Getenv("NO_COLOR") != "" {
		return view.Mono
	}
	return view.DepthOf(t.Colors())
}

// Redraw lets tcell draw its own screen, which stays blank where out is.
func (t *tcellScreen) Redraw() {
	t.Sync()
	t.forget()
}

func (t *tcellScreen) Show() {
	if t.out == nil {
		t.Screen.Show()
		return
	}
	_ = t.out.flush() // a terminal that has gone is found out by its signal
}

func (t *tcellScreen) Resume() error {
	t.forget()
	return t.Screen.Resume()
}

// forget adapts to a new size, and to a screen whose content is not known.
func (t *tcellScreen) forget() {
	columns, rows := t.Size()
	if t.out != nil {
		t.out.resize(columns, rows)
		return
	}
	t.columns, t.cells = columns, make([]view.Cell, columns*rows)
}

// at returns the place of a character in t.cells; nil outside the screen.
func (t *tcellScreen) at(x, y int) *view.Cell {
	if i := y*t.columns + x; x >= 0 && x < t.columns && y >= 0 && i < len(t.cells) {
		return &t.cells[i]
	}
	return nil
}

// Close also drops events that nobody will read.
func (t *tcellScreen) Close() {
	t.Fini()
	for range t.events {
	}
}

func (t *tcellScreen) Set(x, y int, c view.Cell) {
	if t.out != nil {
		t.out.put(x, y, glyph{r: c.Rune, width: 1, fg: c.Fg, bg: c.Bg})
		return
	}
	if was := t.at(x, y); was != nil {
		if *was == c {
			return
		}
		*was = c
	}
	if c.Fg != t.fg || c.Bg != t.bg {
		t.fg, t.bg, t.style = c.Fg, c.Bg, tcellStyle(style{fg: c.Fg, bg: c.Bg})
	}
	text, known := t.texts[c.Rune]
	if !known {
		text = string(c.Rune)
		t.texts[c.Rune] = text
	}
	t.Put(x, y, text, t.style)
}

func (t *tcellScreen) Text(x, y int, s string, st style) int {
	if t.isASCII {
		s = toASCII.Replace(s)
	}
	ts := tcellStyle(st)
	for rest, state := s, -1; rest != ""; {
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		switch {
		case width == 0:
		case t.out != nil:
			t.out.put(x, y, clusterGlyph(cluster, width, st))
		default:
			t.Put(x, y, cluster, ts)
		}
		for range width {
			if was := t.at(x, y); was != nil {
				*was = view.Cell{}
			}
			x++
		}
	}
	return x
}

// clusterGlyph returns the glyph of a grapheme cluster.
func clusterGlyph(cluster string, width int, st style) glyph {
	g := glyph{width: int8(width), fg: st.fg, bg: st.bg, bold: st.bold, invert: st.reverse}
	r, size := utf8.DecodeRuneInString(cluster)
	if g.r = r; size < len(cluster) {
		g.text = cluster
	}
	return g
}

// toASCII replaces what our own texts hold beyond ASCII, at the same width.
var toASCII = strings.NewReplacer("…", "~", "—", "-", "×", "x")

func tcellStyle(s style) tcell.Style {
	return tcell.StyleDefault.Foreground(tcellColor(s.fg)).Background(tcellColor(s.bg)).
		Bold(s.bold).Reverse(s.reverse)
}

func tcellColor(c view.Color) tcell.Color {
	if i, ok := c.Index(); ok {
		return tcell.PaletteColor(int(i))
	}
	if r, g, b, ok := c.RGB(); ok {
		return tcell.NewRGBColor(int32(r), int32(g), int32(b))
	}
	return tcell.ColorDefault
}

// keyNames are the keys that are not characters.
var keyNames = sync.OnceValue(func() map[tcell.Key]string {
	return map[tcell.Key]string{
		tcell.KeyUp: "up", tcell.KeyDown: "down", tcell.KeyLeft: "left", tcell.KeyRight: "right",
		tcell.KeyEsc: "esc", tcell.KeyEnter: "enter", tcell.KeyTab: "tab", tcell.KeyBackspace: "backspace", tcell.KeyBackspace2: "backspace",
		tcell.KeyHome: "home", tcell.KeyEnd: "end", tcell.KeyPgUp: "pgup", tcell.KeyPgDn: "pgdn",
		tcell.KeyDelete: "delete", tcell.KeyInsert: "insert", tcell.KeyF1: "f1",
	}
})

func keyName(e *tcell.EventKey) key {
	mods := ""
	for _, m := range []struct {
		mask tcell.ModMask
		name string
	}{{tcell.ModCtrl, "ctrl+"}, {tcell.ModAlt, "alt+"}, {tcell.ModShift, "shift+"}} {
		if e.Modifiers()&m.mask != 0 {
			mods += m.name
		}
	}
	switch name, known := keyNames()[e.Key()]; {
	case e.Key() == tcell.KeyBacktab:
		return "shift+tab"
	case known:
		return key(mods + name)
	case e.Key() >= tcell.KeyCtrlA && e.Key() <= tcell.KeyCtrlZ:
		return key("ctrl+" + string(rune('a'+e.Key()-tcell.KeyCtrlA)))
	case e.Key() == tcell.KeyRune && e.Rune() == ' ':
		return "space"
	}
	// The character tells of Shift already.
	return key(strings.TrimSuffix(mods, "shift+") + string(e.Rune()))
}

func mouseEvent(e *tcell.EventMouse) mouse {
	x, y := e.Position()
	m := mouse{
		x: x, y: y, down: e.Buttons()&tcell.ButtonPrimary != 0,
		right: e.Buttons()&tcell.ButtonSecondary != 0, middle: e.Buttons()&tcell.ButtonMiddle != 0,
	}
	switch {
	case e.Buttons()&tcell.WheelUp != 0:
		m.wheel = 1
	case e.Buttons()&tcell.WheelDown != 0:
		m.wheel = -1
	}
	return m
}
