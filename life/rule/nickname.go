package rule

import (
	"slices"
	"strings"
	"sync"
)

// Nickname is a name that Parse understands in place of a rulestring.
type Nickname struct {
	Name       string // as it is usually written; case, blanks and the characters & ' - . , _ do not matter to Parse
	Rulestring string // canonical
}

// Nicknames returns all nicknames in the order of their names, letter case
// aside. Several may stand for one rule. The slice is the caller's.
func Nicknames() []Nickname {
	list := slices.Clone(nicknames)
	slices.SortFunc(list, func(a, b Nickname) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list
}

// nickKey reduces a name to what Parse compares.
func nickKey(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" &'-.,_", r) {
			return -1
		}
		return lowerASCII(r)
	}, strings.ReplaceAll(name, "&", "and"))
}

// nickIndex gives the rulestring of every nickname by its key.
var nickIndex = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, len(nicknames))
	for _, n := range nicknames {
		m[nickKey(n.Name)] = n.Rulestring
	}
	return m
})

// lookup returns the rule of a nickname or of a rule known by name alone.
func lookup(name string) (*Rule, bool) {
	if isBirths(name) { // as nearly all patterns have it; the index need not be made
		return nil, false
	}
	key := nickKey(name)
	for _, n := range namedRules {
		if key == nickKey(n.name) {
			return &Rule{family: Named, states: n.states, name: n.name}, true
		}
	}
	if s, ok := nickIndex()[key]; ok {
		r, err := parseBody(newSource(s), Options{})
		return r, err == nil
	}
	return nil, false
}

// isBirths reports whether a rulestring begins like B3/S23. No name does.
func isBirths(s string) bool { return len(s) > 1 && lowerASCII(rune(s[0])) == 'b' && isDigit(s[1]) }

// nicknames gives canonical rulestrings.
//
// Source: LifeViewer, js/alias.js, 2024, which follows LifeWiki ("List of
// Life-like rules") and Mirek's Cellebration; Globe as in Golly's pattern folder.
var nicknames = []Nickname{
	{"Life", "B3/S23"},
	{"Conway", "B3/S23"},
	{"Conway's Life", "B3/S23"},
	{"Conway's Game of Life", "B3/S23"},
	{"Game of Life", "B3/S23"},
	{"2x2", "B36/S125"},
	{"2x2 2", "B3678/S1258"},
	{"34 Life", "B34/S34"},
	{"Amoeba", "B357/S1358"},
	{"Anneal", "B4678/S35678"},
	{"AntiLife", "B0123478/S01234678"},
	{"Assimilation", "B345/S4567"},
	{"Bacteria", "B34/S456"},
	{"Blinkers", "B345/S2"},
	{"Bugs", "B3567/S15678"},
	{"Castles", "B3678/S135678"},
	{"Cheerios", "B35678/S34567"},
	{"Christmas Life", "B1/S012345678"},
	{"Coagulations", "B378/S235678"},
	{"Coral", "B3/S45678"},
	{"Corrosion of Conformity", "B3/S124"},
	{"Dance", "B34/S35"},
	{"Day & Night", "B3678/S34678"},
	{"Day Night", "B3678/S34678"},
	{"Diamoeba", "B35678/S5678"},
	{"DotLife", "B3/S023"},
	{"DrighLife", "B367/S23"},
	{"DryFlock", "B37/S12"},
	{"DryLife", "B37/S23"},
	{"DryLife without Death", "B37/S012345678"},
	{"EightFlock", "B3/S128"},
	{"EightLife", "B3/S238"},
	{"Electrified Maze", "B45/S12345"},
	{"Eppstein", "B35/S236"},
	{"Feux", "B1358/S0247"},
	{"Flakes", "B3/S012345678"},
	{"Flock", "B3/S12"},
	{"Forest of Ls", "B168/S236"},
	{"Fredkin", "B1357/S02468"},
	{"Fuzz", "B1/S014567"},
	{"Gems", "B3457/S4568"},
	{"Gems Minor", "B34578/S456"},
	{"Geology", "B3578/S24678"},
	{"Gnarl", "B1/S1"},
	{"Grounded Life", "B35/S23"},
	{"H-Trees", "B1/S012345678"},
	{"HighFlock", "B36/S12"},
	{"HighLife", "B36/S23"},
	{"HighLife without Death", "B36/S012345678"},
	{"Holstein", "B35678/S4678"},
	{"HoneyFlock", "B38/S128"},
	{"HoneyLife", "B38/S238"},
	{"Iceballs", "B25678/S5678"},
	{"InverseLife", "B012345678/S34678"},
	{"Invertamaze", "B028/S0124"},
	{"IronFlock", "B36/S128"},
	{"IronLife", "B36/S238"},
	{"Land Rush", "B36/S234578"},
	{"Life SkyHigh", "B368/S236"},
	{"Life without Death", "B3/S012345678"},
	{"LifeH", "B3/S23H"},
	{"LifeV", "B3/S23V"},
	{"Live Free or Die", "B2/S0"},
	{"Logarithmic Replicator Rule", "B36/S245"},
	{"Long Life", "B345/S5"},
	{"LowDeath", "B368/S238"},
	{"LowDeath without Death", "B368/S012345678"},
	{"LowLife", "B3/S13"},
	{"Majority", "B45678/S5678"},
	{"Maze", "B3/S12345"},
	{"Maze with Mice", "B37/S12345"},
	{"Mazectric", "B3/S1234"},
	{"Mazectric with Mice", "B37/S1234"},
	{"Morley", "B368/S245"},
	{"Move", "B368/S245"},
	{"Neon Blobs", "B08/S4"},
	{"Never Happy", "B345/S0456"},
	{"Oscillators Rule", "B45/S1235"},
	{"Pedestrian Flock", "B38/S12"},
	{"Pedestrian Life", "B38/S23"},
	{"Pedestrian Life without Death", "B38/S012345678"},
	{"Persian Rug", "B234/S"},
	{"Plow World", "B378/S012345678"},
	{"Pseudo Life", "B357/S238"},
	{"Pulsar Life", "B3/S238"},
	{"Replicator", "B1357/S1357"},
	{"Rings 'n' Slugs", "B56/S14568"},
	{"Seeds", "B2/S"},
	{"Serviettes", "B234/S"},
	{"Shoots and Roots", "B3/S245678"},
	{"Slow Blob", "B367/S125678"},
	{"Snakeskin", "B1/S134567"},
	{"SnowLife", "B3/S1237"},
	{"Solid Islands Grow amongst Static", "B12678/S15678"},
	{"Stains", "B3678/S235678"},
	{"Star Trek", "B3/S0248"},
	{"Virus", "B36/S235"},
	{"Vote", "B5678/S45678"},
	{"Vote 4/5", "B4678/S35678"},
	{"Walled Cities", "B45678/S2345"},

	{"2Diagonal", "B2n3/S23"},
	{"CrossLife", "B3/S234et"},
	{"DLife", "B3-n/S23"},
	{"EasyHighLife", "B36-i/S23"},
	{"Goat Flock", "B2in3/S123a"},
	{"Goats", "B2in3/S123a"},
	{"HouseLife", "B2i3/S23-r"},
	{"Just Friends", "B2-a/S12"},
	{"KineticLife", "B2-an3/S2ac"},
	{"LeapLife", "B2n3/S23-q"},
	{"Rule X3VI", "B2c3aei4ajnr5acn/S2-ci3-ck4in5jkq6c7c"},
	{"Salad", "B2i34c/S2-i3"},
	{"SilverLife", "B367/S2-i34q"},
	{"Snowflakes", "B2ci3ai4c8/S02ae3eijkq4iz5ar6i7e"},
	{"tDryLife", "B37/S2-i34q"},
	{"tEightLife", "B3/S2-i34q8"},
	{"tFlock", "B3/S12-i4q"},
	{"tHighLife", "B36/S2-i34q"},
	{"tPedestrianLife", "B38/S2-i34q"},
	{"Tlife", "B3/S2-i34q"},
	{"WetLife", "B34r/S23"},
	{"x-Rule-pre", "B2cei3ci4jnr5ikn/S12aen3c4einqy5er6aei8"},

	{"Hexagonal Life", "B2/S34H"},
	{"HexParity", "B135/S0246H"},
	{"Hex Inverse Fire", "B2op4op56/S2m34m56H"},
	{"HighHexLife", "B25/S34H"},
	{"Parity", "B13/S13V"},

	{"Banners", "2367/3457/5"},
	{"BelZhab", "23/23/8"},
	{"BelZhab Sediment", "145678/23/8"},
	{"Bloomerang", "234/34678/24"},
	{"Bombers", "345/24/25"},
	{"Brain 5", "/2/5"},
	{"Brain 6", "6/246/3"},
	{"Brian's Brain", "/2/3"},
	{"Burst", "0235678/3468/9"},
	{"Burst II", "235678/3468/9"},
	{"Caterpillars", "124567/378/4"},
	{"Chenille", "05678/24567/6"},
	{"Circuit Genesis", "2345/1234/8"},
	{"Constellations", "/23/3"},
	{"Cooties", "23/2/8"},
	{"Diamonds and Spaceships", "34578/257/16"},
	{"Ebb & Flow", "012478/36/18"},
	{"Ebb & Flow II", "012468/37/18"},
	{"Faders", "2/2/25"},
	{"Fireballs", "346/2/4"},
	{"Fireworks", "2/13/21"},
	{"Flaming Starbows", "347/23/8"},
	{"Free Star", "0345/2/10"},
	{"Frogs", "12/34/3"},
	{"Frozen Spirals", "356/23/6"},
	{"GeneroLife", "2356/3567/4"},
	{"Glisserati", "035678/245678/7"},
	{"Glissergy", "035678/245678/5"},
	{"HTech", "234e/2e3/3"},
	{"Lava", "12345/45678/8"},
	{"Lines", "012345/458/3"},
	{"Living on the Edge", "345/3/6"},
	{"Meteor Guns", "01245678/3/8"},
	{"Nova", "45678/2478/25"},
	{"OrthoGo", "3/2/4"},
	{"Prairie on Fire", "345/34/6"},
	{"RainZha", "2/23/8"},
	{"Rake", "3467/2678/6"},
	{"SediMental", "45678/25678/4"},
	{"Snake", "03467/25/6"},
	{"SoftFreeze", "13458/38/6"},
	{"Spirals", "2/234/5"},
	{"Star Wars", "345/2/4"},
	{"Sticks", "3456/2/6"},
	{"Swirl", "23/34/8"},
	{"Tadpoles", "0125678/345678/64"},
	{"ThrillGrill", "1234/34/48"},
	{"Transers", "345/26/5"},
	{"Transers II", "0345/26/6"},
	{"Wallplicators", "345/25678/7"},
	{"Wanderers", "345/34678/5"},
	{"Worms", "3467/25/6"},
	{"Xtasy", "1456/2356/16"},

	{"Balloons", "R2,C0,M1,S7..10,B7..11,NM"},
	{"Bosco's Rule", "R5,C0,M1,S34..58,B34..45,NM"},
	{"Bosco", "R5,C0,M1,S34..58,B34..45,NM"},
	{"Globe", "R8,C0,M0,S163..223,B74..252,NM"},
	{"Majorly", "R7,C0,M1,S113..225,B113..224,NM"},
	{"ModernArt", "R10,C255,M1,S2..3,B3..3,NM"},
	{"Soldier Bugs", "R7,C0,M1,S65..114,B65..95,NM"},
	{"Waffle", "R7,C0,M1,S100..200,B75..170,NM"},
}
