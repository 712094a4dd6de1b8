package bench

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// Noise is what else went on while the bench ran, and what it did to the clock.
type Noise struct {
	LoadBefore float64 `json:"load_before"` // load average of one minute; 0 where unknown
	LoadAfter  float64 `json:"load_after"`
	// Spread is how much the time of a fixed piece of work differed during the
	// run, as a share of its median.
	Spread float64 `json:"spread"`
	// Worst is its longest time, in medians.
	Worst float64 `json:"worst"`
	// Steal is the share of the processors' time that went to other guests.
	Steal float64 `json:"steal"`
}

// IsLoud reports whether differences of a few per cent mean nothing.
func (n Noise) IsLoud() bool {
	return n.Spread > 0.03 || n.Steal > 0.02 || n.LoadBefore > 1
}

// String describes the noise for people.
func (n Noise) String() string {
	s := fmt.Sprintf("fixed work took ±%.1f %%, %.2f× at worst; load average %.2f before and %.2f after",
		100*n.Spread, n.Worst, n.LoadBefore, n.LoadAfter)
	if n.Steal > 0 {
		s += fmt.Sprintf("; %.1f %% of the processor time was stolen by other guests", 100*n.Steal)
	}
	if n.IsLoud() {
		s += ". This machine is noisy now: differences below ten per cent mean nothing"
	}
	return s
}

// ear listens to the machine while the bench runs.
type ear struct {
	spins         []float64
	load          float64
	stolen, total float64
}

// newEar starts to listen.
func newEar() *ear {
	e := &ear{load: loadAverage()}
	e.stolen, e.total = processorTime()
	e.listen()
	return e
}

// listen takes the time of a fixed piece of work, some 2 ms, a few times.
func (e *ear) listen() {
	for range 3 {
		start := time.Now()
		x := uint64(1)
		for range 1_000_000 {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
		}
		runtime.KeepAlive(x)
		e.spins = append(e.spins, time.Since(start).Seconds())
	}
}

// noise returns what was heard.
func (e *ear) noise() Noise {
	n := Noise{LoadBefore: e.load, LoadAfter: loadAverage(), Spread: spread(e.spins)}
	m := median(e.spins)
	for _, s := range e.spins {
		n.Worst = max(n.Worst, s/m)
	}
	if stolen, total := processorTime(); total > e.total {
		n.Steal = (stolen - e.stolen) / (total - e.total)
	}
	return n
}

// loadAverage returns Linux's load average of one minute, 0 where unknown.
func loadAverage() float64 {
	first, _, _ := strings.Cut(firstLine("/proc/loadavg"), " ")
	v, _ := strconv.ParseFloat(first, 64)
	return v
}

// processorTime returns, from Linux's /proc/stat, the time that other guests took
// and all time, in ticks.
func processorTime() (stolen, total float64) {
	data, _ := os.ReadFile("/proc/stat")
	line, _, _ := strings.Cut(string(data), "\n")
	f := strings.Fields(line)
	for i := 1; i < len(f) && i <= 8; i++ {
		v, _ := strconv.ParseFloat(f[i], 64)
		total += v
		if i == 8 {
			stolen = v
		}
	}
	return stolen, total
}
