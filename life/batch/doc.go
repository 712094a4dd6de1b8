// Package batch runs many patterns, each in a worker of its own kind of jail: a job
// that fails, hangs or takes the process down harms no other, and a crash of the whole
// loses no result.
//
// # Data flow
//
//	folder, glob, manifest ─► Jobs ─► Run ─► Transport ─► Worker ─► Executor.Do
//	                            │      ▲                     │
//	                  shard, defaults  └─── result lines ◄───┘
//	                                             │
//	                          Results: append, fsync, resume, order, Merge
//
// A Job is what a line of a manifest says (see ParseJob). It and its result travel as
// lines of JSON, so that a Worker may be a goroutine (InProcess), a process on this
// machine (Processes), or whatever a Transport reaches.
//
// # Isolation
//
// A Worker does one job at a time. When it dies or does not answer in time, its job has
// failed, and Run asks the Transport for another one. With Processes that holds for
// panics of any goroutine, for fatal errors of the Go runtime, for the system's
// out-of-memory killer, which is told to take a worker first, and for endless loops.
//
// # Durability
//
// Each result is one write to the end of a file. The file is put on disk (fsync) once a
// second and at the end: a killed process loses nothing that it has reported, a power
// failure a second's work. A line that was being written is cut off when the file is
// opened again, and its job is done again. A file that holds anything else than results
// of the very jobs is refused.
package batch
