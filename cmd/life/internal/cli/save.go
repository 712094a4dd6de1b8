package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golife/life"
	"golife/life/checkpoint"
	"golife/life/format"
)

// checkOutput returns an error when a pattern cannot be saved as name, which may be a
// template, so that it is found before hours of computing.
func checkOutput(name string) (string, error) {
	if name == "-" {
		return name, nil
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return "", errors.New("found a folder, want a file name")
	case err == nil && !info.Mode().IsRegular():
		return name, nil // such as /dev/null
	}
	if _, err := format.Extension(name); err != nil {
		return "", err
	}
	if err := template(name).check(); err != nil {
		return "", err
	}
	return name, checkFolder(name)
}

// checkFolder returns an error when there is no folder for the file name.
func checkFolder(name string) error {
	folder := filepath.Dir(name)
	switch info, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("no folder %s", folder)
	case err != nil:
		return fmt.Errorf("%s: %w", folder, reason(err))
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder", folder)
	}
	return nil
}

// save writes p to the file name, or to stdout for "-". A file appears whole or
// not at all, and an old one stays until the new one is complete.
func (e *env) save(name string, p *life.Pattern) error {
	if name == "-" {
		return format.Write(e.stdout, ".rle", p)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return writeThrough(name, p)
	}
	write := func(w io.Writer) error { return format.Write(w, name, p) }
	if err := checkpoint.WriteFile(name, write); err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}

// writeThrough writes to what is no regular file, such as a device or a pipe: RLE,
// unless its name tells something else.
func writeThrough(name string, p *life.Pattern) error {
	x, err := format.Extension(name)
	if err != nil {
		x = ".rle"
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err == nil {
		err = errors.Join(format.Write(f, x, p), f.Close())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}
