package dense

import "golife/life/internal/kernel"

// cycle finds out that a quilt is what it was some generations before: it keeps the
// tiles of one generation, and takes those of a later one after twice as many
// generations each time (R. P. Brent, "An improved Monte Carlo factorization
// algorithm", BIT 20, 1980). Only tiles that changed since then need to be compared.
type cycle struct {
	tiles    []kernel.Tile
	age      int // generations since then
	limit    int
	isNoted  []bool  // by tile: it has changed since
	noted    []int32 // the same tiles
	mismatch int     // an index into noted, of a tile that differed when last looked at
}

// firstLimit is how many generations pass before the second generation is kept.
const firstLimit = 64

func (c *cycle) bytes() int64 { return int64(len(c.tiles))*513 + 4*int64(cap(c.noted)) }

// note says that a tile is not what it was two generations before.
func (c *cycle) note(k int32) {
	if c.tiles != nil && !c.isNoted[k] {
		c.isNoted[k] = true
		c.noted = append(c.noted, k)
	}
}

// period is called after each generation. It returns the number of generations after
// which the present one comes again, or 0 when that is not known. Tiles that were
// never noted repeat every two generations, so that only even ages are compared.
func (c *cycle) period(q *quilt) int {
	if c.tiles == nil || c.age >= c.limit {
		c.restart(q)
		return 0
	}
	c.age++
	if c.age%2 != 0 {
		return 0
	}
	for n := range c.noted {
		i := (c.mismatch + n) % len(c.noted)
		k := c.noted[i]
		if len(q.dormant) > 0 && q.isDormant[k] {
			q.put(k)
		}
		if q.tiles[q.now][k] != c.tiles[k] {
			c.mismatch = i
			return 0
		}
	}
	return c.age
}

func (c *cycle) restart(q *quilt) {
	if c.tiles == nil {
		c.tiles, c.isNoted = make([]kernel.Tile, len(q.awake)), make([]bool, len(q.awake))
		c.limit = firstLimit / 2
	}
	q.settle()
	copy(c.tiles, q.tiles[q.now])
	clear(c.isNoted)
	c.noted, c.mismatch = c.noted[:0], 0
	c.age, c.limit = 0, 2*c.limit
	for _, k := range q.dormant {
		c.note(k)
	}
}
