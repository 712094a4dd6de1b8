package bench

import (
	"fmt"
	"slices"

	"golife/life/engine"
)

// Peers of workloads.
var (
	both      = []string{"bgolly QuickLife", "bgolly HashLife"}
	quickLife = []string{"bgolly QuickLife"}
	hashLife  = []string{"bgolly HashLife"}
	otherAlgo = []string{"bgolly other"}
)

// Engines of workloads, the best first.
var (
	tileFirst   = []string{"tile", "hashlife"}
	hashFirst   = []string{"hashlife", "tile"}
	onlyHash    = []string{"hashlife"}
	onlyTile    = []string{"tile"}
	onlyDense   = []string{"dense"}
	statesFirst = []string{"multistate", "hashlife"}
	onlyWide    = []string{"wide"}
)

// Workloads returns the fixed set, in the order of the table. Names, patterns
// and generations never change: what must differ gets a new name.
func Workloads() []Workload {
	var all []Workload
	for _, part := range [][]Workload{
		soups(), tori(), chaos(), giants(), periodic(), otherRules(), manyStates(), wideRules(), smallThings(), growth(), limits(), threadCounts(),
	} {
		all = append(all, part...)
	}
	for i, w := range all {
		if w.Task == Advance && w.Threads == 0 && w.Memory == 0 {
			all[i].Engines = append(slices.Clone(w.Engines), engine.Auto)
		}
	}
	return all
}

// soups are dense soups on the plane, at the beginning of their life.
func soups() (all []Workload) {
	for _, side := range []int64{256, 512, 1024, 2048, 4096} {
		w := Workload{
			Name: fmt.Sprintf("soup-%d", side), Kind: "soup", Task: Advance,
			About:  fmt.Sprintf("random %d×%d cells, 37 %% alive, 1,024 generations", side, side),
			Source: Source{Soup: &Soup{side, 1}}, Generations: "1024", Area: side * side,
			Engines: tileFirst, Peers: both,
		}
		switch side {
		case 256:
			w.Quick = 2
		case 1024:
			w.Quick = 1
		case 2048, 4096: // HashLife would take minutes
			w.Engines, w.Peers = onlyTile, quickLife
		}
		all = append(all, w)
	}
	return append(all, Workload{
		Name: "soup-16384", Kind: "soup", Task: Advance,
		About:  "random 16384×16384 cells, 37 % alive, 64 generations",
		Source: Source{Soup: &Soup{16384, 1}}, Generations: "64", Area: 16384 * 16384,
		Engines: onlyTile, Peers: quickLife,
	})
}

// tori are soups that fill a bounded grid.
func tori() []Workload {
	torus := func(name string, side int64, seed uint64, generations, about string, quick int) Workload {
		return Workload{
			Name: name, Kind: "soup", Task: Advance, About: fmt.Sprintf("random cells on a torus of %d×%d, %s", side, side, about),
			Source: Source{Soup: &Soup{side, seed}}, Rule: fmt.Sprintf("B3/S23:T%d,%d", side, side), Generations: generations, Area: side * side,
			Engines: onlyDense, Peers: quickLife, Quick: quick,
		}
	}
	return []Workload{
		torus("torus-1024", 1024, 1, "1000", "1,000 generations", 1),
		torus("torus-4096", 4096, 1, "1000", "1,000 generations", 0),
		torus("torus-1000-settles", 1000, 3, "2^15", "until they have settled", 0),
	}
}

// chaos is what stays small or grows slowly, and never repeats.
func chaos() []Workload {
	return []Workload{
		{
			Name: "lidka", Kind: "chaos", Task: Advance, About: "methuselah, until it has settled",
			Source: Source{Library: "lidka"}, Generations: "2^15",
			Engines: tileFirst, Peers: both, Quick: 2,
		},
		{
			Name: "soup-512-settles", Kind: "chaos", Task: Advance, About: "random 512×512 cells, until they have settled",
			Source: Source{Soup: &Soup{512, 2}}, Generations: "2^15",
			Engines: tileFirst, Peers: both, Quick: 1,
		},
		{
			Name: "soup-1000-settles", Kind: "chaos", Task: Advance, About: "random 1000×1000 cells, until they have settled",
			Source: Source{Soup: &Soup{1000, 3}}, Generations: "2^15",
			Engines: tileFirst, Peers: both,
		},
		{
			Name: "spacefiller", Kind: "chaos", Task: Advance, About: "grows as fast as anything can",
			Source: Source{Library: "max"}, Generations: "4096",
			Engines: hashFirst, Peers: both, Quick: 1,
		},
		{
			Name: "switch-engines", Kind: "chaos", Task: Advance, About: "breeder of switch engines",
			Source: Source{Library: "switch-engine-breeder"}, Generations: "4096",
			Engines: hashFirst, Peers: both,
		},
	}
}

// giants are machines for HashLife.
func giants() []Workload {
	giant := func(name, pattern, generations, about string, quick int) Workload {
		return Workload{
			Name: name, Kind: "giant", Task: Advance, About: about,
			Source: Source{Library: pattern}, Generations: generations,
			Engines: onlyHash, Peers: hashLife, Quick: quick,
		}
	}
	return []Workload{
		giant("turing-machine", "rendell-turing-machine", "2^30", "Rendell's Turing machine, until after it has halted", 1),
		giant("metapixel", "metapixel-blinker", "2^20", "Life made of Life: a blinker of metapixels", 0),
		giant("jagged", "jagged", "2^20", "switch engines that leave jagged lines", 1),
		giant("jagged-2e25", "jagged", "2^25", "the same, 32 times as far", 0),
		giant("total-periodic", "total-periodic", "2^20", "glider streams that cross", 0),
		giant("catacryst", "catacryst", "2^30", "quadratic growth from 58 cells", 0),
		giant("twin-primes", "twin-primer", "2^20", "calculates the twin primes", 0),
		giant("demonoid", "demonoid", "2^20", "a self-constructing spaceship", 0),
		{
			Name: "metapixel-galaxy", Kind: "giant", Task: Advance, About: "Life made of Life: an oscillator of 17×17 metapixels",
			Source: Source{Golly: "HashLife/metapixel-galaxy.mc.gz"}, Generations: "2^20",
			Engines: onlyHash, Peers: hashLife,
		},
		{
			Name: "hexadecimal", Kind: "giant", Task: Advance, About: "a counter that prints its digits",
			Source: Source{Golly: "HashLife/hexadecimal.mc.gz"}, Generations: "2^20",
			Engines: onlyHash, Peers: hashLife,
		},
		{
			Name: "cambrian", Kind: "giant", Task: Advance, About: "rakes and breeders that run into each other",
			Source: Source{Golly: "Life/Miscellaneous/Cambrian-Explosion.rle"}, Generations: "2^14",
			Engines: hashFirst, Peers: both,
		},
	}
}

// periodic are guns and oscillators, at numbers of generations that only
// memoised results can reach. bgolly takes part where they are powers of two: it
// goes to others by steps of their largest power of two.
func periodic() []Workload {
	return []Workload{
		{
			Name: "gun-2e40", Kind: "periodic", Task: Advance, About: "Gosper's glider gun, 2^40 generations",
			Source: Source{Library: "gosper-glider-gun"}, Generations: "2^40",
			Engines: onlyHash, Peers: hashLife, Quick: 1,
		},
		{
			Name: "gun-1e12", Kind: "periodic", Task: Advance, About: "the same, 10^12 generations",
			Source: Source{Library: "gosper-glider-gun"}, Generations: "10^12",
			Engines: onlyHash, Quick: 1,
		},
		{
			Name: "gun-1e30", Kind: "periodic", Task: Advance, About: "the same, 10^30 generations",
			Source: Source{Library: "gosper-glider-gun"}, Generations: "10^30",
			Engines: onlyHash,
		},
		{
			Name: "pulsar-1e12", Kind: "periodic", Task: Advance, About: "an oscillator: nothing moves away",
			Source: Source{Library: "pulsar"}, Generations: "10^12",
			Engines: onlyHash,
		},
		{
			Name: "p690-gun", Kind: "periodic", Task: Advance, About: "a larger gun, 2^40 generations",
			Source: Source{Library: "p690-gun"}, Generations: "2^40",
			Engines: onlyHash, Peers: hashLife,
		},
		{
			Name: "breeder-2e40", Kind: "periodic", Task: Advance, About: "quadratic growth, 2^40 generations",
			Source: Source{Library: "rake-breeder"}, Generations: "2^40",
			Engines: onlyHash, Peers: hashLife, Quick: 1,
		},
	}
}

// otherRules are soups under other rules than Life.
func otherRules() []Workload {
	soup := func(name, about, rule, generations string, side int64, seed uint64, quick int) Workload {
		return Workload{
			Name: name, Kind: "rules", Task: Advance, About: about,
			Source: Source{Soup: &Soup{side, seed}}, Rule: rule, Generations: generations, Area: side * side,
			Engines: tileFirst, Peers: both, Quick: quick,
		}
	}
	seeds := soup("seeds-64", "Seeds, random 64×64 cells that explode", "B2/S", "512", 64, 6, 0)
	seeds.Area = 0 // it does not stay in its square
	b0 := soup("b0-512", "a rule whose empty plane blinks", "B03/S23", "512", 512, 8, 1)
	b0.Peers = quickLife // bgolly's HashLife refuses the rule
	return []Workload{
		soup("highlife-512", "HighLife, random 512×512 cells", "B36/S23", "1024", 512, 4, 1),
		soup("daynight-512", "Day & Night, random 512×512 cells", "B3678/S34678", "1024", 512, 5, 1),
		seeds,
		soup("hensel-512", "a rule that tells neighbourhoods of one count apart", "B3/S2-i34q", "1024", 512, 7, 1),
		b0,
	}
}

// manyStates are workloads under rules of more than two states.
func manyStates() []Workload {
	return []Workload{
		{
			Name: "brain-512", Kind: "states", Task: Advance, About: "Brian's Brain, random 512×512 cells that explode, 256 generations",
			Source: Source{Soup: &Soup{512, 9}}, Rule: "/2/3", Generations: "256",
			Engines: statesFirst, Peers: otherAlgo, Quick: 1,
		},
		{
			Name: "star-wars-512", Kind: "states", Task: Advance, About: "Star Wars, random 512×512 cells, 1,024 generations",
			Source: Source{Soup: &Soup{512, 10}}, Rule: "345/2/4", Generations: "1024", Area: 512 * 512,
			Engines: statesFirst, Peers: otherAlgo,
		},
		{
			Name: "history-gun-2e40", Kind: "states", Task: Advance, About: "Gosper's glider gun and the trail of its gliders, 2^40 generations",
			Source: Source{Library: "gosper-glider-gun"}, Rule: "LifeHistory", Generations: "2^40",
			Engines: onlyHash, Peers: otherAlgo,
		},
		{
			Name: "loops-2048", Kind: "states", Task: Advance, About: "Langton's self-reproducing loops, a table of eight states",
			Source: Source{Text: langtonsLoop}, Rule: "Langtons-Loops", Generations: "2048",
			Engines: []string{"hashlife", "multistate"}, Peers: otherAlgo, Quick: 2,
		},
		{
			Name: "loops-2e16", Kind: "states", Task: Advance, About: "the same, 32 times as far",
			Source: Source{Text: langtonsLoop}, Rule: "Langtons-Loops", Generations: "2^16",
			Engines: onlyHash, Peers: otherAlgo,
		},
	}
}

// langtonsLoop is the first loop (C. G. Langton, Self-reproduction in cellular automata, Physica D 10, 1984,
// 135-144).
var langtonsLoop = &Text{"Langton's loop", `x = 15, y = 10, rule = Langtons-Loops
.8B$BAG.AD.ADB$B.6B.B$BGB4.BAB$BAB4.BAB$B.B4.BAB$BGB4.BAB$BA6BA5B$B.GA.GA.G5AB$.13B!
`}

// wideRules are soups under rules of large neighbourhoods.
func wideRules() []Workload {
	soup := func(name, about, rule string, quick int) Workload {
		return Workload{
			Name: name, Kind: "states", Task: Advance, About: about,
			Source: Source{Soup: &Soup{512, 11}}, Rule: rule, Generations: "256", Area: 512 * 512,
			Engines: onlyWide, Peers: otherAlgo, Quick: quick,
		}
	}
	return []Workload{
		soup("ltl-512", "Larger than Life of range 2, random 512×512 cells, 256 generations", "R2,C0,M1,S7..13,B7..11,NM", 1),
		soup("diamonds-512", "the same with diamonds of range 10", "R10,C0,M1,S55..110,B60..85,NN", 0),
	}
}

// smallThings are all that is not about stepping.
func smallThings() []Workload {
	return []Workload{
		{
			Name: "start-up", Kind: "start", Task: Start, About: "a glider, 4 generations: what a tiny run costs",
			Source: Source{Library: "glider"}, Generations: "4",
			Engines: tileFirst, Peers: both, Quick: 2,
		},
		{
			Name: "draw-soup", Kind: "draw", Task: Draw, About: "a soup on a terminal of 200×60, a frame a generation",
			Source: Source{Soup: &Soup{1024, 1}}, Generations: "512", Count: 96,
			Engines: tileFirst, Quick: 1,
		},
		{
			Name: "draw-breeder", Kind: "draw", Task: Draw, About: "a breeder of switch engines from generation 4,096 on",
			Source: Source{Library: "switch-engine-breeder"}, Generations: "4096", Count: 96,
			Engines: hashFirst,
		},
		{
			Name: "read-soup", Kind: "file", Task: Read, About: "parse the RLE of 1024×1024 random cells",
			Source: Source{Soup: &Soup{1024, 1}}, Engines: []string{"rle"}, Quick: 1,
		},
		{
			Name: "write-soup", Kind: "file", Task: Write, About: "write it",
			Source: Source{Soup: &Soup{1024, 1}}, Engines: []string{"rle"}, Quick: 1,
		},
		{
			Name: "read-machine", Kind: "file", Task: Read, About: "parse the RLE of the Turing machine",
			Source: Source{Library: "rendell-turing-machine"}, Engines: []string{"rle"},
		},
		{
			Name: "batch-1k", Kind: "batch", Task: Batch, About: "1,000 soups of 16×16, 200 generations each",
			Source: Source{Soup: &Soup{16, 1000}}, Generations: "200", Count: 1000,
			Engines: onlyTile, Quick: 1,
		},
		{
			Name: "batch-10k", Kind: "batch", Task: Batch, About: "10,000 of them",
			Source: Source{Soup: &Soup{16, 1000}}, Generations: "200", Count: 10_000,
			Engines: onlyTile,
		},
	}
}

// growth are the curves of the plot of populations.
func growth() (all []Workload) {
	for _, x := range []struct{ name, pattern, about string }{
		{"growth-settles", "acorn", "the acorn: settles"},
		{"growth-linear", "gosper-glider-gun", "Gosper's glider gun: grows in a straight line"},
		{"growth-switch-engine", "block-laying-switch-engine", "a switch engine: grows in a straight line"},
		{"growth-quadratic", "max", "Max: grows as fast as anything can"},
	} {
		all = append(all, Workload{
			Name: x.name, Kind: "growth", Task: Grow, About: x.about,
			Source: Source{Library: x.pattern}, Generations: "2^13", Engines: hashFirst,
		})
	}
	return all
}

// limits run one machine under less and less memory.
func limits() (all []Workload) {
	for _, mib := range []int64{64, 48, 32, 24, 16} {
		all = append(all, Workload{
			Name: fmt.Sprintf("memory-%dM", mib), Kind: "memory", Task: Advance,
			About:  fmt.Sprintf("the Turing machine with %d MiB for the tables", mib),
			Source: Source{Library: "rendell-turing-machine"}, Generations: "2^30", Memory: mib << 20,
			Engines: onlyHash, Peers: hashLife,
		})
	}
	return all
}

// threadCounts run one soup on more and more threads.
func threadCounts() (all []Workload) {
	for _, n := range []int{1, 2, 4, 8} {
		all = append(all, Workload{
			Name: fmt.Sprintf("threads-%d", n), Kind: "threads", Task: Advance, Threads: n,
			About:  "random 4096×4096 cells, 512 generations",
			Source: Source{Soup: &Soup{4096, 1}}, Generations: "512", Area: 4096 * 4096,
			Engines: onlyTile,
		})
	}
	return all
}
