package bench

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"golang.org/x/sys/cpu"
)

// Machine is what figures depend on. Fields that the system does not tell are empty.
type Machine struct {
	CPU       string   `json:"cpu"`
	Cores     int      `json:"cores"` // logical, that this process may use
	Caches    []string `json:"caches,omitempty"`
	Features  []string `json:"features,omitempty"` // that matter to the kernels
	Memory    int64    `json:"memory_bytes,omitempty"`
	HugePages string   `json:"huge_pages,omitempty"` // the mode of transparent huge pages
	Virtual   bool     `json:"virtual,omitempty"`    // inside a virtual machine
	System    string   `json:"system"`               // GOOS/GOARCH and kernel
	Go        string   `json:"go"`
	Version   string   `json:"version"` // of this module
}

// ThisMachine returns the facts about this one.
func ThisMachine() Machine {
	m := Machine{
		CPU: cpuName(), Cores: runtime.GOMAXPROCS(0), Caches: caches(), Features: features(),
		Memory: memInfo("MemTotal:"), HugePages: chosen(firstLine("/sys/kernel/mm/transparent_hugepage/enabled")),
		Virtual: strings.Contains(cpuInfo("flags")+" ", " hypervisor "),
		System:  strings.TrimSpace(runtime.GOOS + "/" + runtime.GOARCH + " " + firstLine("/proc/sys/kernel/osrelease")),
		Go:      runtime.Version(), Version: version(),
	}
	return m
}

// String describes the machine in one line.
func (m Machine) String() string {
	s := fmt.Sprintf("%s, %d cores", m.CPU, m.Cores)
	if m.Virtual {
		s += " (virtual)"
	}
	if len(m.Caches) > 0 {
		s += ", " + strings.Join(m.Caches, ", ")
	}
	if len(m.Features) > 0 {
		s += ", " + strings.Join(m.Features, " ")
	}
	return s
}

// version returns the version that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v += fmt.Sprintf(" %.12s", s.Value)
		}
	}
	return strings.TrimSpace(v)
}

// features returns the instruction sets that the kernels may use.
func features() (names []string) {
	for _, f := range []struct {
		name string
		has  bool
	}{
		{"popcnt", cpu.X86.HasPOPCNT},
		{"avx2", cpu.X86.HasAVX2},
		{"avx512", cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL},
		{"neon", cpu.ARM64.HasASIMD},
		{"sve2", cpu.ARM64.HasSVE2},
	} {
		if f.has {
			names = append(names, f.name)
		}
	}
	return names
}

// cpuName returns the processor's name, or the architecture.
func cpuName() string {
	for _, key := range []string{"model name", "Hardware", "Processor"} {
		if s := cpuInfo(key); s != "" {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return runtime.GOARCH
}

// cpuInfo returns a field of the first processor in Linux's /proc/cpuinfo.
func cpuInfo(key string) string {
	data, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(data)) {
		name, value, _ := strings.Cut(line, ":")
		if strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// caches lists the data caches of the first core, such as "L2 512K".
func caches() (out []string) {
	for i := range 8 {
		dir := fmt.Sprintf("/sys/devices/system/cpu/cpu0/cache/index%d/", i)
		level, size := firstLine(dir+"level"), firstLine(dir+"size")
		if level == "" || firstLine(dir+"type") == "Instruction" {
			continue
		}
		out = append(out, "L"+level+" "+size)
	}
	return out
}

// memInfo returns a field of Linux's /proc/meminfo in bytes.
func memInfo(key string) int64 {
	data, _ := os.ReadFile("/proc/meminfo")
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == key {
			kib, _ := strconv.ParseInt(f[1], 10, 64)
			return kib << 10
		}
	}
	return 0
}

// firstLine returns the first line of a file, "" when it cannot be read.
func firstLine(name string) string {
	data, _ := os.ReadFile(name)
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimSpace(line)
}

// chosen returns the word in brackets: what Linux does among what it could do.
func chosen(s string) string {
	_, s, _ = strings.Cut(s, "[")
	s, _, _ = strings.Cut(s, "]")
	return s
}
