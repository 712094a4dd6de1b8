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
