package cli

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"

	"golife/life"
	"golife/life/format"
	"golife/life/record"
)

// checkOutput returns an error when a pattern cannot be saved as name, so that
// it is found before hours of computing.
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

// numbered returns name with a generation before its extension.
func numbered(name string, generation *big.Int) string {
	x, err := format.Extension(name)
	switch {
	case record.Is(name):
		x = filepath.Ext(name)
	case err != nil:
		return name
	}
	return fmt.Sprintf("%s.%v%s", strings.TrimSuffix(name, x), generation, x)
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
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	write := func(w io.Writer) error { return format.Write(w, name, p) }
	if err := writeAtomic(name, write); err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}

// writeThrough writes to what is no regular file, such as a device or a pipe.
func writeThrough(name string, p *life.Pattern) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err == nil {
		err = errors.Join(format.Write(f, name, p), f.Close())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}

// writeAtomic writes a temporary file beside name and renames it.
func writeAtomic(name string, write func(io.Writer) error) (err error) {
	mode := fs.FileMode(0o666) // less the umask
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	temp := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"."+rand.Text()[:8]+".tmp")
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(temp)
		}
	}()
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(temp, name)
}
