package main

import (
	"math"
	"slices"
	"strconv"

	"golife/bench"
	"gonum.org/v1/plot/plotter"
)

// chart is one picture.
type chart struct {
	file, title, x, y string
	lines             func(*bench.Report) []line
	ticksAtPoints     bool // on the x axis, not at powers of ten
	startsAtZero      bool // linear axes, both from 0
	falls             bool // from left to right, so that the legend stands right
}

// line is one curve of a chart.
type line struct {
	name   string
	points plotter.XYs
	isPeer bool
}

// charts returns all pictures.
func charts() []chart {
	return []chart{
		{
			file: "speed-size", title: "Soups of 37 %, 1,024 generations, from a cold start",
			x: "side of the soup, cells", y: "cell updates/s, effective",
			lines: bySize, ticksAtPoints: true,
		},
		{
			file: "speed-memory", title: "Rendell's Turing machine, 2^30 generations, under a memory limit",
			x: "memory limit, MiB", y: "seconds, from a cold start", lines: byMemory, ticksAtPoints: true, falls: true,
		},
		{
			file: "speed-threads", title: "Soup of 4096 × 4096 cells, 512 generations",
			x: "threads", y: "cell updates/s, effective", lines: byThreads, startsAtZero: true,
		},
		{
			file: "population", title: "Four ways to grow", x: "generation", y: "population", lines: growth,
		},
	}
}

// gather makes lines of the rows that point accepts, by engine.
func gather(r *bench.Report, point func(*bench.Row) (x, y float64, ok bool)) (lines []line) {
	for i := range r.Rows {
		row := &r.Rows[i]
		x, y, ok := point(row)
		if !ok || row.Refused != "" || !(y > 0) {
			continue
		}
		at := slices.IndexFunc(lines, func(l line) bool { return l.name == row.Engine })
		if at < 0 {
			at = len(lines)
			lines = append(lines, line{name: row.Engine, isPeer: row.IsPeer})
		}
		lines[at].points = append(lines[at].points, plotter.XY{X: x, Y: y})
	}
	lines = slices.DeleteFunc(lines, func(l line) bool { return len(l.points) < 2 })
	for _, l := range lines {
		slices.SortFunc(l.points, func(a, b plotter.XY) int { return int(math.Copysign(1, a.X-b.X)) })
	}
	return lines
}

func bySize(r *bench.Report) []line {
	return gather(r, func(row *bench.Row) (x, y float64, ok bool) {
		return float64(row.Side), cellsPerSecond(row), row.Kind == "soup"
	})
}

// cellsPerSecond is the effective rate from a cold start, which peers have too.
func cellsPerSecond(row *bench.Row) float64 {
	seconds := row.ColdSeconds()
	if row.Work == nil || !(seconds > 0) {
		return 0
	}
	n, _ := row.Work.Float64()
	return n * float64(row.Area) / seconds
}

func byMemory(r *bench.Report) []line {
	return gather(r, func(row *bench.Row) (x, y float64, ok bool) {
		return float64(row.MemoryLimit >> 20), row.ColdSeconds(), row.Kind == "memory"
	})
}

// byThreads adds the straight line from the first point.
func byThreads(r *bench.Report) []line {
	lines := gather(r, func(row *bench.Row) (x, y float64, ok bool) {
		return float64(row.Threads), row.CellRate(), row.Kind == "threads"
	})
	for _, l := range slices.Clone(lines) {
		first := l.points[0]
		ideal := line{name: l.name + ", in proportion", isPeer: true}
		for _, p := range l.points {
			ideal.points = append(ideal.points, plotter.XY{X: p.X, Y: first.Y / first.X * p.X})
		}
		lines = append(lines, ideal)
	}
	return lines
}

func growth(r *bench.Report) (lines []line) {
	for i := range r.Rows {
		row := &r.Rows[i]
		if len(row.Curve) == 0 || slices.ContainsFunc(lines, func(l line) bool { return l.name == row.Pattern }) {
			continue
		}
		l := line{name: row.Pattern}
		for _, p := range row.Curve {
			if p.Population > 0 {
				l.points = append(l.points, plotter.XY{X: float64(p.Generation), Y: float64(p.Population)})
			}
		}
		lines = append(lines, l)
	}
	return lines
}

// plain writes a number without an exponent.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
