// Package turing reads and programs Paul Rendell's Turing machine, a pattern of
// Conway's Life, and runs Turing machines by an interpreter to compare it with.
//
// # The machine
//
// The pattern is 1,714 × 1,647 cells and does one step of a Turing machine in
// 11,040 generations (Cycle). Its tape is two stacks, one for each side of the
// head; its transition table is nine memory cells, one for each of three states
// and three symbols:
//
//	         ╲ stack A: the tape right of the head,
//	          ╲         deeper cells further north-west
//	           ╲ top
//	            ┌──────────┐
//	            │ head:    │
//	┌─────────┐ │ push, pop│ top
//	│ table:  │ └──────────┘ ╲
//	│ 3×3     │               ╲ stack B: the tape left of the head,
//	└─────────┘                ╲         deeper cells further south-east
//
// A cell of a stack holds three bits, an entry of the table eight: the move, three
// bits of the symbol to write and four of the next state. A bit is a glider that is
// trapped in a loop of 120 or 240 generations, or no glider. An entry without any is
// the halt; one with all is undefined. Each step sends a trace of gliders to the
// south-west that tells the state and the symbol read; they fly on for ever.
//
// See P. Rendell, Turing Machine Universality of the Game of Life, Springer 2016.
// README.md in this folder has a picture.
//
// # Reading
//
// At generations k·Cycle the machine is what its tape, its table and its state say
// that it is, cell by cell: apart from these bits and from the signals that follow
// from the entry in force, it is the same each time. frame.tsv holds what each bit
// and each signal is; it is measured by a test on the running pattern, which sets
// gliders where and when they come by (Probes has these places) and looks at what
// comes of it. Read takes the machine apart by that table, puts it together again,
// and compares all cells: it returns what the machine holds, or an error.
//
// # Writing
//
// Build puts a program and a tape into the machine at generation 0. The limits are
// those of the machine: three states, three symbols, six cells on either side of the
// head, no entry "0 0 R" (it would be the halt), and a first step, before the
// program's own, that writes 0, moves left and goes to state 0. Predict tells what
// will not fit on the way.
//
// # Programs
//
// ParseProgram reads a text with an entry a line, state and symbol before the arrow,
// and next state, symbol to write and move, or halt, behind it; what is left out is
// undefined. "#" begins a comment. Three lines may say what the program is:
//
//	name  doubler
//	about doubles a row of ones
//	tape  1 1 []
//
//	0 0 -> 2 0 R
//	0 1 -> 1 2 R
//	2 0 -> halt
//
// The tape is in reading order, with the head's place as [].
package turing
