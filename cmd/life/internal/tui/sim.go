package tui

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"runtime/debug"
	"slices"
	"time"

	"golife/life"
	"golife/life/engine"
	"golife/life/view"
)

// The simulation's paces.
const (
	frameTime   = time.Second / 30       // between frames when playing
	workingTime = 150 * time.Millisecond // until a step is said to be long
	workingTick = time.Second            // between two such messages
	chunkTime   = 50 * time.Millisecond  // aimed at for a sub-step
	lookTime    = 60 * time.Millisecond  // a step runs at least so long before a look interrupts it
	glimpseTime = 200 * time.Millisecond // between frames inside a step of sub-steps
	hyperTime   = 50 * time.Millisecond  // a step that is shorter is doubled by hyperspeed
)

// sim owns the engine. It runs on one goroutine, see run; while a step is
// computed, the engine is lent to another, see job.
type sim struct {
	engine   life.Engine
	pattern  *life.Pattern
	choiceOf func(life.Engine) engine.Choice // which engine that is now, and why
	wants    chan want
	frames   chan *frame
	panics   chan string
	machine  *watcher // of a Turing machine; nil without one

	want       want
	stepsDone  int // of want.steps
	cyclesDone int // of want.cycles
	resetsDone int // of want.resets
	halted     int // the want.plays that has ended by itself: died, failed, cancelled

	name      string // of the pattern
	remake    maker  // nil keeps the engine
	timeline  timeline
	hyperFrom int // the want.exp that hyperspeed has grown from
	bookmarks []bookmark
	deeds     []deed // what can be undone
	undone    []deed // what can be done again
	isDirty   bool   // the timeline does not know the present state, which was edited
	tip       tip
	deedLimit int64 // of bytes that deeds take in memory
	deedBytes int64 // that they take, at most
	attic     attic
	unsaved   bool          // there were edits since the pattern was opened or saved
	now       *life.Pattern // the present state, when it is known as a pattern
	going     *big.Int      // the generation to go to next; nil without one
	travels   bool          // that is done by replay, and takes no new way

	ordersDone int // of want.orders
	replies    []reply
	replyCount int

	loading    *loading // nil when nothing is
	job        *job
	due        time.Time // when the next step may start
	lookWanted bool      // the camera has moved while a job is running
	chunkExp   int       // sub-steps are of 2^chunkExp generations
	rested     *big.Int  // the generation of the waypoint at which playing rests, or has

	numbers    numbers
	mapper     mapper
	history    view.History
	meter      meter
	last       *frame
	slow       bool // the last step took long
	note       string
	noteNumber int
}

// job is one step under way.
type job struct {
	target     *big.Int // generation
	isPlay     bool     // it is one of those that playing makes
	travels    bool     // it replays the past, and takes no new way
	start      time.Time
	chunkStart time.Time
	told       time.Time // when the last frame said that the step takes long, or its start
	cancel     context.CancelFunc
	done       chan error
	stop       stop
}

// stop says why a job is being cancelled.
type stop uint8

const (
	goOn   stop = iota
	toLook      // then it goes on
	toDrop
)

func newSim(e life.Engine, p *life.Pattern, choiceOf func(life.Engine) engine.Choice, w want) *sim {
	return &sim{
		engine: e, pattern: p, choiceOf: choiceOf, want: w, halted: -1, timeline: timeline{limit: pastBytes}, deedLimit: pastBytes,
		wants: make(chan want, 1), frames: make(chan *frame, 1), panics: make(chan string, 1),
	}
}

// post makes v what the next receive on ch, of capacity 1, yields. Only one
// goroutine may post to a channel.
func post[T any](ch chan T, v T) {
	for {
		select {
		case ch <- v:
			return
		default:
		}
		select {
		case <-ch:
		default:
		}
	}
}

// errPanicked stands for what guard has passed on.
var errPanicked = errors.New("tui: the engine panicked")

// guard runs f and passes a panic on to the goroutine that can restore the terminal.
func (s *sim) guard(f func()) {
	defer func() {
		if r := recover(); r != nil {
			post(s.panics, fmt.Sprintf("%v\n\n%s", r, debug.Stack()))
		}
	}()
	f()
}

// run is the simulation's goroutine, until ctx is done.
func (s *sim) run(ctx context.Context) {
	defer s.attic.close()
	defer func() { s.stopLoading() }()
	if err := s.engine.Load(s.pattern); err != nil {
		post(s.frames, &frame{err: err})
		return
	}
	s.machine.observe(s.engine)
	s.now = s.pattern
	s.timeline.begin(s.pattern)
	s.obey()
	s.look()
	for {
		s.startDue(ctx)
		var timer <-chan time.Time
		d, ok := s.deadline()
		if at, also := s.loadTime(); also && (!ok || at.Before(d)) {
			d, ok = at, true
		}
		if ok {
			timer = time.After(time.Until(d))
		}
		var done chan error
		if s.job != nil {
			done = s.job.done
		}
		select {
		case <-ctx.Done():
			if s.job != nil {
				s.job.cancel()
				<-s.job.done
			}
			return
		case w := <-s.wants:
			s.adopt(w)
		case err := <-done:
			if errors.Is(err, errPanicked) {
				return // the engine is not to be touched again
			}
			s.chunkDone(ctx, err)
		case <-s.loaded():
			s.loading.isDone = true
			if s.job != nil {
				s.interrupt(toDrop)
			}
			s.takeLoaded()
		case <-timer:
			s.tick()
		}
	}
}

func (s *sim) playing() bool { return s.want.playing && s.halted != s.want.plays }

// startDue starts a step if one is wanted and its time has come.
func (s *sim) startDue(ctx context.Context) {
	now := time.Now()
	single, cycle := s.stepsDone < s.want.steps, s.cyclesDone < s.want.cycles
	if s.job != nil || s.going == nil && !single && !cycle && (!s.playing() || now.Before(s.due)) {
		return
	}
	if s.going == nil && !single && !cycle && s.rests(now) {
		return
	}
	s.meter.add(now, s.engine.Generation())
	isPlay, travels := false, false
	n := new(big.Int).Lsh(big.NewInt(1), uint(max(s.want.exp, 0)))
	switch {
	case s.going == nil && !single && !cycle:
		n, isPlay = s.untilStop(n), true
	case s.going != nil:
		n.Sub(s.going, s.engine.Generation())
		s.going, travels = nil, s.travels
	case single:
		s.stepsDone++
	case cycle:
		s.cyclesDone++
		n = untilCycle(s.engine.Generation())
	}
	s.job = &job{target: n.Add(n, s.engine.Generation()), isPlay: isPlay, travels: travels, start: now, told: now}
	if pace := frameTime << max(-s.want.exp, 0); now.Sub(s.due) < pace {
		s.due = s.due.Add(pace) // in time on the average
	} else {
		s.due = now.Add(pace)
	}
	s.startChunk(ctx)
}

// chosen says which engine runs now, and why.
func (s *sim) chosen() engine.Choice { return s.choiceOf(s.engine) }

// leaper is the engine whose Advance takes long jumps in one piece: no sub-steps.
const leaper = "hashlife"

// startChunk computes what is left of the job, or a sub-step of it.
func (s *sim) startChunk(ctx context.Context) {
	s.settle()
	s.tip = noTip
	j := s.job
	if !j.travels {
		s.timeline.leave(s.engine.Generation())
	}
	n := s.machine.pause(s.engine.Generation(), j.target)
	if s.chosen().Name != leaper && n.BitLen() > s.chunkExp {
		n = n.Lsh(n.SetInt64(1), uint(s.chunkExp))
	}
	s.now = nil
	j.stop, j.chunkStart, j.done = goOn, time.Now(), make(chan error, 1)
	ctx, j.cancel = context.WithCancel(ctx)
	done := j.done
	go func() {
		err := errPanicked
		s.guard(func() { err = s.engine.Advance(ctx, n) })
		done <- err
	}()
}

// deadline returns when tick is to be called; ok is false for never.
func (s *sim) deadline() (_ time.Time, ok bool) {
	j := s.job
	switch {
	case j == nil:
		return s.due, s.playing()
	case j.stop == toDrop:
		return time.Time{}, false
	}
	d := j.told.Add(workingTick)
	if j.told.Equal(j.start) {
		d = j.start.Add(workingTime)
	}
	if look := j.chunkStart.Add(lookTime); s.lookWanted && j.stop == goOn && look.Before(d) {
		d = look
	}
	return d, true
}

// tick says that a step takes long, and interrupts it for a look that is waited for.
func (s *sim) tick() {
	j, now := s.job, time.Now()
	s.tellLoading(now)
	if j == nil {
		return
	}
	if s.lookWanted && j.stop == goOn && now.Sub(j.chunkStart) >= lookTime {
		s.interrupt(toLook)
	}
	if now.Sub(j.start) >= workingTime && s.last != nil {
		j.told = now
		f := *s.last
		s.send(&f)
	}
}

func (s *sim) interrupt(why stop) {
	s.job.stop = max(s.job.stop, why)
	s.job.cancel()
}

// adopt acts on what is new in w.
func (s *sim) adopt(w want) {
	old := s.want
	s.want = w
	s.replies = slices.DeleteFunc(slices.Clone(s.replies), func(r reply) bool { return r.number <= w.replied })
	if w.hyper && old.hyper && w.exp == s.hyperFrom {
		s.want.exp = old.exp // w was sent before the step grew
	}
	s.hyperFrom = w.exp
	if w.plays != old.plays || s.want.exp != old.exp {
		s.meter = meter{}
	}
	isCancelled := w.cancels != old.cancels
	if isCancelled && s.loading != nil {
		isCancelled = false
		s.tell("opening " + printable(s.loading.name) + " is cancelled")
		s.stopLoading()
		f := *s.last
		s.send(&f)
	}
	if isCancelled || w.resets != s.resetsDone {
		s.stepsDone, s.cyclesDone, s.halted, s.going = w.steps, w.cycles, w.plays, nil
		if s.job != nil {
			s.interrupt(toDrop)
			return
		}
		s.reset()
	}
	if s.job != nil {
		s.interruptForOrders()
	} else {
		s.obey()
	}
	switch {
	case w.camera.Equal(old.camera) && w.follow == old.follow && w.track == old.track && w.mapDots == old.mapDots:
	case s.job != nil:
		s.lookWanted = true
	default:
		s.look()
		return
	}
	if w.echoes != old.echoes {
		f := *s.last
		s.send(&f)
	}
}

// reset loads the pattern again if that is wanted. No job may be running.
func (s *sim) reset() {
	if s.resetsDone == s.want.resets {
		return
	}
	s.resetsDone, s.slow = s.want.resets, false
	s.settle()
	if err := s.restore(s.timeline.moments[0]); err != nil {
		s.fail(err)
	}
	s.look()
}

// chunkDone takes the engine back after Advance.
func (s *sim) chunkDone(ctx context.Context, err error) {
	j := s.job
	j.cancel()
	s.machine.observe(s.engine)
	cancelled := errors.Is(err, context.Canceled)
	switch {
	case j.stop == toDrop:
		if s.resetsDone == s.want.resets && len(s.newOrders()) == 0 && s.loading == nil {
			s.tell("cancelled at generation " + view.Number(s.engine.Generation(), 15))
		}
		s.finish()
	case err != nil && !cancelled:
		s.halted, s.stepsDone, s.cyclesDone = s.want.plays, s.want.steps, s.want.cycles
		s.fail(failure(err))
		s.finish()
	case cancelled || s.engine.Generation().Cmp(j.target) < 0:
		s.adapt(time.Since(j.chunkStart))
		s.remember()
		s.obey()
		if s.lookWanted || time.Since(s.last.taken) >= glimpseTime {
			s.look()
		}
		s.startChunk(ctx)
	default:
		s.finish()
	}
}

// adapt chooses the length of sub-steps by what the last one took.
func (s *sim) adapt(took time.Duration) {
	switch {
	case took < chunkTime/2:
		s.chunkExp++
	case took > 2*chunkTime && s.chunkExp > 0:
		s.chunkExp--
	}
}

// finish ends the job, whether it reached its target or not, and shows where it is.
func (s *sim) finish() {
	took := time.Since(s.job.start)
	s.slow = took >= workingTime
	s.accelerate(took)
	if now := time.Now(); now.Sub(s.job.start) > frameTime {
		s.meter.add(now, s.engine.Generation())
	}
	s.job = nil
	s.remember()
	s.takeLoaded()
	if s.resetsDone != s.want.resets {
		s.reset()
		return
	}
	s.obey()
	s.atAuthorsEnd()
	s.look()
	if !s.last.alive && s.playing() {
		s.halted = s.want.plays
		s.tell("the universe is empty")
		f := *s.last
		s.send(&f)
	}
}

// accelerate doubles the step of hyperspeed while steps are quick.
func (s *sim) accelerate(took time.Duration) {
	switch {
	case !s.want.hyper || !s.playing() || s.job.target.Cmp(s.engine.Generation()) != 0:
	case took < hyperTime:
		s.want.exp = min(s.want.exp+1, maxExp)
	case took > 8*hyperTime:
		s.want.exp = max(s.want.exp-1, 0)
	}
}

func failure(err error) error {
	if errors.Is(err, life.ErrMemoryLimit) {
		return errors.New("the memory limit is reached: try a smaller step ( - ), or start with more by -m")
	}
	return err
}

// isIdle reports whether nothing is left to do but to play on.
func (s *sim) isIdle() bool {
	return (s.job == nil || s.job.isPlay && s.playing()) && s.going == nil && s.stepsDone >= s.want.steps && s.cyclesDone >= s.want.cycles &&
		s.resetsDone == s.want.resets && len(s.newOrders()) == 0 && s.loading == nil
}

// tell sends a message to the user with the next frame.
func (s *sim) tell(note string) {
	s.note = note
	s.noteNumber++
}
