package tui

import (
	"math/big"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/view"
)

// frame is what the simulation tells: the universe as the camera sees it, and
// how things are going. It is immutable.
type frame struct {
	camera     view.Camera
	follow     bool // the camera has followed the pattern
	picture    view.Picture
	generation *big.Int
	population *big.Int
	bounds     life.BigRect
	alive      bool // bounds is valid
	choice     engine.Choice
	old        bool // population and bounds are of an earlier generation
	machine    *sight
	taken      time.Time

	working time.Duration // how long the present step has been running, when that is long
	slow    bool          // the last step took long
	rate    string        // generations a second, when playing
	halted  int           // the want.plays that has ended by itself

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
	s.numbers.refresh(s.engine, s.job == nil && !s.playing())
	n := &s.numbers
	if s.want.follow && n.alive {
		s.want.camera = s.want.camera.Follow(n.bounds)
	}
	f := &frame{
		camera: s.want.camera, follow: s.want.follow, picture: view.Take(s.engine, s.want.camera),
		generation: s.engine.Generation(), population: n.population, bounds: n.bounds, alive: n.alive,
		choice: s.chosen(), taken: time.Now(), machine: s.machine.last(),
	}
	f.old = f.generation.Cmp(n.generation) != 0
	s.history.Add(&f.picture, f.generation)
	s.send(f)
}

// send completes f by how things are going, and posts it.
func (s *sim) send(f *frame) {
	f.working, f.rate = 0, ""
	if s.job != nil {
		if d := time.Since(s.job.start); d >= workingTime && s.job.stop != toDrop {
			f.working = d
		}
	}
	if s.playing() {
		f.rate = s.meter.rate()
	}
	f.slow, f.halted, f.note, f.noteNumber = s.slow, s.halted, s.note, s.noteNumber
	f.resets = s.resetsDone
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

func (m *meter) rate() string {
	if m.from.generation == nil || !m.to.at.After(m.from.at) {
		return ""
	}
	return view.Rate(new(big.Int).Sub(m.to.generation, m.from.generation), m.to.at.Sub(m.from.at))
}
