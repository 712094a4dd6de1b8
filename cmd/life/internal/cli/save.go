package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
	if err := template(name).check(); err != nil {
		return "", err
	}
	return name, checkFile(name)
}

// checkFile returns an error when a pattern cannot be saved as the file name.
func checkFile(name string) error {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return errors.New("found a folder, want a file name")
	case err == nil && !info.Mode().IsRegular():
		return nil // such as /dev/null
	}
	if _, err := format.Extension(name); err != nil {
		return err
	}
	return checkFolder(name)
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
	as := name
	if name == "-" {
		as = ".rle"
	}
	return e.saveAs(context.Background(), name, as, p)
}

// saveAs is save in the format that the extension of as tells. It fails, and leaves
// nothing behind, when ctx is done.
func (e *env) saveAs(ctx context.Context, name, as string, p *life.Pattern) error {
	if name == "-" {
		return format.Write(ctxWriter{ctx, e.stdout}, as, p)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return writeThrough(ctx, name, as, p)
	}
	write := func(w io.Writer) error { return format.Write(ctxWriter{ctx, w}, as, p) }
	if err := checkpoint.WriteFile(name, write); err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}

// warnLoss tells what the file name, in the format that the extension of as tells, does not keep of p.
func (e *env) warnLoss(name, as string, p *life.Pattern) {
	if lost := format.Loss(as, p); len(lost) > 0 {
		e.errorf("%s: warning: not kept: %s", name, strings.Join(lost, ", "))
	}
}

// writeThrough writes to what is no regular file, such as a device or a pipe: RLE,
// unless the name tells something else.
func writeThrough(ctx context.Context, name, as string, p *life.Pattern) error {
	if _, err := format.Extension(as); err != nil {
		as = ".rle"
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err == nil {
		err = errors.Join(format.Write(ctxWriter{ctx, f}, as, p), f.Close())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}
