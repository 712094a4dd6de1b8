// Package engine makes engines by name and chooses one for a pattern. It is the
// only package that imports all engines.
//
// # What each is for
//
//	hashlife  long runs, huge and repetitive universes, also on tori whose sides are
//	          powers of two; any step at all
//	dense     bounded grids: tori, Klein bottles and so on, every cell every generation
//	tile      short runs of large or chaotic universes
//	naive     checking the others; all rules but the two-state ones of range 1, until they
//	          have an engine: Generations, Larger than Life, HROT, and those named rules
//	          of which it knows what their states do
//
// # Choosing during the run
//
// What a pattern will do shows neither in its cells nor in its first generations: 36
// cells may be a methuselah, which is chaos for 30,000 generations, or a breeder, of which
// a memoising engine computes 2^30 in a second. So Auto starts with the engine that
// Choose picks and watches it. It advances in slices that double, which costs a memoising
// engine little more than one step of the whole way where the first one is not short (64
// generations, or 1,024 of a universe whose squares repeat), and after each reads the clock
// and the engine's counters:
//
//	hashlife   is doubted when it makes new leaf steps all the time instead of finding
//	           results, after the first 1,024 generations, or 64 when it hardly finds any
//	tile       is always doubted, unless nothing changes any more or the end is near
//	dense      the same, on grids that hashlife runs too
//
// An engine that is doubted goes on, but the other one is given a copy of the universe and
// a tenth of the time spent so far, after 3 ms, and whenever that time has doubled. If
// it is then faster, in generations a second, it keeps the universe, which is
// already ahead; else it is dropped. As one that memoises often gets faster still, it is left
// only for one four times as fast while the universe grows with the generations. Time is that of the
// processor, where the system ran something else. So probes take a tenth of the time or little more, and
// an engine that is wrong is mostly left before it has taken ten times what the right one
// needs to show that it is right. Where a probe could not tell anything in its time, since the
// universe is too large, there is none.
//
// The two engines together hold no more than the memory limit. Results do not depend on
// the choice; the choice depends on the clock, and may differ from run to run.
//
// User and system CPU seconds of life run -q, minimum of 3 to 5 runs in turns on a busy
// 2-core EPYC of the Zen 3 kind; below 0.1 s it is mostly the start of a process:
//
//	                                tile  hashlife   auto
//	lidka, 30,000 generations       0.02      0.08   0.02
//	soup 1000², 20,000              0.12      0.42   0.13
//	soup 512², 2^15                 0.05      0.16   0.05
//	soup 1000², 2^15                0.12      0.40   0.13
//	spacefiller, 4,000              0.05      0.01   0.01
//	switch-engine breeder, 5,000    0.02      0.01   0.01
//	Turing machine, 10^5            2.2       0.15   0.17
//	Turing machine, 2^30             > 20     0.18   0.21
//	metapixel-galaxy, 2^20           > 20     0.23   0.24
//	totalperiodic, 2^20              > 20     1.5    1.5
//	catacryst, 2^30                  > 20     1.1    1.1
//	jagged, 2^20                     > 20     0.60   0.59
//	hexadecimal, 2^20                > 20     3.8    3.7
package engine

import (
	"fmt"
	"slices"
	"strings"

	"golife/life"
	"golife/life/dense"
	"golife/life/hashlife"
	"golife/life/naive"
	"golife/life/rule"
	"golife/life/tile"
)

// Options are what any engine may be told when it is made. The zero value is a
// sensible default.
type Options struct {
	Memory  int64 // bytes the engine may use; 0 is the engine's default
	Threads int   // workers inside Advance; 0 is the engine's default
	Use     Use   // what Auto has to do
}

// kind is one engine that New can make.
type kind struct {
	name string
	make func(*rule.Rule, Options) (life.Engine, error)
}

var kinds = []kind{
	{"dense", func(r *rule.Rule, o Options) (life.Engine, error) {
		return made(dense.New(r, dense.WithMemory(o.Memory), dense.WithThreads(o.Threads)))
	}},
	{"hashlife", func(r *rule.Rule, o Options) (life.Engine, error) {
		return made(hashlife.New(r, hashlife.WithMemory(o.Memory), hashlife.WithThreads(o.Threads)))
	}},
	{"naive", func(r *rule.Rule, _ Options) (life.Engine, error) {
		return made(naive.New(r))
	}},
	{"tile", func(r *rule.Rule, o Options) (life.Engine, error) {
		return made(tile.New(r, tile.WithMemory(o.Memory), tile.WithThreads(o.Threads)))
	}},
}

// made keeps a nil engine from becoming a non-nil interface.
func made[E life.Engine](e E, err error) (life.Engine, error) {
	if err != nil {
		return nil, err
	}
	return e, nil
}

// Names returns the names of the engines that New knows, in alphabetical order: all
// that it takes but Auto.
func Names() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

// New returns an empty universe of the named engine under rule r. Auto chooses its engine
// when a pattern is loaded and during Advance, see the package comment; Chosen tells the
// present choice. Where only one engine runs r, it is that engine. New returns an
// *life.UnsupportedRuleError when the engine cannot run r, and an error that
// lists the names when there is no such engine.
func New(name string, r *rule.Rule, o Options) (life.Engine, error) {
	if name == Auto {
		return newAuto(r, o)
	}
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if i < 0 {
		return nil, fmt.Errorf("engine: no engine %q, want one of %s", name, strings.Join(Names(), ", "))
	}
	return kinds[i].make(r, o)
}
