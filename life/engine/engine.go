// Package engine makes engines by name and chooses one for a pattern. It is the
// only package that imports all engines.
//
// # What each is for
//
//	hashlife    long runs, huge and repetitive universes, of any number of states, also on tori
//	            whose sides are powers of two; any step at all
//	dense       bounded grids: tori, Klein bottles and so on, every cell every generation; and
//	            on the plane what changes nearly everywhere
//	tile        short runs of large or chaotic universes
//	multistate  all other rules of range 1: Generations, WireWorld, tables of .rule files, von
//	            Neumann's automata, History, Super and Investigator rules; what tile is for
//	            others, and nearly all grids; two states on grids that dense would fill memory with
//	wide        Larger than Life and HROT rules, on the plane and all their grids
//	naive       checking the others
//
// # Choosing during the run
//
// What a pattern will do shows neither in its cells nor in its first generations: 36
// cells may be a methuselah, which is chaos for 30,000 generations, or a breeder, of which
// a memoising engine computes 2^30 in a second. So Auto starts with the engine that
// Choose picks and watches it. It advances in slices that double, which costs a memoising
// engine little more than one step of the whole way where the first one is not short (64
// generations, or 4,096 of a universe whose squares repeat), and after each reads the
// engine's counters, which tell the effort (what the slice takes on an idle machine) and more:
//
//	hashlife   is doubted when it makes new leaf steps all the time instead of finding
//	           results, after the first 1,024 generations, a fourth of a shorter run, or 64
//	           when it hardly finds any; 8 of a large soup under a table
//	tile       is always doubted, unless nothing changes any more or the end is near
//	multistate the same, on the plane and on grids that hashlife runs too
//	dense      the same, on such grids; and on the plane
//
// An engine that is doubted goes on, but the other one is given a copy of the universe and
// a tenth of the effort so far, after 1 ms, and whenever that has doubled. If
// it is then faster, in generations for the same effort, it keeps the universe, which is
// already ahead; else it is dropped. One that memoises often gets faster still. So it is left for
// one 1.5 times as fast where cells have grown in number and settle; else the farther the end, the more
// is asked for, up to four times, or without bound where there are as many cells as in the beginning.
// It is not dropped, either, but kept with what it knows for the next probe, if it
// is small; and where much is to come its probes may take more, a 48th of the whole in all.
// Where a probe could not tell anything for its share, since the universe is too
// large, there is none. How well this does with patterns at random is in ADR 5.
//
// Between tile and dense, on the plane, nothing is tried: what dense takes follows from the box about the cells,
// and what tile takes from how many tiles change, which dense looks at now and then (sweep.go). User CPU seconds of
// life run, the least of two:
//
//	                                      tile  dense  auto before   now
//	soup 4096², 37 %, 1,028 generations   0.74   0.37         0.61  0.39
//	the same to 4,000                     1.20   1.53         1.89  1.46
//	soup 8192², 50 %, 260                 1.96   0.78         2.10  0.99
//	soup 2000², 37 %, 4,000               0.28   0.49         0.30  0.32
//	soup 4096² of B2/S, 1,028             2.45   0.51         1.92  0.70
//	soup 1000² of B2/S, 1,000             0.14   0.08         0.17  0.12
//	soup 512² of B2/S, 2,000              0.54   0.41         0.53  0.26
//	persian-rugs (B234/S) to 4,096        3.9    1.9          4.4   2.8
//	soup 2000², Day & Night, 4,000        0.42   0.65         0.42  0.43
//
// The engines together hold no more than the memory limit. Results do not depend on
// the choice. The choice depends on what was counted, so that it is the same in each run, on a busy
// machine too; but with more than one thread what hashlife counts differs a little, and who
// advances with a deadline gets shorter slices towards it.
//
// Millions of instructions of life run -q on a busy 2-core EPYC of the Zen 3 kind, the more of two runs for auto,
// 4 for the start of the process included. Where tile has no figure, it was stopped after 6 seconds:
//
//	                                 tile  hashlife   auto
//	lidka, 30,000 generations          93       325    103
//	lidka, 2^15                        94       325    101
//	soup 1000², 20,000                472      1771    503
//	soup 512², 2^15                   181       675    207
//	soup 1000², 2^15                  475      1772    543
//	spacefiller, 4,000                280         6      6
//	switch-engine breeder, 5,000      103        19     20
//	golly-ticker, 2^14               2005       594    602
//	linear-propagator, 2^14             -       138    164
//	Turing machine, 10^5             7370       630    657
//	Turing machine, 2^30                -       731    757
//	metapixel-galaxy, 2^20              -       858    860
//	Gosper's puzzle, 2^18           27627      1302   1360
//	totalperiodic, 2^20                 -      4033   4150
//	catacryst, 2^30                     -      3328   3335
//	jagged, 2^20                        -      1658   1659
//	hexadecimal, 2^18                   -      4565   4566
//
// A soup of 4096² on a torus, 1,000 generations: dense 2019, auto 2072. With more than two states:
//
//	                              multistate  hashlife   auto
//	primes, 3,000                        605       206    209
//	primes, 50,000                      9706       566    579
//	Delta, 4,096                        1381      1558   1427
//	Sawfish, 4,096                      1278      1794   1818
//	soup 64² of /2/3, 2,000             4111     13383   4311
//	soup 200² of 345/2/4, 1,500         2619       167   1658
//	soup 40² of 345/2/4, 2,000          3605       429   1631
//	Nova, 3,000                         6184      1308   1354
//	Fireworks, 3,000                   95806    227631 102710
//	Transers, 3,000                     1504         7      7
package engine

import (
	"fmt"
	"slices"
	"strings"

	"golife/life"
	"golife/life/dense"
	"golife/life/hashlife"
	"golife/life/multistate"
	"golife/life/naive"
	"golife/life/rule"
	"golife/life/tile"
	"golife/life/wide"
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
	{"multistate", func(r *rule.Rule, o Options) (life.Engine, error) {
		return made(multistate.New(r, multistate.WithMemory(o.Memory), multistate.WithThreads(o.Threads)))
	}},
	{"naive", func(r *rule.Rule, _ Options) (life.Engine, error) {
		return made(naive.New(r))
	}},
	{"tile", func(r *rule.Rule, o Options) (life.Engine, error) {
		return made(tile.New(r, tile.WithMemory(o.Memory), tile.WithThreads(o.Threads)))
	}},
	{"wide", func(r *rule.Rule, o Options) (life.Engine, error) {
		return made(wide.New(r, wide.WithMemory(o.Memory), wide.WithThreads(o.Threads)))
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
