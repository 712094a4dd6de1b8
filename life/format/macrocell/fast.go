package macrocell

import (
	"encoding/binary"
	"math"
	"math/bits"

	"golife/life"
	"golife/life/format/codec"
)

// fastWindow is how much of the input must be in the buffer for the fast way: more
// than a line that it reads.
const fastWindow = 128

// fastLines reads leaves and nodes in the form that programs write them, and
// stops at the first line that is something else, or wrong: decoder.line then
// reads that.
func (d *decoder) fastLines() {
	s := d.src
	for {
		b := s.Ahead(fastWindow)
		i := 0
		for len(b)-i >= fastWindow && uint64(len(d.loc)) <= maxCount {
			d.at = position{s.Line, 1}
			n := d.fastLine((*[fastWindow]byte)(b[i:]))
			if n == 0 {
				s.Skip(i)
				return
			}
			i += n
			s.Line++
		}
		if s.Skip(i); i == 0 {
			return
		}
	}
}

// fastLine reads one line and returns its length with the line end, or 0.
func (d *decoder) fastLine(b *[fastWindow]byte) int {
	switch c := b[0]; {
	case codec.IsDigit(c):
		return d.fastNode(b)
	case c == '.' || c == '*' || c == '$':
		return d.fastLeaf(b)
	}
	return 0
}

// fastNode reads five numbers of at most nine digits, with a blank between them.
func (d *decoder) fastNode(b *[fastWindow]byte) int {
	var v [5]uint32
	i := 0
	for j := range v {
		n, end := uint32(0), i+10
		start := i
		for i < end && b[i]-'0' <= 9 {
			n = n*10 + uint32(b[i]-'0')
			i++
		}
		if i == start || i == end {
			return 0
		}
		v[j] = n
		if j < 4 {
			if b[i] != ' ' {
				return 0
			}
			i++
		}
	}
	size := fastEnd(b, i)
	if size == 0 || v[0] == 0 || !d.add(v[0], [4]uint32(v[1:])) {
		return 0
	}
	return size
}

// fastEnd returns the length of a line that ends at b[i], or 0 when it does not.
func fastEnd(b *[fastWindow]byte, i int) int {
	switch {
	case b[i] == '\n':
		return i + 1
	case b[i] != '\r':
		return 0
	case b[i+1] == '\n':
		return i + 2
	}
	return i + 1
}

// fastLeaf reads a picture with no cell outside of it, row by row: in a soup nobody can
// foresee how long a row is and which cells are live, so that is not asked.
func (d *decoder) fastLeaf(b *[fastWindow]byte) int {
	if !d.isPicture {
		return 0
	}
	const (
		bytes = 0x0101010101010101
		stars = bytes * '*'
		dots  = bytes * ('.' ^ '*') // '.' and '*' differ in one bit
	)
	var cells uint64
	i := 0
	for y := 0; y < 64; y += 8 {
		z := binary.LittleEndian.Uint64(b[i : i+8])
		other := (z ^ stars) &^ dots // not 0 where there is neither
		n := bits.TrailingZeros64(other) >> 3
		live := ^z >> 2 & bytes &^ (math.MaxUint64 << (8 * n))
		cells |= live * 0x0102040810204080 >> 56 << y
		if i += n; b[i] != '$' {
			break
		}
		i++
	}
	size := fastEnd(b, i)
	if size > 0 {
		d.push(life.LeafLevel, d.addBits(cells))
	}
	return size
}
