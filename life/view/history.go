package view

import "math/big"

// The ages in a Picture: 0 is a cell that was never seen alive.
const (
	maxAge   = 127 // 1 to maxAge: alive for so many pictures, or for more
	longDead = 128 // once alive; from justDied it takes fadeTime pictures
	justDied = 255

	fadeTime = 16
	fadeStep = (justDied-longDead)/fadeTime + 1
)

// History remembers how long the cells that a camera shows have lived, and how
// long ago they died, counted in pictures of different generations. It knows
// nothing while squares of many cells are shown. The zero value is ready to use.
type History struct {
	last       Picture // the samples are not kept
	generation *big.Int
}

// Add sets the ages of a picture of a generation, and remembers them. Pictures of
// the same generation make nothing older; one of an earlier generation, and one
// that is too wide to show cells, begin the history anew. Cost: O(screen).
func (h *History) Add(p *Picture, generation *big.Int) {
	if p.Window.Level > 0 {
		*h = History{}
		return
	}
	var before []uint8
	isSame := false
	if h.generation != nil && h.generation.Cmp(generation) <= 0 {
		before = p.Window.Project(&h.last.Window, h.last.Ages)
		isSame = h.generation.Cmp(generation) == 0
	}
	p.Ages = make([]uint8, len(p.Samples))
	for i, v := range p.Samples {
		was := uint8(0)
		if before != nil {
			was = before[i]
		}
		isAlive := v != 0
		if p.Inverted && v < 2 {
			isAlive = v == 0
		}
		p.Ages[i] = nextAge(was, isAlive, isSame)
	}
	h.last = Picture{Window: p.Window, Ages: p.Ages}
	h.generation = new(big.Int).Set(generation)
}

// nextAge returns the age after was. An edited cell begins anew.
func nextAge(was uint8, isAlive, isSame bool) uint8 {
	wasAlive := was != 0 && was <= maxAge
	switch {
	case isAlive && !wasAlive:
		return 1
	case isAlive && isSame, !isAlive && isSame && !wasAlive, was == 0:
		return was
	case isAlive:
		return min(was+1, maxAge)
	case wasAlive:
		return justDied
	}
	return max(was-min(was-longDead, fadeStep), longDead)
}
