package life

import (
	"context"
	"fmt"
	"math/big"
)

// StartAdvance is what an engine's Advance by n generations begins with: it reports whether there is
// anything to do. It returns ctx.Err(), and an error for a negative n, which names the engine.
func StartAdvance(ctx context.Context, engine string, n *big.Int) (more bool, err error) {
	if n.Sign() < 0 {
		return false, fmt.Errorf("%s: cannot advance %v generations", engine, n)
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	return n.Sign() > 0, nil
}

// Batch returns n, or 2^62 if n does not fit an int64: as many generations as an engine takes on at once
// that counts them, and will never get so far where anything goes on.
func Batch(n *big.Int) int64 {
	if n.IsInt64() {
		return n.Int64()
	}
	return 1 << 62
}
