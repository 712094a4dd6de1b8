// Package bench measures golife: fixed workloads, every result checked, peers on
// the same files beside it. It is what stands behind "life bench".
//
// # What a figure means
//
// A workload is a pattern, a rule, a number of generations and a task: advance,
// draw, read, write, a batch of small jobs. Names never change their meaning: two
// files with a row "soup-1024" measured the same cells.
//
//	              ┌ a new process starts              the population is known ┐
//	cold          ├── start ── read file ── load ── advance ── population ────┤
//	warm                                            ├─ advance ── population ─┤
//
// Cold is what somebody waits for who types a command, and what a peer's process
// is compared with: start, file, tables that have to grow, pages that have to be
// cleared. Warm is the task alone, in a process that has done it before, with a
// new engine: what a library user or a long batch gets. HashLife starts warm runs
// with empty tables too; its memory of earlier runs would make any figure.
//
// Time is wall time. User and system time are kept with every sample, as are peak
// memory and, for warm samples, allocations. Rates are medians.
//
// # Cell updates
//
// Only a soup has a natural number of cells. Its "cells/s" is side² × generations
// by time: what an engine would have to compute that skips nothing. All engines
// here skip or memoise, so the figure is called effective (eff.), and
// Row.ComputedShare tells which part was really computed, by the engine's own
// counters. For other patterns the rate is in generations, which for HashLife is
// of interest only together with the pattern.
//
// # Right or nothing
//
// Each workload has a golden population and digest (goldens.tsv): found by one
// engine and confirmed by another one and by bgolly, as the last column says; under
// rules of many states or large neighbourhoods by naive, where that takes seconds. The
// population of every repetition is compared with it, and the digest of all cells
// of every cold run and of the first warm one, after the clock has stopped. A row
// with a wrong result has no figures, in no output, and the command ends with
// exit code 3. The same holds for a peer: one that disagrees gets no figure.
//
// # Noise
//
// Cold runs of all engines and peers of a workload take turns, A B C A B C, so
// that a slow minute of the machine hits all. Repetitions end when the median is
// known to half a per cent, or with the budget. Spreads are median absolute
// deviations, which a few outliers do not move. Between workloads a fixed piece of
// work is timed, and load average and stolen time are read: the report says what
// they were, and when differences mean nothing. Compare tells change from chance
// by the Mann-Whitney U test on the samples, which assumes nothing about their
// distribution.
//
// Everything is measured in child processes. This process stays small, because on
// Linux the peak memory of a child begins with its parent's.
//
// # How to add
//
// A workload is an entry in workloads.go, with its rule where that has more than two
// states or a large neighbourhood; go test ./bench -run TestGoldens -update -only NAME
// measures its golden. An engine is a name in an entry's Engines; it
// must be known to package engine. A peer is a value in Peers. A task is a type
// with the methods of trial.
//
// # Guard
//
// TestCounts compares what engines count (nodes, results, tiles stepped) on fixed
// workloads with testdata/counts.tsv, and fails when more than five per cent more
// work is done than before: seconds in CI prove nothing, counts do.
//
// # Limits
//
// User and system time and peak memory need a Unix; peak memory of peers is
// rounded up to this process's, some 10 MiB. Cold figures of peers include the end
// of their process, ours do not: some 0.1 ms, more where memory has to be freed.
package bench
