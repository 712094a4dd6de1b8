//go:build !amd64 || noasm || race

package hashlife

import "golife/life/internal/lookup"

func findSquares(t *nodeTable, items []item, p []lookup.Probe) uint32 {
	return findSquaresGo(t, items, p)
}

func takeNine(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) int {
	return takeNineGo(t, items, p, tag, open, number, stamp)
}

func takeFour(t *nodeTable, items []item, p []lookup.Probe, tag uint32, open []uint16, number int, stamp uint8) int {
	return takeFourGo(t, items, p, tag, open, number, stamp)
}
