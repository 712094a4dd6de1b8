package cli

import (
	"slices"
	"strings"

	"golife/life/run"
	"golife/life/soup"
)

// topic is help about something that is no command. Where there is a table that the
// program itself works by, its text is made from that, so that they cannot disagree.
type topic struct {
	name, short string
	text        func() string
}

// topics returns the topics of 'life help', in its order.
func topics() []topic {
	fixed := func(text string) func() string { return func() string { return text } }
	return []topic{
		{"formats", "The pattern formats: what they hold, how they are known", formatsTopic},
		{"rules", "How rules are written", rulesTopic},
		{"numbers", "How counts, sizes, durations and seeds are written", fixed(numbersTopic)},
		{"json", "What --json, --csv and life batch print", fixed(jsonTopic)},
		{"soups", "Random patterns that can be made again", soupsTopic},
		{"probes", "Boxes of cells to look at during a run", fixed(probesTopic)},
		{"checkpoints", "Runs that survive a crash", fixed(checkpointsTopic)},
		{"manifests", "The job lists of life batch", manifestsTopic},
	}
}

// findTopic returns the topic of a name, or nil.
func findTopic(name string) *topic {
	all := topics()
	if i := slices.IndexFunc(all, func(t topic) bool { return t.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// help returns the text of the topic under its title.
func (t *topic) help() string { return t.short + ".\n\n" + strings.Trim(t.text(), "\n") + "\n" }

const numbersTopic = `
counts     12345, 12_345, 1e12, 1.5e6, 2^64, 10^100: whole, from 0, of any size
sizes      512M, 2G, 1.5GiB are powers of 1024; 512MB is 512 million bytes
durations  90 is 90 seconds; 1.5s, 10m, 2h, 1h30m
seeds      any text

In JSON, counts are integers of any length: read them with a parser that has such
integers (Python's has, jq 1.7 keeps them as they are written). A manifest takes
numbers and texts alike: 1000, "1e12".
`

const jsonTopic = `
'life run --json' prints one object a line and a pattern, and one for each report of
--every. 'life batch' prints the same, with id, job, and error or missed.

  pattern                 as on the command line
  rule                    its canonical rulestring
  engine, engine_reason   what computed it, and why that was chosen, which may be
                          something else the next time; so 'life batch' tells only
                          what the job asks for, such as auto, unless it has -v
  generation, population  integers of any length
  bounds                  {"x","y","width","height"} of all cells; null when empty
  digest                  32 hexadecimal digits that depend on the cells and their
                          places alone
  stopped                 generations, timeout, memory, range (beyond the engine's
                          coordinates, under a time limit alone), dead, stable,
                          periodic or interrupted; null in a report of --every
  seconds                 time spent computing, all resumed runs together
  generations_per_second
  peak_memory_bytes       of the process so far
  period                  where it stopped as periodic
  background              1 where the empty plane is alive (rules with B0)
  engine_stats            the engine's counters, with -v

  id                      of the job
  job                     tells jobs apart by what their results depend on
  error                   why there is no result; then all from rule on is missing
  missed                  the expectations that the result does not meet

'life run --csv' prints the same as a table, bounds as x, y, width and height. New
fields may come, at the end.
`

const probesTopic = `
A probe looks at a box of cells at some generations, and hits when the box is as
in its picture. A FILE of 'life run --probe' has one a line: a name, X,Y of the
north-west cell, generations START or START+PERIOD, and the picture: rows joined by
'/' of '.' dead, 'o' alive, A to X other states, '*' not dead, '?' any; or WxH for a
box with any cell in it. '!' before a picture turns it round, '#' begins a comment:

  bit-0  1187,1035  0+11040  .o./..o/ooo   a glider is there: the bit is 1

A hit is reported as pattern, probe, generation, x, y and picture: what is there.
`

func soupsTopic() string {
	return `
A soup is WIDTHxHEIGHT, or WIDTHxHEIGHT:DENSITY, or WIDTHxHEIGHT:DENSITY:SYMMETRY.
DENSITY is the share of cells that are not dead, 0.375 or 37.5%, a half without it.
With a seed, which is any text, it is the same pattern on every machine, for good:

  life run --soup 16x16 --seed 7 -g 1000
  life run soup:16x16:0.5:C1:7 -g 1000     by its full name, as reports have it

Symmetries: ` + strings.Join(soup.Symmetries(), " ") + `.
`
}

const checkpointsTopic = `
'life run PATTERN --checkpoint FILE' saves in FILE how far the run has come: each
minute, or as --checkpoint-every says, and at the end, be it at the goal, a limit, or
a signal. The same command with --resume goes on from FILE, or begins where there is
none: give it to a scheduler that starts it again as often as need be.

The result is that of a run without a break. At most what was computed since the last
checkpoint is computed again, and reports of --every since then come again.

FILE is replaced whole or not at all, on disk before its name is, and has a checksum.
A run refuses one that is damaged, that is none of ours, or that is of another
pattern, rule or --until, and leaves it as it is. Goal, engine, limits and threads
may change. The file is for this program alone: -o saves patterns.

'life batch' needs no checkpoints: its results are what it goes on from.
`

func manifestsTopic() string {
	return `
A manifest is a JSON object a line, one for each job; blank lines do not count.

  {"id":"gun","pattern":"gosper-glider-gun","generations":"1e12"}
  {"id":"s7","soup":"16x16","seed":7,"generations":5000,"expect":{"stopped":"generations"}}

  id            any text, once; without it, the number of the line
  pattern       a file, or a name of the library
  soup, seed    instead of a pattern; see 'life help soups'
  rule          instead of the pattern's
  generations   how many to advance
  until         ` + strings.Join(run.Events(), ", ") + `
  timeout       stop then; a worker that does not answer 10 s later is killed
  memory        bound the engine; a worker that takes much more is ended
  engine, threads
  output        save the last generation as this file
  expect        {"KEY":VALUE}: ` + strings.Join(run.ExpectKeys(), ", ") + `
  expect_equal  a pattern whose cells the result must have
  stats         true: report the engine that ran, why, and its counters

Files are found from the folder in which life runs. All lines are checked before the
first job begins; a field that is none of these is an error.

Results are objects a line, see 'life help json', in a file to which lines are only
added. --resume takes a job as done when its id is there, and refuses the file when
the job was another one (its field "job" tells).

The same jobs give the same results on each machine, but for what a time limit ends:
two files differ in seconds, generations_per_second and peak_memory_bytes alone, and
in the order of lines without --order input. 'life batch merge' compares them.
`
}
