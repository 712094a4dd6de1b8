// Package run is one run of a pattern: it drives an engine to a goal, looks for
// events on the way, and reports the result. The command life run and the package
// batch are built on it.
//
// # What a run is
//
//	pattern + Spec ─► New: engine.Choose, Load ─► Runner.Run ─► why it stopped
//	                                                │     └──► Report, Expectation.Check
//	                     resume from a State ◄── Keep
//
// A Runner goes to Spec.Generations, or to an event (Spec.Until), or to the end of
// its time or memory; it always stops at a whole generation. How it cuts the way into
// calls of life.Engine.Advance is up to it and changes no result.
//
// # Resuming
//
// With Keep a Runner hands out a State now and then. A run that begins again with the
// same pattern, the same Spec and that State comes to the same result: the state is
// never one behind the event that is looked for, and what a search for a period finds
// does not depend on where it began.
//
// # Numbers
//
// ParseCount, ParseSize and ParseDuration read numbers as people write them; the
// command line and job manifests share them.
package run
