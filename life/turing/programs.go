package turing

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed programs/*.tm
var programFiles embed.FS

// programOrder is the order in which people meet the programs.
var programOrder = []string{"doubler", "busy-beaver", "increment", "invert", "adder", "bounce"}

// Programs returns the programs that come with the package. The caller must not
// change them.
func Programs() []*Program {
	programs.once.Do(func() { programs.all = parsePrograms() })
	return programs.all
}

var programs struct {
	once sync.Once
	all  []*Program
}

func parsePrograms() (all []*Program) {
	for _, name := range programOrder {
		f, err := programFiles.Open("programs/" + name + ".tm")
		if err != nil {
			panic("turing: " + err.Error())
		}
		p, err := ParseProgram(f)
		if err != nil {
			panic("turing: " + name + ": " + err.Error())
		}
		all = append(all, p)
	}
	return all
}

// ProgramNames returns the names of Programs, in their order.
func ProgramNames() []string { return slices.Clone(programOrder) }

// Source returns the text of the program of the given name, or an error that
// lists the names.
func Source(name string) (string, error) {
	if _, err := Lookup(name); err != nil {
		return "", err
	}
	text, err := programFiles.ReadFile("programs/" + name + ".tm")
	return string(text), err
}

// Lookup returns the program of the given name, or an error that lists the names.
func Lookup(name string) (*Program, error) {
	i := slices.Index(programOrder, name)
	if i < 0 {
		return nil, fmt.Errorf("no program %q, want one of %s", name, strings.Join(programOrder, ", "))
	}
	return Programs()[i], nil
}
