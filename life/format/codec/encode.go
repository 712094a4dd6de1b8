package codec

import (
	"fmt"
	"slices"
	"strings"

	"golife/life"
)

// Lines returns the lines of a comment's text, at least one. CR, LF and CR LF each
// end a line, and a NUL byte becomes U+FFFD.
func Lines(text string) []string {
	plain := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD")
	return strings.Split(plain.Replace(text), "\n")
}

// CheckTwoState returns an error that wraps life.ErrState when a cell of p is in
// another state than 0 and 1, which the format cannot hold.
func CheckTwoState(f Format, p *life.Pattern) error {
	for i := range p.States() {
		if m := slices.Max(p.States()[i][:]); m > 1 {
			return fmt.Errorf("%s: cell in state %d, want 0 or 1; rle and macrocell can hold it: %w", f, m, life.ErrState)
		}
	}
	return nil
}

// Extent returns the bounding box of p's cells, which is empty at the origin when
// there are none. The error wraps life.ErrOutOfRange when a corner, the width or
// the height does not fit int64.
func Extent(f Format, p *life.Pattern) (life.Rect, error) {
	b, ok := p.Bounds()
	if !ok {
		return life.Rect{}, nil
	}
	r, ok := b.Rect()
	if !ok || !b.Width().IsInt64() || !b.Height().IsInt64() {
		return r, fmt.Errorf("%s: pattern of %v, want within int64; macrocell can hold it: %w", f, b, life.ErrOutOfRange)
	}
	return r, nil
}

// CheckSize returns an error that wraps life.ErrOutOfRange when a file would have
// more than MaxFile bytes.
func CheckSize(f Format, bytes float64) error {
	if bytes > MaxFile {
		return fmt.Errorf("%s: the file would have more than 2^32 bytes; macrocell can hold it: %w", f, life.ErrOutOfRange)
	}
	return nil
}

// MaxFile bounds what is written in formats that list every cell, in bytes.
const MaxFile = 1 << 32
