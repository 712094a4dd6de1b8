//go:build !amd64 || noasm

package kernel

import "golife/life/rule"

// letterCode is the code of an isotropic rule; there is none.
type letterCode struct{}

func newLetterCode(*rule.Table) (code *letterCode, sums [10][2]uint64) { return nil, sums }

func canSweepLookups() bool { return false }
