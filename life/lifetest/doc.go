// Package lifetest holds the tests that any engine must pass, and the tools to
// write more of them: seeded soups, random rules, and comparison of universes.
//
// # Use
//
// The test of an engine calls Run, and its fuzz test FuzzOps:
//
//	func TestConformance(t *testing.T) {
//		lifetest.Run(t, lifetest.Config{
//			New:         func(r *rule.Rule) (life.Engine, error) { return New(r) },
//			Alternating: true,
//		})
//	}
//
// # Rings
//
// Run has three groups of subtests:
//
//	oracle  soups under known and random rules, of sizes and at places around the
//	        edges of words and tiles, cell by cell against package naive
//	facts   what is known of famous patterns, each with its source
//	laws    what holds for every pattern: advance(a+b) = advance(a), advance(b);
//	        translation, symmetry, load and snapshot, errors and cancellation,
//	        editing, sampling, marks, memory limits, and far and huge universes
//
// The optional interfaces of package life (Editor, Sampler, MemoryUser, Marker,
// Stater) are found by type assertion and tested where they are there.
//
// All randomness comes from one seed, which is printed with each failure. The
// environment variable GOLIFE_SEED replaces it. With -short, Run takes about a
// tenth of the cases.
//
// # More tests
//
// The tests of this package check the layers of the module: which package may
// import which. With GOLIFE_ORACLE=/path/to/Patterns, the folder of Golly's
// pattern collection (/usr/share/golly/Patterns where Debian's golly is
// installed), they also run the engines over that collection and compare with
// what bgolly computed; see testdata/README.md.
//
// TestSoak runs random jobs on hashlife and compares them with the other engines;
// with GOLIFE_SOAK=200 so many of full size.
package lifetest
