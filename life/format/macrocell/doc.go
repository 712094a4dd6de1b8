// Package macrocell reads and writes patterns in macrocell (.mc) format: the
// quadtree of a pattern, each distinct square once. It holds patterns of any size
// and is short for regular ones; a file of 30 KB may stand for 10^8 cells.
//
// # The format
//
//	[M2] (golly 3.3)          the title: the file is a macrocell file
//	#R B3/S23                 the rule; without this line it is Life
//	#G 120                    the generation, any number of digits
//	#C Two gliders            a comment
//	$$$$$$$.*$                node 1, a leaf: a picture of 8×8 cells
//	..*$***$                  node 2, another
//	4 0 1 0 2                 node 3: level nw ne sw se
//	5 3 0 0 3                 node 4, the last one: the pattern
//
// Nodes are numbered from 1 by the lines they stand on, # lines left out. A node
// of level k is a square of side 2^k; its children are earlier nodes of level k−1,
// or 0 for an empty square.
//
// In a picture * is a live cell, . a dead one, and $ ends a row; dead cells at the
// end of a row and empty rows at the end may be left out. Where the rule has more
// than two states, leaves are 2×2 squares, nodes of level 1 with four states in the
// place of children:
//
//	1 0 1 2 0                 level 1: the states nw ne sw se
//
// Sources: Golly Help, "File Formats"; the reader and the writer of Golly 3.3 where
// the Help is silent, tried one by one.
//
// # Where the cells are
//
// The last node is centred, but not like a life.Pattern: the first cell of its se
// child is (0, 1), not (0, 0). So a node of level k covers
//
//	x from −2^(k−1) to 2^(k−1)−1        y from −2^(k−1)+1 to 2^(k−1)
//
// and a pattern is moved by one row on its way in and out.
//
// # Timelines
//
// A recording of equal steps has one line for the whole and one after the node of
// each frame; frame i is generation START + i·BASE^EXPONENT.
//
//	#FRAMES 5 0 2^3           COUNT START BASE^EXPONENT, or a number in place of the last
//	#FRAME 0 3                INDEX NODE
//
// The current generation is #G, and its node follows the frames. Golly leaves that
// node out where it equals a frame, so when no node follows the frames, the one
// whose generation is #G is meant, or the last without #G. Decode returns the
// current generation, DecodeTimeline all of them. Encode writes no timeline.
//
// # Reading
//
// Decode reads as Golly 3.3 does, and a little more, but never in silence: each
// deviation in this list is a Warning, or an error WithStrict.
//
//   - a byte order mark; a title other than [M2]; blanks before a line
//   - text after the rule, or a blank in it ("B3 / S23", which Golly cuts to B3/S);
//     #R without a rule; #R or #G without a blank, which is a comment
//   - dead cells outside of a leaf's 8×8; more than eight $; text after a leaf
//   - text after a node, other than a sixth number
//   - leaves of 2×2 states under a rule of two states, pictures under one of more
//   - a last node that has not the highest level
//   - a second #FRAMES line, or one with another number of frames than there are
//
// Everything else is an error with line and column: a child that does not come
// before its node or has not the level below it, a state that the rule lacks, a
// live cell outside of its leaf, what is no number.
//
// Line ends may be CR, LF or CR LF, blank lines may stand anywhere, and input that
// is packed with gzip is unpacked, whatever its name. Lines that begin with # are
// obeyed where they stand; of several #R or #G the last counts. Such lines other
// than #R, #G, #FRAMES and #FRAME are comments: "#N text" has the key N. A file
// without nodes is an empty pattern, and equal nodes may be written twice.
//
// # Data flow
//
//	bytes ─► gunzip ─► 64 KiB buffer ─► lines ─► tables of nodes, one a level
//	                                                  │ pairs of squares
//	                                    life.Builder ◄┘ one row further south
//
// A square of the moved tree depends on a square of the file and on the last row of
// the one north of it. So the pairs of neighbours that occur are listed, level by
// level from the top, and the squares are built from the leaves up: each is hashed
// once, in the Builder. Encode does the same the other way.
//
// # Limits
//
//   - A file may have 2^32−1 nodes, levels up to 2^31−1, and increments between
//     frames up to 2^65536. Of comments Decode keeps MaxText bytes.
//   - Moved by a row, a tree of n nodes usually has about n nodes, but one made for
//     it has n². Decode stops with ErrTooManyNodes at 32·n + 65536 of them; see
//     WithMaxNodes.
//   - So Decode allocates at most 1 KiB for each byte of (unpacked) input, and 16 MiB;
//     a soup takes about 5 bytes for each byte.
//   - Cells outside the bounded grid of a rule are an error, life.ErrOutOfRange.
package macrocell
