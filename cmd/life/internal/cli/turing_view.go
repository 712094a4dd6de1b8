package cli

func turingViewCommand() *command {
	return &command{
		name: "view", operands: "[PATTERN]", complete: "pattern",
		short: "Watch the machine, with its tape and table beside it",
		setup: setupView,
	}
}
