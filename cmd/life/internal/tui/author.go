package tui

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"golife/life"
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

// obeyAuthor does what the words of the pattern's author ask for and makes sense
// here; others are left out.
func (m *model) obeyAuthor(p *life.Pattern) {
	m.stopAt, m.loopAt = nil, nil
	list := authorWords(p)
	value := func(i int) (float64, bool) {
		if i+1 >= len(list) {
			return 0, false
		}
		v, err := strconv.ParseFloat(list[i+1], 64)
		return v, err == nil && math.Abs(v) < 1e15
	}
	x, y, isPlaced, isFitted, isLater := 0.0, 0.0, false, false, false
	for i, w := range list {
		v, ok := value(i)
		isLater = isLater || w == "T" && ok && v > 0 // from here on, where the camera is to go then
		switch w {
		case "AUTOFIT":
			isFitted = true
		case "AUTOSTART":
			m.setPlaying(true)
		}
		if !ok || isLater && (w == "ZOOM" || w == "X" || w == "Y") {
			continue
		}
		switch w {
		case "ZOOM":
			if v != 0 {
				m.zoomAuthor(v)
			}
		case "X":
			x, isPlaced = v, true
		case "Y":
			y, isPlaced = v, true
		case "STEP":
			m.setExp(int(math.Log2(max(v, 1))))
		case "GPS":
			m.setExp(int(math.Floor(math.Log2(max(v, 1) / 30))))
		case "STOP":
			m.stopAt = big.NewInt(int64(v))
		case "LOOP":
			m.loopAt = big.NewInt(int64(v))
		}
	}
	if isPlaced {
		m.placeAuthor(p, x, y)
	}
	m.follow = isFitted
}

// zoomAuthor sets the zoom; a negative one is LifeViewer's way to say one part of.
func (m *model) zoomAuthor(v float64) {
	if v < 0 {
		v = -1 / v
	}
	k := authorDots - int(math.Round(math.Log2(v)))
	m.camera = m.camera.ZoomBy(k - m.camera.Zoom())
}

// placeAuthor moves the camera by x and y cells from the pattern's middle.
func (m *model) placeAuthor(p *life.Pattern, x, y float64) {
	r, ok := p.Bounds()
	if !ok {
		return
	}
	middle := func(a, b *big.Int, by float64) *big.Int {
		v := new(big.Int).Add(a, b)
		return v.Add(v.Rsh(v, 1), big.NewInt(int64(math.Round(by))))
	}
	m.camera = m.camera.CenterOn(middle(r.MinX, r.MaxX, x), middle(r.MinY, r.MaxY, y))
}

// untilStop shortens a step of n generations that would lead over the generation
// at which the author wants to stop, or to begin again.
func (s *sim) untilStop(n *big.Int) *big.Int {
	here := s.engine.Generation()
	for _, at := range []*big.Int{s.want.stopAt, s.want.loopAt} {
		if at == nil {
			continue
		}
		if left := new(big.Int).Sub(at, here); left.Sign() > 0 && left.Cmp(n) < 0 {
			n = left
		}
	}
	return n
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
