package team

import (
	"sync/atomic"
	"testing"
	"time"
)

// Each part is done once, and before Do returns, however many there are and whether the goroutines sleep.
func TestDo(t *testing.T) {
	for threads := range 5 {
		tm := Team{Threads: threads}
		for round := range 200 {
			n := round % 7
			done := make([]atomic.Int32, n)
			tm.Do(n, func(i int) { done[i].Add(1) })
			for i := range done {
				if got := done[i].Load(); got != 1 {
					t.Fatalf("%d threads: part %d of %d was done %d times, want once", threads, i, n, got)
				}
			}
			switch round {
			case 50, 150:
				time.Sleep(time.Millisecond) // long enough to fall asleep
			case 100:
				tm.End()
			}
		}
		tm.End()
	}
}

// Parts that wait for each other go on at the same time where there are threads for them.
func TestParallel(t *testing.T) {
	tm := Team{Threads: 3}
	defer tm.End()
	for range 20 {
		var begun atomic.Int32
		all := make(chan struct{})
		tm.Do(3, func(int) {
			if begun.Add(1) == 3 {
				close(all)
			}
			<-all
		})
	}
}
