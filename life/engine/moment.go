package engine

import "time"

// moment is a point in time: on the clock, and in what the process has had of the
// processors, 0 where the system does not say.
type moment struct {
	wall time.Time
	cpu  time.Duration
}

func now() moment { return moment{time.Now(), cpuTime()} }

// since returns how long it took from begin to m. While the system ran something else
// nothing was done; several threads may have done more than time passed.
func (m moment) since(begin moment) time.Duration {
	took := m.wall.Sub(begin.wall)
	if begin.cpu > 0 {
		const resolution = time.Microsecond
		took = min(took, m.cpu-begin.cpu+resolution)
	}
	return took
}
