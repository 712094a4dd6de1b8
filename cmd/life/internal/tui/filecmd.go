package tui

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golife/life"
	"golife/life/format"
	"golife/life/view"
	"golife/patterns"
)

// maxRecent is how many files are remembered.
const maxRecent = 50

// fileCommands are the commands about patterns and files.
func fileCommands() []command {
	return []command{
		{name: "open", args: "[PATTERN]", help: "open a file or a pattern of the library; alone, choose one", group: "File", do: (*model).openNamed, complete: completePattern},
		{name: "pick", args: "[FOLDER]", help: "choose from the library, recent files and a folder", group: "File", do: (*model).pick, complete: completeFile},
		{name: "reload", help: "read the pattern again", group: "File", do: noArg((*model).reload)},
		{name: "save", args: "[FILE]", help: "save the present generation as " + strings.Join(format.Extensions(), " "), group: "File",
			do: func(m *model, name string) error { return m.save(name, false) }, complete: completeFile},
		{name: "save!", args: "FILE", help: "the same, also over another file", group: "File",
			do: func(m *model, name string) error { return m.save(name, true) }, complete: completeFile},
		{name: "new", args: "[RULE]", help: "an empty universe to draw in", group: "File", do: (*model).newUniverse},
		{name: "info", help: "the pattern's comments", group: "File", do: plain((*model).info)},
	}
}

func (m *model) openNamed(name string) error {
	if name == "" {
		return m.pick("")
	}
	m.load(name, true, func(s *sim, l *loading) error {
		s.halted, s.stepsDone, s.cyclesDone, s.going = s.want.plays, s.want.steps, s.want.cycles, nil
		return s.open(printable(name), l.pattern, l.engine)
	})
	return nil
}

// open replaces the universe by p, which is there already.
func (m *model) open(name string, p *life.Pattern) {
	m.playing = false
	m.order(true, func(s *sim) error {
		s.stopLoading()
		return s.open(printable(name), p, nil)
	})
}

// open makes p the universe and begins its time. It can be undone. Engine e has p in
// it; nil is none.
func (s *sim) open(name string, p *life.Pattern, e life.Engine) error {
	err := s.change("opening "+name, 0, func() error {
		if e != nil {
			s.use(e, p)
			return nil
		}
		return s.become(p)
	})
	if err != nil {
		return err
	}
	d := s.lastDeed()
	d.after, d.opens, d.names = &kept{pattern: p}, true, [2]string{s.name, name}
	s.isDirty, s.unsaved, s.now, s.name = false, false, p, name
	s.begin(p)
	s.answer(func(m *model) { m.opened(name, p) })
	return nil
}

// begin begins the time of another pattern.
func (s *sim) begin(p *life.Pattern) {
	s.timeline.begin(p)
	s.bookmarks = nil
}

// opened shows another pattern.
func (m *model) opened(name string, p *life.Pattern) {
	m.name, m.pattern, m.file = name, p, ""
	m.selection, m.selecting, m.paste, m.curve = nil, false, nil, nil
	m.ink = min(max(m.ink, 1), life.State(p.Rule().States()-1))
	m.message, m.exp, m.hyper, m.track = "", 0, false, false
	if isThere(name) {
		m.file = name
	}
	if _, known := patterns.Lookup(name); known || m.file != "" {
		m.remember(name)
	}
	m.fit()
	m.obeyAuthor(p)
}

// remember puts a name at the head of the recent ones.
func (m *model) remember(name string) {
	if path, err := filepath.Abs(name); err == nil && m.file != "" {
		name = path
	}
	m.recent = slices.DeleteFunc(m.recent, func(r string) bool { return r == name })
	m.recent = slices.Insert(m.recent, 0, name)
	m.recent = m.recent[:min(len(m.recent), maxRecent)]
	m.host.keep(recentFile, m.recent)
}

// reload reads the file again, or goes back to what was pasted or drawn first.
func (m *model) reload() error {
	if m.file == "" {
		m.open(m.name, m.pattern)
		return nil
	}
	return m.openNamed(m.file)
}

// save saves the present generation. Another file that is there stays unless the
// user insists.
func (m *model) save(name string, insists bool) error {
	if name == "" {
		if name = m.file; name == "" {
			return errors.New("found no name, want FILE")
		}
	}
	if !insists && name != m.file && isThere(name) {
		return fmt.Errorf("%s: there is such a file; save! %s writes over it", name, name)
	}
	if _, err := format.Extension(name); err != nil {
		return err
	}
	comments := m.pattern.Comments()
	m.order(false, func(s *sim) error {
		p := s.present().WithComments(comments)
		if err := m.host.Save(name, p); err != nil {
			return err
		}
		s.unsaved = false
		text := fmt.Sprintf("saved as %s: generation %s, %s cells", printable(name),
			view.Number(p.Generation(), exactDigits), view.Number(p.Population(), exactDigits))
		if lost := format.Loss(name, p); len(lost) > 0 {
			text += "; not kept: " + strings.Join(lost, ", ")
		}
		s.tell(text)
		s.answer(func(m *model) {
			m.file = name
			m.remember(name)
		})
		return nil
	})
	return nil
}

func (m *model) newUniverse(arg string) error {
	r := m.rule()
	if arg != "" {
		var err error
		if r, err = m.parseRule(arg, nil); err != nil {
			return err
		}
	}
	m.open("new pattern", life.NewBuilder(r).Pattern())
	m.camera = view.NewCamera(m.pictureSize()).ZoomBy(-1)
	m.cursor, m.hasCursor = life.Point{}, true
	if !m.editing {
		m.toggleEdit()
	}
	return nil
}

// info shows the comments, one line after the other as it is called again.
func (m *model) info() {
	list := m.pattern.Comments()
	if len(list) == 0 {
		m.message = "the pattern has no comments"
		return
	}
	m.infoLine %= len(list)
	m.message = fmt.Sprintf("%d/%d %s", m.infoLine+1, len(list), printable(list[m.infoLine].Text))
	m.infoLine++
}

// completePattern completes files and names of the library.
func completePattern(m *model, arg string) []string {
	var out []string
	for _, e := range patterns.All() {
		if strings.HasPrefix(e.Name, strings.ToLower(arg)) {
			out = append(out, e.Name)
		}
	}
	return append(out, completeFile(m, arg)...)
}

// completeFile completes files, and folders with a slash behind them.
func completeFile(_ *model, arg string) []string {
	dir, base := filepath.Split(arg)
	list, err := os.ReadDir(cmp.Or(dir, "."))
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range list {
		name := e.Name()
		if !strings.HasPrefix(name, base) || base == "" && strings.HasPrefix(name, ".") {
			continue
		}
		if e.IsDir() {
			name += "/"
		}
		out = append(out, dir+name)
	}
	return out
}

// expectation is what a script wants to be true.
type expectation struct{ what, want string }

func (m *model) expect(arg string) error {
	what, want, _ := strings.Cut(arg, " ")
	want = strings.TrimSpace(want)
	switch what {
	case "digest", "message":
	case "generation", "population":
		n, err := m.host.Count(want)
		if err != nil {
			return err
		}
		want = n.String()
	default:
		return fmt.Errorf("found %q, want generation, population, digest or message", what)
	}
	m.expected = &expectation{what, want}
	if what == "message" {
		return nil
	}
	m.order(false, func(s *sim) error { return s.check(what, want) })
	return nil
}

// check compares the universe with what a script expects.
func (s *sim) check(what, want string) error {
	var n *big.Int
	switch what {
	case "digest":
		if got := s.present().Digest(); got != want {
			return fmt.Errorf("digest: found %s, want %s", got, want)
		}
		return nil
	case "generation":
		n = s.engine.Generation()
	case "population":
		n = s.engine.Population()
	}
	if n.String() != want {
		return fmt.Errorf("%s: found %v, want %s", what, n, want)
	}
	return nil
}
