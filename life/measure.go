package life

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"math/bits"
)

// wordLevel is the highest level whose populations and extents are sure to fit
// 64 bits.
const wordLevel = 31

// Population returns the number of non-zero cells. Cost: O(NodeCount). The
// caller owns the result.
func (p *Pattern) Population() *big.Int {
	pop := make([]uint64, max(len(p.leaves), len(p.states)))
	for i := range pop {
		if p.states != nil {
			pop[i] = uint64(bits.OnesCount64(gather(&p.states[i])))
		} else {
			pop[i] = uint64(bits.OnesCount64(p.leaves[i]))
		}
	}
	level := LeafLevel + 1
	for ; level <= min(p.Level(), wordLevel); level++ {
		up := make([]uint64, len(p.Nodes(level)))
		for i, q := range p.Nodes(level) {
			up[i] = pop[q[0]] + pop[q[1]] + pop[q[2]] + pop[q[3]]
		}
		pop = up
	}
	big64 := make([]*big.Int, len(pop))
	for i, v := range pop {
		big64[i] = new(big.Int).SetUint64(v)
	}
	for ; level <= p.Level(); level++ {
		up := make([]*big.Int, len(p.Nodes(level)))
		for i, q := range p.Nodes(level) {
			up[i] = new(big.Int)
			for _, c := range q {
				up[i].Add(up[i], big64[c])
			}
		}
		big64 = up
	}
	return big64[p.root]
}

// side says which extent of a node is meant.
type side uint8

const (
	north side = iota
	west
	south
	east
)

// Bounds returns the smallest rectangle that holds all non-zero cells; the
// second result is false when there are none. Cost: O(NodeCount).
func (p *Pattern) Bounds() (BigRect, bool) {
	if p.root == 0 {
		return BigRect{}, false
	}
	half := new(big.Int).Lsh(big.NewInt(1), uint(p.Level()-1))
	var at [4]*big.Int
	for s := range at {
		d := p.extent(side(s))
		if side(s) == south || side(s) == east {
			at[s] = d.Sub(half, d)
		} else {
			at[s] = d.Sub(d, half)
		}
	}
	return BigRect{MinX: at[west], MinY: at[north], MaxX: at[east], MaxY: at[south]}, true
}

// extent returns how far the root's cells are from the given side of it: the
// number of empty rows or columns there. It goes down by levels and keeps only
// the nodes that reach into the outermost occupied band.
func (p *Pattern) extent(s side) *big.Int {
	near, far := [2]int{0, 1}, [2]int{2, 3} // children near the side, and behind them
	if s == west || s == east {
		near, far = [2]int{0, 2}, [2]int{1, 3}
	}
	if s == south || s == east {
		near, far = far, near
	}
	gap := new(big.Int)
	band := []NodeID{p.root}
	for level := p.Level(); level > LeafLevel; level-- {
		next := p.half(level, band, near)
		if len(next) == 0 {
			next = p.half(level, band, far)
			gap.SetBit(gap, level-1, 1)
		}
		band = next
	}
	least := uint64(8)
	for _, id := range band {
		least = min(least, leafGap(p.leafBits(id), s))
	}
	return gap.Add(gap, new(big.Int).SetUint64(least))
}

// half returns the distinct non-empty children in the given places of some nodes.
func (p *Pattern) half(level int, band []NodeID, places [2]int) []NodeID {
	var out []NodeID
	seen := map[NodeID]bool{0: true}
	for _, id := range band {
		for _, i := range places {
			if c := p.Nodes(level)[id][i]; !seen[c] {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// leafBits returns which cells of a leaf are non-zero.
func (p *Pattern) leafBits(id NodeID) uint64 {
	if p.states != nil {
		return gather(&p.states[id])
	}
	return p.leaves[id]
}

// leafGap returns the number of empty rows or columns of a non-empty leaf at a side.
func leafGap(b uint64, s side) uint64 {
	columns := b | b>>32
	columns |= columns >> 16
	columns = (columns | columns>>8) & 0xFF
	switch s {
	case north:
		return uint64(bits.TrailingZeros64(b) / 8)
	case south:
		return uint64(bits.LeadingZeros64(b) / 8)
	case west:
		return uint64(bits.TrailingZeros64(columns))
	}
	return uint64(bits.LeadingZeros8(uint8(columns)))
}

// Digest returns a hash of the cells at their absolute places as 32 hexadecimal
// digits. It does not depend on rule, generation, comments, or on how the
// pattern was made; patterns of any size are compared at a cost of O(NodeCount).
//
// It is the Merkle hash (Merkle, 1987) of the canonical quadtree: SHA-256, cut
// to 16 bytes, of a node's four child hashes, an empty square being 16 zero
// bytes. A leaf is hashed as up to eight bit planes of its states, 8 bytes each,
// the lowest plane first and empty planes at the end left out. The root's level
// is hashed with the root.
func (p *Pattern) Digest() string {
	sums := make([]nodeSum, max(len(p.leaves), len(p.states)))
	for i := 1; i < len(sums); i++ {
		sums[i] = p.leafSum(NodeID(i))
	}
	for level := LeafLevel + 1; level <= p.Level(); level++ {
		up := make([]nodeSum, len(p.Nodes(level)))
		var buf [64]byte
		for i, q := range p.Nodes(level) {
			if i == 0 {
				continue
			}
			for j, c := range q {
				copy(buf[16*j:], sums[c][:])
			}
			up[i] = sum(buf[:])
		}
		sums = up
	}
	root := sums[p.root]
	final := sum(binary.LittleEndian.AppendUint64(root[:], uint64(p.Level())))
	return hex.EncodeToString(final[:])
}

type nodeSum [16]byte

func sum(b []byte) nodeSum {
	s := sha256.Sum256(b)
	return nodeSum(s[:16])
}

func (p *Pattern) leafSum(id NodeID) nodeSum {
	if p.states == nil {
		return sum(binary.LittleEndian.AppendUint64(nil, p.leaves[id]))
	}
	cells := &p.states[id]
	var all uint64
	for i := 0; i < len(cells); i += 8 {
		all |= getStates(cells[i:])
	}
	var buf []byte
	for k := range 8 {
		if all>>k&(lowBits*(0xFF>>k)) == 0 { // no state has bit k or a higher one
			break
		}
		var plane uint64
		for i := 0; i < len(cells); i += 8 {
			plane |= gatherBits(getStates(cells[i:])>>k) << i
		}
		buf = binary.LittleEndian.AppendUint64(buf, plane)
	}
	return sum(buf)
}
