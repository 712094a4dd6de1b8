package tui

import (
	"math"
	"math/big"
	"slices"
	"strings"

	"golife/life"
	"golife/life/view"
)

// The panel about the pattern, its population and its engine takes the place and the
// size of that of a Turing machine.
const (
	curveLength = 512 // populations kept
	graphHeight = 5   // rows
	graphWidth  = machineWidth - 2
)

// census is the population at a generation.
type census struct {
	generation *big.Int
	population float64
}

// curve is the population by generation, the latest of them, as frames showed it.
type curve []census

// add adds what a frame shows. What was known of its generation and later ones is no
// more: the user has gone back.
func (c *curve) add(f *frame) {
	if f.old || f.population == nil {
		return
	}
	list := *c
	for len(list) > 0 && list[len(list)-1].generation.Cmp(f.generation) >= 0 {
		list = list[:len(list)-1]
	}
	n, _ := new(big.Float).SetInt(f.population).Float64()
	list = append(list, census{f.generation, min(n, math.MaxFloat64)})
	if len(list) > curveLength {
		list = slices.Delete(list, 0, len(list)-curveLength)
	}
	*c = list
}

// graph draws the curve as rows of characters, the highest first; levels are the
// characters from the lowest to the fullest.
func (c curve) graph(columns, rows int, levels []rune) []string {
	picture := make([][]rune, rows)
	for y := range picture {
		picture[y] = []rune(strings.Repeat(" ", columns))
	}
	most := 0.0
	for _, p := range c {
		most = max(most, p.population)
	}
	steps := len(levels)
	for x := range min(columns, len(c)) {
		p := c[x]
		if len(c) > columns {
			p = c[x*(len(c)-1)/(columns-1)]
		}
		height := 0
		if most > 0 {
			height = int(math.Ceil(p.population / most * float64(rows*steps)))
		}
		for y := rows - 1; y >= 0 && height > 0; y-- {
			picture[y][x] = levels[min(height, steps)-1]
			height -= steps
		}
	}
	out := make([]string, rows)
	for y, line := range picture {
		out[y] = string(line)
	}
	return out
}

// stat returns a counter of an engine, if it has that.
func stat(list []life.Stat, name string) (int64, bool) {
	i := slices.IndexFunc(list, func(s life.Stat) bool { return s.Name == name })
	if i < 0 {
		return 0, false
	}
	return list[i].Value, true
}

// growth returns by how many cells a generation the population has changed since the
// frame before the last one.
func (c curve) growth() (_ float64, ok bool) {
	if len(c) < 2 {
		return 0, false
	}
	from, to := c[len(c)-2], c[len(c)-1]
	gens, _ := new(big.Float).SetInt(new(big.Int).Sub(to.generation, from.generation)).Float64()
	return (to.population - from.population) / gens, true
}

func (m *model) togglePanel() {
	m.panel = !m.panel
	m.setLooks(m.looks) // the picture has another width
	if m.panel && m.panelWidth() == 0 {
		m.message = "no room for the panel here"
	}
}

// infoPanel draws the panel.
func (d *drawer) infoPanel(m *model, rows int) {
	p := panelWriter{d: d, x: m.columns - m.panelWidth(), end: m.columns, rows: rows}
	if m.frame != nil {
		p.about(m)
		p.population(m)
		p.engine(m)
		p.comments(m)
	}
	for p.y < rows {
		p.line()
	}
}

// about writes what the pattern is.
func (p *panelWriter) about(m *model) {
	p.line(p.strong("%s", m.name))
	p.line(p.text("rule %s", m.rule()))
	if f := m.frame; f.alive {
		p.line(p.text("%s × %s cells", view.Number(f.bounds.Width(), farDigits), view.Number(f.bounds.Height(), farDigits)))
	}
}

// population draws how the population grows.
func (p *panelWriter) population(m *model) {
	f := m.frame
	p.line()
	p.line(p.strong("population "), p.text("%s", view.Number(f.population, exactDigits)))
	levels := []rune("▁▂▃▄▅▆▇█")
	if p.d.painter.Glyphs == view.ASCII {
		levels = []rune(".:|")
	}
	for _, line := range m.curve.graph(graphWidth, graphHeight, levels) {
		p.line(p.text("%s", line))
	}
	if len(m.curve) > 1 {
		p.line(p.text("since generation %s", view.Number(m.curve[0].generation, exactDigits)))
	}
	if g, ok := m.curve.growth(); ok && math.Abs(g) >= 0.01 {
		p.line(p.text("%+.3g a generation", g))
	}
}

// engine writes what the engine does, and why it is that one.
func (p *panelWriter) engine(m *model) {
	f := m.frame
	p.line()
	p.line(p.strong("engine "), p.text("%s", m.engine))
	if m.reason != "" {
		p.wrapped(m.reason)
	}
	if f.rate != "" {
		p.line(p.text("%s gen/s, %s cells/s", f.rate, f.cellRate))
	}
	for _, name := range []string{"nodes", "tiles", "tiles_active"} {
		if n, ok := stat(f.stats, name); ok && n > 0 {
			p.line(p.text("%s %s", strings.ReplaceAll(name, "_", " "), view.Number(big.NewInt(n), exactDigits)))
		}
	}
	if n, ok := stat(f.stats, "bytes"); ok {
		p.line(p.text("memory %.1f MiB", float64(n)/(1<<20)))
	}
	lookups, ok := stat(f.stats, "lookups")
	if hits, also := stat(f.stats, "hits"); ok && also && lookups > 0 {
		p.line(p.text("hit rate %.1f%%", 100*float64(hits)/float64(lookups)))
	}
}

// comments writes what the pattern's author says.
func (p *panelWriter) comments(m *model) {
	if len(m.pattern.Comments()) == 0 {
		return
	}
	p.line()
	for _, c := range m.pattern.Comments() {
		p.wrapped(printable(c.Text))
	}
}

func (p *panelWriter) wrapped(s string) {
	for _, l := range wrapWords(s, machineWidth-2) {
		p.line(p.text("%s", l))
	}
}
