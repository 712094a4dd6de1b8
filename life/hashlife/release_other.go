//go:build race || !amd64

package hashlife

import "sync/atomic"

// storeRelease stores v so that whoever loads it atomically also sees what was
// stored before.
func storeRelease(p *uint32, v uint32) { atomic.StoreUint32(p, v) }
