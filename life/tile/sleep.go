package tile

// sleepEvery is in how many passes a tile that follows its cycle tries once to
// fall asleep.
const sleepEvery = 4

// rouse wakes the tiles whose neighbours were not as recorded at the last pass.
// That could not be seen then, but it can from now on.
func (u *universe) rouse(astray []id) {
	for _, k := range astray {
		for _, q := range u.at(k).near {
			if q != 0 && u.at(q).isAsleep {
				u.wake(q)
			}
		}
	}
}

// wake lets a tile be visited again. What its neighbours will do is not known any
// more, but until now all was as recorded, except on its rim.
func (u *universe) wake(k id) {
	t := u.at(k)
	tr := u.trackers[t.tracker]
	u.asleep--
	t.isAsleep = false
	for _, q := range t.near {
		if q != 0 {
			u.at(q).sleepers--
		}
	}
	t.rows = *tr.at(u.clock)
	u.fillRim(t)
	t.changed = 0
	for y, row := range tr.at(u.clock - 1) {
		if t.rows[y] != row {
			t.changed |= 1 << y
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
		if t.sleepers == 0 || t.isAsleep {
			continue
		}
		for d, q := range t.near {
			if q == 0 || !u.at(q).isAsleep {
				continue
			}
			r := &u.trackers[u.at(q).tracker].record
			if r.varies>>(7-d)&1 != 0 {
				u.change(k, t, copyEdge(&t.rows, r.at(u.clock), 7-d, r.sides))
			}
		}
	}
}

// doze puts a tile to sleep if it was as recorded at the last pass and all its
// neighbours were too, so that they will be for ever, unless something comes from
// outside.
func (u *universe) doze(k id) {
	t := u.at(k)
	if t.isAsleep {
		return
	}
	for _, q := range t.near {
		if q != 0 && !u.isSteady(u.at(q)) {
			return
		}
	}
	for d := range t.near {
		if !u.isLinked(t, d) {
			return
		}
	}
	t.isAsleep = true
	t.changed = 0
	u.asleep++
	for _, q := range t.near {
		if q != 0 {
			u.at(q).sleepers++
		}
	}
}

// isSteady reports whether a tile is asleep, was as recorded at the last pass, or
// is at rest.
func (u *universe) isSteady(t *tile) bool {
	switch {
	case t.isAsleep:
		return true
	case t.tracker != 0:
		return u.trackers[t.tracker].matchedAt == u.clock-1
	}
	return !t.isQueued && t.changed == 0
}

// isLinked reports whether the record of t and what its neighbour in the direction
// d does for ever fit together, each having on its rim what the other has at its edge.
func (u *universe) isLinked(t *tile, d int) bool {
	tr := u.trackers[t.tracker]
	if t.near[d] == 0 {
		return tr.live>>d&1 == 0
	}
	q := u.at(t.near[d])
	if q.tracker == 0 {
		return tr.varies>>d&1 == 0 && meets(&tr.states[0], &q.rows, d)
	}
	r := u.trackers[q.tracker]
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
		if t.isAsleep {
			u.wake(k)
		}
	}
	for _, t := range u.all {
		if t.tracker != 0 {
			u.untrack(t)
		}
	}
	// What lingered for its tracker's sake is at rest.
	queue := u.queue[:0]
	for _, k := range u.queue {
		t := u.at(k)
		if t.isQueued = t.changed != 0; t.isQueued {
			queue = append(queue, k)
		} else {
			u.bury(k)
		}
	}
	u.queue = queue
	u.cycles = cycles{serial: u.serial}
}
