// Package record writes pictures of a universe to files: PNG, SVG and text for
// one picture, GIF and asciicast for a film of them.
//
// # From a picture to a file
//
//	view.Take --Picture--> view.Painter --dots--------> PNG, GIF, SVG
//	                                    --characters--> asciicast, text
//
// A dot of the camera becomes a square of Options.Scale pixels; the images are the
// same whatever the glyphs. In text and casts the dots are packed into characters.
//
// # Films
//
// A Recorder writes each frame when the next one differs, and only what has
// changed: the smallest rectangle in a GIF, the characters in a cast. Its memory
// does not depend on the length of the film.
//
// # Limits
//
// A GIF holds 256 colours a frame; where there are more, the rarer are replaced by
// the nearest. Its times are whole hundredths of a second. Sides are at most
// MaxSide pixels.
package record
