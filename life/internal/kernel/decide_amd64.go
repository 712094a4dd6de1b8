//go:build !noasm

package kernel

// decision is the code of an outer-totalistic rule's decision: the addresses of the
// fragments that are run one after the other. life/internal/_asm says what they do, and
// knows this layout.
type decision struct{ low, next, high uintptr }

// set puts the fragments for two functions of three bits together, and if fix is not 0
// the one that mends what low makes of sums of 8 (1), 9 (2) or both (3).
func (d *decision) set(low, fix, high int) {
	f := fragmentTable()
	*d = decision{low: f.low[low], next: f.high[high], high: f.high[high]}
	if fix != 0 {
		d.next = f.fix[fix-1]
	}
}

// fragmentAddresses are where the fragments are.
type fragmentAddresses struct {
	low, high [256]uintptr
	fix       [3]uintptr
}

func fragmentTable() *fragmentAddresses
