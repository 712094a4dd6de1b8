package turing

import "fmt"

// Compare returns nil when the machine is where the interpreter is, else an error
// that says both.
func Compare(r *Reading, it *Interpreter) error {
	switch {
	case r.Steps != int64(it.Steps):
		return fmt.Errorf("found step %d, want step %d", r.Steps, it.Steps)
	case !r.Config.Equal(it.Config):
		return fmt.Errorf("found state %d and the tape %v, want state %d and the tape %v",
			r.Config.State, r.Config, it.Config.State, it.Config)
	}
	return nil
}
