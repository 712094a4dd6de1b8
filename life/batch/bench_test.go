package batch

import (
	"context"
	"fmt"
	"testing"

	"golife/life"
	"golife/life/rule"
	"golife/life/soup"
)

// soups is an Executor that knows soups alone.
func soups() *Executor {
	conway := rule.MustParse("B3/S23")
	return &Executor{
		Load: func(name string, r *rule.Rule) (*life.Pattern, error) {
			if r == nil {
				r = conway
			}
			s, seed, err := soup.ParseName(name)
			if err != nil {
				return nil, err
			}
			return s.Pattern(r, seed)
		},
	}
}

// BenchmarkJob is what a small job costs in a worker, its simulation included: from a
// line of JSON to a line of JSON. The metric sim-ns/op is the simulation alone.
func BenchmarkJob(b *testing.B) {
	x := soups()
	var sim float64
	for i := 0; b.Loop(); i++ {
		line := fmt.Appendf(nil, `{"id":"%d","soup":"16x16","seed":%d,"generations":1000,"memory":"1G","threads":1}`, i, i%1000)
		reply, err := x.reply(context.Background(), line, nil)
		if err != nil {
			b.Fatal(err)
		}
		r, err := ParseResult(reply[1:])
		if err != nil {
			b.Fatal(err)
		}
		s, _ := r.Seconds.Float64()
		sim += s
	}
	b.ReportMetric(sim*1e9/float64(b.N), "sim-ns/op")
}
