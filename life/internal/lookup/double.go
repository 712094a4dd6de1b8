package lookup

// window is how many buckets are doubled together.
const window = 32

// Double makes room for twice the entries; hash returns an entry's hash, and fetch
// asks for entries that will be hashed: it returns a number that is kept, see
// Prefetch4.
//
// It is done in place, from the last bucket to the first, in the order of memory. A
// bucket's entries go to two buckets at twice its number; which of the two, the first bit of
// their prints tells, without a look at the entry. Only where the bucket before is full
// may there be entries that belong further up, so that their hashes are asked for.
// Cost: some 10 ns an entry.
func (x *Index) Double(hash func(i uint32) uint64, fetch func(entries []uint32) uint32) {
	d := doubling{Index: x, mask: x.idMask, wasFull: x.isFull(int(x.buckets) - 1), hash: hash}
	old := int(x.buckets)
	x.room *= 2
	x.idMask = 2*x.idMask + 1
	x.resize(2 * old)
	clear(x.slots.Slice()[old*bucket:])
	for end := old; end > 0; end -= window {
		first := max(0, end-window)
		kept += fetch(d.doubtful(first, end))
		for b := end - 1; b >= first; b-- {
			d.split(b)
		}
	}
	for _, entry := range d.late {
		home, print := x.Home(hash(entry))
		x.put(home, print, entry, true)
	}
}

// isFull reports whether a bucket is, so that its entries may lie in the next.
func (x *Index) isFull(b int) bool { return *x.slot(uint32(b*bucket + bucket - 1)) != 0 }

// doubling is an index on the way to twice its size: buckets have their new numbers
// but for those still to be split.
type doubling struct {
	*Index
	mask    uint32 // idMask before
	wasFull bool   // the last bucket before
	hash    func(i uint32) uint64
	late    []uint32 // entries with a place among buckets that are still to be split
	doubts  [window * bucket]uint32
}

// isDoubtful reports whether entries of a bucket may belong further up.
func (d *doubling) isDoubtful(b int) bool {
	if b == 0 {
		return d.wasFull
	}
	return d.isFull(b - 1)
}

// doubtful lists the entries of some buckets that may belong further up.
func (d *doubling) doubtful(first, end int) []uint32 {
	n := 0
	for b := first; b < end; b++ {
		if d.isDoubtful(b) {
			for _, e := range d.at(b) {
				d.doubts[n] = e & d.mask // 0 where there is none, which does no harm
				n++
			}
		}
	}
	return d.doubts[:n]
}

func (d *doubling) at(b int) *[bucket]uint32 { return (*[bucket]uint32)(d.slots.Slice()[b*bucket:]) }

// split moves the entries of a bucket to where they belong.
func (d *doubling) split(b int) {
	s := d.at(b)
	entries := *s
	*s = [bucket]uint32{}
	two := (*[2 * bucket]uint32)(d.slots.Slice()[2*b*bucket:])
	isDoubtful := d.isDoubtful(b)
	if !isDoubtful && two[0]|two[bucket] == 0 {
		d.deal(two, &entries)
		return
	}
	for _, e := range entries {
		if e == 0 {
			break
		}
		home, print, entry := (2*uint32(b)+e>>31)*bucket, e&^d.mask<<1&^d.idMask, e&d.mask
		if isDoubtful {
			home, print = d.Home(d.hash(entry))
		}
		if !d.putFrom(home, uint32(b)*bucket, print|entry) {
			d.late = append(d.late, entry)
		}
	}
}

// deal moves the entries of a bucket to two that are empty. How many there are, and
// of which bucket, is as good as random, so that there are no branches.
func (d *doubling) deal(two *[2 * bucket]uint32, entries *[bucket]uint32) {
	to := [2]uint32{0, bucket}
	for _, e := range entries {
		half := e >> 31
		two[to[half]%(2*bucket)] = e&^d.mask<<1&^d.idMask | e&d.mask
		to[half] += (e | -e) >> 31 // an empty slot is dealt, and overwritten by the next
	}
}

// putFrom fills the first empty slot from slot i on, and reports whether there is one
// before the end; slots below least are not its own.
func (x *Index) putFrom(i, least, e uint32) bool {
	if i < least {
		return false
	}
	for ; uint64(i) < x.buckets*bucket; i++ {
		if s := x.slot(i); *s == 0 {
			*s = e
			return true
		}
	}
	return false
}
