package engine

import "golife/life"

// An engine that memoises and is not in use keeps what it knows, for the next time that it is
// tried: much of what a universe does it did before, so that one that is tried again and again begins
// where it ended.
const (
	idleShare = 8       // as 1 to it, of the memory limit that it may take
	idleBytes = 1 << 28 // where there is no limit
)

// retire puts an engine that memoises aside, if there is memory for it.
func (a *auto) retire(u universe) {
	a.dropIdle()
	bytes := u.Bytes()
	if a.limit > 0 && (bytes > a.limit/idleShare || a.universe.Bytes() > a.limit-2*bytes) || bytes > idleBytes {
		discard(u)
		return
	}
	a.idle = u
	a.shareLimit()
}

// dropIdle frees the engine that is not in use. It reports whether there was one.
func (a *auto) dropIdle() bool {
	if a.idle == nil {
		return false
	}
	discard(a.idle)
	a.idle = nil
	a.shareLimit()
	return true
}

// recall loads p into the engine that is not in use, and returns it; nil if there is none, or no
// memory for p.
func (a *auto) recall(p *life.Pattern) universe {
	u := a.idle
	if u == nil {
		return nil
	}
	a.idle = nil
	a.shareLimit()
	if a.limit > 0 {
		u.SetLimit(a.limit - a.universe.Bytes())
	}
	if err := u.Load(p); err != nil {
		discard(u)
		return nil
	}
	return u
}

// shareLimit gives the present engine what memory the other one leaves.
func (a *auto) shareLimit() {
	if a.limit > 0 && a.universe != nil {
		a.universe.SetLimit(a.limit - a.idleBytes())
	}
}

func (a *auto) idleBytes() int64 {
	if a.idle == nil {
		return 0
	}
	return a.idle.Bytes()
}

// Bytes returns the memory of the universe, and of what another engine knows about it.
func (a *auto) Bytes() int64 { return a.universe.Bytes() + a.idleBytes() }

// Collect frees what is not needed for the present universe.
func (a *auto) Collect() {
	a.dropIdle()
	a.universe.Collect()
}
