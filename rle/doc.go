// Package rle reads and writes patterns in RLE (run length encoded) format, the
// one in which most patterns of the Game of Life and its relatives are passed on.
//
// # The format
//
// A file is lines of comments, a header, and the cells as runs:
//
//	#N Glider
//	#O Richard K. Guy, 1969
//	#CXRLE Pos=-1,-1 Gen=0
//	x = 3, y = 3, rule = B3/S23
//	bo$2bo$3o!
//
//	token       meaning                        token      meaning
//	b .         dead                           A … X      states 1 to 24
//	o           state 1                        pA … yO    states 25 to 255: 24·(p=1, q=2, …) + (A=1, …)
//	$           end of row, next row           !          end; what follows is a comment
//	12o  3pA    the token 12 or 3 times        3$         three rows down
//
// Rows go from west to east and from north to south. #N is the name, #O the
// author, #C or #c free text, #r a rule, #P or #R the coordinates of the
// north-west corner. #CXRLE holds Pos, the coordinates again, and Gen, the
// generation, which may have any number of digits; other keys in it are skipped.
//
// Sources: Golly Help, "File Formats"; the readers of Golly 3.3 and 5.0 where
// the Help is silent; LifeWiki, "Run Length Encoded".
//
// # Reading
//
// Decode reads as Golly 3.3 does, the most lenient of readers, but never in
// silence: each deviation in this list is a Warning, or an error WithStrict.
//
//   - no header; a second header (the last counts); blanks before it; a missing
//     comma; text between height and rule
//   - a blank inside the rule ("B3 / S23", which Golly cuts to B3/S), or a comma
//     after it
//   - a byte order mark; #CXRLE after the header; directives, or a header, after
//     the first cells, which are ignored; # inside a line
//   - a count that is 0 or starts with 0, is split by a line end, or is lost by
//     a blank or an unknown character after it
//   - an unknown character; p to y without a second letter, which is state 1
//   - no ! at the end; cells outside the header's size, which are kept; cells
//     outside a bounded grid, which are dropped
//
// Line ends may be CR, LF or CR LF, lines may have any length, letter case does
// not matter in header and rule, and input that is packed with gzip is unpacked,
// whatever its name. Of several rules (#r lines, headers) the last before the
// cells counts; without one it is Life.
//
// Input without a header may hold b, o, $, !, counts and blanks only, and more
// than just letters, so that a text that is no pattern is an error. Other formats
// and binary data are errors that wrap ErrFormat and say what was found.
//
// The north-west corner goes to Pos if there is one, else to the place of #P or
// #R; else, on a bounded grid, the pattern is centred when the header's size
// fits, and put in the grid's corner when not; else it goes to (0, 0).
//
// # Data flow
//
//	bytes ─► gunzip ─► 64 KiB buffer ─► lines: #, header ─► rule, place, comments
//	                              └───► tokens ─► strip of a row ─► life.Builder
//
// The buffer is all that is kept of the input. What programs write – runs of cells inside
// the grid, ends of rows and lines – goes the fast way: runs of up to nine cells, which are
// nearly all in a soup, are looked up by their two bytes, four at a time where there are
// two states, and gathered in a strip: up to 64 words of 64 cells, or 1024 states. A strip
// goes to the Builder at once. All else takes the slow way, token by token, and so does
// everything in the tests, which compare the two. Runs of some hundred cells and more reach
// the Builder as they are, so that a count of 10^18 costs no more than its digits.
//
// Two-state patterns are written by words as well, and lines are broken afterwards.
//
// # Limits
//
//   - Counts, widths and coordinates while reading are int64; what overflows is
//     an error, never a wrong cell. Pos may have 1000 digits.
//   - Decode allocates at most 4 KiB for each byte of (unpacked) input, and comes
//     near half of it only for long runs that are strewn far and wide; a
//     soup takes about 5 bytes for each byte. Of comments it keeps MaxText bytes.
//   - Encode writes what lies within ±10^9, like Golly.
package rle
