package dense

import "golife/life/internal/team"

// each calls do for each band.
func each(t *team.Team, bands []*band, do func(*band)) {
	t.Do(len(bands), func(i int) { do(bands[i]) })
}

// shareTiles is the fewest tiles that are worth a goroutine: some 20 µs of work.
const shareTiles = 256

// share calls do for parts of 0 ≤ i < n.
func share(t *team.Team, n int, do func(from, to int)) {
	parts := max(1, min(t.Threads, n/shareTiles))
	t.Do(parts, func(i int) { do(i*n/parts, (i+1)*n/parts) })
}
