package tile

// The ways of ships: when they come near to tiles, and to each other.

// clearUntil returns the pass up to which no tile but one is near the ship's way,
// as far as it looks ahead. It frees the tiles there that are empty and at rest.
func (u *universe) clearUntil(s *ship, but id) int64 {
	steps := (u.clock - s.since) >> 1
	x, y := s.x+steps*s.dx, s.y+steps*s.dy
	for range maxLegs {
		n, ok := s.approach(x, y, u.hull)
		if !ok || u.hull == (box{}) || n == maxSteps {
			n = min(maxSteps, toLimit(x, s.dx), toLimit(y, s.dy))
			return s.since + 2*(steps+n) - 1
		}
		x, y, steps = x+n*s.dx, y+n*s.dy, steps+n
		x0, x1 := tileOf(x-berth), tileOf(x+shipSide-1+berth)
		y0, y1 := tileOf(y-berth), tileOf(y+shipSide-1+berth)
		if max(x1, -x0, y1, -y0) >= skyLimit {
			break
		}
		for ty := y0; ty <= y1; ty++ {
			for tx := x0; tx <= x1; tx++ {
				if q := u.find(tx, ty); q != 0 && q != but && !u.bury(q) {
					return s.since + 2*steps - 1
				}
			}
		}
		n = min(leg(x, s.dx), leg(y, s.dy))
		x, y, steps = x+n*s.dx, y+n*s.dy, steps+n
	}
	return s.since + 2*steps - 1
}

// approach returns in how many steps a ship at (x, y) comes near to tiles within a box; ok is false if it does not.
func (s *ship) approach(x, y int64, tiles box) (n int64, ok bool) {
	const ahead = shipSide - 1 + berth
	a := crossing(x, s.dx, tiles.x0*inner-ahead, tiles.x1*inner-1+berth)
	return a.first(crossing(y, s.dy, tiles.y0*inner-ahead, tiles.y1*inner-1+berth))
}

// toLimit returns after how many steps of d v comes to the limit of the sky, or a few before.
func toLimit(v, d int64) int64 {
	const limit = (skyLimit - 2) * inner
	return max(0, crossing(v, d, -limit, limit).to)
}

// fit makes the hull of the tiles fit, as tiles that are gone stay in it: once in a while, as it takes a look at
// all tiles.
func (u *universe) fit() {
	if u.clock < u.fitAt {
		return
	}
	u.fitAt = u.clock + 64 + int64(u.next)/8
	u.hull = box{}
	for _, t := range u.all {
		u.hull = u.hull.with(t.x, t.y)
	}
}

// leg returns in how many steps of d the square at v comes near to a further tile.
func leg(v, d int64) int64 {
	switch {
	case d > 0:
		v += shipSide - 1 + berth
		return ((tileOf(v)+1)*inner - v + d - 1) / d
	case d < 0:
		v -= berth
		return (v - tileOf(v)*inner + 1 - d - 1) / -d
	}
	return never
}

func tileOf(v int64) int64 {
	t, _ := split(v)
	return t
}

// isAlone reports whether no ship of the same course is near s in any generation of
// the period, and so never.
func (u *universe) isAlone(s *ship) bool {
	for i := range u.ships {
		o := &u.ships[i]
		if o.dx != s.dx || o.dy != s.dy {
			continue
		}
		for g := range int64(4) {
			if s.in(u.clock, g).isNear(o.in(u.clock, g)) {
				return false
			}
		}
	}
	return true
}

// meeting returns when a ship of another course may come near s, and makes that
// ship's time no later.
func (u *universe) meeting(s *ship) int64 {
	meet := never
	x, y := s.x, s.y // at u.clock, which is when it is launched
	for i := range u.ships {
		o := &u.ships[i]
		if o.dx == s.dx && o.dy == s.dy {
			continue
		}
		n := (u.clock - o.since) >> 1
		const reach = shipSide + 2*berth + 4
		a := crossing(apart(o.x+n*o.dx, x), o.dx-s.dx, -reach, reach)
		if from, ok := a.first(crossing(apart(o.y+n*o.dy, y), o.dy-s.dy, -reach, reach)); ok {
			pass := u.clock + 2*from - 2
			meet, o.meet = min(meet, pass), min(o.meet, pass)
			u.nextDue = min(u.nextDue, pass)
		}
	}
	return meet
}

// steps is a range of steps, empty when from > to.
type steps struct{ from, to int64 }

// first returns the first step of both ranges; ok is false if there is none.
func (a steps) first(b steps) (n int64, ok bool) {
	n = max(a.from, b.from)
	return n, n <= min(a.to, b.to)
}

// crossing returns at which steps n ≥ 0 v+n·d lies from lo to hi, as if more than maxSteps were maxSteps.
func crossing(v, d, lo, hi int64) steps {
	if d < 0 {
		v, d, lo, hi = -v, -d, -hi, -lo
	}
	switch {
	case v > hi || d == 0 && v < lo:
		return steps{never, 0}
	case d == 0:
		return steps{0, never}
	}
	in := func(distance, more uint64) int64 { return int64(min((distance+more)/uint64(d), maxSteps)) }
	from := int64(0)
	if v < lo {
		from = in(uint64(lo)-uint64(v), uint64(d-1))
	}
	return steps{from, in(uint64(hi)-uint64(v), 0)}
}

// apart returns a-b, or ±2^62 if that is more; both lie within ±2^62 or little more.
func apart(a, b int64) int64 {
	d := a - b
	if (a^b)&(a^d) < 0 {
		d = a // which has the sign that d should have
	}
	return max(-limit, min(d, limit))
}

// warn tells the ships that there is a new tile.
func (u *universe) warn(tx, ty int64) {
	tile := box{tx, ty, tx + 1, ty + 1}
	for i := range u.ships {
		s := &u.ships[i]
		n := (u.clock - s.since) >> 1
		if from, ok := s.approach(s.x+n*s.dx, s.y+n*s.dy, tile); ok {
			if pass := s.since + 2*(n+from) - 1; pass < s.due {
				s.due = pass
				u.nextDue = min(u.nextDue, pass)
			}
		}
	}
}
