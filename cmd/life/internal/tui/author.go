package tui

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"golife/life"
	"golife/life/view"
)

// authorWords returns the words of the script that a pattern's author has put into
// comments, "#C [[ ZOOM 8 AUTOSTART ]]", in upper case. The notation is LifeViewer's
// (Chris Rowett; "LifeViewer scripts" in the LifeWiki).
func authorWords(p *life.Pattern) (out []string) {
	isInside := false
	for _, c := range p.Comments() {
		for w := range strings.FieldsSeq(strings.NewReplacer("[[", " [[ ", "]]", " ]] ").Replace(c.Text)) {
			switch {
			case w == "[[":
				isInside = true
			case w == "]]":
				isInside = false
			case isInside:
				out = append(out, strings.ToUpper(w))
			}
		}
	}
	return out
}

// LifeViewer draws a cell ZOOM pixels wide in a window of about 640 × 480 pixels,
// which has 2^authorDots times as many pixels a row as a terminal has dots.
const authorDots = 3

// authorNumber is how LifeViewer's scripts write numbers: 2, 0.5, 1/4.
func authorNumber(s string) (float64, bool) {
	above, below, isRatio := strings.Cut(s, "/")
	v, err := strconv.ParseFloat(above, 64)
	if isRatio && err == nil {
		var d float64
		d, err = strconv.ParseFloat(below, 64)
		v /= d
	}
	return v, err == nil && math.Abs(v) < 1e15 // which NaN is not
}

// authorThemes are the nearest of our themes to LifeViewer's, by its numbers, and
// whether those colour cells by age and history. Source for its colours: Golly's
// Help, "LifeViewer", "Color Themes".
var authorThemes = []struct {
	name string
	ages bool
}{
	{"contrast", false}, // white on black
	{"night", true},     // cyan and white, blue traces, on black
	{"ember", true},     // orange and yellow, red traces, on black
	{"viridis", true},   // cyan and white, green traces, on black
	{"cividis", true},   // yellow and white, purple traces, on blue
	{"contrast", true},  // greys on black
	{"paper", false},    // black on white
	{"paper", true},     // blue and black, cyan traces, on white
	{"contrast", true},  // white, also where life was, on black
	{"amber", true},     // white, red where life was, on black
}

// waypoint is how an author wants the pattern to be shown at a generation.
type waypoint struct {
	at        *big.Int
	x, y      float64 // cells from the pattern's middle
	isPlaced  bool
	zoom      float64 // of a camera; not rounded
	step, gps float64 // 0 is not given
	theme     int     // number; -1 is not given
	pause     time.Duration
}

// tour is the way that an author wants the camera to go: waypoints by generation.
// It is immutable.
type tour struct {
	points     []waypoint
	midX, midY *big.Int // the pattern's middle
}

// obeyAuthor does what the words of the pattern's author ask for and makes sense
// here; others are left out.
func (m *model) obeyAuthor(p *life.Pattern) {
	m.stopAt, m.loopAt, m.tour = nil, nil, nil
	m.giveBackLooks()
	t := &tour{midX: new(big.Int), midY: new(big.Int)}
	if r, ok := p.Bounds(); ok {
		t.midX.Rsh(t.midX.Add(r.MinX, r.MaxX), 1)
		t.midY.Rsh(t.midY.Add(r.MinY, r.MaxY), 1)
	}
	list := authorWords(p)
	isFitted := false
	w := waypoint{at: new(big.Int), zoom: float64(m.camera.Zoom()), theme: -1}
	for i, word := range list {
		switch word {
		case "AUTOFIT":
			isFitted = true
		case "AUTOSTART":
			m.setPlaying(true)
		case "GRID":
			m.lendLooks()
			m.grid = true
		}
		if i+1 == len(list) {
			break
		}
		v, ok := authorNumber(list[i+1])
		switch {
		case !ok:
		case word == "T":
			t.add(w)
			w.at, w.pause = big.NewInt(int64(v)), 0
		case word == "STOP":
			m.stopAt = big.NewInt(int64(v))
		case word == "LOOP":
			m.loopAt = big.NewInt(int64(v))
		default:
			w.set(word, v)
		}
	}
	t.add(w)
	m.follow, m.fitsAuthor = m.follow && !m.fitsAuthor || isFitted, isFitted
	if len(list) > 0 {
		m.camera = t.place(m.camera, t.points[0])
		m.enter(t.points[min(1, len(t.points)-1)])
	}
	if len(t.points) > 1 && !m.follow {
		m.tour = t
	}
	m.leg = 0
}

// set changes what a word is about.
func (w *waypoint) set(word string, v float64) {
	switch word {
	case "ZOOM", "Z":
		if v < 0 { // one part of
			v = -1 / v
		}
		if v != 0 {
			w.zoom = authorDots - math.Log2(v)
		}
	case "X":
		w.x, w.isPlaced = v, true
	case "Y":
		w.y, w.isPlaced = v, true
	case "STEP":
		w.step = max(v, 1)
	case "GPS":
		w.gps = max(v, 1)
	case "THEME":
		w.theme = int(v)
	case "PAUSE":
		w.pause = time.Duration(min(max(v, 0), 3600) * float64(time.Second))
	}
}

// add adds a waypoint behind those of earlier generations. One at the generation of
// another replaces it.
func (t *tour) add(w waypoint) {
	i := len(t.points)
	for i > 0 && t.points[i-1].at.Cmp(w.at) > 0 {
		i--
	}
	if i > 0 && t.points[i-1].at.Cmp(w.at) == 0 {
		t.points[i-1] = w
		return
	}
	t.points = append(t.points[:i:i], append([]waypoint{w}, t.points[i:]...)...)
}

// place moves the camera to a waypoint; where the author gave no place, to that at
// which the camera is.
func (t *tour) place(c view.Camera, w waypoint) view.Camera {
	if w.isPlaced {
		cell := func(mid *big.Int, by float64) *big.Int {
			v := big.NewInt(int64(math.Round(by)))
			return v.Add(v, mid)
		}
		c = c.CenterOn(cell(t.midX, w.x), cell(t.midY, w.y))
	}
	return c.ZoomBy(int(math.Round(w.zoom)) - c.Zoom())
}

// legAt returns how many waypoints are behind generation g or at it, but the first.
func (t *tour) legAt(g *big.Int) int {
	n := 0
	for n+1 < len(t.points) && t.points[n+1].at.Cmp(g) <= 0 {
		n++
	}
	return n
}

// camera returns where the camera c is to be at generation g: on the way from one
// waypoint to the next, with a soft start and end.
func (t *tour) camera(c view.Camera, g *big.Int) view.Camera {
	n := t.legAt(g)
	w := t.points[n]
	if n+1 < len(t.points) && g.Cmp(w.at) > 0 {
		to := t.points[n+1]
		done, _ := new(big.Float).SetInt(new(big.Int).Sub(g, w.at)).Float64()
		all, _ := new(big.Float).SetInt(new(big.Int).Sub(to.at, w.at)).Float64()
		part := done / all
		part *= part * (3 - 2*part)
		w.x += part * (to.x - w.x)
		w.y += part * (to.y - w.y)
		w.zoom += part * (to.zoom - w.zoom)
		w.isPlaced = w.isPlaced || to.isPlaced
	}
	return t.place(c, w)
}

// rest returns how long to stay at generation g.
func (t *tour) rest(g *big.Int) time.Duration {
	if t != nil {
		for _, w := range t.points {
			if w.at.Cmp(g) == 0 {
				return w.pause
			}
		}
	}
	return 0
}

// next returns the generation of the first waypoint after g; nil is none.
func (t *tour) next(g *big.Int) *big.Int {
	if t != nil {
		if n := t.legAt(g) + 1; n < len(t.points) {
			return t.points[n].at
		}
	}
	return nil
}

// enter takes on the speed and the colours that are in force on the way to w.
func (m *model) enter(w waypoint) {
	const framesPerSecond = float64(time.Second / frameTime)
	switch {
	case w.gps > 0:
		m.setExp(int(math.Floor(math.Log2(max(w.step, 1) * w.gps / framesPerSecond))))
	case w.step > 0:
		m.setExp(int(math.Log2(w.step)))
	}
	if !m.isOwn && w.theme >= 0 && w.theme < len(authorThemes) {
		m.lendLooks()
		like := authorThemes[w.theme]
		m.theme, _ = view.ThemeByName(like.name) // which there is
		m.ages = like.ages
	}
}

// travel enters the next leg of the tour when generation g is on it.
func (m *model) travel(g *big.Int) {
	leg := m.tour.legAt(g)
	if leg == m.leg {
		return
	}
	m.leg = leg
	m.enter(m.tour.points[min(leg+1, len(m.tour.points)-1)])
}

// lendLooks keeps the looks that the author is about to change, for the next pattern.
func (m *model) lendLooks() {
	if m.lent == nil {
		l := m.looks
		m.lent = &l
	}
}

func (m *model) giveBackLooks() {
	if m.lent != nil {
		m.theme, m.ages, m.grid, m.lent = m.lent.theme, m.lent.ages, m.lent.grid, nil
	}
}

// ownLooks says that the user has chosen the looks: authors do not change them.
func (m *model) ownLooks() { m.isOwn, m.lent = true, nil }

// untilStop shortens a step of n generations that would lead over the generation
// at which the author wants to stop, to begin again, or to look elsewhere.
func (s *sim) untilStop(n *big.Int) *big.Int {
	here := s.engine.Generation()
	for _, at := range []*big.Int{s.want.stopAt, s.want.loopAt, s.want.tour.next(here)} {
		if at == nil {
			continue
		}
		if left := new(big.Int).Sub(at, here); left.Sign() > 0 && left.Cmp(n) < 0 {
			n = left
		}
	}
	return n
}

// rests reports whether playing is to stay here for a while, as the author wants it
// at some waypoints: once each time that one comes there.
func (s *sim) rests(now time.Time) bool {
	here := s.engine.Generation()
	if s.rested != nil && s.rested.Cmp(here) == 0 {
		return false
	}
	s.rested = nil
	d := s.want.tour.rest(here)
	if d == 0 {
		return false
	}
	s.rested, s.due = here, now.Add(d)
	return true
}

// atAuthorsEnd stops, or begins again, where the author wants it.
func (s *sim) atAuthorsEnd() {
	here := s.engine.Generation()
	if at := s.want.stopAt; at != nil && s.playing() && at.Cmp(here) == 0 {
		s.halted = s.want.plays
		s.tell("the pattern's author stops here; space goes on")
	}
	if at := s.want.loopAt; at != nil && s.playing() && at.Cmp(here) == 0 {
		if err := s.restore(s.timeline.moments[0]); err != nil {
			s.fail(err)
		}
	}
}
