package lookup

import (
	"sync"
	"sync/atomic"
)

// window is how many buckets are doubled together.
const window = 32

// Double makes room for twice the entries, with a number of goroutines; hash returns an
// entry's hash, and fetch asks for entries that will be hashed: it returns a number
// that is kept, see Prefetch16.
//
// It is done in place, from the last bucket to the first, in the order of memory. A
// bucket's entries go to two buckets at twice its number; which of the two, the first bit of
// their prints tells, without a look at the entry. Only of those that are moved
// the hash is asked for. What half of the buckets become lies behind all of them, so that
// goroutines split parts of it at once; then half of what is left, and so on.
// Cost: some 10 ns an entry.
func (x *Index) Double(workers int, hash func(i uint32) uint64, fetch func(entries []uint32) uint32) {
	old := int(x.buckets)
	mask := x.idMask
	x.idMask = 2*x.idMask + 1
	x.resize(2 * old)
	parts := make([]doubling, workers)
	for k := range parts {
		parts[k] = doubling{Index: x, old: old, mask: mask, hash: hash, fetch: fetch}
	}
	end := old
	for ; workers > 1 && end > worthSharing; end -= end / 2 {
		var group sync.WaitGroup
		for k := range parts {
			n := end / 2
			group.Go(func() { parts[k].splitAll(end-n+n*k/workers, end-n+n*(k+1)/workers) })
		}
		group.Wait()
	}
	parts[0].splitAll(0, end)
	for k := range parts {
		for _, entry := range parts[k].late {
			home, print := x.Home(hash(entry))
			x.put(home, print, entry, true)
		}
	}
}

// worthSharing is how many buckets are doubled by more than one goroutine.
const worthSharing = 1 << 12

// doubling is a part of an index on the way to twice its size: buckets have their new
// numbers but for those still to be split.
type doubling struct {
	*Index
	old     int    // buckets before; those behind hold anything
	mask    uint32 // idMask before
	hash    func(i uint32) uint64
	fetch   func(entries []uint32) uint32
	lo, end uint32   // the slots that may be filled now
	late    []uint32 // entries that belong elsewhere
	moves   [window * bucket]uint32
}

// splitAll splits some buckets, and fills no slots but of what these become. New slots
// are cleared a little before they are needed, as an entry that is moved may go back to
// one before: so the system's page faults, too, are shared by the goroutines, and the cache
// still has the slots.
func (d *doubling) splitAll(first, end int) {
	touched := uint32(0)
	d.end = uint32(2 * end * bucket)
	clean := 2 * end // buckets from here on are empty, or full as they should be
	for b := end; b > first; {
		w := max(first, b-window)
		free := 2 * max(first, w-window)
		if next := max(free, d.old); next < clean {
			clear(d.slots.Slice()[next*bucket : clean*bucket])
			clean = next
		}
		touched += d.fetch(d.movedFrom(w, b))
		for b > w {
			b--
			d.lo = uint32(max(free, b) * bucket)
			d.split(uint32(b))
		}
	}
	atomic.AddUint32(&kept, touched)
}

func (d *doubling) at(b uint32) *[bucket]uint32 { return (*[bucket]uint32)(d.slots.Slice()[b*bucket:]) }

// movedFrom lists the entries of some buckets that are moved.
func (d *doubling) movedFrom(first, end int) []uint32 {
	n := 0
	moved := d.mask + 1
	for b := first; b < end; b++ {
		s := d.at(uint32(b))
		if anyOf(s)&moved == 0 {
			continue
		}
		for _, e := range s {
			if e&moved != 0 {
				d.moves[n] = e & d.mask
				n++
			}
		}
	}
	return d.moves[:n]
}

// split moves the entries of a bucket to where they belong.
func (d *doubling) split(b uint32) {
	s := d.at(b)
	entries := *s
	*s = [bucket]uint32{}
	two := (*[2 * bucket]uint32)(d.slots.Slice()[2*b*bucket:])
	moved := d.mask + 1
	if anyOf(&entries)&moved|two[0]|two[bucket] == 0 {
		d.deal(two, &entries)
		return
	}
	for _, e := range entries {
		if e == 0 {
			break
		}
		entry := e & d.mask
		home, print := (2*b+e>>31)*bucket, d.cut(e)
		if e&moved != 0 {
			home, print = d.Home(d.hash(entry))
		}
		if !d.putFrom(home, print, entry) {
			d.late = append(d.late, entry)
		}
	}
}

// cut returns the print of a slot without its first bit.
func (d *doubling) cut(e uint32) uint32 { return e &^ d.idMask << 1 }

// deal moves the entries of a bucket, none of which is moved, to two that are empty. How
// many there are, and of which bucket, is as good as random, so that there are
// no branches.
func (d *doubling) deal(two *[2 * bucket]uint32, entries *[bucket]uint32) {
	lower := uint32(0) // of the first k, so many go to the first bucket; empty slots do
	for k, e := range entries {
		half := e >> 31
		to := lower + half*(bucket+uint32(k)-2*lower)
		two[to%(2*bucket)] = d.cut(e) | e&d.mask
		lower += 1 - half
	}
}

// putFrom adds an entry to the first empty slot from its home on, and reports whether
// there is one that may be filled.
func (d *doubling) putFrom(home, print, entry uint32) bool {
	if home < d.lo {
		return false
	}
	for i := home; i < d.end; i++ {
		if *d.slot(i) == 0 {
			return d.Put(i, home, print, entry, true)
		}
	}
	return false
}

// anyOf returns the bits that any slot of a bucket has.
func anyOf(s *[bucket]uint32) uint32 {
	return s[0] | s[1] | s[2] | s[3] | s[4] | s[5] | s[6] | s[7]
}
