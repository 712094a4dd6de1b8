//go:build !(amd64 || arm64) || noasm

package kernel

// decision is of use to assembly only.
type decision struct{}

func (*decision) set(low, fix, high int) {}
