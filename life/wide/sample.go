package wide

import "golife/life"

// Sample writes the density of each square of v into dst, at level 0 the states of the
// cells; see life.Sampler. Cost: O(cells of the view) while squares are smaller than tiles.
// From there on O(screen + tiles), and O(cells) for each tile that changed since.
func (e *Engine) Sample(v life.View, dst []uint8) {
	clear(dst)
	s, ok := life.NewRaster(v, limit)
	if !ok || len(dst) != v.Width*v.Height {
		return
	}
	if v.Level >= int(e.u.log) {
		for at, t := range e.u.index {
			up := uint(v.Level) - e.u.log
			s.Add(at.X>>up, at.Y>>up, uint64(e.u.population(t)))
		}
	} else {
		for _, t := range e.u.within(s.Rect()) {
			e.u.show(s, uint(v.Level), t)
		}
	}
	s.Write(dst)
}

// show adds the cells of a tile to squares of a level: at level 0 their states, else how many are
// not in state 0.
func (u *universe) show(s *life.Raster, level uint, t *tile) {
	r := intersection(u.rect(t.at), s.Rect())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := u.now(t)[u.offset(life.Point{X: r.Min.X, Y: y}):][:r.Max.X-r.Min.X]
		if isZero(row) {
			continue
		}
		for x := r.Min.X; x < r.Max.X; {
			n := min(1<<level, r.Max.X-x)
			sum := uint64(row[0])
			if level > 0 {
				sum = uint64(population(row[:n]))
			}
			s.Add(x>>level, y>>level, sum)
			row, x = row[n:], x+n
		}
	}
}
