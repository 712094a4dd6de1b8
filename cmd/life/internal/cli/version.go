package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/sys/cpu"
)

func versionCommand() *command {
	return &command{
		name:     "version",
		short:    "Print the version of life, of Go, and what the processor offers",
		examples: []string{"life version  what to quote in a bug report"},
		setup:    func(*flags) runFunc { return runVersion },
	}
}

func runVersion(_ context.Context, e *env, args []string) error {
	if len(args) > 0 {
		return usagef("found %q, want no operands", args[0])
	}
	fmt.Fprintf(e.stdout, "life %s\n", buildVersion())
	fmt.Fprintf(e.stdout, "%s %s/%s, %d processors\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if f := cpuFeatures(); len(f) > 0 {
		fmt.Fprintf(e.stdout, "processor: %s\n", strings.Join(f, " "))
	}
	return nil
}

// buildVersion returns the module's version, and the commit it was built from
// where that is known.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown version)"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if commit := settings["vcs.revision"]; commit != "" {
		version += fmt.Sprintf(" (commit %.12s", commit)
		if settings["vcs.modified"] == "true" {
			version += " and changes"
		}
		version += ")"
	}
	return version
}

// cpuFeatures returns the instruction sets that matter to the kernels.
func cpuFeatures() (names []string) {
	for _, f := range []struct {
		name string
		has  bool
	}{
		{"popcnt", cpu.X86.HasPOPCNT},
		{"avx2", cpu.X86.HasAVX2},
		{"bmi2", cpu.X86.HasBMI2},
		{"avx512f", cpu.X86.HasAVX512F},
		{"avx512bw", cpu.X86.HasAVX512BW},
		{"avx512vl", cpu.X86.HasAVX512VL},
		{"neon", cpu.ARM64.HasASIMD},
		{"sve", cpu.ARM64.HasSVE},
		{"sve2", cpu.ARM64.HasSVE2},
	} {
		if f.has {
			names = append(names, f.name)
		}
	}
	return names
}
