//go:build !amd64 || noasm

package kernel

import "golife/life/rule"

// letterCode is the code of an isotropic rule; there is none.
type letterCode struct{}

func newLetterCode(*rule.Table) *letterCode { return nil }
