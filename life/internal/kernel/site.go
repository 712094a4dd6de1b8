package kernel

import (
	"math/bits"
	"unsafe"
)

// The neighbours of a site, in the order of Site.Near. Opposite to d is 7-d.
const (
	ToNW = iota
	ToN
	ToNE
	ToW
	ToE
	ToSW
	ToS
	ToSE
)

// Site is a tile among others, and what visits have to know and to note of it.
type Site struct {
	Rows Tile
	// Changed has a bit for each row, rim included, that may differ from what it was
	// two generations ago.
	Changed  uint64
	Near     [8]uint32 // the ids of its neighbours; 0 is none
	Tracker  uint32    // its owner's
	Age      uint8     // likewise
	Sleepers uint8     // likewise
	IsQueued bool      // a change of the rim was noted
	IsAsleep bool      // its neighbours push nothing to it
}

const (
	// SiteBytes is how far sites of a chunk lie apart: there is more to a site than is
	// known here.
	SiteBytes = 576
	// ChunkSites is how many sites a chunk has.
	ChunkSites = 128
)

// Chunks are where sites are: that of an id is number id%ChunkSites of chunk
// id/ChunkSites.
type Chunks []unsafe.Pointer

// at returns the site of an id.
func (c Chunks) at(id uint32) *Site {
	return (*Site)(unsafe.Add(c[id/ChunkSites], SiteBytes*(id%ChunkSites)))
}

// SampleEvery is in how many passes a site can get on [Notes].Sample once.
const SampleEvery = 16

// List is a list to which an entry is added in any case, and then counted or not: a
// processor cannot foretell which edges a visit changes.
type List[T any] struct {
	Entries []T
	N       int
}

// Add adds an entry and counts it count times, 0 or 1. There must be room for it.
func (l *List[T]) Add(x T, count int) {
	l.Entries[l.N] = x
	l.N += count
}

// All returns the entries that count.
func (l *List[T]) All() []T { return l.Entries[:l.N] }

// Link is a site that changed at an edge, and the neighbour that copies it, or 0.
type Link struct{ From, To uint32 }

// Side is a link, one to the west or east of the other, and the rows that changed there or
// at the other side.
type Side struct {
	Link
	Rows uint64
}

// Diagonals is a site that changed where neighbours in diagonal directions copy it.
type Diagonals struct {
	ID         uint32
	Directions uint32 // bit d: neighbour d
}

// Notes are what visits of sites, each with an id, find out. All lists must have room
// for as many entries more as there are visits.
type Notes struct {
	Next         List[uint32]    // sites that changed
	North, South List[Link]      // sites that changed where the neighbour there copies them
	West, East   List[Side]      // likewise
	Corners      List[Diagonals] // those where the neighbours there may have to copy something
	Still        List[uint32]    // sites that did not change
	Sample       List[uint32]    // sites that changed when it was their turn, by clock and id
	Clock        uint32
	Groups       int // how many were stepped
}

// add notes what a visit changed.
func (n *Notes) add(v *Visit) {
	s, k := v.Site, v.ID
	n.Groups += bits.OnesCount64(v.Groups)
	s.Changed = v.Rows
	if v.Rows == 0 {
		n.Still.Add(k, 1)
		return
	}
	n.Next.Add(k, 1)
	n.North.Add(Link{k, s.Near[ToN]}, atLow(v.Rows))
	n.South.Add(Link{k, s.Near[ToS]}, atHigh(v.Rows))
	n.West.Add(Side{Link{k, s.Near[ToW]}, v.Sides}, atLow(v.Columns))
	n.East.Add(Side{Link{k, s.Near[ToE]}, v.Sides}, atHigh(v.Columns))
	if d := v.diagonals(); d != 0 {
		n.Corners.Add(Diagonals{k, d}, 1)
	}
	if (n.Clock+k)%SampleEvery == 0 {
		n.Sample.Add(k, 1)
	}
}

// atLow and atHigh return 1 if the rows or columns m have one that the neighbour to
// the north or west, or to the south or east, copies.
func atLow(m uint64) int  { return int(m>>Rim|m>>(Rim+1)) & 1 }
func atHigh(m uint64) int { return int(m>>(64-2*Rim)|m>>(64-2*Rim+1)) & 1 }

// diagonals returns which neighbours in diagonal directions may have to copy cells of
// a tile after a visit.
func (v *Visit) diagonals() (directions uint32) {
	west, east := uint32(atLow(v.Columns)), uint32(atHigh(v.Columns))
	north, south := uint32(atLow(v.Sides)), uint32(atHigh(v.Sides))
	return north&west<<ToNW | north&east<<ToNE | south&west<<ToSW | south&east<<ToSE
}
