package hashlife

import "golife/life/internal/lookup"

// The parts of stages that are neither search nor rare, in plain Go: what the assembly
// must agree with, and what runs where there is none.

// findSquaresGo makes probes for the five squares of each node between its children.
// It returns a number that the caller must keep; see lookup.Prefetch16.
func findSquaresGo(t *nodeTable, items []item, p []lookup.Probe) (touched uint32) {
	for k := range items {
		for _, i := range t.quad(items[k].node) {
			touched += t.quad(i)[0]
		}
	}
	for k := range items {
		n := t.quad(items[k].node)
		a, b, c, d := t.quad(n[0]), t.quad(n[1]), t.quad(n[2]), t.quad(n[3])
		q := p[5*k : 5*k+5 : 5*k+5]
		set(&q[0], join(a[1], b[0]), join(a[3], b[2]))
		set(&q[1], join(a[2], a[3]), join(c[0], c[1]))
		set(&q[2], join(a[3], b[2]), join(c[1], d[0]))
		set(&q[3], join(b[2], b[3]), join(d[0], d[1]))
		set(&q[4], join(c[1], d[0]), join(c[3], d[2]))
	}
	return touched
}

// takeNineGo gives each item its nine subs: the children of its node, and the
// five squares that its probes found, or their results as far as they have those of a
// tag. The others are listed in open, which has room for all: see frame. The first item has a
// number. It returns how many are listed. Where there are stamps, subs are stamped: their results
// serve, or are about to be computed.
func takeNineGo(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) (n int) {
	for k := range items {
		c, q := t.quad(items[k].node), p[5*k:5*k+5:5*k+5]
		items[k].sub = [9]id{c[0], q[0].Guess, c[1], q[1].Guess, q[2].Guess, q[3].Guess, c[2], q[4].Guess, c[3]}
		n += items[k].take(t, 9, tag, open[n:], number+k, stamp)
	}
	return n
}

// takeFourGo is takeNineGo for the first four subs, all of which were searched for.
func takeFourGo(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) (n int) {
	for k := range items {
		for j := range 4 {
			items[k].sub[j] = p[4*k+j].Guess
		}
		n += items[k].take(t, 4, tag, open[n:], number+k, stamp)
	}
	return n
}

// take turns the first subs of an item into their results, and lists those that have none, the
// last one first. All are stamped.
func (it *item) take(t *nodeTable, subs int, tag uint32, open []uint16, number int, stamp uint8) (n int) {
	for j := subs - 1; j >= 0; j-- {
		i := it.sub[j]
		if t.stamps != nil {
			t.setStamp(i, stamp)
		}
		if i == 0 {
			continue
		}
		if res, ok := t.resultOf(i, tag); ok {
			it.sub[j] = res
		} else {
			open[n] = uint16(number<<4 | j)
			n++
		}
	}
	return n
}
