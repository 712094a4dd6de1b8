// Package tui is the terminal viewer, `life view`.
//
// # Parts
//
//	keys, mouse ─▶ update ─▶ model ─want─▶ sim ─▶ engine
//	                           │  ◀─frame──┘
//	                          draw ─▶ screen
//
// The interface runs on one goroutine and never waits for the simulation. What
// the user wants is a value (want) that holds counters where an order is meant,
// such as the number of single steps asked for in all; so the newest want
// replaces older ones and nothing gets lost. The simulation owns the engine on
// another goroutine and answers with frames, which are immutable; the newest
// frame replaces older ones too.
//
// # Long steps
//
// While Engine.Advance runs, the engine cannot be looked at. The simulation
// lends it to a goroutine and stays responsive: it reports "working", cancels
// through the context, and after a moment interrupts a step to look at another
// place, then resumes it. Engines that simulate every generation are run in
// sub-steps of about chunkTime. See sim.
//
// # The terminal
//
// Only screen.go knows tcell. One Sample call a frame and compare-and-set by
// tcell keep the cost at O(screen), and the output at what has changed. What the
// picture looks like (looks) is the interface's alone: the frame holds samples and
// ages, and no colours.
//
// # Screenshots and films
//
// They are made of frames by life/record, on the interface's goroutine: a file has
// the dots of the screen, each enlarged to a square. See shot.go.
package tui
