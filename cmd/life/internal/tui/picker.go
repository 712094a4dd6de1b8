package tui

import (
	"cmp"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"golife/life"
	"golife/life/format"
	"golife/life/rule"
	"golife/life/view"
	"golife/patterns"
)

// maxPreview is how large a file may be, in bytes, for its pattern to be shown
// before it is chosen: reading it must not be felt.
const maxPreview = 100 << 10

// item is something that can be chosen.
type item struct {
	name   string // to open it by
	title  string
	detail string
	about  string
	load   func() (*life.Pattern, error) // for the preview; nil has none
	folder string                        // to choose from instead
}

// picker is a list to choose from, with a filter.
type picker struct {
	all    []item
	filter string
	shown  []item
	at     int

	previewed string // the name of the item that preview is of
	preview   *life.Pattern
}

// pickerRows returns how many rows of the screen the list has.
func (m *model) pickerRows() int { return max(m.rows-2, 1) }

// pick opens the list of what can be opened: recent ones, a folder, the library.
func (m *model) pick(folder string) error {
	p := &picker{}
	isFolder := folder != ""
	if !isFolder {
		for _, r := range m.recent {
			p.all = append(p.all, m.fileItem(r, "recent"))
		}
		folder = "."
	}
	files, err := m.folderItems(folder)
	if err != nil && isFolder {
		return err
	}
	p.all = append(p.all, files...)
	if !isFolder {
		p.all = append(p.all, libraryItems()...)
	}
	p.find()
	p.look()
	m.picker = p
	return nil
}

func libraryItems() []item {
	var list []item
	for _, e := range patterns.All() {
		it := item{name: e.Name, title: e.Title, detail: e.Kind, about: e.Description}
		if data, err := e.RLE(); err == nil && len(data) <= maxPreview {
			it.load = e.Pattern
		}
		list = append(list, it)
	}
	return list
}

// folderItems returns the pattern files and folders of a folder.
func (m *model) folderItems(folder string) ([]item, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("%s: not a folder that can be read", folder)
	}
	var list []item
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		switch _, err := format.Extension(name); {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			list = append(list, item{name: name, title: e.Name() + "/", detail: "folder", folder: name})
		case err == nil:
			list = append(list, m.fileItem(name, "file"))
		}
	}
	return list, nil
}

// fileItem returns the item of a file, or of a name of the library.
func (m *model) fileItem(name, detail string) item {
	it := item{name: name, title: filepath.Base(name), detail: detail, about: name}
	host := m.host
	if e, known := patterns.Lookup(name); known && !isThere(name) {
		it.title, it.about = e.Title, e.Description
	}
	if info, err := os.Stat(name); err == nil && info.Size() <= maxPreview {
		it.load = func() (*life.Pattern, error) {
			f, err := os.Open(name)
			if err != nil {
				return nil, err
			}
			defer f.Close()
			return readPattern(f, func(s string, files map[string][]byte) (*rule.Rule, error) {
				return host.Rule(s, name, files)
			})
		}
	}
	return it
}

// find filters the list, the best first, of equals those by whose titles they were found, and then those with
// the least beside what was typed: "gli" is rather Glider than Glider racetrack, and "gosp" the
// gun of Gosper's than his Puzzle.
func (p *picker) find() {
	type hit struct {
		item
		score, length int
	}
	var hits []hit
	for _, it := range p.all {
		score, ok := match(p.filter, it.title)
		score *= 2
		if s, isName := match(p.filter, it.name); isName && (!ok || 2*s+1 < score) {
			score, ok = 2*s+1, true
		}
		if s, isKind := match(p.filter, it.detail+" "+it.title); isKind && !ok {
			score, ok = 2*s+200, true
		}
		if ok {
			hits = append(hits, hit{it, score, len(it.title)})
		}
	}
	if p.filter != "" {
		slices.SortStableFunc(hits, func(a, b hit) int {
			return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.length, b.length))
		})
	}
	p.shown, p.at = nil, 0
	for _, h := range hits {
		p.shown = append(p.shown, h.item)
	}
}

// match reports whether s holds the letters of filter in order, and how far they
// are apart, less being better; letter case does not matter.
func match(filter, s string) (score int, ok bool) {
	filter, s = strings.ToLower(filter), strings.ToLower(s)
	if i := strings.Index(s, filter); i >= 0 {
		return min(i, 9), true
	}
	at := 0
	for _, r := range filter {
		i := strings.IndexRune(s[at:], r)
		if i < 0 {
			return 0, false
		}
		score += i
		at += i + len(string(r))
	}
	return 10 + score, true
}

// look loads the preview of the present item.
func (p *picker) look() {
	var it item
	if len(p.shown) > 0 {
		it = p.shown[p.at]
	}
	if p.previewed == it.name {
		return
	}
	p.previewed, p.preview = it.name, nil
	if it.load != nil {
		p.preview, _ = it.load() // opening it says what is wrong
	}
}

// pressPicker handles a key while the list is open.
func (m *model) pressPicker(k key) {
	p := m.picker
	page := max(m.pickerRows()-1, 1)
	defer p.look()
	move := func(by int) { p.at = min(max(p.at+by, 0), max(len(p.shown)-1, 0)) }
	switch k {
	case "esc", "ctrl+c":
		m.picker = nil
	case "enter":
		m.choosePicked()
	case "up", "ctrl+p":
		move(-1)
	case "down", "ctrl+n", "tab":
		move(1)
	case "pgup":
		move(-page)
	case "pgdn":
		move(page)
	case "home":
		move(-len(p.shown))
	case "end":
		move(len(p.shown))
	case "backspace":
		if r := []rune(p.filter); len(r) > 0 {
			p.filter = string(r[:len(r)-1])
			p.find()
		}
	case "ctrl+u":
		p.filter = ""
		p.find()
	default:
		if k == "space" {
			k = " "
		}
		if len([]rune(string(k))) == 1 {
			p.filter += string(k)
			p.find()
		}
	}
}

// paste adds a line of text to the filter, and reports whether it is one.
func (p *picker) paste(text string) bool {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "\n") {
		return false
	}
	p.filter += printable(text)
	p.find()
	p.look()
	return true
}

func (m *model) choosePicked() {
	p := m.picker
	if len(p.shown) == 0 {
		return
	}
	it := p.shown[p.at]
	m.picker = nil
	if it.folder != "" {
		if err := m.pick(it.folder); err != nil {
			m.fail(err)
		}
		return
	}
	m.execute("open " + it.name)
}

// drawPicker draws the list over everything, with a preview where there is room.
func (d *drawer) drawPicker(m *model) {
	p := m.picker
	rows, width := m.rows, m.columns
	if width >= 60 {
		width = width * 2 / 5
	}
	d.line(0, 0, " Open: "+p.filter+"▏", m.columns, m, d.accent)
	page := m.pickerRows()
	first := p.at - p.at%page
	for y := range page {
		if first+y >= len(p.shown) {
			d.line(0, y+1, "", width, m, d.text)
			continue
		}
		it, st := p.shown[first+y], d.text
		if first+y == p.at {
			st.reverse = !st.reverse
		}
		room := width - uniseg.StringWidth(it.detail) - 3
		if room < 12 {
			d.line(0, y+1, " "+it.title, width, m, st)
			continue
		}
		d.line(0, y+1, " "+clip(it.title, room), room+1, m, st)
		d.line(room+1, y+1, " "+it.detail+" ", width-room-1, m, st)
	}
	if width < m.columns {
		d.preview(m, width, m.columns-width, rows-2)
	}
	about := fmt.Sprintf(" %d of %d", len(p.shown), len(p.all))
	if len(p.shown) > 0 && p.shown[p.at].about != "" {
		about = " " + p.shown[p.at].about
	}
	d.line(0, rows-1, about+"  (enter opens, esc leaves)", m.columns, m, d.dim)
}

// preview draws the pattern of the present item.
func (d *drawer) preview(m *model, x0, columns, rows int) {
	p := m.picker
	for y := range rows {
		d.line(x0, y+1, "", columns, m, d.text)
	}
	if p.preview == nil || rows < 1 {
		return
	}
	camera := view.NewCamera(m.glyphs.Dots(columns, rows))
	if r, ok := p.preview.Bounds(); ok {
		camera = camera.Fit(r)
	}
	pic := view.Take(p.preview, camera)
	painter := view.Painter{Palette: d.theme.Palette(d.painter.Palette.Depth(), p.preview.Rule()), Glyphs: d.painter.Glyphs}
	cells := make([]view.Cell, columns*rows)
	painter.Paint(cells, &pic)
	for i, c := range cells {
		d.screen.Set(x0+i%columns, 1+i/columns, c)
	}
	about := p.preview.Rule().String() + "  " + view.Number(new(big.Int).Set(p.preview.Population()), exactDigits) + " cells"
	d.line(x0, 1, " "+about+" ", min(len(about)+2, columns), m, d.dim)
}
