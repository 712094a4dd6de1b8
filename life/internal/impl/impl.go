// Package impl knows which implementations of a package's functions there are,
// and lets tests choose one.
//
// # What it models
//
// A package with several implementations of one contract (assembly for this
// or that instruction set, and Go) registers each but the last with a variable
// that says whether it is used:
//
//	var useAVX2 = cpu.X86.HasAVX2
//
//	func init() { impl.Register("kernel", "avx2", &useAVX2) }
//
// and asks that variable where it dispatches. Go code that always works is not
// registered: it is what runs when all variables are false, and is called
// [Generic] here. The idea is that of crypto/internal/impl in Go's library.
//
// # Invariants
//
// A variable is only ever set if it was set when it was registered, so that no
// test can ask for instructions that the processor lacks. The first registered
// implementation whose variable is set is the one that runs.
//
// # Limits
//
// Registering belongs in init functions; choosing is for tests, must not happen
// while the package is in use, and is not safe for concurrent use. To switch
// instruction sets off in a program, set GODEBUG, for example
// GODEBUG=cpu.avx512bw=off (package golang.org/x/sys/cpu).
package impl

import "slices"

// Generic is the name of the implementation that needs no registration.
const Generic = "generic"

type implementation struct {
	pkg, name string
	use       *bool
	available bool
}

var all []implementation

// Register names an implementation of a package. use says whether it is used: at
// the time of the call that means whether it can be. The order of calls is the
// order of preference. It panics if the name is [Generic] or taken.
func Register(pkg, name string, use *bool) {
	if name == Generic || slices.ContainsFunc(all, func(i implementation) bool { return i.pkg == pkg && i.name == name }) {
		panic("impl: Register: " + pkg + ": name in use: " + name)
	}
	all = append(all, implementation{pkg, name, use, *use})
}

// List returns the names of a package's implementations that can run here, in
// order of preference; [Generic] is the last.
func List(pkg string) []string {
	var names []string
	for _, i := range all {
		if i.pkg == pkg && i.available {
			names = append(names, i.name)
		}
	}
	return append(names, Generic)
}

// Missing returns the names of a package's implementations that cannot run here.
func Missing(pkg string) []string {
	var names []string
	for _, i := range all {
		if i.pkg == pkg && !i.available {
			names = append(names, i.name)
		}
	}
	return names
}

// Current returns the name of the implementation that runs.
func Current(pkg string) string {
	for _, i := range all {
		if i.pkg == pkg && *i.use {
			return i.name
		}
	}
	return Generic
}

// Select makes one implementation of a package the only one in use. It reports
// whether that can run here; if not, nothing changes.
func Select(pkg, name string) bool {
	if !slices.Contains(List(pkg), name) {
		return false
	}
	for _, i := range all {
		if i.pkg == pkg {
			*i.use = i.name == name
		}
	}
	return true
}

// Reset undoes [Select]: all implementations that can run here are in use again.
func Reset(pkg string) {
	for _, i := range all {
		if i.pkg == pkg {
			*i.use = i.available
		}
	}
}

// Runner is the part of *testing.T and *testing.B that [TestAll] needs. It saves
// programs the dependency on package testing.
type Runner[T any] interface {
	Run(name string, f func(T)) bool
}

// TestAll runs f as a subtest or sub-benchmark "impl=NAME" for each
// implementation of a package that can run here.
func TestAll[T Runner[T]](t T, pkg string, f func(T)) {
	defer Reset(pkg)
	for _, name := range List(pkg) {
		t.Run("impl="+name, func(t T) {
			Select(pkg, name)
			f(t)
		})
	}
}
