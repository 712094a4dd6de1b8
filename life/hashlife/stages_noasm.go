//go:build !amd64 || noasm || race

package hashlife

import "golife/life/internal/lookup"

func findSquares(t *nodeTable, items []item, p []lookup.Probe) uint32 {
	return findSquaresGo(t, items, p)
}

func takeNine(t *nodeTable, items []item, p []lookup.Probe, tag uint32) { takeNineGo(t, items, p, tag) }

func takeFour(t *nodeTable, items []item, p []lookup.Probe, tag uint32) { takeFourGo(t, items, p, tag) }
