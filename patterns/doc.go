// Package patterns is the embedded pattern library: a few hundred kilobytes of
// RLE files in folders by kind, with an index of what each one is, who found it
// and what was measured on it.
//
// # What it models
//
// A pattern is one RLE file and one line of index.tsv with the same name:
//
//	index.tsv                      one line a pattern, tab-separated, sorted by kind and name
//	oscillators/pulsar.rle         the cells, with comments for a reader
//	giants/NAME.rle.gz             the same, compressed, for large patterns
//
// Everything that the index claims about a pattern is computed again by the
// tests: still lifes stay, oscillators have exactly their period, spaceships
// exactly their displacement, guns and puffers their growth, methuselahs their
// lifespan, and every "population@generation" pair its population.
//
// # How to add a pattern
//
//  1. Write KIND/NAME.rle (lower case, words joined by hyphens). Comment lines:
//     #N title, #O discoverer and year as far as they are known, #C what it is
//     and what to look at, in your own words.
//  2. Add its line to index.tsv, by kind and then name. The first line names the
//     columns; README.md says what each one means. A year or discoverer that is
//     not known stays empty.
//  3. Run go test ./patterns -update. It rewrites the file in canonical form.
//  4. Run go test ./patterns. A wrong claim fails with what was measured.
//
// # Limits
//
// The files together stay below 1.5 MB. Nothing is parsed before the first call,
// and a pattern's cells only by Entry.Pattern.
package patterns
