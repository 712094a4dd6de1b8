package rule

// Family tells which kind of automaton a rule describes, and so which engines
// can run it.
type Family uint8

// The families of rules that Parse recognises.
const (
	TwoState       Family = iota // two states, range 1: a Table says everything, or two in turn
	Generations                  // a two-state Table plus dying states
	LargerThanLife               // intervals of counts over a large neighbourhood (LtL and Evans notation): see Wide
	HROT                         // lists of counts over a large neighbourhood: see Wide
	Named                        // known by name alone: WireWorld, LifeHistory and their like
	Tabular                      // given by a Tree, such as from a .rule file: see NewTabular
)

// String returns the name of the family in lower case.
func (f Family) String() string {
	names := [...]string{"two-state", "Generations", "Larger than Life", "HROT", "named", "table"}
	if int(f) < len(names) {
		return names[f]
	}
	return "unknown"
}

// Neighborhood tells which cells of the 3×3 square a two-state or Generations
// rule looks at.
type Neighborhood uint8

// The range-1 neighbourhoods.
const (
	Moore      Neighborhood = iota // all eight neighbours
	VonNeumann                     // N, E, S and W
	Hexagonal                      // all but NE and SW
	Row                            // NW, N and NE: Wolfram's one-dimensional rules, time runs down the page
)

// Rule is one parsed rule. It is immutable: all methods may be called from any
// goroutine. The zero Rule is not valid; Parse makes rules.
type Rule struct {
	family   Family
	states   int
	nbhd     Neighborhood
	table    Table
	hasTable bool     // that table says it all
	odd      *Table   // of odd generations, where two rules take turns; table is of even ones
	ground   [2]uint8 // the background at even and odd generations, where two rules take turns
	name     string   // canonical, without the grid suffix
	grid     Grid     // zero when unbounded
	wide     *Wide    // LargerThanLife and HROT
	oddWide  *Wide    // of odd generations, where two of these take turns
	base     *Rule    // Named rules made of a two-state rule
	tree     *Tree    // Tabular
	legend   *Legend
}

// Family returns the kind of automaton.
func (r *Rule) Family() Family { return r.family }

// States returns the number of cell states, 2 to 256.
func (r *Rule) States() int { return r.states }

// Neighborhood returns the range-1 neighbourhood of a TwoState or Generations
// rule; Moore for other families.
func (r *Rule) Neighborhood() Neighborhood { return r.nbhd }

// Table returns the truth table of a TwoState rule, or the birth (C=0) and
// survival (C=1) table of a Generations rule. It is the rule as written, also
// for B0 rules; what an engine should run is Phase. The second result is false
// for other families, and for two rules that take turns.
func (r *Rule) Table() (Table, bool) { return r.table, r.hasTable }

// Name returns the canonical rulestring without the grid, as Golly prints it.
func (r *Rule) Name() string { return r.name }

// String returns the canonical rulestring with the grid, such as
// "B3/S23:T30,20". Parse reads it back to an Equal rule.
func (r *Rule) String() string { return r.name + r.grid.String() }

// Equal reports whether r and o are the same automaton on the same grid. The
// spelling does not matter for two-state and Generations rules: a MAP may equal a B/S rule.
// Others are equal when their canonical names are, and their Trees; how
// states look does not matter.
func (r *Rule) Equal(o *Rule) bool {
	if r.family != o.family || r.states != o.states || r.grid != o.grid {
		return false
	}
	if r.hasTable && o.hasTable {
		return r.table == o.table
	}
	if r.odd != nil && o.odd != nil {
		return r.table == o.table && *r.odd == *o.odd
	}
	if r.tree != nil && r.tree != o.tree && r.tree.digest != o.tree.digest { // of one family: o has one too
		return false
	}
	return r.name == o.name
}

// IsIsotropic reports whether the rule's Table is unchanged by the eight
// rotations and reflections of the square: true for every B/S and Hensel rule
// of the Moore and von Neumann neighbourhoods, false for hexagonal and Wolfram
// rules but for degenerate ones. False for families without a Table.
func (r *Rule) IsIsotropic() bool { return r.hasTable && r.table.IsIsotropic() }
