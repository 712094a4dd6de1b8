// Package engine makes engines by name and chooses one for a pattern. It is the
// only package that imports all engines.
//
// # What each is for
//
//	hashlife  long runs, huge and repetitive universes, also on tori whose sides are
//	          powers of two; any step at all
//	dense     bounded grids: tori, Klein bottles and so on, every cell every generation
//	tile      short runs of large or chaotic universes
//	naive     checking the others; Generations rules, until they have an engine
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

// Names returns the names that New knows, in alphabetical order.
func Names() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

// New returns an empty universe of the named engine under rule r. It returns an
// *life.UnsupportedRuleError when the engine cannot run r, and an error that
// lists the names when there is no such engine.
func New(name string, r *rule.Rule, o Options) (life.Engine, error) {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if i < 0 {
		return nil, fmt.Errorf("engine: no engine %q, want one of %s", name, strings.Join(Names(), ", "))
	}
	return kinds[i].make(r, o)
}
