package dense

import "sync"

// team shares the bands of a field out among goroutines.
type team struct{ threads int }

// each calls do for each band, and returns when all are done.
func (t *team) each(bands []*band, do func(*band)) {
	if t.threads <= 1 || len(bands) == 1 {
		for _, b := range bands {
			do(b)
		}
		return
	}
	var wg sync.WaitGroup
	for _, b := range bands[1:] {
		wg.Go(func() { do(b) })
	}
	do(bands[0])
	wg.Wait()
}

// shareTiles is the fewest tiles that are worth a goroutine: some 20 µs of work.
const shareTiles = 256

// share calls do for parts of 0 ≤ i < n, and returns when all are done.
func (t *team) share(n int, do func(from, to int)) {
	parts := max(1, min(t.threads, n/shareTiles))
	if parts == 1 {
		do(0, n)
		return
	}
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() { do(i*n/parts, (i+1)*n/parts) })
	}
	wg.Wait()
}
