// Package checkpoint saves how far a run has come in a file, and reads it back: whole
// or not at all.
//
// # The file
//
//	golife checkpoint 1                    the title, with the version of the layout
//	{"digest":…,"rule":…,"from":…,…}       which run it is and how large the tables are, one line of JSON
//	leaves                                 8 bytes each, 64 where there are more than two states
//	nodes of level 4, 5, …                 four numbers of 4 bytes each: nw ne sw se
//	SHA-256 of all before                  32 bytes
//
// The tables are those of a life.Pattern: entry 0, the empty square, is left out, and
// numbers are little-endian. So a file takes 16 bytes a node and is written about as fast as it
// is hashed; universes of any size fit.
//
// # Safety
//
// WriteFile never changes a file in place. It writes another one beside it, has the
// system put it on disk (fsync), gives it the name by rename, and has the folder put on
// disk. Whoever is killed at any instant, or loses power, finds the old file or the new
// one; a temporary file may be left, its name begins with a dot and ends in ".tmp".
//
// Read believes nothing: the title, the version, every number and the checksum must be
// right. ErrForeign is a file that is none of ours, ErrDamaged one that has been cut
// or changed. Memory is bounded by a few times the size of the file.
package checkpoint
