package life

import (
	"context"
	"iter"
	"math/big"
	"math/bits"

	"golife/life/rule"
)

// Engine is one universe under one rule. One goroutine owns it: no method may
// run beside another. Parallelism, where there is any, is inside Advance.
//
// Cells are stored relative to the background: a cell is in state 0 when it
// equals the background of its generation. The background is dead except under
// rules with B0 (see rule.Rule.Background); so populations stay finite.
type Engine interface {
	// Rule returns the rule that Advance applies.
	Rule() *rule.Rule
	// Generation returns the number of the present generation. The caller owns it.
	Generation() *big.Int
	// Population returns the number of non-zero cells. The caller owns it.
	Population() *big.Int
	// Bounds returns the smallest rectangle that holds all non-zero cells; the
	// second result is false when there are none.
	Bounds() (BigRect, bool)
	// Load replaces universe, generation and rule by the pattern's. On error
	// (ErrUnsupportedRule, ErrOutOfRange, ErrMemoryLimit) nothing has changed.
	Load(p *Pattern) error
	// Snapshot returns the present universe as a pattern: cells, rule and generation.
	Snapshot() *Pattern
	// Advance computes exactly n generations, n >= 0. When ctx is done it returns
	// ctx.Err(), at the memory limit ErrMemoryLimit; the universe then stands at
	// a whole generation at or after the one it started from, never between two.
	Advance(ctx context.Context, n *big.Int) error
	// Cells yields the non-zero cells inside r in row-major order. The universe
	// must not change during the iteration.
	Cells(r Rect) iter.Seq2[Point, State]
}

// Editor is an Engine whose cells can be changed one by one.
type Editor interface {
	Engine
	// Get returns the state of the cell at p.
	Get(p Point) State
	// Set changes the cell at p. It returns ErrOutOfRange or ErrState, and has
	// then changed nothing.
	Set(p Point, s State) error
}

// View is a grid of Width × Height squares, each of side 2^Level cells, whose
// north-west cell is (X, Y). X and Y must be multiples of 2^Level.
type View struct {
	X, Y          *big.Int
	Level         int
	Width, Height int
}

// Sampler draws a view at a cost that depends on the view, not on the
// population or the extent of the universe.
type Sampler interface {
	// Sample writes one byte a square into dst, row-major, len(dst) ==
	// Width*Height. At level 0 the byte is the cell's State. Above, it is the
	// density of non-zero cells: 0 when there is none, else 1 + 254·share.
	Sample(v View, dst []uint8)
}

// Density returns what Sample writes for a square of side 2^level, level > 0, with n
// non-zero cells.
func Density(n uint64, level int) uint8 {
	if n == 0 {
		return 0
	}
	hi, lo := bits.Mul64(n, 254)
	shift := uint(2 * level)
	switch {
	case shift >= 128:
		return 1
	case shift >= 64:
		return 1 + uint8(hi>>(shift-64))
	}
	return 1 + uint8(hi<<(64-shift)|lo>>shift)
}

// MemoryUser is an Engine that knows and bounds its memory.
type MemoryUser interface {
	// Bytes returns the bytes in use for cells, nodes and tables.
	Bytes() int64
	// SetLimit bounds Bytes; 0 is no limit.
	SetLimit(bytes int64)
	// Collect frees what the present generation does not need.
	Collect()
}

// Stat is one counter of an engine.
type Stat struct {
	Name  string // lower case with underscores, such as "nodes" or "cache_hits"
	Value int64
}

// Stater is an Engine that counts its work.
type Stater interface {
	// Stats returns the counters in a fixed order.
	Stats() []Stat
}

// Mark is a bookmark of a universe at one generation; see Marker.
type Mark interface {
	// Generation returns the generation that the mark holds.
	Generation() *big.Int
}

// Marker is an Engine that keeps cheap bookmarks to rewind to.
type Marker interface {
	// Mark bookmarks the present universe. It stays valid, and keeps its memory,
	// until the next Load or until it is unreachable.
	Mark() Mark
	// Rewind makes a marked universe the present one. The mark must come from
	// this engine since its last Load.
	Rewind(m Mark) error
}
