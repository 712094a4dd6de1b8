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

// TestNothingElse fails on assembly that is not generated.
func TestNothingElse(t *testing.T) {
	found, err := filepath.Glob("../*/*.s")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		if !slices.Contains(names(), strings.TrimPrefix(name, "../kernel/")) {
			t.Errorf("%s is nobody's output", name)
		}
	}
	if len(found) != len(names()) {
		t.Errorf("%d files of assembly, want %d", len(found), len(names()))
	}
}
