package rule

// Notation is one way to write a rule, for help texts: Parse reads Example and
// prints it as Canonical.
type Notation struct {
	Example, Canonical string
	Text               string // what the notation is, in half a sentence
}

// Notations lists the notations that Parse understands, by kind. The slice is the
// caller's.
func Notations() []Notation {
	return []Notation{
		{"B3/S23", "B3/S23", "births and survivals by the number of live neighbours"},
		{"b36s125", "B36/S125", "without the slash, in either case"},
		{"23/3", "B3/S23", "without letters survival comes first"},
		{"B2-a3i/S12ek", "B2-a3i/S12ek", "letters for the shape of the neighbours (Hensel); - leaves some out"},
		{"B2/S34H", "B2/S34H", "six neighbours: all but ne and sw"},
		{"B2o/S2m34H", "B2o/S2m34H", "with letters (Callahan): ortho, meta, para"},
		{"B2/S013V", "B2/S013V", "four neighbours: n, e, s and w"},
		{"W110", "W110", "one-dimensional (Wolfram); time runs down the page"},
		{exampleMAP, exampleMAP, "every neighbourhood by itself: MAP and base64, 86, 22 (H) or 6 (V) digits"},
		{"B3/S23|B36/S125", "B3/S23|B36/S125", "two in turn, the first at even generations; also of Generations, or HROT"},
		{"345/2/4", "345/2/4", "Generations: survival/birth/states"},
		{"B2/S345/G4", "345/2/4", "the same, with letters"},
		{"R5,C0,M1,S34..58,B34..45,NM", "R5,C0,M1,S34..58,B34..45,NM", "Larger than Life: range, states, centre, survival, birth, neighbourhood"},
		{"5,34,45,34,58", "R5,C0,M1,S34..58,B34..45,NM", "the same by Evans: range, birth, survival"},
		{"R2,C2,S2-3,B3,NN", "R2,C0,S2-3,B3,NN", "HROT: lists of counts over any neighbourhood"},
		{"LifeHistory", "LifeHistory", "a two-state rule that shows where cells have been, in 7 states"},
		{"B36/S23Super", "B36/S23Super", "with trails, marks and labels, in 26"},
		{"LifeInvestigator", "LifeInvestigator", "with cells that kill, give birth or stay, in 21"},
		{"WireWorld", "WireWorld", "known by name"},
		{"HighLife", "B36/S23", "a nickname"},
	}
}

// exampleMAP is Life as a MAP.
const exampleMAP = "MAPARYXfhZofugWaH7oaIDogBZofuhogOiAaIDogIAAgAAWaH7oaIDogGiA6ICAAIAAaIDogIAAgACAAIAAAAAAAA"

// GridNotations lists the suffixes for bounded grids, as Notations does; each
// follows a rule.
func GridNotations() []Notation {
	return []Notation{
		{":P30,20", ":P30,20", "plane: everything outside is dead"},
		{":T30,20", ":T30,20", "torus: opposite edges are joined"},
		{":T30", ":T30,30", "a square one; 0 is a side without an end"},
		{":T30+5,20", ":T30+5,20", "torus with a shift of 5 over the top edge"},
		{":K30*,20", ":K30*,20", "Klein bottle: the edges with * are joined with a twist"},
		{":C30,20", ":C30,20", "cross-surface: both pairs are"},
		{":S20", ":S20", "sphere: adjacent edges of a square are joined"},
	}
}
