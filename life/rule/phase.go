package rule

// HasB0 reports whether a dead cell with a dead neighbourhood becomes live; of two rules that
// take turns, whether it does in a generation that has such cells without end.
// False for Generations, which refuse it, and for Named rules.
func (r *Rule) HasB0() bool {
	switch {
	case r.isPair():
		return r.ground != [2]uint8{}
	case r.wide != nil:
		return r.wide.hasB0()
	}
	return r.hasTable && r.table.Next(0) == 1
}

// hasSmax reports whether a live cell with a live neighbourhood survives.
func (r *Rule) hasSmax() bool {
	if r.wide != nil {
		return r.wide.hasSmax()
	}
	return r.hasTable && r.table.Next(511) == 1
}

// Alternates reports whether a rule needs another table at odd generations than at even
// ones, see Phase: two rules that take turns, and rules whose background changes its state in
// every generation, which is B0 without survival in a full neighbourhood.
func (r *Rule) Alternates() bool { return r.isPair() || r.HasB0() && !r.hasSmax() }

// isPair reports whether r is two rules that take turns.
func (r *Rule) isPair() bool { return r.odd != nil || r.oddWide != nil }

// Background returns the true state of the infinite background at even or odd
// generations: 0 for a rule without B0; 1 for B0 with survival in a full
// neighbourhood, where the universe is by convention live from the start; and
// 0 then 1 in turn for B0 without that. Of two rules that take turns, it is dead at even
// generations if they make that of it, and else live from the start.
func (r *Rule) Background(odd bool) uint8 {
	if r.isPair() {
		return r.ground[boolInt(odd)]
	}
	if r.HasB0() && (odd || r.hasSmax()) {
		return 1
	}
	return 0
}

// Phase returns the table that an engine runs at an even or odd generation on
// stored cells. An engine stores a cell as 1 where its true state differs from
// Background, so that the stored background is always 0 and stays 0: entry 0 of
// a Phase table is never set. The true state is stored XOR Background(odd).
//
// With T the truth table, T' that of inverted cells (Reverse) and ¬ for Not:
//
//	rule               even   odd    stored cells are
//	no B0              T      T      the truth
//	two rules in turn  T1     T2     the truth, if neither has B0
//	B0 and Smax        ¬T'    ¬T'    the complement
//	B0 without Smax    ¬T     T'     the truth at even, the complement at odd generations
//
// Of two rules in turn with B0, each table is made of its own rule by what the background is
// before it and after. Smax is survival with every neighbour live. The parity is that of the
// generation counter, so a pattern of an alternating rule that is saved at an
// odd generation must keep its generation. The result is the zero Table for
// families without a Table. Cost: a few instructions, no allocation.
//
// Source: Golly Help, "Emulating B0 rules"; Golly, liferules.cpp, saveRule.
func (r *Rule) Phase(odd bool) Table {
	t := r.table
	switch {
	case odd && r.odd != nil:
		t = *r.odd
	case !r.hasTable && r.odd == nil:
		return t
	}
	if r.Background(odd) == 1 {
		t = t.Reverse()
	}
	if r.Background(!odd) == 1 {
		t = t.Not()
	}
	return t
}
