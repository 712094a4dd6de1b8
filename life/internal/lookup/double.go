package lookup

// window is how many buckets are doubled together.
const window = 32

// Double makes room for twice the entries; hash returns an entry's hash, and fetch
// asks for entries that will be hashed: it returns a number that is kept, see
// Prefetch4.
//
// It is done in place, from the last bucket to the first, in the order of memory. A
// bucket's entries go to two buckets at twice its number; which of the two, the first bit of
// their prints tells, without a look at the entry. Only of those that are moved
// the hash is asked for. Cost: some 10 ns an entry.
func (x *Index) Double(hash func(i uint32) uint64, fetch func(entries []uint32) uint32) {
	d := doubling{Index: x, mask: x.idMask, hash: hash}
	old := int(x.buckets)
	x.idMask = 2*x.idMask + 1
	x.resize(2 * old)
	clear(x.slots.Slice()[old*bucket:])
	for end := old; end > 0; end -= window {
		first := max(0, end-window)
		kept += fetch(d.movedFrom(first, end))
		for b := end - 1; b >= first; b-- {
			d.split(uint32(b))
		}
	}
	for _, entry := range d.late {
		home, print := x.Home(hash(entry))
		x.put(home, print, entry, true)
	}
}

// doubling is an index on the way to twice its size: buckets have their new numbers
// but for those still to be split.
type doubling struct {
	*Index
	mask  uint32 // idMask before
	hash  func(i uint32) uint64
	late  []uint32 // entries with a place among buckets that are still to be split
	moves [window * bucket]uint32
}

func (d *doubling) at(b uint32) *[bucket]uint32 { return (*[bucket]uint32)(d.slots.Slice()[b*bucket:]) }

// movedFrom lists the entries of some buckets that are moved.
func (d *doubling) movedFrom(first, end int) []uint32 {
	n := 0
	moved := d.mask + 1
	for b := first; b < end; b++ {
		s := d.at(uint32(b))
		if (s[0]|s[1]|s[2]|s[3])&moved == 0 {
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
	if (entries[0]|entries[1]|entries[2]|entries[3])&moved|two[0]|two[bucket] == 0 {
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
		if !d.putFrom(home, b*bucket, print, entry) {
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
// there is one before the end; slots below least are not its own.
func (d *doubling) putFrom(home, least, print, entry uint32) bool {
	if home < least {
		return false
	}
	for i := home; uint64(i) < d.buckets*bucket; i++ {
		if *d.slot(i) == 0 {
			return d.Put(i, home, print, entry, true)
		}
	}
	return false
}
