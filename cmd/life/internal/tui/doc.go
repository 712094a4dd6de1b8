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
// # Orders
//
// What is to be done once, such as an edit or to save, is an order: a function that
// the simulation runs between two generations. Orders are a list that want holds the
// end of, so that none is lost when a newer want replaces an older one. They answer by
// functions that the model runs when the next frame comes.
//
//	:save x.rle ─▶ execute ─▶ order ──want──▶ obey ─▶ Snapshot, write
//	message     ◀─ takeReplies ◀──frame── answer ◀─┘
//
// Commands (command.go) are the one way to give orders: keys, the command line, the
// configuration file and scripts go through execute.
//
// # The past
//
// The timeline keeps states as patterns, by generation, denser near the present; any
// generation is replayed from the state before it. An edit begins an epoch: states of
// later generations from before it are dropped. Undo keeps the cells that an edit
// has changed, or for large edits the states before and after it, which go to files
// when they take too much memory. See timeline, deed and kept.
//
// # Long steps
//
// While Engine.Advance runs, the engine cannot be looked at. The simulation
// lends it to a goroutine and stays responsive: it reports "working", cancels
// through the context, and after a moment interrupts a step to look at another
// place, then resumes it. Engines that simulate every generation are run in
// sub-steps of about chunkTime. See sim.
//
// Files are read on a goroutine of their own, which also fills a new engine. The
// simulation takes it on between two generations. See loading.
//
// # The terminal
//
// Only screen.go and output.go know tcell. One Sample call a frame and compare-and-set
// tcell keep the cost at O(screen), and the output at what has changed. What the
// picture looks like (looks) is the interface's alone: the frame holds samples and
// ages, and no colours.
//
// # Screenshots and films
//
// They are made of frames by life/record, on the interface's goroutine: a file has
// the dots of the screen, each enlarged to a square. See shot.go.
package tui
