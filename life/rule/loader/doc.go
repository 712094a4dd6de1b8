// Package loader reads .rule files: the tables and trees by which rules are given whose
// states do what no notation can say.
//
// # What it models
//
// A file has sections, each begun by a line with @ and a name:
//
//	@RULE Name       first; what follows, up to the next section, is about the rule
//	@TABLE           transitions, the first that fits wins; or
//	@TREE            a decision tree; the first of both in the file counts
//	@COLORS          how states look: "state r g b", or "r g b r g b" for a gradient
//	@NAMES           what they are called: "state name"
//
// Other sections, such as @ICONS, are skipped. Colours and names that "Foo-bar.rule" lacks
// are those of "Foo-shared.rule" beside it. Files named .table and .tree hold such a section
// alone. An error says where it is: FILE:LINE.
//
// # Tables
//
//	n_states:8                        2 to 256
//	neighborhood:vonNeumann           or Moore, hexagonal, oneDimensional
//	symmetries:rotate4                each transition stands for its images, too
//	var a={1,2,3}                     variables stand for any of some states
//	0,a,1,a,0,a                       centre, neighbours clockwise from the north; next state
//	012345                            the same for up to 10 states, before the first variable
//
// A variable that occurs twice in a line has the same value in both places. A cell that no
// transition fits keeps its state.
//
//	neighbourhood    symmetries beside none and permute
//	vonNeumann       rotate4 rotate4reflect reflect_horizontal
//	Moore            rotate4 rotate4reflect reflect_horizontal rotate8 rotate8reflect
//	hexagonal        rotate2 rotate3 rotate6 rotate6reflect
//	oneDimensional   reflect
//
// # Compiling
//
// Both kinds become a rule.Tree. Its diagram is made from the root down. What is known of
// a node is the list of what is left of the transitions that fit so far, in their order:
//
//	item    the set of states that it takes in the cell of this level, and the item of the
//	        next level; or, under permute, a set for the centre and a multiset of the sets
//	        that neighbours are to be taken by, of which any may be used that has the state
//
// Equal items are one item. A list has each item once, since the first of equals wins, and
// ends with the first that takes all there is. Nodes with equal lists are one node. So
// the images of a transition need not be counted: a table of permute symmetry with eight
// different neighbours has 8! of them, and its lists are short.
//
// # Finding
//
// A Finder knows where files may be, and gives a parser of rulestrings that looks there for
// a name that rule.Parse does not know, or of which it knows nothing but the name. Slashes
// and backslashes of the name are _ in the name of the file.
//
// # Limits
//
// A table or tree that is so irregular that its diagram has more than 16 million entries
// is an error. B0, a birth among cells in state 0 alone, is one too.
//
// Sources: Golly Help, "RuleLoader", for the format.
package loader
