package rule

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// treeOf returns the tree of a function, by asking for every square.
func treeOf(t *testing.T, states int, next func(square *[9]uint8) uint8) *Tree {
	t.Helper()
	b := NewTreeBuilder(states)
	var square [9]uint8
	var node func(level int) uint32
	node = func(level int) uint32 {
		if level == TreeLevels {
			return uint32(next(&square))
		}
		children := make([]uint32, states)
		for s := range children {
			square[TreeCell(level)] = uint8(s)
			children[s] = node(level + 1)
		}
		id, err := b.Node(level, children)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	return b.Tree(node(0))
}

// TestTree wants every square of some transitions to become what the function says, and
// trees to look at no more cells, and at them no more often, than they need.
func TestTree(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 3))
	var random [1 << 9]uint8
	for i := range random {
		random[i] = uint8(rng.IntN(2))
	}
	index := func(square *[9]uint8) (i int) {
		for _, s := range square {
			i = i<<1 | int(s&1)
		}
		return i
	}
	for name, tt := range map[string]struct {
		states, cells, steps int
		next                 func(square *[9]uint8) uint8
	}{
		"nothing":           {3, 1, 1, func(*[9]uint8) uint8 { return 0 }},
		"the centre":        {4, 1, 1, func(s *[9]uint8) uint8 { return s[4] }},
		"a corner":          {3, 1, 1, func(s *[9]uint8) uint8 { return s[8] }},
		"one of four":       {3, 4, 1, func(s *[9]uint8) uint8 { return max(s[1], s[3], s[5], s[7]) }},
		"all":               {2, 9, 1, func(s *[9]uint8) uint8 { return random[index(s)] }},
		"all, of four":      {4, 9, 1, func(s *[9]uint8) uint8 { return 2 * random[index(s)] }},
		"sums":              {4, 9, 2, func(s *[9]uint8) uint8 { return (s[0] + s[1] + s[2] + s[3] + s[4] + s[5] + s[6] + s[7] + s[8]) & 3 }},
		"sums of four of 3": {3, 5, 1, func(s *[9]uint8) uint8 { return (s[1] + s[3] + s[4] + s[5] + s[7]) % 3 }},
	} {
		t.Run(name, func(t *testing.T) {
			tree := treeOf(t, tt.states, tt.next)
			cells := 0
			for _, s := range tree.Steps() {
				cells += len(s.Cells)
			}
			if cells != tt.cells || len(tree.Steps()) > tt.steps {
				t.Errorf("looks at %d cells in %d steps, want %d in %d", cells, len(tree.Steps()), tt.cells, tt.steps)
			}
			for range 20000 {
				var square [9]uint8
				for i := range square {
					square[i] = uint8(rng.IntN(tt.states))
				}
				if got, want := tree.Next(&square), tt.next(&square); got != want {
					t.Fatalf("%v becomes %d, want %d", square, got, want)
				}
				if got, want := nextOfColumns(tree.Columns(), &square), tt.next(&square); got != want {
					t.Fatalf("by columns, %v becomes %d, want %d", square, got, want)
				}
			}
		})
	}
}

// nextOfColumns returns what becomes of the centre of a square.
func nextOfColumns(c *Columns, square *[9]uint8) uint8 {
	column := func(x int) Column {
		return c.Numbers[c.Codes[0][square[x]]+c.Codes[1][square[3+x]]+c.Codes[2][square[6+x]]]
	}
	return c.Next(column(0), column(1), column(2))
}

// sumTree returns the tree of the sum of all nine cells, modulo the number of states.
func sumTree(t *testing.T, states int) *Tree {
	t.Helper()
	b := NewTreeBuilder(states)
	below := make([]uint32, states) // by the sum so far
	for s := range below {
		below[s] = uint32(s)
	}
	for level := TreeLevels - 1; level >= 0; level-- {
		nodes := make([]uint32, states)
		for sum := range nodes {
			children := make([]uint32, states)
			for s := range children {
				children[s] = below[(sum+s)%states]
			}
			id, err := b.Node(level, children)
			if err != nil {
				t.Fatal(err)
			}
			nodes[sum] = id
		}
		below = nodes
	}
	return b.Tree(below[0])
}

// TestColumns wants columns of rules that have few enough of them, and none of others.
func TestColumns(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 7))
	for states, want := range map[int]bool{2: true, 27: true, 33: false} {
		tree := sumTree(t, states)
		c := tree.Columns()
		if (c != nil) != want {
			t.Fatalf("%d states: columns %v, want %v", states, c != nil, want)
		}
		if c == nil {
			continue
		}
		for range 20000 {
			var square [9]uint8
			for i := range square {
				square[i] = uint8(rng.IntN(states))
			}
			if got, want := nextOfColumns(c, &square), tree.Next(&square); got != want {
				t.Fatalf("%v becomes %d, want %d", square, got, want)
			}
		}
	}
}

// TestTabular makes rules of trees.
func TestTabular(t *testing.T) {
	t.Parallel()
	copied := treeOf(t, 3, func(s *[9]uint8) uint8 { return s[1] })
	r, err := NewTabular("Copy", copied, Legend{Colors: []int32{-1, 0x123456}, Names: []string{"", "", "two"}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Family() != Tabular || r.States() != 3 || r.String() != "Copy" || r.HasB0() || r.IsIsotropic() {
		t.Errorf("%v rule %s of %d states, B0 %v, isotropic %v", r.Family(), r, r.States(), r.HasB0(), r.IsIsotropic())
	}
	for state, want := range []int32{-1, 0x123456, -1, -1} {
		if got, ok := r.Color(state); ok != (want >= 0) || ok && got != want {
			t.Errorf("colour of state %d: %06X, %v", state, got, ok)
		}
	}
	if r.StateName(2) != "two" || r.StateName(1) != "" || r.StateName(3) != "" || r.StateName(-1) != "" {
		t.Error("wrong names of states")
	}
	next, ok := r.Local()
	if !ok || next(&[9]uint8{1: 2}) != 2 {
		t.Error("the Local is not that of the tree")
	}
	g, err := ParseGrid("T30,20")
	if err != nil {
		t.Fatal(err)
	}
	bounded, err := r.WithGrid(g)
	if err != nil || bounded.String() != "Copy:T30,20" || bounded.Equal(r) || !bounded.Unbounded().Equal(r) {
		t.Errorf("on a grid: %v, %v", bounded, err)
	}
	again := treeOf(t, 3, func(s *[9]uint8) uint8 { return s[1] })
	other := treeOf(t, 3, func(s *[9]uint8) uint8 { return s[7] })
	for _, tt := range []struct {
		name    string
		tree    *Tree
		isEqual bool
	}{{"Copy", again, true}, {"Copied", again, false}, {"Copy", other, false}} {
		o, err := NewTabular(tt.name, tt.tree, Legend{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Equal(o) != tt.isEqual || (r.TreeDigest() == o.TreeDigest()) != (tt.tree == again) {
			t.Errorf("rule %s: equal %v, want %v", tt.name, r.Equal(o), tt.isEqual)
		}
	}
	named, err := NewNamed("Copy", 3)
	if err != nil || r.Equal(named) || named.Equal(r) || named.TreeDigest() != "" {
		t.Error("a rule of which only the name is known equals one with a tree")
	}
}

func TestTabularErrors(t *testing.T) {
	t.Parallel()
	none := treeOf(t, 2, func(*[9]uint8) uint8 { return 0 })
	born := treeOf(t, 2, func(*[9]uint8) uint8 { return 1 })
	for _, tt := range []struct {
		name string
		tree *Tree
		want string
	}{
		{"", none, `name "", want one without blanks and colons`},
		{"a b", none, `name "a b"`},
		{"a:b", none, `name "a:b"`},
		{"X", born, "X makes state 1 of state 0 among its like, want 0"},
	} {
		if _, err := NewTabular(tt.name, tt.tree, Legend{}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %q in it", tt.name, err, tt.want)
		}
	}
	if _, err := ParseGrid("T30,x"); err == nil {
		t.Error("a grid with a height that is no number was taken")
	}
}

// TestTreeSize wants ErrTreeSize of what is too large.
func TestTreeSize(t *testing.T) {
	t.Parallel()
	b := NewTreeBuilder(256)
	children := make([]uint32, 256)
	for i := range maxTreeSize/256 + 1 {
		children[i&255] = uint32(i)
		if _, err := b.Node(0, children); err != nil {
			if !errors.Is(err, ErrTreeSize) {
				t.Errorf("%v, want ErrTreeSize", err)
			}
			return
		}
	}
	t.Error("no error")
}

func BenchmarkTree(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	builder := NewTreeBuilder(8)
	last := []uint32{0, 1, 2, 3, 4, 5, 6, 7}
	for level := TreeLevels - 1; level >= 0; level-- {
		var nodes []uint32
		for range 20 {
			children := make([]uint32, 8)
			for i := range children {
				children[i] = last[rng.IntN(len(last))]
				if TreeCell(level)&1 == 0 && TreeCell(level) != 4 {
					children[i] = children[0]
				}
			}
			id, err := builder.Node(level, children)
			if err != nil {
				b.Fatal(err)
			}
			nodes = append(nodes, id)
		}
		last = nodes
	}
	tree := builder.Tree(last[0])
	var squares [1024][9]uint8
	for i := range squares {
		for k := range squares[i] {
			squares[i][k] = uint8(rng.IntN(8))
		}
	}
	i := 0
	for b.Loop() {
		tree.Next(&squares[i&1023])
		i++
	}
}
