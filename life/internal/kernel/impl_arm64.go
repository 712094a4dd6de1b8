//go:build !noasm

package kernel

import "golife/life/internal/impl"

// useNEON is false only in tests: every arm64 processor has these instructions.
var useNEON = true

func init() { impl.Register("kernel", "neon", &useNEON) }
