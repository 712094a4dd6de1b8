// Package rule reads, names and tabulates the rules of cellular automata.
//
// # What it models
//
// A rulestring such as "B3/S23" says how the next state of a cell follows from
// its own state and its neighbours'. Parse turns any of the notations that
// Golly, LifeViewer and lifelib use into one immutable Rule; Rule.String turns it
// back into the one canonical spelling, which is Golly's.
//
//	family          examples                                   canonical
//	TwoState        B3/S23  S23/B3  23/3  b3s23                B3/S23
//	                B2-a/S12  B2ceikn_S12                      B2-a/S12
//	                B2/S34H (hexagonal)  B2/S013V (v. Neumann) the same
//	                B2o/S2m34H (Callahan)                      the same
//	                W110 (Wolfram, 0 to 255)                   W110
//	                MAPARYXfhZofugWaH7oaIDogBZofuhogO…         the same, without ==
//	                B3/S23|B36/S125 (in turn)                  the same
//	Generations     345/2/4  B2/S345/4  B2/S345/G4  g4b2s345   345/2/4
//	LargerThanLife  R5,C0,M1,S34..58,B34..45,NM                the same
//	                5,34,45,34,58 (Evans)  r5b34t45s34t58      R5,C0,M1,S34..58,B34..45,NM
//	HROT            R2,C2,S2-3,B3,NN  r2b000008s03ff00         R2,C0,S2-3,B3,NN …
//	Named           LifeHistory  B36/S23Super  WireWorld       the same
//	Tabular         a name; NewTabular makes it of a Tree      the same
//
// Nicknames ("HighLife", "day & night") stand for any of these. Case does not
// matter outside a MAP, and blanks are ignored anywhere. Without B and S the
// survival counts come first. A letter after a count restricts it to a class of
// neighbourhoods that are equal but for rotation and reflection (Hensel's
// notation, for six neighbours Callahan's), a minus excludes classes. What no notation explains is a
// SyntaxError with its column and, where it can be guessed, what was meant.
//
// Two rules with a bar between take turns: the first makes generation 1 of generation 0,
// and the others at even generations, the second the rest. Both are two-state rules, or
// Generations rules of as many states, or Larger than Life or HROT rules of as many
// states and one neighbourhood.
//
// # The truth table
//
// Every rule of range 1 becomes a Table of 512 bits. The nine cells of a
// neighbourhood weigh, in reading order,
//
//	+-----+-----+-----+
//	| 256 | 128 |  64 |      NW  N  NE
//	+-----+-----+-----+
//	|  32 |  16 |   8 |      W   C   E
//	+-----+-----+-----+
//	|   4 |   2 |   1 |      SW  S  SE
//	+-----+-----+-----+
//
// and bit i of the table, in word i>>6 at bit i&63, is the next state of the
// centre when the live cells weigh i together. This is also the bit order of a
// MAP over the Moore neighbourhood. Cells outside a smaller neighbourhood are
// don't-cares: the entry is the same with and without them.
//
// The hexagonal neighbourhood leaves out NE and SW. Wolfram's rules look at the
// row above, so that time runs down the page: live cells stay, and a dead cell
// becomes bit 4·NW+2·N+NE of the number.
//
// A MAP over the hexagonal neighbourhood is read in reading order (NW N W C E S
// SE) as Golly's Help and its Generations algorithm have it. Golly's QuickLife
// and HashLife (3.3 and 5.0) read it upside down; Options.GollyHexMAP does as they
// do. The two agree on rules that look the same upside down.
//
// # Other transitions
//
// Rule.Local gives the transition of every rule of range 1 that is understood, also of
// those that no table of two states describes, as a function of the nine states.
//
// # Rules made of two-state ones
//
// A History, Super or Investigator rule does what a two-state rule does, with more to see, or
// to build with. In History rules and Super rules odd states are live and even ones are not:
//
//	live        dies to
//	1 9 11      2 10 12, a trail that stays
//	3 7         4 8, a mark: what is born there is 3 or 7 again
//	5           4
//	13 15 … 25  0
//
// State 6 is a wall: it stays, and the live cells that see it die; under Super rules, 7, 8 and
// all states from 13 on become 0 there. 14 to 24 are labels. 14 lasts for a generation; 16
// becomes 14 when it sees a live cell or a 14; 18, 20 and 22 become 22, 18 and 20 when they see
// a cell in that state; 24 becomes 18 when it sees a live cell, a 14 or an 18.
//
// A cell that is born, but at a mark, takes the state of the live cells that it sees where it
// is one, and from 9 on: a 3 among those without a trail makes no difference, nor does a 7
// among those with one. Else it is 13 where all of them are 7 or from 13 on, and 1 elsewhere.
//
// In Investigator rules 1 is live, and the states from 2 on never change but for 6 and 7, 10
// and 11, 12 and 13, 19 and 20, which become each other. What a cell in state 0 or 1 sees of
// them acts on it, beside that some count as live:
//
//	counts as live      1 2 4 6 8 10 12 15 16; 17 and 19 for births, 18 and 20 for survival
//	kills a 1           2 3 6 7 14 16
//	makes a 1 of a 0    8 9 12 13 14
//	lets none be born   15 16, unless there is a 1 as well
//
// Cells that the two-state rule's neighbourhood leaves out are not seen. Where that rule has B0,
// what is said of live cells is true of those unlike the background, as in Golly; no such rule
// is run whose background changes.
//
// # Birth on nothing
//
// A rule with B0 fills the infinite plane at once, which no engine can store. So
// engines store the cells that differ from the background, and run another table
// on them: Rule.Phase gives it for even and odd generations, Rule.Background the
// state of the background. A rule with B0 that also survives in a full
// neighbourhood lives, by convention, on a background of live cells from the
// start, as in Golly. Odd Wolfram numbers are such rules. The background of other
// B0 rules flashes (Rule.Alternates), and the parity of the generation becomes
// part of the state. Of two rules in turn, the background is dead at even generations
// where both together make it so again, and else live. Table is always the rule as
// written. B0 with more than two states is refused.
//
// # Bounded grids
//
// A suffix such as ":T30,20" bounds the universe: a plane (P), torus (T), Klein
// bottle (K), cross-surface (C) or sphere (S), with shifts and infinite sides.
// See Grid for what the fields mean. Rule.Unbounded and Rule.WithGrid take the
// grid off and put one on.
//
// # Limits
//
//   - 2 to 256 states; range 1 to 500 (250 for triangles, 50 for NG).
//   - A grid has sides of at most 2·10⁹ cells.
//   - Not read: LifeViewer's triangular and tripod range-1 rules, NF, probabilistic, Margolus
//     and PCA rules, and in turn Named and Tabular rules, more than two rules, and two under
//     which the background has period 4. Package loader reads tables and trees from .rule files.
//   - Whether N@ and NW neighbourhoods without symmetry are mirrored by other
//     programs has not been checked; here the first digit is the north-west corner.
//
// # Sources
//
//   - Golly 5.0: Help, and liferules.cpp, generationsalgo.cpp, ltlalgo.cpp,
//     superalgo.cpp and lifealgo.cpp.
//   - LifeViewer build 1384: patterns.js, hrot.js, alias.js.
//   - lifelib and apgsearch, for their own rulestrings.
//   - A. Hensel's isotropic non-totalistic notation, as in LifeWiki.
//   - K. M. Evans, "Larger than Life: it's so nonlinear", thesis, 1996.
package rule
