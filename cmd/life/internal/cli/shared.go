package cli

import "golife/life/run"

// What commands have in common with runs: how numbers are read, how bounds and counts
// are written.
var (
	parseCount    = run.ParseCount
	parsePositive = run.ParsePositive
	parseSize     = run.ParseSize
	parseDuration = run.ParseDuration
	short         = run.Short
	newBox        = run.NewBox
	writeJSON     = run.WriteJSON
)

type box = run.Box
