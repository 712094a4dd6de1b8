package format

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golife/life"
	"golife/life/format/apgcode"
	"golife/life/format/bitmap"
	"golife/life/format/codec"
	"golife/life/format/life105"
	"golife/life/format/life106"
	"golife/life/format/macrocell"
	"golife/life/format/mcell"
	"golife/life/format/plaintext"
	"golife/rle"
)

// Format is the name of a file format, one of Names.
type Format = codec.Format

// The formats that Read knows. Those from BMP on are not written.
const (
	RLE       Format = "rle"
	Macrocell Format = "macrocell"
	Plaintext        = plaintext.Name
	Life105          = life105.Name
	Life106          = life106.Name
	Apgcode          = apgcode.Name
	BMP              = bitmap.BMP
	GIF              = bitmap.GIF
	MCell            = mcell.Name
	PNG              = bitmap.PNG
)

// ErrExtension says that a file name does not tell a format that can be written.
var ErrExtension = errors.New("unknown extension")

// Description is what a format is and what it can hold.
type Description struct {
	Name       Format
	Title      string   // in a few words
	Extensions []string // of file names, the usual one first
	Sign       string   // how a file is known, whatever its name
	Size       string   // how far cells may be from the origin, or how many they may be
	States     int      // the most cell states
	IsWritten  bool     // Write knows it; all formats are read

	HasRule, HasPosition, HasGeneration, HasComments bool // what beside the cells it holds
}

// entry is one row of the table of formats: how to know it, and what can be done
// with it. A format that is known and not read has no plain and no decode, one that is
// not written no encode. The linker lays the table out: no call makes a part of it.
type entry struct {
	Description
	what   string            // for messages about what is not read
	begins []string          // a file that begins with one of these is meant for this entry
	is     func(h head) bool // so is one of which this is true; nil for none
	plain  func(io.Reader, codec.Options) (*life.Pattern, error)
	decode func(io.Reader, *options, *Info) (*life.Pattern, error) // what plain is not enough for
	encode func(io.Writer, *life.Pattern) error
}

// table lists all formats, and what is taken for one by mistake, in the order in
// which they are tried: first come those with the longest and surest signs, and
// RLE, of which nearly any text could be a part, is last.
//
// A new format is one more entry.
var table = []entry{
	// These are no text.
	{what: "a zip archive; unpack it first", begins: zipMagics},
	{what: "gzip inside gzip; unpack it first", begins: []string{gzMagic}},
	{what: "a bzip2 file; unpack it first", begins: []string{"BZh"}},
	{what: "an xz file; unpack it first", begins: []string{"\xFD7zXZ\x00"}},
	{what: "a zstd file; unpack it first", begins: []string{zstMagic}},
	{what: "a 7-zip archive; unpack it first", begins: []string{"7z\xBC\xAF\x27\x1C"}},
	{
		Description: Description{
			Name: PNG, Title: "PNG image", Extensions: []string{".png"}, Sign: "its first 8 bytes",
			Size: "2^28 pixels", States: 2,
		},
		begins: []string{"\x89PNG\r\n\x1A\n"}, plain: bitmap.Decode,
	},
	{
		Description: Description{
			Name: GIF, Title: "GIF image", Extensions: []string{".gif"}, Sign: "GIF87a or GIF89a",
			Size: "2^28 pixels", States: 2,
		},
		begins: []string{"GIF87a", "GIF89a"}, plain: bitmap.Decode,
	},
	{
		Description: Description{
			Name: BMP, Title: "BMP image", Extensions: []string{".bmp"}, Sign: "BM and a header",
			Size: "2^28 pixels", States: 2,
		},
		is: head.isBMP, plain: bitmap.Decode,
	},
	{what: "a JPEG image", begins: []string{"\xFF\xD8\xFF"}},
	{what: "a TIFF image", begins: []string{"II*\x00", "MM\x00*"}},
	{what: "a PDF document", begins: []string{"%PDF-"}},
	{what: "UTF-16 text, want ASCII or UTF-8", begins: []string{"\xFF\xFE", "\xFE\xFF"}},
	{what: "binary data", is: head.isBinary},

	// These are text.
	{what: "markup such as HTML", begins: []string{"<"}},
	{what: "a .rule file, want a pattern", begins: []string{"@RULE"}},
	{
		Description: Description{
			Name: Life106, Title: "Life 1.06", Extensions: []string{".life"}, Sign: "#Life 1.06",
			Size: "2^32 bytes", States: 2, IsWritten: true, HasRule: true, HasPosition: true, HasComments: true,
		},
		is: func(h head) bool { return life106.IsHead(h) }, plain: life106.Decode, encode: life106.Encode,
	},
	{
		Description: Description{
			Name: Life105, Title: "Life 1.05", Extensions: []string{".lif"}, Sign: "#Life, or #P and rows of . and *",
			Size: "2^32 bytes", States: 2, IsWritten: true, HasRule: true, HasPosition: true, HasComments: true,
		},
		is: func(h head) bool { return life105.IsHead(h) }, plain: life105.Decode, encode: life105.Encode,
	},
	{
		Description: Description{
			Name: MCell, Title: "MCell", Extensions: []string{".mcl"}, Sign: "#MCell",
			Size: "2^62 rows and columns", States: 256, HasRule: true, HasComments: true,
		},
		begins: []string{"#MCell"}, plain: mcell.Decode,
	},
	{
		Description: Description{
			Name: Macrocell, Title: "macrocell", Extensions: []string{".mc"}, Sign: "[M",
			Size: "no limit", States: 256, IsWritten: true, HasRule: true, HasPosition: true, HasGeneration: true, HasComments: true,
		},
		begins: []string{"[M"}, decode: decodeMacrocell, encode: macrocell.Encode,
	},
	{
		Description: Description{
			Name: Apgcode, Title: "apgcode", Extensions: []string{".apg"}, Sign: "xs, xp, xq or xg, a number and _",
			Size: "40,000 cells", States: 2, IsWritten: true,
		},
		is: func(h head) bool { return apgcode.IsHead(h) }, plain: apgcode.Decode, encode: encodeApgcode,
	},
	{
		Description: Description{
			Name: Plaintext, Title: "plaintext, dblife", Extensions: []string{".cells"}, Sign: "!, or nothing but rows of . and O",
			Size: "2^32 bytes", States: 2, IsWritten: true, HasRule: true, HasPosition: true, HasGeneration: true, HasComments: true,
		},
		is: func(h head) bool { return plaintext.IsHead(h) }, plain: plaintext.Decode, encode: plaintext.Encode,
	},
	{
		Description: Description{
			Name: RLE, Title: "run length encoded", Extensions: []string{".rle"}, Sign: "a # line, a header x = …, or tokens",
			Size: "±10^9", States: 256, IsWritten: true, HasRule: true, HasPosition: true, HasGeneration: true, HasComments: true,
		},
		is: head.isRLE, decode: decodeRLE, encode: rle.Encode,
	},
}

// isMeant reports whether a file with this beginning is meant for the entry.
func (e *entry) isMeant(h head) bool {
	return h.beginsWith(e.begins) || e.is != nil && e.is(h)
}

// isRead reports whether there is a decoder.
func (e *entry) isRead() bool { return e.plain != nil || e.decode != nil }

// decodeFrom calls the decoder.
func (e *entry) decodeFrom(r io.Reader, o *options, info *Info) (*life.Pattern, error) {
	if e.plain != nil {
		return e.plain(r, o.Options)
	}
	return e.decode(r, o, info)
}

// packings are the extensions that follow that of a compressed file.
var packings = []string{".gz", ".zst"}

// Describe returns the formats that can be read, sorted by name. The caller must
// not change what the descriptions hold.
func Describe() []Description {
	var all []Description
	for _, e := range table {
		if e.isRead() {
			all = append(all, e.Description)
		}
	}
	slices.SortFunc(all, func(a, b Description) int { return strings.Compare(string(a.Name), string(b.Name)) })
	return all
}

// Names returns the names of the formats that can be read, sorted.
func Names() []string {
	var names []string
	for _, d := range Describe() {
		names = append(names, string(d.Name))
	}
	return names
}

// Extensions returns the endings of file names that Write knows, sorted. Each may
// be followed by one of Packings.
func Extensions() []string {
	var all []string
	for _, d := range Describe() {
		if d.IsWritten {
			all = append(all, d.Extensions...)
		}
	}
	slices.Sort(all)
	return all
}

// IsPattern reports whether a file name ends as those of a format do that Read knows,
// images and archives excepted, which most often are something else.
func IsPattern(name string) bool {
	plain, _ := cutPacking(strings.ToLower(name))
	return slices.ContainsFunc(Describe(), func(d Description) bool {
		isImage := d.Name == PNG || d.Name == GIF || d.Name == BMP
		return !isImage && slices.ContainsFunc(d.Extensions, func(x string) bool { return strings.HasSuffix(plain, x) })
	})
}

// Packings returns the endings that a compressed file has behind that of its
// format: .gz and .zst.
func Packings() []string { return slices.Clone(packings) }

// Extension returns the ending of a file name that tells Write what to do, as it
// stands in name: for "run.7.MC.gz" it is ".MC.gz". Letter case does not matter.
// The error wraps ErrExtension and lists what Write knows.
func Extension(name string) (string, error) {
	_, x, err := byName(name)
	return x, err
}

// ExtensionFor returns the extension that tells Write of a format, which is given
// by its name or extension, with a packing or without: "macrocell", "mc" and ".mc"
// give ".mc", "rle.gz" gives ".rle.gz". The error wraps ErrExtension.
func ExtensionFor(word string) (string, error) {
	plain, packing := cutPacking(strings.ToLower(word))
	for _, d := range Describe() {
		if !d.IsWritten {
			continue
		}
		if plain == string(d.Name) || slices.Contains(d.Extensions, plain) || slices.Contains(d.Extensions, "."+plain) {
			return d.Extensions[0] + packing, nil
		}
	}
	var names []string
	for _, d := range Describe() {
		if d.IsWritten {
			names = append(names, string(d.Name))
		}
	}
	return "", fmt.Errorf("%w %q, want one of %s, or an extension such as %s", ErrExtension, word, strings.Join(names, " "), ".rle.gz")
}

// cutPacking splits the ending of a compressed file off a name.
func cutPacking(name string) (plain, packing string) {
	for _, x := range packings {
		if n := len(name) - len(x); n >= 0 && strings.EqualFold(name[n:], x) {
			return name[:n], name[n:]
		}
	}
	return name, ""
}

// byName returns the entry for a file name, and the extension in it.
func byName(name string) (*entry, string, error) {
	plain, _ := cutPacking(name)
	for i := range table {
		for _, x := range table[i].Extensions {
			n := len(plain) - len(x)
			if table[i].encode != nil && n >= 0 && strings.EqualFold(plain[n:], x) {
				return &table[i], name[n:], nil
			}
		}
	}
	return nil, "", fmt.Errorf("%w in %q, want one of %s, each also with %s",
		ErrExtension, name, strings.Join(Extensions(), " "), strings.Join(packings, " or "))
}
