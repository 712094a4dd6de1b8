package record

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"golife/life/view"
)

// cast writes what a terminal would be sent. Source: asciinema, "asciicast v2":
// an object of JSON that is the header, then an array [seconds, "o", text] a line.
type cast struct {
	*bufio.Writer
	Options
	columns, rows int
	cells         []view.Cell // as the terminal shows them; the zero Cell where that is not known
	next          []view.Cell
	at            time.Duration
}

func newCast(w *bufio.Writer, o Options) Recorder { return &cast{Writer: w, Options: o} }

func (c *cast) Add(p *view.Picture) error {
	columns, rows := c.Painter.Size(&p.Window)
	text := ""
	if c.cells == nil {
		c.columns, c.rows = columns, rows
		c.cells, c.next = make([]view.Cell, columns*rows), make([]view.Cell, columns*rows)
		if err := c.line(c.header()); err != nil {
			return err
		}
		text = "\x1b[?25l\x1b[2J" // no cursor, an empty screen
	} else if columns != c.columns || rows != c.rows {
		return errSize
	}
	c.Painter.Paint(c.next, p)
	text += ansi(c.cells, c.next, columns)
	c.cells, c.next = c.next, c.cells
	at := c.at
	c.at += c.Delay
	if text == "" {
		return nil
	}
	return c.line([]any{at.Seconds(), "o", text})
}

// Close gives the last picture its time, and the cursor back.
func (c *cast) Close() error {
	if c.cells == nil {
		return nil
	}
	if err := c.line([]any{c.at.Seconds(), "o", "\x1b[0m\x1b[?25h"}); err != nil {
		return err
	}
	return c.Flush()
}

func (c *cast) header() any {
	return struct {
		Version int               `json:"version"`
		Width   int               `json:"width"`
		Height  int               `json:"height"`
		Title   string            `json:"title,omitempty"`
		Env     map[string]string `json:"env"`
	}{2, c.columns, c.rows, c.Title, map[string]string{"TERM": "xterm-256color"}}
}

func (c *cast) line(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.Write(text) // the error stays until Flush
	return c.WriteByte('\n')
}

// ansi returns what turns a screen that shows one grid of characters into one
// that shows another.
func ansi(before, after []view.Cell, columns int) string {
	var b strings.Builder
	cursor := -1
	var style view.Cell
	for i, c := range after {
		if before[i] == c {
			continue
		}
		if cursor != i || i%columns == 0 { // the end of a line is no place to go on from
			fmt.Fprintf(&b, "\x1b[%d;%dH", i/columns+1, i%columns+1)
		}
		if style.Rune == 0 || style.Fg != c.Fg || style.Bg != c.Bg {
			b.WriteString("\x1b[0" + sgr(c.Fg, 30) + sgr(c.Bg, 40) + "m")
			style = c
		}
		b.WriteRune(c.Rune)
		cursor = i + 1
	}
	return b.String()
}

// sgr selects a colour; base is 30 for the foreground and 40 for the background.
func sgr(c view.Color, base int) string {
	if i, ok := c.Index(); ok {
		return fmt.Sprintf(";%d;5;%d", base+8, i)
	}
	if r, g, b, ok := c.RGB(); ok {
		return fmt.Sprintf(";%d;2;%d;%d;%d", base+8, r, g, b)
	}
	return ""
}
