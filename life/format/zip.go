package format

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"

	"golife/life"
)

// zipMagics are the first bytes of zip archives: with files, without, in parts.
var zipMagics = []string{"PK\x03\x04", "PK\x05\x06", "PK\x07\x08"}

// isZip reports whether input that begins with magic is a zip archive.
func isZip(magic []byte) bool { return head(magic).beginsWith(zipMagics) }

// maxMembers bounds how many files of an archive are looked at.
const maxMembers = 10_000

// ArchiveError says that a zip archive does not hold one pattern, or not the one
// that was asked for.
type ArchiveError struct {
	Msg     string   // what was found and what was wanted
	Members []string // the patterns in the archive
}

// Error returns a line that names the patterns, unless there are many.
func (e *ArchiveError) Error() string {
	const most = 8
	names := e.Members
	more := ""
	if len(names) > most {
		names, more = names[:most], ", …"
	}
	if len(names) == 0 {
		return e.Msg
	}
	return e.Msg + ": " + strings.Join(names, ", ") + more
}

// readZip reads the pattern in an archive.
func readZip(r io.Reader, o *options, info *Info) (*life.Pattern, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read: %w", cutShort(err))
	}
	info.Packing = ".zip" + info.Packing
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &ArchiveError{Msg: "found a zip archive that cannot be read: " + strings.TrimPrefix(err.Error(), "zip: ")}
	}
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	f, err := choose(z, o.member)
	if err != nil {
		return nil, err
	}
	info.Member = f.Name
	if err := o.readRules(z); err != nil {
		return nil, err
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("zip archive: %s: %w", f.Name, err)
	}
	defer in.Close()
	p, err := read(bufio.NewReaderSize(in, bufferSize), o, info)
	if err != nil {
		return nil, fmt.Errorf("%s in the archive: %w", f.Name, err)
	}
	return p, nil
}

// maxRules bounds the rule files of an archive that are read, in bytes.
const maxRules = 16 << 20

// readRules passes the rule files of an archive on.
func (o *options) readRules(z *zip.Reader) error {
	if o.onRule == nil {
		return nil
	}
	left := int64(maxRules)
	for _, f := range z.File {
		if !strings.EqualFold(path.Ext(f.Name), ".rule") || f.FileInfo().IsDir() || isHidden(f.Name) {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return fmt.Errorf("zip archive: %s: %w", f.Name, err)
		}
		data, err := io.ReadAll(io.LimitReader(in, left+1))
		in.Close()
		if err != nil {
			return fmt.Errorf("zip archive: %s: %w", f.Name, err)
		}
		if left -= int64(len(data)); left < 0 {
			return &ArchiveError{Msg: fmt.Sprintf("found more than %d bytes of .rule files in a zip archive, want less", int64(maxRules))}
		}
		o.onRule(path.Base(f.Name), data)
	}
	return nil
}

// choose returns the file of an archive to read.
func choose(z *zip.Reader, name string) (*zip.File, error) {
	if len(z.File) > maxMembers {
		return nil, &ArchiveError{Msg: fmt.Sprintf("found a zip archive of %d files, want at most %d", len(z.File), maxMembers)}
	}
	if name != "" {
		return chooseNamed(z, name)
	}
	var all []*zip.File
	for _, f := range z.File {
		if isPattern(f) {
			all = append(all, f)
		}
	}
	if len(all) == 1 {
		return all[0], nil
	}
	if len(all) == 0 {
		return nil, &ArchiveError{Msg: fmt.Sprintf("found a zip archive of %d files without a pattern, want one", len(z.File))}
	}
	return nil, &ArchiveError{fmt.Sprintf("found a zip archive of %d patterns, want the name of one", len(all)), names(all)}
}

// names returns the names of files.
func names(files []*zip.File) (all []string) {
	for _, f := range files {
		all = append(all, f.Name)
	}
	return all
}

// chooseNamed returns the file of this name, or the only one whose name ends so.
func chooseNamed(z *zip.Reader, name string) (*zip.File, error) {
	var all, patterns []*zip.File
	for _, f := range z.File {
		if f.Name == name && !f.FileInfo().IsDir() {
			return f, nil
		}
		if strings.HasSuffix(f.Name, "/"+name) && !isHidden(f.Name) {
			all = append(all, f)
		}
	}
	if len(all) == 1 {
		return all[0], nil
	}
	if len(all) > 1 {
		return nil, &ArchiveError{fmt.Sprintf("found %d files of the name %s in the zip archive, want one", len(all), name), names(all)}
	}
	for _, f := range z.File {
		if isPattern(f) {
			patterns = append(patterns, f)
		}
	}
	return nil, &ArchiveError{fmt.Sprintf("found no %s in the zip archive, want one of the patterns in it", name), names(patterns)}
}

// isHidden reports whether a file is one that systems put beside others.
func isHidden(name string) bool {
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".")
}

// isPattern reports whether a file in an archive is a pattern that can be read.
func isPattern(f *zip.File) bool {
	if f.FileInfo().IsDir() || isHidden(f.Name) {
		return false
	}
	in, err := f.Open()
	if err != nil {
		return false
	}
	defer in.Close()
	start, _ := io.ReadAll(io.LimitReader(in, SniffSize))
	if bytes.HasPrefix(start, []byte(gzMagic)) || bytes.HasPrefix(start, []byte(zstMagic)) {
		return true // as it would be in a folder
	}
	_, err = Sniff(start)
	return err == nil
}
