package rule

import "slices"

// Columns is the transition of a Tree, looked up by whole columns of a square. A column is a
// number, the sum of the codes of its three cells, and means something else in each place:
//
//	west    the node of the diagram that it leads to from the root
//	middle  which one of the classes of columns that lead from every such node to the same one
//	east    likewise, from every node that two columns lead to
//
// So the next states of cells that lie beside each other take one number a cell and two
// small tables: those of Langton's loops, 8 states, have 4,096 entries and 1,392.
type Columns struct {
	Codes   [3][256]uint32 // of the cells of a column, from the north; 0 for states that the rule lacks
	Numbers []Column       // what a column is, by its number
	Middle  []uint32       // by West of one column and Middle of the next
	Out     []uint8        // the next state of the centre, by that and East of the third
}

// Column is what a column is in each place: see Columns.
type Column struct {
	West         uint32
	Middle, East uint16
}

// Next returns the next state of the centre of three columns. Cost: some 2 ns.
func (c *Columns) Next(west, middle, east Column) uint8 {
	return c.Out[c.Middle[west.West+uint32(middle.Middle)]+uint32(east.East)]
}

// Bounds of Columns: of their number, and of that times the nodes that they are followed from, which
// take some milliseconds.
const (
	maxColumns = 1 << 16
	maxFollow  = 1 << 21
)

// columns returns the diagram's Columns, or nil where there would be too many; classes are those
// of each level.
func (d *diagram) columns(class *[TreeLevels][]uint32) *Columns {
	c := &Columns{}
	var states [3][]uint8 // of each code, one that has it
	count := 1
	for row := 2; row >= 0; row-- {
		states[row] = c.code(row, class, count)
		count *= len(states[row])
	}
	if count > maxColumns || count*(d.nodes(3)+d.nodes(6)) > maxFollow {
		return nil
	}
	c.Numbers = make([]Column, count)
	d.follow(0, &states, func(i int, ends []uint32) { c.Numbers[i].West = ends[0] })
	middle, east := followers{}, followers{}
	d.follow(3, &states, func(i int, ends []uint32) { c.Numbers[i].Middle = middle.class(ends) })
	d.follow(6, &states, func(i int, ends []uint32) { c.Numbers[i].East = east.class(ends) })
	width := len(middle.classes)
	for i := range c.Numbers {
		c.Numbers[i].West *= uint32(width)
	}
	c.Middle = make([]uint32, d.nodes(3)*width)
	for m, ends := range middle.classes {
		for node, next := range ends {
			c.Middle[node*width+m] = next * uint32(len(east.classes))
		}
	}
	c.Out = make([]uint8, d.nodes(6)*len(east.classes))
	for e, ends := range east.classes {
		for node, state := range ends {
			c.Out[node*len(east.classes)+e] = uint8(state)
		}
	}
	return c
}

// code gives the cells of a row of columns their codes, multiples of a weight: the same to states
// that no column tells apart there. It returns a state for each code.
func (c *Columns) code(row int, class *[TreeLevels][]uint32, weight int) (states []uint8) {
	numbers := map[[3]uint32]uint32{}
	for s := range class[row] {
		key := [3]uint32{class[row][s], class[row+3][s], class[row+6][s]}
		n, ok := numbers[key]
		if !ok {
			n = uint32(len(states))
			numbers[key], states = n, append(states, uint8(s))
		}
		c.Codes[row][s] = n * uint32(weight)
	}
	return states
}

// follow calls do for each column, in the order of their numbers, with the nodes, or states, that it
// leads to from each node of a level. states are those of its cells.
func (d *diagram) follow(level int, states *[3][]uint8, do func(column int, ends []uint32)) {
	var ends [4][]uint32 // behind as many cells
	for i := range ends {
		ends[i] = make([]uint32, d.nodes(level))
	}
	for node := range ends[0] {
		ends[0][node] = uint32(node)
	}
	column := 0
	var down func(row int)
	down = func(row int) {
		if row == 3 {
			do(column, ends[3])
			column++
			return
		}
		children := d.levels[level+row]
		for _, s := range states[row] {
			for i, node := range ends[row] {
				ends[row+1][i] = children[int(node)*d.states+int(s)]
			}
			down(row + 1)
		}
	}
	down(0)
}

// followers classes columns by what they lead to.
type followers struct {
	numbers map[uint64][]uint16 // of classes, by a hash of what they lead to
	classes [][]uint32
}

// class returns the number of the class of columns that lead to the same ends.
func (f *followers) class(ends []uint32) uint16 {
	hash := uint64(0)
	for _, e := range ends {
		hash = mix(hash, e)
	}
	for _, n := range f.numbers[hash] {
		if slices.Equal(f.classes[n], ends) {
			return n
		}
	}
	if f.numbers == nil {
		f.numbers = map[uint64][]uint16{}
	}
	n := uint16(len(f.classes))
	f.numbers[hash] = append(f.numbers[hash], n)
	f.classes = append(f.classes, slices.Clone(ends))
	return n
}
