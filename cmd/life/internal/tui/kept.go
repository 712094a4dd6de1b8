package tui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"golife/life"
	"golife/life/format/macrocell"
	"golife/life/rule"
)

// kept is a whole state that undo may need. It is in memory, or in a temporary file.
// The methods may be called from any goroutine.
type kept struct {
	mu      sync.Mutex
	pattern *life.Pattern // nil while only the file has it
	path    string        // "" is no file
	rule    *rule.Rule    // when it is in a file, with what files do not hold exactly
	notes   []life.Comment
	isStuck bool // it could not be written
}

// get returns the state.
func (k *kept) get() (*life.Pattern, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pattern != nil {
		return k.pattern, nil
	}
	f, err := os.Open(k.path)
	if err != nil {
		return nil, fmt.Errorf("what undo has put aside: %w", err)
	}
	defer f.Close()
	p, err := macrocell.Decode(f, macrocell.WithRule(k.rule))
	if err != nil {
		return nil, fmt.Errorf("what undo has put aside: %w", err)
	}
	k.pattern = p.WithComments(k.notes)
	return k.pattern, nil
}

// bytes estimates the memory that the state takes now.
func (k *kept) bytes() int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pattern == nil {
		return 0
	}
	return patternBytes(k.pattern)
}

// isMovable reports whether the state can go to a file.
func (k *kept) isMovable() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.pattern != nil && !k.isStuck
}

// move writes the state to a file, unless that has it, and lets go of the memory.
func (k *kept) move(path string, stop func() bool) {
	k.mu.Lock()
	p, isThere := k.pattern, k.path != ""
	k.mu.Unlock()
	var err error
	if !isThere {
		err = writeState(path, p, stop)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		k.isStuck = true
		_ = os.Remove(path) // it may not have come into being
		return
	}
	if !isThere {
		k.path, k.rule, k.notes = path, p.Rule(), p.Comments()
	}
	k.pattern = nil
}

// errStopped ends a file that is not needed any more.
var errStopped = errors.New("the viewer ends")

// stopper is a writer that fails once stop says so.
type stopper struct {
	w    io.Writer
	stop func() bool
}

func (s stopper) Write(p []byte) (int, error) {
	if s.stop() {
		return 0, errStopped
	}
	return s.w.Write(p)
}

func writeState(path string, p *life.Pattern, stop func() bool) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(stopper{f, stop}, 1<<16)
	err = macrocell.Encode(w, p)
	return errors.Join(err, w.Flush(), f.Close())
}

// attic is where states go that take too much memory: a folder that the viewer
// removes when it ends. The zero value is ready to use.
type attic struct {
	folder  string
	count   int
	wg      sync.WaitGroup
	isBusy  atomic.Bool
	isEnded atomic.Bool
}

// put moves states there one after the other, on another goroutine. Nothing may be
// on its way already.
func (a *attic) put(list []*kept) error {
	if a.folder == "" {
		var err error
		if a.folder, err = os.MkdirTemp("", "life-undo-"); err != nil {
			return err
		}
	}
	first := a.count
	a.count += len(list)
	a.isBusy.Store(true)
	a.wg.Go(func() {
		defer a.isBusy.Store(false)
		for i, k := range list {
			k.move(filepath.Join(a.folder, fmt.Sprintf("%d.mc", first+i)), a.isEnded.Load)
		}
	})
	return nil
}

// close removes the folder.
func (a *attic) close() {
	a.isEnded.Store(true)
	a.wg.Wait()
	if a.folder != "" {
		_ = os.RemoveAll(a.folder) // what stays is for the system to remove
	}
}

// flipBytes is the memory of a flip.
const flipBytes = 24

// keepDeeds keeps the memory of deeds in bounds, after bytes more were added: whole
// states of the oldest ones go to files. The deeds are counted so seldom that it
// does not matter how many there are.
func (s *sim) keepDeeds(bytes int64) {
	s.deedBytes += bytes
	switch {
	case s.deedBytes <= s.deedLimit:
		return
	case s.attic.isBusy.Load() && s.deedBytes <= 2*s.deedLimit:
		return // nobody need wait for it
	}
	s.attic.wg.Wait()
	sum, states := s.countDeeds()
	var list []*kept
	for _, k := range states {
		if sum <= s.deedLimit/4*3 {
			break
		}
		list = append(list, k)
		sum -= k.bytes()
	}
	s.deedBytes = sum
	if len(list) > 0 {
		if err := s.attic.put(list); err != nil {
			sum = math.MaxInt64
		}
	}
	if sum > 4*s.deedLimit {
		s.forgetOldest()
	}
}

// countDeeds estimates the memory of all deeds, and returns the states that can go to
// files, the oldest first. A state that several deeds share counts once, and the last
// deed's stay.
func (s *sim) countDeeds() (sum int64, movable []*kept) {
	seen := map[*kept]bool{}
	if d := s.lastDeed(); d != nil {
		for _, k := range d.states() {
			seen[k] = true
			sum += k.bytes()
		}
	}
	for _, list := range [][]deed{s.deeds, s.undone} {
		for i := range list {
			sum += int64(len(list[i].flips)) * flipBytes
			for _, k := range list[i].states() {
				if seen[k] {
					continue
				}
				seen[k] = true
				sum += k.bytes()
				if k.isMovable() {
					movable = append(movable, k)
				}
			}
		}
	}
	return sum, movable
}

// states returns the whole states of a deed.
func (d *deed) states() (list []*kept) {
	for _, k := range []*kept{d.root, d.before, d.after} {
		if k != nil {
			list = append(list, k)
		}
	}
	return list
}

// forgetOldest forgets deeds when memory is short and there is no room for files: the
// older half, but whole chains only.
func (s *sim) forgetOldest() {
	n := len(s.deeds) / 2
	for n > 0 && s.deeds[n].root != nil && s.deeds[n].root == s.deeds[n-1].root {
		n--
	}
	if n == 0 {
		return
	}
	s.deeds = slices.Clone(s.deeds[n:])
	s.deedBytes, _ = s.countDeeds()
	s.tell(fmt.Sprintf("memory is short: the oldest %d edits cannot be undone any more", n))
}
