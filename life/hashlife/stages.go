package hashlife

import (
	"sync/atomic"
	"unsafe"

	"golife/life/internal/lookup"
)

// The parts of findNine and findFour that all squares go through, in plain Go. Where
// there is assembly it takes their places, see stages_amd64.go.

// findSquaresGo makes probes for the five squares of each item's node that lie between
// its children: the upper one, the left, the middle, the right and the lower one. It
// returns a number that the caller must keep; see lookup.Prefetch4.
func findSquaresGo(base unsafe.Pointer, items []item, p []lookup.Probe) (touched uint32) {
	for k := range items {
		for _, i := range entry(base, items[k].node).quad() {
			touched += entry(base, i).nw()
		}
	}
	for k := range items {
		n := entry(base, items[k].node)
		a, b, c, d := entry(base, n.nw()), entry(base, n.ne()), entry(base, n.sw()), entry(base, n.se())
		q := p[5*k : 5*k+5 : 5*k+5]
		set(&q[0], join(a.ne(), b.nw()), join(a.se(), b.sw()))
		set(&q[1], join(a.sw(), a.se()), join(c.nw(), c.ne()))
		set(&q[2], join(a.se(), b.sw()), join(c.ne(), d.nw()))
		set(&q[3], join(b.sw(), b.se()), join(d.nw(), d.ne()))
		set(&q[4], join(c.ne(), d.nw()), join(c.se(), d.sw()))
	}
	return touched
}

// takeNineGo gives each item its nine subs: the children of its node, and the
// five squares that its probes found, or their results as far as they have those which
// now marks, whatever their stamps are. The others' bits are set in missing.
func takeNineGo(base unsafe.Pointer, items []item, p []lookup.Probe, now uint32) {
	for k := range items {
		n, q := entry(base, items[k].node), p[5*k:5*k+5:5*k+5]
		items[k].sub = [9]id{n.nw(), q[0].Guess, n.ne(), q[1].Guess, q[2].Guess, q[3].Guess, n.sw(), q[4].Guess, n.se()}
		items[k].take(base, 9, now)
	}
}

// takeFourGo is takeNineGo for the first four subs, all of which were searched for.
func takeFourGo(base unsafe.Pointer, items []item, p []lookup.Probe, now uint32) {
	for k := range items {
		for j := range 4 {
			items[k].sub[j] = p[4*k+j].Guess
		}
		items[k].take(base, 4, now)
	}
}

// take turns the first subs of an item into their results. Each that serves is
// stamped.
func (it *item) take(base unsafe.Pointer, subs int, now uint32) {
	it.missing = 0
	for j, i := range it.sub[:subs] {
		if i == 0 {
			continue
		}
		n := entry(base, i)
		if t := atomic.LoadUint32(&n.tag); t != now {
			if (t^now)&^stampMask != 0 {
				it.missing |= 1 << j
				continue
			}
			storeRelease(&n.tag, now)
		}
		it.sub[j] = n.res
	}
}
