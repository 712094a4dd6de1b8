//go:build !noasm

package kernel

import (
	"golang.org/x/sys/cpu"

	"golife/life/internal/impl"
)

// useAVX512 stands for the instruction sets of Intel's Ice Lake (2019) and AMD's
// Zen 4 (2022): the kernels permute and shift bytes. Processors with less of
// AVX-512 lower their clock for it, and take the AVX2 kernels.
var (
	useAVX512 = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL &&
		cpu.X86.HasAVX512VBMI && cpu.X86.HasAVX512VBMI2 && cpu.X86.HasAVX512BITALG && cpu.X86.HasBMI2
	useAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI2
)

func init() {
	impl.Register("kernel", "avx512", &useAVX512)
	impl.Register("kernel", "avx2", &useAVX2)
}
