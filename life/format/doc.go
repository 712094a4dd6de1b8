// Package format reads and writes patterns in all formats that golife knows. It
// tells them apart by content when reading and by file name when writing; the
// formats themselves are in packages of their own, such as rle and macrocell.
//
// # The formats
//
//	name       extension  written  states  holds beside cells        size
//	apgcode    .apg       yes      2       nothing                   40,000 cells
//	bmp        .bmp       no       2       nothing                   2^28 pixels
//	gif        .gif       no       2       nothing                   2^28 pixels
//	life105    .lif       yes      2       rule, position, comments  2^32 bytes
//	life106    .life      yes      2       rule, position, comments  2^32 bytes
//	macrocell  .mc        yes      256     all                       no limit
//	mcell      .mcl       no       256     rule, comments            2^62 rows and columns
//	plaintext  .cells     yes      2       all                       2^32 bytes
//	png        .png       no       2       nothing                   2^28 pixels
//	rle        .rle       yes      256     all                       ±10^9
//
// All is rule, position, generation and comments. Describe returns this table, and
// says how each format is known; 'life help formats' is made from it.
//
// # Reading
//
// Read unpacks gzip, zstd and zip archives, looks at the first bytes, and hands the
// rest to the reader of the format. File names do not matter: pattern collections
// have wrong ones, and the standard input has none. An archive must hold one
// pattern, or WithMember says which.
//
// What is no pattern is refused with a line that says what it is: a PDF document, a
// web page, a .rule file. No text is taken for a picture of cells, as Golly takes
// nearly anything, but rows of nothing else than . and O. What the source of a post has
// around a pattern, such as [code] or a fence of ```, is skipped.
//
// Readers are lenient, and report what they had to put up with: WithWarnings and
// WithStrict. Their errors with a place in the input are a *SyntaxError here,
// whatever the format; where a codec has an error of its own, it wraps that.
//
// # Writing
//
// Write goes by the extension of a name, in any letter case. ".gz" and ".zst"
// behind it compress. Output depends on the pattern alone, so equal patterns are
// equal files. A pattern that the format cannot hold is an error before anything is
// written; what it holds beside the cells and the format does not is lost, and Loss
// says so.
//
// # Memory
//
// No reader allocates more than a multiple of its input, unpacked: 64 KiB a byte
// for images, where a byte may stand for 8256 pixels, 8 KiB for MCell, 4 KiB for
// RLE and the other texts, 1 KiB for macrocell, and at most 16 MiB to begin with;
// see the packages. Files that claim more than they hold are refused. Unpacking
// takes 32 MiB at most for zstd; of a zip archive all is read, and of an RLE text
// with a rule file behind the pattern (WithRuleFiles), and of a text in [code], 16 MiB
// at most.
//
// # More formats
//
// All that this package knows of a format is one entry in one table: its
// description, how it is known, a reader and a writer. A format that is only read
// has no writer. Readers of lines of text are made on package codec, and
// lifetest.Codec tests them.
package format
