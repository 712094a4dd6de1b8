package run

import (
	"golife/life"
	"golife/life/engine"
	"golife/life/rule"
)

// Pool keeps the engine of a small run for the next one, as making one takes longer
// than some runs. The zero value is empty. It is for one goroutine.
type Pool struct {
	eng     life.Engine // nil is none
	name    string
	options engine.Options
}

// maxPooled bounds the memory of an engine that is kept, in bytes.
const maxPooled = 4 << 20

// take returns an engine as engine.New makes it, or one that has been used: Load
// makes them equal. p may be nil.
func (p *Pool) take(name string, r *rule.Rule, o engine.Options) (life.Engine, error) {
	if p == nil || p.eng == nil || p.name != name || p.options != o {
		return engine.New(name, r, o)
	}
	eng := p.eng
	p.eng = nil
	return eng, nil
}

// Keep keeps the engine of r, whose Run has ended without an error, for the next
// New with this pool in its Spec, or closes it. r must not be used afterwards.
func (p *Pool) Keep(r *Runner) {
	m, ok := r.eng.(life.MemoryUser)
	// What hashlife holds is not Go's: it is given back at once.
	if !ok || r.chosen().Name == jumpingEngine || m.Bytes() > maxPooled {
		r.Close()
		return
	}
	p.eng, p.name, p.options = r.eng, r.engine, r.options
}

// closer is an engine with memory of its own to give back.
type closer interface{ Close() }
