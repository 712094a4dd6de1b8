// Package format reads and writes patterns in all formats that golife knows. It
// tells them apart by content when reading and by file name when writing; the
// formats themselves are in packages of their own, such as rle and macrocell.
//
// # The formats
//
//	name       extensions     known by                             states  size      package
//	rle        .rle .rle.gz   a # line, a header x = …, or tokens  256     ±10^9     golife/rle
//	macrocell  .mc .mc.gz     [                                    256     no limit  macrocell
//
// Both hold rule, generation, position and comments.
//
// # Reading
//
// Read unpacks gzip, looks at the first bytes, and hands the rest to the reader of
// the format. File names do not matter: pattern collections have wrong ones, and
// the standard input has none.
//
// What is no pattern is refused with a line that says what it is: a zip archive, a
// PNG image, a web page. No text is taken for a picture of cells, as Golly takes
// nearly anything. Life 1.05, Life 1.06, MCell and plaintext files are known, but
// not read yet.
//
// Readers are lenient, and report what they had to put up with: WithWarnings and
// WithStrict. Their errors with a place in the input are a *SyntaxError here,
// whatever the format; it wraps the codec's own error.
//
// # Writing
//
// Write goes by the extension of a name, in any letter case. ".gz" behind it
// compresses. Output depends on the pattern alone, so equal patterns are equal
// files.
//
// # More formats
//
// All that this package knows of a format is one entry in one table: its name, its
// extensions, how it is known, a reader and a writer. A format that is only read
// has no writer.
package format
