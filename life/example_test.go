package life_test

import (
	"fmt"
	"math/big"

	"golife/life"
	"golife/life/rule"
)

func ExampleBuilder() {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(1, 0, 1)
	b.Set(2, 1, 1)
	if err := b.SetRun(0, 2, 3, 1); err != nil {
		panic(err)
	}
	b.AddComment(life.Comment{Key: 'N', Text: "glider"})
	p := b.Pattern()
	bounds, _ := p.Bounds()
	fmt.Println(p.Comment('N'), p.Population(), bounds)
	for run := range p.Runs(life.Everywhere()) {
		fmt.Println(run.Y, run.X, run.N)
	}
	// Output:
	// glider 5 3x3 at 0,0
	// 0 1 1
	// 1 2 1
	// 2 0 3
}

// A chessboard of side 2^80 is 78 nodes: each is four times the one below.
func ExampleBuilder_AddTree() {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	id := b.Leaf(0x55AA55AA55AA55AA)
	for level := life.LeafLevel + 1; level <= 80; level++ {
		id = b.Node(level, life.Quad{id, id, id, id})
	}
	b.AddTree(80, id)
	p := b.Pattern()
	fmt.Println(p.NodeCount(), p.Population())
	// Output: 78 730750818665451459101842416358141509827966271488
}

func ExamplePattern_Translate() {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(0, 0, 1)
	far := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)
	p := b.Pattern().Translate(far, big.NewInt(-5))
	bounds, _ := p.Bounds()
	fmt.Println(bounds)
	// Output: 1x1 at 1000000000000000000000000000000,-5
}

func ExamplePattern_Transform() {
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	b.Set(0, 0, 1)
	b.Set(1, 0, 1)
	b.Set(2, 0, 1)
	for at := range b.Pattern().Transform(life.Rotate90).Cells(life.Everywhere()) {
		fmt.Println(at)
	}
	// Output:
	// {-1 0}
	// {-1 1}
	// {-1 2}
}
