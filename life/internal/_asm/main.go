// Command asm writes the assembly of the kernels in life/internal/kernel.
//
//	go run . ../kernel
package main

import (
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
)

const nosplit = attr.NOSPLIT

// files says what makes each file, below life/internal/kernel if it does not say
// otherwise.
var files = map[string]func(*asm){
	"leaf_amd64.s": func(g *asm) {
		g.leafLife512()
		g.leafTotal512()
		g.leafSubset512()
		g.leaf256()
		g.leafLookup256()
		g.leafLookup512()
	},
	"../lookup/search_amd64.s": func(g *asm) {
		g.prefetch()
		g.search()
	},
	"rows_amd64.s": func(g *asm) {
		for _, k := range kinds {
			g.rows512(k)
			g.rows256(k)
		}
		g.lookupRows512(false)
		g.lookupRows256(false)
	},
	"twice_amd64.s": func(g *asm) {
		for _, k := range kinds {
			g.twice256(k)
		}
	},
	"sweep_amd64.s": func(g *asm) {
		for _, k := range sweeps() {
			g.sweep256(k)
		}
		g.close256()
		g.pickColumns256()
		g.putColumns256()
	},
	"tile_amd64.s": func(g *asm) {
		for _, k := range kinds {
			g.span512(k)
			g.span256(k)
		}
		g.lookupRows512(true)
		g.lookupRows256(true)
	},
}

// generate returns the text of a file.
func generate(name string) ([]byte, error) {
	g := &asm{build.NewContext(), map[string]mem{}}
	g.ConstraintExpr("!noasm")
	files[name](g)
	f, err := g.Result()
	if err != nil {
		return nil, err
	}
	if err := pass.Compile.Execute(f); err != nil {
		return nil, err
	}
	return printer.NewGoAsm(printer.Config{Name: "life/internal/_asm", Pkg: "kernel"}).Print(f)
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run . DIRECTORY")
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text, err := generate(name)
		if err != nil {
			log.Fatalf("%s: %v", name, err)
		}
		if err := os.WriteFile(filepath.Join(os.Args[1], name), text, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
