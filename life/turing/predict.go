package turing

import (
	"errors"
	"fmt"
)

// Outlook is what the interpreter says about a run of the machine.
type Outlook struct {
	Steps  int    // that the machine can do; the limit when it goes on for ever
	Halts  bool   // after Steps
	Final  Config // after Steps
	Lo, Hi int    // the range of places that the head comes to, 0 being where it starts
	// Err tells what is wrong with the step after Steps; nil when nothing is. It
	// is an *OverflowError, or wraps ErrUndefined.
	Err error
}

// OverflowError says that a step needs more tape than the machine has.
type OverflowError struct {
	Step int
	Side string // "left" or "right" of the head
}

func (e *OverflowError) Error() string {
	return fmt.Sprintf("step %d needs %d cells of tape %s of the head, and the machine has %d", e.Step, Depth+1, e.Side, Depth)
}

// Predict runs the interpreter on, at most to the given number of steps in all, and
// says how far the machine in Life can follow it. When the last step of it already
// was one too many, as the start-up step is on six cells right of the head, Steps
// is the one before, and Final what the interpreter holds.
func Predict(it *Interpreter, limit int) Outlook {
	head := *it
	head.Config.Tape = it.Config.Tape.Clone()
	o := Outlook{Steps: head.Steps, Final: head.Config, Err: overflow(&head)}
	if o.Err != nil {
		o.Steps--
	}
	at := 0
	for o.Err == nil && head.Steps < limit {
		e := head.Entry()
		err := head.Step()
		if errors.Is(err, ErrHalted) {
			o.Halts = true
			break
		}
		if err == nil {
			err = overflow(&head)
		}
		if err != nil {
			o.Err = err
			break
		}
		if e.Move == Left {
			at--
		} else {
			at++
		}
		o.Lo, o.Hi = min(o.Lo, at), max(o.Hi, at)
		o.Steps, o.Final = head.Steps, head.Config
		o.Final.Tape = o.Final.Tape.Clone()
	}
	if !o.Halts && o.Err == nil {
		o.Halts = head.Entry().Kind == Halt
	}
	return o
}

// overflow returns an *OverflowError when the tape is longer than the machine's.
func overflow(it *Interpreter) error {
	switch {
	case len(trim(it.Config.Tape.Left)) > Depth:
		return &OverflowError{it.Steps, "left"}
	case len(trim(it.Config.Tape.Right)) > Depth:
		return &OverflowError{it.Steps, "right"}
	}
	return nil
}
