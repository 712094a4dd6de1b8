package lifetest

import (
	"context"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/naive"
	"golife/life/rule"
)

// FuzzOps fuzzes an engine with programs: each is a rule and a sequence of
// loads, edits, advances, marks, rewinds and snapshots, done alike on a naive
// engine, with all results compared. An engine's fuzz test is one call:
//
//	func FuzzOps(f *testing.F) { lifetest.FuzzOps(f, config) }
func FuzzOps(f *testing.F, cfg Config) {
	f.Add([]byte{0, 0, 3, 5, 9, 2, 4, 1, 7, 7, 2, 31, 5})
	f.Add([]byte{9, 0, 200, 3, 3, 4, 1, 130, 131, 4, 2, 9, 6, 5, 2, 63, 3})
	f.Add([]byte{17, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 2, 1, 2, 2, 2, 100, 0, 5})
	f.Add([]byte{23, 0, 17, 15, 15, 2, 1, 2, 2, 8, 3, 2, 200, 2, 200, 4, 0, 5})
	f.Add([]byte{28, 0, 1, 1, 1, 7, 2, 2, 1, 7, 3, 5})
	f.Fuzz(func(t *testing.T, program []byte) {
		if len(program) > 300 {
			t.Skip("a longer program finds nothing new")
		}
		runProgram(t, cfg, program)
	})
}

// machine runs a program of FuzzOps on two engines.
type machine struct {
	t          *testing.T
	code       []byte
	rule       string
	got        life.Engine
	want       *naive.Engine
	marks      []life.Mark
	marked     []*life.Pattern
	work       int64 // cells times generations done
	operations int
}

// fuzzRules returns the rulestrings that a program may choose from.
func fuzzRules(cfg Config) []string {
	switch {
	case cfg.Rules != nil:
		return cfg.Rules
	case cfg.Alternating:
		return append(append([]string{}, knownRules...), alternatingRules...)
	}
	return knownRules
}

func runProgram(t *testing.T, cfg Config, program []byte) {
	m := &machine{t: t, code: program}
	rules := fuzzRules(cfg)
	m.rule = rules[int(m.next())%len(rules)]
	r := rule.MustParse(m.rule)
	var err error
	if m.got, err = cfg.New(r); err != nil {
		t.Fatalf("New(%s): %v", m.rule, err)
	}
	if m.want, err = naive.New(r); err != nil {
		t.Fatalf("naive.New(%s): %v", m.rule, err)
	}
	for len(m.code) > 0 && m.work < 300_000 {
		m.step()
		m.operations++
		if m.operations%4 == 0 {
			m.compare()
		}
	}
	m.compare()
}

// next takes one byte of the program; there are zeros after its end.
func (m *machine) next() byte {
	if len(m.code) == 0 {
		return 0
	}
	b := m.code[0]
	m.code = m.code[1:]
	return b
}

// step does one operation.
func (m *machine) step() {
	switch m.next() % 8 {
	case 0:
		m.load()
	case 1:
		m.set()
	case 2:
		m.advance(context.Background())
	case 3:
		m.mark()
	case 4:
		m.rewind()
	case 5:
		m.reload()
	case 6:
		m.maintain()
	case 7:
		m.cancelled()
	}
}

func (m *machine) compare() {
	m.t.Helper()
	if d := Diff(m.got, m.want.Snapshot()); d != "" {
		m.t.Fatalf("rule %s, after %d operations: %s", m.rule, m.operations, d)
	}
}

// check stops the test on an error of one operation.
func (m *machine) check(what string, err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatalf("rule %s, operation %d: %s: %v", m.rule, m.operations, what, err)
	}
}

// load loads a soup; bytes: seed, width, height, place.
func (m *machine) load() {
	b, w, h, at := m.next(), m.next(), m.next(), m.next()
	p := Soup{
		Rule: m.rule, Seed: uint64(b), Density: 40 + int(b&7)*20, Generation: int64(b >> 6),
		Rect: m.onGrid(life.Rt(int64(int8(at))*5, int64(int8(at<<4)), int64(w%70), int64(h%70))),
	}.Pattern()
	m.loadPattern(p)
}

// onGrid returns r, or on a bounded grid a rectangle like it.
func (m *machine) onGrid(r life.Rect) life.Rect {
	if grid, ok := gridOf(m.rule); ok {
		return onGrid(r, grid)
	}
	return r
}

func (m *machine) loadPattern(p *life.Pattern) {
	m.check("Load", m.got.Load(p))
	m.check("naive Load", m.want.Load(p))
	m.marks, m.marked = nil, nil
}

// set changes a cell; bytes: x, y, state. It loads the change when the engine
// is no Editor.
func (m *machine) set() {
	p := m.onGrid(life.Rt(int64(int8(m.next())), int64(int8(m.next())), 1, 1)).Min
	s := life.State(int(m.next()) % m.want.Rule().States())
	m.check("naive Set", m.want.Set(p, s))
	e, ok := m.got.(life.Editor)
	if !ok {
		m.loadPattern(m.want.Snapshot())
		return
	}
	m.check("Set", e.Set(p, s))
	if got := e.Get(p); got != s {
		m.t.Fatalf("rule %s, operation %d: Get(%v) is %d after Set to %d", m.rule, m.operations, p, got, s)
	}
}

// advance advances both by up to 63 generations; one byte.
func (m *machine) advance(ctx context.Context) {
	n := big.NewInt(int64(m.next() & 63))
	m.check("Advance", m.got.Advance(ctx, n))
	m.check("naive Advance", m.want.Advance(context.Background(), n))
	m.work += n.Int64() * (20 + m.want.Population().Int64())
}

// mark marks the universe, where the engine can.
func (m *machine) mark() {
	if e, ok := m.got.(life.Marker); ok {
		m.marks = append(m.marks, e.Mark())
		m.marked = append(m.marked, m.want.Snapshot())
	}
}

// rewind rewinds to a mark; one byte.
func (m *machine) rewind() {
	i := int(m.next())
	if len(m.marks) == 0 {
		return
	}
	i %= len(m.marks)
	m.check("Rewind", m.got.(life.Marker).Rewind(m.marks[i]))
	m.check("naive Load", m.want.Load(m.marked[i]))
}

// reload loads each engine's snapshot into the other.
func (m *machine) reload() {
	p, q := m.got.Snapshot(), m.want.Snapshot()
	m.check("Load of the naive snapshot", m.got.Load(q))
	m.check("naive Load of the snapshot", m.want.Load(p))
	m.marks, m.marked = nil, nil
}

// maintain collects garbage, or sets a memory limit; one byte.
func (m *machine) maintain() {
	b := m.next()
	u, ok := m.got.(life.MemoryUser)
	switch {
	case !ok:
	case b&1 == 0:
		u.Collect()
	default:
		u.SetLimit(0)
	}
}

// cancelled advances under a context that soon ends, then lets the naive engine
// follow; one byte.
func (m *machine) cancelled() {
	b := m.next()
	before := m.got.Generation()
	err := m.got.Advance(newCountdown(int(b>>4)), big.NewInt(int64(b&15)))
	done := new(big.Int).Sub(m.got.Generation(), before)
	if done.Sign() < 0 || done.Int64() > int64(b&15) || err == nil && done.Int64() != int64(b&15) {
		m.t.Fatalf("rule %s, operation %d: Advance(%d) returned %v after %v generations", m.rule, m.operations, b&15, err, done)
	}
	m.check("naive Advance", m.want.Advance(context.Background(), done))
	m.work += done.Int64() * (20 + m.want.Population().Int64())
}
