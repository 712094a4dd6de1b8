package lifetest

import (
	"encoding/base64"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"

	"golife/life"
	"golife/life/rule"
)

// Soup is a rectangle of random cells. Equal Soups give equal patterns.
type Soup struct {
	Rule       string
	Seed       uint64
	Rect       life.Rect
	Density    int   // live cells in 256
	Generation int64 // of the pattern; its parity matters to rules that alternate
}

// String names everything that is needed to make the soup again.
func (s Soup) String() string {
	return fmt.Sprintf("soup seed=%d rule=%s size=%dx%d at=%d,%d density=%d/256 generation=%d", s.Seed, s.Rule,
		s.Rect.Max.X-s.Rect.Min.X, s.Rect.Max.Y-s.Rect.Min.Y, s.Rect.Min.X, s.Rect.Min.Y, s.Density, s.Generation)
}

// Pattern returns the soup's cells. It panics when the rule does not parse.
func (s Soup) Pattern() *life.Pattern {
	r := rule.MustParse(s.Rule)
	rnd := rand.New(rand.NewPCG(s.Seed, 1))
	b := life.NewBuilder(r)
	b.SetGeneration(big.NewInt(s.Generation))
	for y := s.Rect.Min.Y; y < s.Rect.Max.Y; y++ {
		for x := s.Rect.Min.X; x < s.Rect.Max.X; x++ {
			if rnd.IntN(256) < s.Density {
				b.Set(x, y, life.State(1+rnd.IntN(r.States()-1)))
			}
		}
	}
	return b.Pattern()
}

// edges are sizes and offsets at which words, leaves and tiles begin and end.
var edges = []int64{0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129}

// randomSoup returns a soup whose size and place are near word edges.
// maxSide bounds its sides, as does a grid.
func randomSoup(rnd *rand.Rand, rulestring string, maxSide int64) Soup {
	side := func() int64 {
		for {
			if v := 1 + edges[rnd.IntN(len(edges))]; v <= maxSide {
				return v
			}
		}
	}
	place := func() int64 {
		v := edges[rnd.IntN(len(edges))]
		if rnd.IntN(2) == 0 {
			v = -v
		}
		return v
	}
	densities := []int{13, 64, 96, 128, 200}
	rect := life.Rt(place(), place(), side(), side())
	if grid, ok := gridOf(rulestring); ok {
		rect = onGrid(rect, grid)
	}
	return Soup{
		Rule:    rulestring,
		Seed:    rnd.Uint64(),
		Rect:    rect,
		Density: densities[rnd.IntN(len(densities))],
	}
}

// knownRules are rulestrings of every kind of two-state rule of range 1.
var knownRules = []string{
	"B3/S23", "B36/S23", "B2/S", "B3678/S34678", "B368/S245", "B1357/S1357", "B1/S012345678", "B345678/S12345678",
	"B2-a/S12", "B3/S2-i34q", "B2ci3ai/S1c2n3-ek4", "B4e/S8",
	"B13/S012V", "B2/S013V", "B1234/S4V", "B2/S34H", "B1/S0123456H", "B245/S3H",
	"W30", "W110", "W90", "W254", "W1",
	"B0123478/S01234678", "B0238/S1245678", "B0/S8", "B01/S4V", "B0/S6H",
}

// alternatingRules have B0 and no survival in a full neighbourhood, or are two that take turns:
// of one kind of table, and of two; with backgrounds that stay and that flash; of two neighbourhoods.
var alternatingRules = []string{
	"B0/S", "B03/S23", "B0123/S01", "B02-a/S1c4", "B013/S2V", "B02/S3H",
	"B3/S23|B36/S125", "B3/S23|B2-a/S12", "B2-a/S12|B3/S23", "B2/S34H|B2o/S2m34H", "B13/S012V|B1/S1V", "W110|W30",
	"B03/S23|B3678/S23", "B3/S23|B0123478/S01234678", "B0/S8|B02/S0128", "B2/S34H|B13/S012V", "W30|B03/S238", "B0/SV|B01/S1H",
}

// RandomRule returns a rulestring of a random two-state rule of range 1 and of
// a random kind. Rules with B0 survive in a full neighbourhood, and none are two that
// take turns, unless alternating is set.
func RandomRule(rnd *rand.Rand, alternating bool) string {
	switch rnd.IntN(6) {
	case 0:
		if alternating && rnd.IntN(2) == 0 {
			return randomPair(rnd)
		}
		return randomCounts(rnd, 8, "", alternating)
	case 1:
		return randomCounts(rnd, 4, "V", alternating)
	case 2:
		return randomCounts(rnd, 6, "H", alternating)
	case 3:
		return fmt.Sprintf("W%d", rnd.IntN(256))
	case 4:
		return randomHensel(rnd, alternating)
	}
	return randomMAP(rnd, alternating)
}

// randomPair returns two rules that take turns.
func randomPair(rnd *rand.Rand) string {
	one := func() string {
		for {
			if name := RandomRule(rnd, rnd.IntN(2) == 0); !strings.Contains(name, "|") {
				return name
			}
		}
	}
	for {
		pair := one() + "|" + one()
		if _, err := rule.Parse(pair); err == nil { // the background comes again
			return pair
		}
	}
}

// randomCounts returns an outer-totalistic rule for up to most neighbours.
func randomCounts(rnd *rand.Rand, most int, suffix string, alternating bool) string {
	var b, s strings.Builder
	hasB0 := rnd.IntN(4) == 0
	for n := range most + 1 {
		if n == 0 && hasB0 || n > 0 && rnd.IntN(3) == 0 {
			fmt.Fprint(&b, n)
		}
		if n == most && hasB0 && !alternating || rnd.IntN(3) == 0 && !(n == most && hasB0 && alternating) {
			fmt.Fprint(&s, n)
		}
	}
	return "B" + b.String() + "/S" + s.String() + suffix
}

// henselLetters are the letters of each neighbour count.
var henselLetters = [9]string{
	"", "ce", "aceikn", "aceijknqry", "aceijknqrtwyz", "aceijknqry", "aceikn", "ce", "",
}

// randomHensel returns an isotropic rule in Hensel notation.
func randomHensel(rnd *rand.Rand, alternating bool) string {
	hasB0 := rnd.IntN(4) == 0
	part := func(isBirth bool) string {
		var b strings.Builder
		for n, all := range henselLetters {
			if all == "" {
				isOn := rnd.IntN(3) == 0
				switch {
				case isBirth && n == 0:
					isOn = hasB0
				case !isBirth && n == 8 && hasB0:
					isOn = !alternating
				}
				if isOn {
					fmt.Fprint(&b, n)
				}
				continue
			}
			var some strings.Builder
			for _, c := range all {
				if rnd.IntN(3) == 0 {
					some.WriteRune(c)
				}
			}
			if some.Len() > 0 {
				fmt.Fprint(&b, n, some.String())
			}
		}
		return b.String()
	}
	return "B" + part(true) + "/S" + part(false)
}

// randomMAP returns a rule of a random truth table.
func randomMAP(rnd *rand.Rand, alternating bool) string {
	var t rule.Table
	thin := rnd.IntN(2) == 0
	for i := range t {
		if t[i] = rnd.Uint64(); thin {
			t[i] &= rnd.Uint64()
		}
	}
	hasB0 := uint8(rnd.IntN(4) / 3)
	t.Set(0, hasB0)
	if hasB0 == 1 {
		isFull := uint8(1)
		if alternating {
			isFull = 0
		}
		t.Set(511, isFull)
	}
	return MAP(t)
}

// MAP returns the rulestring of any truth table.
func MAP(t rule.Table) string {
	var raw [64]byte
	for i := range 512 {
		raw[i/8] |= t.Next(i) << (7 - i%8)
	}
	return "MAP" + base64.RawStdEncoding.EncodeToString(raw[:])
}
