// Package codec is what the readers and writers of the smaller pattern formats
// have in common: options, warnings, errors with a place, lines, comments, and the
// way of cells into a life.Builder.
//
// # Data flow
//
//	bytes ─► Source: 64 KiB buffer ─► lines ─► the format's reader ─► Decoder ─► life.Builder
//	                                                                   │
//	                              rule, generation, comments, deviations
//
// A reader takes lines from a Decoder and gives cells and directives back to it.
// The Decoder knows rule, grid and states, and refuses or drops what does not fit;
// rows of two states go on in words of 64 cells.
//
// # Strict and lenient
//
// Each deviation from a format is a Warning, or an error when Options.IsStrict.
// After 100 of them one last Warning says that more are not reported.
//
// # Limits
//
//   - A line may have MaxLine bytes, comments MaxText bytes in all.
//   - Cells have int64 coordinates; what overflows is an error, never a wrong cell.
package codec
