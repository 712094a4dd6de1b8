package life

import (
	"errors"
	"fmt"

	"golife/life/rule"
)

// Errors that a caller may branch on with errors.Is.
var (
	// ErrUnsupportedRule says that an engine cannot run a rule. The error that
	// wraps it is an *UnsupportedRuleError.
	ErrUnsupportedRule = errors.New("unsupported rule")
	// ErrMemoryLimit says that an engine reached its memory limit. The universe
	// stands at the last whole generation before it.
	ErrMemoryLimit = errors.New("memory limit reached")
	// ErrOutOfRange says that a cell or a universe lies beyond the coordinates
	// that an engine or a format can hold.
	ErrOutOfRange = errors.New("coordinates out of range")
	// ErrState says that a cell state is not one of the rule's states.
	ErrState = errors.New("no such cell state")
)

// UnsupportedRuleError names the engine and the rule that do not fit, and why.
// It unwraps to ErrUnsupportedRule.
type UnsupportedRuleError struct {
	Engine string // "" when none fits
	Rule   *rule.Rule
	Reason string // what the engine would need, such as "bounded grids are not supported"
}

func (e *UnsupportedRuleError) Error() string {
	if e.Engine == "" {
		return fmt.Sprintf("rule %s: %s", e.Rule, e.Reason)
	}
	return fmt.Sprintf("%s: rule %s: %s", e.Engine, e.Rule, e.Reason)
}

// Unwrap returns ErrUnsupportedRule.
func (e *UnsupportedRuleError) Unwrap() error { return ErrUnsupportedRule }
