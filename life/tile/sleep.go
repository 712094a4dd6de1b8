package tile

// sleepEvery is in how many passes a tile that follows its cycle tries once to
// fall asleep.
const sleepEvery = 4

// rouse wakes the tiles whose neighbours were not as recorded at the last pass.
// That could not be seen then, but it can from now on.
func (u *universe) rouse(astray []id) {
	for _, k := range astray {
		for _, q := range u.at(k).Near {
			if q != 0 && u.at(q).IsAsleep {
				u.wake(q)
			}
		}
	}
}

// wake lets a tile be visited again. What its neighbours will do is not known any
// more, but until now all was as recorded, except on its rim.
func (u *universe) wake(k id) {
	t := u.at(k)
	tr := u.trackers[t.Tracker]
	u.asleep--
	t.IsAsleep = false
	for _, q := range t.Near {
		if q != 0 {
			u.at(q).Sleepers--
		}
	}
	t.Rows = *tr.at(u.clock)
	u.fillRim(t)
	t.Changed = 0
	for y, row := range tr.at(u.clock - 1) {
		if t.Rows[y] != row {
			t.Changed |= 1 << y
		}
	}
	tr.changedAt = u.clock
	u.enqueue(k, t)
}

// copySleepers brings the rims of the tiles that were visited up to date where
// their neighbours are asleep and push nothing.
func (u *universe) copySleepers(list []id) {
	for _, k := range list {
		t := u.at(k)
		if t.Sleepers == 0 || t.IsAsleep {
			continue
		}
		for d, q := range t.Near {
			if q == 0 || !u.at(q).IsAsleep {
				continue
			}
			r := &u.trackers[u.at(q).Tracker].record
			if r.varies>>(7-d)&1 != 0 {
				u.change(k, t, copyEdge(&t.Rows, r.at(u.clock), 7-d, r.sides))
			}
		}
	}
}

// doze puts a tile to sleep if it was as recorded at the last pass and all its
// neighbours were too, so that they will be for ever, unless something comes from
// outside.
func (u *universe) doze(k id) {
	t := u.at(k)
	if t.IsAsleep {
		return
	}
	for _, q := range t.Near {
		if q != 0 && !u.isSteady(u.at(q)) {
			return
		}
	}
	for d := range t.Near {
		if !u.isLinked(t, d) {
			return
		}
	}
	t.IsAsleep = true
	t.Changed = 0
	u.asleep++
	for _, q := range t.Near {
		if q != 0 {
			u.at(q).Sleepers++
		}
	}
}

// isSteady reports whether a tile is asleep, was as recorded at the last pass, or
// is at rest.
func (u *universe) isSteady(t *tile) bool {
	switch {
	case t.IsAsleep:
		return true
	case t.Tracker != 0:
		return u.trackers[t.Tracker].matchedAt == u.clock-1
	}
	return !t.IsQueued && t.Changed == 0
}

// isLinked reports whether the record of t and what its neighbour in the direction
// d does for ever fit together, each having on its rim what the other has at its edge.
func (u *universe) isLinked(t *tile, d int) bool {
	tr := u.trackers[t.Tracker]
	if t.Near[d] == 0 {
		return tr.live>>d&1 == 0
	}
	q := u.at(t.Near[d])
	if q.Tracker == 0 {
		return tr.varies>>d&1 == 0 && meets(&tr.states[0], &q.Rows, d)
	}
	r := u.trackers[q.Tracker]
	if tr.linked[d] == r.name {
		return true
	}
	// Sequences with periods m and n that agree for m+n terms always agree (N. J.
	// Fine, H. S. Wilf, "Uniqueness theorems for periodic functions", 1965).
	for i := range int64(len(tr.states) + len(r.states)) {
		if !meets(tr.at(u.clock+i), r.at(u.clock+i), d) {
			return false
		}
	}
	tr.linked[d], r.linked[7-d] = r.name, tr.name
	return true
}

// forget wakes all tiles and takes their trackers away, at the present pass.
func (u *universe) forget() {
	if len(u.trackers) == 0 {
		return
	}
	for k, t := range u.all {
		if t.IsAsleep {
			u.wake(k)
		}
	}
	for _, t := range u.all {
		if t.Tracker != 0 {
			u.untrack(t)
		}
	}
	// What lingered for its tracker's sake is at rest.
	queue := u.queue[:0]
	for _, k := range u.queue {
		t := u.at(k)
		if t.IsQueued = t.Changed != 0; t.IsQueued {
			queue = append(queue, k)
		} else {
			u.bury(k)
		}
	}
	u.queue = queue
	u.cycles = cycles{serial: u.serial}
}
