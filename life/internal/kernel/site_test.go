package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"golife/life/internal/impl"
)

// ground is sites in chunks, as their owner has them.
type ground [3][ChunkSites]struct {
	Site
	_ [2]int64
}

func (g *ground) chunks() (c Chunks) {
	for i := range g {
		c = append(c, unsafe.Pointer(&g[i]))
	}
	return c
}

// TestChunks finds each site.
func TestChunks(t *testing.T) {
	g := new(ground)
	for i, c := 0, g.chunks(); i < len(g)*ChunkSites; i++ {
		if got, want := c.at(uint32(i)), &g[i/ChunkSites][i%ChunkSites].Site; got != want {
			t.Fatalf("site %d is at %p, want %p", i, got, want)
		}
	}
}

// lists returns all lists of notes, printed.
func (n *Notes) lists() []string {
	return []string{
		fmt.Sprint("next ", n.Next.All()), fmt.Sprint("north ", n.North.All()), fmt.Sprint("south ", n.South.All()),
		fmt.Sprint("west ", n.West.All()), fmt.Sprint("east ", n.East.All()), fmt.Sprint("corners ", n.Corners.All()),
		fmt.Sprint("groups ", n.Groups), fmt.Sprint("still ", n.Still.All()), fmt.Sprint("sample ", n.Sample.All()),
	}
}

// someNotes returns notes with room for more entries than there are, and some already.
func someNotes(r *rand.Rand, room int) *Notes {
	at := r.IntN(3)
	ids := func() List[uint32] { return List[uint32]{make([]uint32, at+room), at} }
	links := func() List[Link] { return List[Link]{make([]Link, at+room), at} }
	sides := func() List[Side] { return List[Side]{make([]Side, at+room), at} }
	return &Notes{
		Next: ids(), North: links(), South: links(), West: sides(), East: sides(),
		Corners: List[Diagonals]{make([]Diagonals, at+room), at}, Still: ids(), Sample: ids(),
		Clock: r.Uint32(),
	}
}

// note is what Notes say of a visit, cell by cell.
func (n *Notes) note(v *Visit, clock uint32) {
	for i := range 64 {
		n.Groups += int(v.Groups >> i & 1)
	}
	if v.Rows == 0 {
		n.Still.Add(v.ID, 1)
		return
	}
	has := func(m uint64, at ...int) bool {
		return slices.ContainsFunc(at, func(i int) bool { return m>>i&1 == 1 })
	}
	n.Next.Add(v.ID, 1)
	if has(v.Rows, 2, 3) {
		n.North.Add(Link{v.ID, v.Site.Near[1]}, 1)
	}
	if has(v.Rows, 60, 61) {
		n.South.Add(Link{v.ID, v.Site.Near[6]}, 1)
	}
	west, east := has(v.Columns, 2, 3), has(v.Columns, 60, 61)
	if west {
		n.West.Add(Side{Link{v.ID, v.Site.Near[3]}, v.Sides}, 1)
	}
	if east {
		n.East.Add(Side{Link{v.ID, v.Site.Near[4]}, v.Sides}, 1)
	}
	d := Diagonals{ID: v.ID}
	for i, isThere := range map[int]bool{
		0: west && has(v.Sides, 2, 3), 2: east && has(v.Sides, 2, 3),
		5: west && has(v.Sides, 60, 61), 7: east && has(v.Sides, 60, 61),
	} {
		if isThere {
			d.Directions |= 1 << i
		}
	}
	if d.Directions != 0 {
		n.Corners.Add(d, 1)
	}
	if (clock+v.ID)%16 == 0 {
		n.Sample.Add(v.ID, 1)
	}
}

func TestNotes(t *testing.T) { impl.TestAll(t, "kernel", testNotes) }

// testNotes compares what StepTwice notes with what follows from its changes. Most visits
// have few of them, so that there are tiles with some edges and corners only.
func testNotes(t *testing.T) {
	r := seeded(t)
	for i, c := range tables(r, 2) {
		for _, n := range forced(c.t) {
			for _, count := range []int{1, 2, 3, 40} {
				notes := someNotes(r, count)
				want := *notes
				for _, l := range []*List[uint32]{&want.Next, &want.Still, &want.Sample} {
					l.Entries = slices.Clone(l.Entries)
				}
				want.North.Entries, want.South.Entries = slices.Clone(want.North.Entries), slices.Clone(want.South.Entries)
				want.West.Entries, want.East.Entries = slices.Clone(want.West.Entries), slices.Clone(want.East.Entries)
				want.Corners.Entries = slices.Clone(want.Corners.Entries)
				visits := make([]Visit, count)
				for j := range visits {
					s := &Site{Changed: r.Uint64()}
					for d := range s.Near {
						s.Near[d] = r.Uint32()
					}
					if j%4 == 3 {
						s.Rows, _ = sheet(r, i)
					} else if x, y := r.IntN(62), r.IntN(62); j%4 > 0 { // a glider
						s.Rows[y], s.Rows[y+1], s.Rows[y+2] = 2<<x, 4<<x, 7<<x
					}
					visits[j] = Visit{Site: s, Groups: someGroups(r), ID: r.Uint32()}
				}
				StepTwice(n, n, visits, notes)
				for j := range visits {
					want.note(&visits[j], notes.Clock)
					if s := visits[j].Site; s.Changed != visits[j].Rows {
						t.Fatalf("%s, visit %d: changed %064b, want %064b", c.name, j, s.Changed, visits[j].Rows)
					}
				}
				if got, want := notes.lists(), want.lists(); !slices.Equal(got, want) {
					t.Fatalf("%s, %v, %d visits:\n%q, want\n%q", c.name, n.class, count, got, want)
				}
			}
		}
	}
}

func TestPushSides(t *testing.T) { impl.TestAll(t, "kernel", testPushSides) }

// testPushSides compares with copies of one site after another.
func testPushSides(t *testing.T) {
	r := seeded(t)
	for round := range 60 {
		got, want := new(ground), new(ground)
		for i := range got {
			for j := range got[i] {
				s := &got[i][j].Site
				s.Rows, _ = sheet(r, r.IntN(3))
				s.Changed, s.IsQueued, s.IsAsleep = r.Uint64()&r.Uint64(), r.IntN(3) == 0, r.IntN(4) == 0
			}
		}
		*want = *got
		sides := make([]Side, r.IntN(200))
		for i := range sides {
			l := Link{r.Uint32N(uint32(len(got) * ChunkSites)), r.Uint32N(uint32(len(got) * ChunkSites))}
			sides[i] = Side{l, someRows(r)&OwnColumns | 1<<(2+r.IntN(60))}
		}
		push, copyTo := PushWest, CopyWest
		if round%2 == 1 {
			push, copyTo = PushEast, CopyEast
		}
		var lists [2][2]List[uint32]
		for i := range lists {
			for j := range lists[i] {
				lists[i][j] = List[uint32]{make([]uint32, len(sides)+1), 1}
			}
		}
		push(got.chunks(), sides, &lists[0][0], &lists[0][1])
		queue, asleep := &lists[1][0], &lists[1][1]
		for _, s := range sides {
			t := &want[s.From/ChunkSites][s.From%ChunkSites].Site
			q := &want[s.To/ChunkSites][s.To%ChunkSites].Site
			if q.IsAsleep {
				asleep.Add(s.From, 1)
			} else if changed := copyTo(&q.Rows, &t.Rows, s.Rows); changed != 0 {
				q.Changed |= changed
				if !q.IsQueued {
					queue.Add(s.To, 1)
				}
				q.IsQueued = true
			}
		}
		if *got != *want {
			t.Fatalf("round %d, %d sides: the sites differ", round, len(sides))
		}
		for j, name := range []string{"queue", "asleep"} {
			if got, want := lists[0][j].All(), lists[1][j].All(); !slices.Equal(got, want) {
				t.Fatalf("round %d, %d sides, %s: %v, want %v", round, len(sides), name, got, want)
			}
		}
	}
}
