package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCommitted compares the committed assembly with what the generator makes.
func TestCommitted(t *testing.T) {
	for _, name := range names() {
		t.Run(name, func(t *testing.T) {
			want, err := generate(name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join("../kernel", name))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("../kernel/%s is not what the generator makes: go run . ../kernel", name)
			}
		})
	}
}

// TestNothingElse fails on assembly that is not generated, but for that of arm64, which
// is written by hand: avo makes amd64 alone.
func TestNothingElse(t *testing.T) {
	var found []string
	for _, pattern := range []string{"../*/*.s", "../../*/*.s"} {
		some, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, some...)
	}
	found = slices.DeleteFunc(found, func(name string) bool { return strings.HasSuffix(name, "_arm64.s") })
	var made []string
	for _, name := range names() {
		made = append(made, filepath.Join("../kernel", name))
	}
	for _, name := range found {
		if !slices.Contains(made, name) {
			t.Errorf("%s is nobody's output", name)
		}
	}
	if len(found) != len(names()) {
		t.Errorf("%d files of assembly, want %d", len(found), len(names()))
	}
}
