package run

import (
	"cmp"
	"fmt"
	"iter"
	"math/big"

	"golife/life"
)

// maxCompared bounds the cells that Difference looks at one by one.
const maxCompared = 1 << 22

// Difference says in what the cells of found are not those of wanted, in half a
// sentence, or returns "". Rule, generation and comments do not matter. Cost: two
// digests, and for patterns of up to maxCompared cells their cells.
func Difference(found, wanted *life.Pattern) string {
	if found.Digest() == wanted.Digest() {
		return ""
	}
	a, b := found.Population(), wanted.Population()
	if limit := big.NewInt(maxCompared); a.Cmp(limit) <= 0 && b.Cmp(limit) <= 0 {
		if n, first := countDifferent(found, wanted); n > 0 {
			return fmt.Sprintf("%d %s, the first at %d,%d: found %d, wanted %d", n, differ(n), first.X, first.Y,
				found.Get(first.X, first.Y), wanted.Get(first.X, first.Y))
		}
	}
	if a.Cmp(b) != 0 {
		return fmt.Sprintf("population: found %s, wanted %s", Short(a), Short(b))
	}
	return fmt.Sprintf("%s cells each, in other places: bounds: found %s, wanted %s", Short(a),
		NewBox(found.Bounds()), NewBox(wanted.Bounds()))
}

func differ(n int) string {
	if n == 1 {
		return "cell differs"
	}
	return "cells differ"
}

// countDifferent returns how many cells within the int64 plane are not the same, and
// the first of them in row-major order.
func countDifferent(p, q *life.Pattern) (n int, first life.Point) {
	next, stopNext := iter.Pull2(p.Cells(life.Everywhere()))
	defer stopNext()
	other, stopOther := iter.Pull2(q.Cells(life.Everywhere()))
	defer stopOther()
	note := func(at life.Point) {
		if n++; n == 1 {
			first = at
		}
	}
	a, s, more := next()
	b, t, otherMore := other()
	for more || otherMore {
		order := cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X))
		switch {
		case !otherMore, more && order < 0:
			note(a)
			a, s, more = next()
		case !more, order > 0:
			note(b)
			b, t, otherMore = other()
		default:
			if s != t {
				note(a)
			}
			a, s, more = next()
			b, t, otherMore = other()
		}
	}
	return n, first
}
