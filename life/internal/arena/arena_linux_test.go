package arena

import (
	"os"
	"testing"
)

func TestAvailableOf(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       int64
	}{
		{"as it is", "MemTotal:       24683652 kB\nMemFree:         5683652 kB\nMemAvailable:   12345678 kB\nBuffers:  1 kB\n", 12345678 << 10},
		{"first", "MemAvailable: 1 kB\n", 1 << 10},
		{"not there", "MemTotal:       24683652 kB\nMemFree:         5683652 kB\n", 0},
		{"cut off", "MemTotal:       24683652 kB\nMemAvailable:   1234", 0},
		{"another unit", "MemAvailable:   1234 MB\n", 0},
		{"no number", "MemAvailable:   many kB\n", 0},
		{"negative", "MemAvailable:   -5 kB\n", 0},
		{"too large", "MemAvailable:   99999999999999999999 kB\n", 1<<62 - 1<<10},
		{"nothing", "", 0},
	} {
		if got := availableOf([]byte(tt.text)); got != tt.want {
			t.Errorf("%s: found %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestAvailableIsInTheFile(t *testing.T) {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil || availableOf(text) == 0 {
		t.Skip("the system does not say")
	}
	if got, now := Available(), availableOf(text); got < now/2 || got > 2*now {
		t.Errorf("Available() = %d, the file has %d", got, now)
	}
}
