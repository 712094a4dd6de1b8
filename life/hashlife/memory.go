package hashlife

// interrupt is what a computation panics with when it cannot go on; see
// Engine.attempt.
type interrupt uint32

const (
	full interrupt = iota + 1
	cancelled
)

// A table grows to growth times its size; by a sixteenth at least, or not at all.
const growth = 2

// growNodes makes room for more nodes, as far as the limit allows, and reports
// whether it did. When there are too many nodes for their form they take the next: then the
// index may have room already.
func (s *store) growNodes() bool {
	form := s.form
	best, room := growth*s.room, s.nodeRoom()
	if room == s.most[form].nodes {
		form = s.nextForm()
		if s.room >= room+room/4 {
			best = s.room
		}
	}
	n := s.fitting(best, room, s.leafRoom(), form.bytes(), leafBytes)
	if n == 0 {
		return false
	}
	if form != s.form {
		s.widen(form)
	}
	if n != s.room {
		s.sizeNodes(n, n == 2*s.room)
	}
	s.counts.grows++
	return true
}

// growLeaves is growNodes for leaves.
func (s *store) growLeaves() bool {
	form := s.form
	if s.leafRoom() == s.most[form].leaves {
		form = s.nextForm()
	}
	n := s.larger(len(s.leaves.Slice()), s.room, leafBytes, form.bytes())
	if n == 0 {
		return false
	}
	if form != s.form {
		s.widen(form)
	}
	s.sizeLeaves(n, n == 2*len(s.leaves.Slice()))
	s.counts.grows++
	return true
}

// nextForm returns the form that nodes take when there are too many, or too many leaves, for the
// present one.
func (s *store) nextForm() form {
	if s.form == packed && len(s.slow) <= most25 {
		return packed25
	}
	return wide
}

// makeTag makes room for the tag of another short step, and reports whether it did: form packed25
// has few of them, so that nodes become wide if they fit the limit.
func (s *store) makeTag() bool {
	if s.form != packed25 || len(s.slow) < most25 {
		return len(s.slow) < firstPending-firstSlow
	}
	if s.limit > 0 && int64(s.room)*wide.bytes()+int64(s.leafRoom())*leafBytes+s.pops.bytes()+s.ghosts.bytes()+margin > s.limit {
		return false
	}
	s.widen(wide)
	return true
}

// larger returns the next size of a table of a given size, whose entries take
// bytes each, beside one of otherRoom entries; 0 when the limit forbids any.
func (s *store) larger(room, otherRoom int, bytes, otherBytes int64) int {
	return s.fitting(growth*room, room, otherRoom, bytes, otherBytes)
}

// fitting is larger for a size that would be best.
func (s *store) fitting(best, room, otherRoom int, bytes, otherBytes int64) int {
	n := min(int64(best), maxEntries)
	if s.limit > 0 {
		n = min(n, (s.limit-margin-s.pops.bytes()-s.ghosts.bytes()-int64(otherRoom)*otherBytes)/bytes)
	}
	if n < int64(room+room/16) {
		return 0
	}
	return int(n)
}

// chunk is how many nodes a worker may work on together, so that what they need
// at most fits beside the tables. Few of the nodes are just above leaves, so that
// these may be fewer: many a large universe is made of a thousand.
func (s *store) chunk() int {
	return max(burst, min(maxChunk, min(s.nodeRoom(), 8*s.leafRoom())/(64*len(s.cursors))))
}

// slack and leafSlack are how many entries must be free before a stage: what a
// chunk makes at most, for each worker, and the block that a claim may waste.
func (s *store) slack(room, chunk int) int { return len(s.cursors) * (5*chunk + s.block(room)) }

func (s *store) leafSlack(room, chunk int) int { return len(s.cursors) * (4*chunk + s.block(room)) }

// hasRoom reports whether both tables have room for a stage of each worker.
func (s *store) hasRoom(chunk int) (nodes, leaves bool) {
	room, leafRoom := s.nodeRoom(), s.leafRoom()
	return int(s.taken.Load())+s.slack(room, chunk) <= room,
		int(s.leavesTaken.Load())+s.leafSlack(leafRoom, chunk) <= leafRoom
}

// makeRoom grows the tables that are full or else collects, while no worker is
// in a stage. It reports false when neither helps.
func (s *store) makeRoom(chunk int, roots visitor) bool {
	for range 4 {
		nodes, leaves := s.hasRoom(chunk)
		if nodes && leaves {
			return true
		}
		if (nodes || s.growNodes()) && (leaves || s.growLeaves()) {
			continue
		}
		if !s.collectFull(roots) {
			return false
		}
	}
	return false
}

// margin is what the rounding of two indexes may add.
const margin = 256

// share divides the limit between the tables, given what is kept in them and that
// ghosts take a bit for each node before: what is
// left goes to each as it was used before, an eighth at least. It reports false
// when less than one part in so many of the limit is left, or of what the form of nodes can name.
func (s *store) share(nodes, leaves, nodesBefore, leavesBefore int, parts int64) (room, leafRoom int, ok bool) {
	left := s.limit - margin - s.pops.bytes() - int64(nodesBefore/8) - int64(nodes)*s.form.bytes() - int64(leaves)*leafBytes
	most := s.most[s.form]
	if left < s.limit/parts || isNarrow(nodes, most.nodes, parts) || isNarrow(leaves, most.leaves, parts) {
		return 0, 0, false
	}
	forNodes, forLeaves := float64(nodesBefore)*float64(s.form.bytes()), float64(leavesBefore)*float64(leafBytes)
	share := max(0.125, min(0.875, forNodes/(forNodes+forLeaves+1)))
	room = nodes + int(float64(left)*share/float64(s.form.bytes()))
	leafRoom = leaves + int(float64(left)*(1-share)/float64(leafBytes))
	return min(room, maxEntries), min(leafRoom, maxEntries), true
}

// isNarrow reports whether n of most leaves less than one part in so many.
func isNarrow(n, most int, parts int64) bool { return int64(n) > int64(most)-int64(most)/parts }

// minLeft is the share of the limit, as 1 to it, that must be left after a
// collection: with less, collecting is all that would be done.
const minLeft = 12
