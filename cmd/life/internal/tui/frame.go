package tui

import (
	"math/big"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/rule"
	"golife/life/view"
)

// frame is what the simulation tells: the universe as the camera sees it, and
// how things are going. It is immutable.
type frame struct {
	camera     view.Camera
	follow     bool // the camera has followed the pattern
	hyper      bool // exp is the step that hyperspeed has grown to
	exp        int
	rule       *rule.Rule
	picture    view.Picture
	generation *big.Int
	population *big.Int
	bounds     life.BigRect
	alive      bool // bounds is valid
	choice     engine.Choice
	old        bool // population and bounds are of an earlier generation
	machine    *sight
	stats      []life.Stat   // of the engine, when they are wanted
	mapped     *view.Picture // the map; nil without one
	mapCamera  view.Camera   // that it was taken by
	taken      time.Time

	loading  string        // how far what is being loaded is; "" is none
	working  time.Duration // how long the present step has been running, when that is long
	slow     bool          // the last step took long
	rate     string        // generations a second, when playing
	cellRate string        // generations a second times the population
	halted   int           // the want.plays that has ended by itself

	replies    []reply
	want       want // that is being done
	unsaved    bool // there were edits since the pattern was opened or saved
	isIdle     bool // all of it is done, except to play on
	note       string
	noteNumber int
	resets     int   // the want.resets that have been done
	err        error // the viewer cannot go on
}

// numbers are what an engine may have to count for. Frames refresh them so
// seldom that they take at most a tenth of the time.
type numbers struct {
	population *big.Int
	bounds     life.BigRect
	alive      bool
	generation *big.Int // that they are of
	taken      time.Time
	cost       time.Duration
}

func (n *numbers) refresh(e life.Engine, always bool) {
	start := time.Now()
	if !always && start.Sub(n.taken) < 10*n.cost {
		return
	}
	n.generation, n.population = e.Generation(), e.Population()
	n.bounds, n.alive = e.Bounds()
	n.taken = time.Now()
	n.cost = n.taken.Sub(start)
}

// look samples the engine and sends a frame. The engine must not be lent.
func (s *sim) look() {
	s.lookWanted = false
	isAtRest := s.job == nil && !s.playing()
	s.numbers.refresh(s.engine, isAtRest)
	n := &s.numbers
	switch r, ok := fitted(s.engine.Rule(), n.bounds, n.alive); {
	case s.want.follow && ok:
		s.want.camera = s.want.camera.Follow(r)
	case s.want.track && n.alive:
		s.want.camera = s.want.camera.CenterOnRect(n.bounds)
	case s.want.tour != nil:
		s.want.camera = s.want.tour.camera(s.want.camera, s.engine.Generation())
	}
	s.mapper.refresh(s.engine, s.want, n, isAtRest)
	f := &frame{
		camera: s.want.camera, follow: s.want.follow || s.want.track || s.want.tour != nil, hyper: s.want.hyper, exp: s.want.exp, rule: s.engine.Rule(), picture: view.Take(s.engine, s.want.camera),
		generation: s.engine.Generation(), population: n.population, bounds: n.bounds, alive: n.alive,
		choice: s.chosen(), taken: time.Now(), machine: s.machine.last(),
		mapped: s.mapper.picture, mapCamera: s.mapper.camera,
	}
	if c, counts := s.engine.(life.Stater); counts && s.want.panel {
		f.stats = c.Stats()
	}
	f.old = f.generation.Cmp(n.generation) != 0
	s.history.Add(&f.picture, f.generation)
	s.send(f)
}

// send completes f by how things are going, and posts it.
func (s *sim) send(f *frame) {
	f.working, f.rate, f.cellRate = 0, "", ""
	if s.job != nil {
		if d := time.Since(s.job.start); d >= workingTime && s.job.stop != toDrop {
			f.working = d
		}
	}
	if s.playing() {
		f.rate, f.cellRate = s.meter.rate(big.NewInt(1)), s.meter.rate(f.population)
	}
	f.slow, f.halted, f.note, f.noteNumber = s.slow, s.halted, s.note, s.noteNumber
	f.resets, f.replies, f.want = s.resetsDone, s.replies, s.want
	f.isIdle, f.unsaved, f.loading = s.isIdle(), s.unsaved, s.loading.progress()
	s.last = f
	post(s.frames, f)
}

// meter measures generations a second over the last second or two.
type meter struct {
	from, mid, to mark
}

// mark is when a generation was reached.
type mark struct {
	at         time.Time
	generation *big.Int
}

func (m *meter) add(at time.Time, generation *big.Int) {
	m.to = mark{at, generation}
	if m.from.generation == nil {
		m.from, m.mid = m.to, m.to
	}
	if at.Sub(m.mid.at) >= time.Second {
		m.from, m.mid = m.mid, m.to
	}
}

// rate returns how many generations there are a second, times something.
func (m *meter) rate(times *big.Int) string {
	if m.from.generation == nil || !m.to.at.After(m.from.at) {
		return ""
	}
	n := new(big.Int).Sub(m.to.generation, m.from.generation)
	return view.Rate(n.Mul(n, times), m.to.at.Sub(m.from.at))
}
