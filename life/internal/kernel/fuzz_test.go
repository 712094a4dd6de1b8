package kernel

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"testing"

	"golife/life/internal/impl"
	"golife/life/rule"
)

// FuzzStep compares every entry point and kernel with StepNaive on arbitrary rules: table is
// 64 bytes, of which missing ones are zero, and seed makes cells.
func FuzzStep(f *testing.F) {
	for i, c := range tables(rand.New(rand.NewPCG(1, 2)), 1) {
		var text []byte
		for _, word := range c.t {
			text = binary.LittleEndian.AppendUint64(text, word)
		}
		f.Add(uint64(i), text)
	}
	f.Fuzz(func(t *testing.T, seed uint64, text []byte) {
		var table rule.Table
		all := append(text, make([]byte, 64)...)
		for i := range table {
			table[i] = binary.LittleEndian.Uint64(all[8*i:])
		}
		for _, name := range impl.List("kernel") {
			impl.Select("kernel", name)
			fuzzStep(t, name, &table, rand.New(rand.NewPCG(seed, 0)))
		}
		impl.Reset("kernel")
	})
}

func fuzzStep(t *testing.T, name string, table *rule.Table, r *rand.Rand) {
	density, gens := r.IntN(3), r.IntN(9)
	h, cells := hood(r, density)
	want := StepNaive(table, cells, 66, 66)
	y0 := r.IntN(65)
	l, around := leaves(r, density)
	for i := range gens {
		around = StepNaive(table, around, 32-2*i, 32-2*i)
	}
	for _, n := range forced(table) {
		checkTile(t, name, n, h, want, y0, y0+r.IntN(65-y0))
		checkTile(t, name, n, h, want, 0, 64)
		var out Leaf
		n.Step32(&out, &l[0], &l[1], &l[2], &l[3], gens)
		checkLeaf(t, &out, around, 32-2*gens, fmt.Sprintf("%s, %v, %d gens", name, n.class, gens))
		checkTwice(t, r, name, n, n, density, someGroups(r))
	}
}
