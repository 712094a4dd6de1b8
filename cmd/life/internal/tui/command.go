package tui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// command is what can be typed after ':', bound to a key, or written in a script.
type command struct {
	name  string
	args  string // what follows, in the help: "GENERATION", "[NAME]"
	help  string
	group string
	do    func(m *model, arg string) error
	// complete returns what the last word of arg may become; nil for none.
	complete func(m *model, arg string) []string
}

// makeCommands returns all commands in the order of the help.
func makeCommands() []command {
	return slices.Concat(timeCommands(), spaceCommands(), lookCommands(), editCommands(), fileCommands(), programCommands())
}

// does returns an action that does a command line.
func does(line string) func(*model) {
	return func(m *model) { m.execute(line) }
}

// ask returns an action that opens the command line with a beginning.
func ask(line string) func(*model) {
	return func(m *model) { m.line = newLineEditor(line) }
}

// execute does a command line. An error becomes the message, and m.failed.
func (m *model) execute(line string) {
	m.failed = nil
	name, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
	if name == "" || strings.HasPrefix(name, "#") {
		return
	}
	c, err := m.find(name)
	if err == nil {
		before := m.doing
		m.doing = c.name
		err = c.do(m, strings.TrimSpace(arg))
		m.doing = before
	}
	if err != nil {
		m.fail(about(name, err))
	}
}

// about says which command an error is about, unless the error does.
func about(name string, err error) error {
	if strings.HasPrefix(err.Error(), name+": ") {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// find returns the command of a name, or the only one that begins so.
func (m *model) find(name string) (command, error) {
	var near []command
	for _, c := range m.commands {
		if c.name == name {
			return c, nil
		}
		if strings.HasPrefix(c.name, name) {
			near = append(near, c)
		}
	}
	switch len(near) {
	case 1:
		return near[0], nil
	case 0:
		return command{}, errors.New("no such command" + m.host.didYouMean(name, m.commandNames()))
	}
	names := make([]string, len(near))
	for i, c := range near {
		names[i] = c.name
	}
	return command{}, fmt.Errorf("found the beginning of several commands: %s", strings.Join(names, ", "))
}

func (m *model) commandNames() []string {
	names := make([]string, len(m.commands))
	for i, c := range m.commands {
		names[i] = c.name
	}
	return names
}

// complete returns what the last word of a command line may become, whole lines
// each.
func (m *model) complete(line string) []string {
	name, arg, hasArg := strings.Cut(line, " ")
	if !hasArg {
		return withPrefix(name, m.commandNames())
	}
	c, err := m.find(name)
	if err != nil || c.complete == nil {
		return nil
	}
	var out []string
	head := name + " " + arg[:strings.LastIndex(arg, " ")+1]
	for _, w := range c.complete(m, arg) {
		out = append(out, head+w)
	}
	return out
}

// withPrefix returns the words that begin with a prefix.
func withPrefix(prefix string, words []string) (out []string) {
	for _, w := range words {
		if strings.HasPrefix(w, prefix) {
			out = append(out, w)
		}
	}
	return out
}

// choices returns a completion of fixed words.
func choices(list ...string) func(*model, string) []string {
	return func(_ *model, arg string) []string { return withPrefix(lastWord(arg), list) }
}

func lastWord(arg string) string { return arg[strings.LastIndex(arg, " ")+1:] }

// plain returns a command function that takes no argument.
func plain(do func(*model)) func(*model, string) error {
	return func(m *model, arg string) error {
		if arg != "" {
			return fmt.Errorf("found %q, want nothing behind it", arg)
		}
		do(m)
		return nil
	}
}

// onOff returns a command function for a switch: on, off, or the other way.
func onOff(get func(*model) bool, toggle func(*model)) func(*model, string) error {
	return func(m *model, arg string) error {
		switch arg {
		case "":
			toggle(m)
		case "on", "off":
			if get(m) != (arg == "on") {
				toggle(m)
			}
		default:
			return fmt.Errorf("found %q, want on or off", arg)
		}
		return nil
	}
}

// ints reads n whole numbers; with fewer words it returns an error that says what
// they are.
func ints(arg string, names ...string) ([]int64, error) {
	fields := strings.Fields(strings.ReplaceAll(arg, ",", " "))
	if len(fields) != len(names) {
		return nil, fmt.Errorf("found %d numbers, want %s", len(fields), strings.Join(names, " "))
	}
	out := make([]int64, len(fields))
	for i, f := range fields {
		v, err := strconv.ParseInt(strings.ReplaceAll(f, "_", ""), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: found %q, want a whole number of at most 63 bits", names[i], f)
		}
		out[i] = v
	}
	return out, nil
}

// programCommands are the commands about the viewer itself.
func programCommands() []command {
	return []command{
		{name: "help", args: "[COMMAND]", help: "the keys, or what a command does", group: "Program", do: (*model).helpOn,
			complete: func(m *model, arg string) []string { return withPrefix(arg, m.commandNames()) }},
		{name: "bind", args: "KEY COMMAND", help: "let a key do a command", group: "Program", do: (*model).bind},
		{name: "press", args: "KEY…", help: "do what keys do", group: "Program", do: (*model).pressAll},
		{name: "size", args: "COLUMNS ROWS", help: "size of the screen, in scripts", group: "Program", do: (*model).resizeTo},
		{name: "wait", args: "TIME", help: "wait, in scripts: 500ms, 2s", group: "Program", do: (*model).pause},
		{name: "screen", help: "print the screen, in scripts", group: "Program", do: plain(func(m *model) { m.print = true })},
		{name: "expect", args: "WHAT VALUE", help: "end a script unless generation, population, digest or message is that", group: "Program",
			do: (*model).expect, complete: choices("generation", "population", "digest", "message")},
		{name: "quit", help: "leave", group: "Program", do: plain(func(m *model) { m.quit = true })},
	}
}

func (m *model) helpOn(arg string) error {
	if arg == "" {
		m.help, m.helpPage = true, 0
		return nil
	}
	c, err := m.find(arg)
	if err != nil {
		return about(arg, err)
	}
	m.message = strings.TrimSpace(c.name+" "+c.args) + ": " + c.help
	return nil
}

// bind lets a key do a command line, before what it does by itself.
func (m *model) bind(arg string) error {
	k, line, _ := strings.Cut(arg, " ")
	line = strings.TrimSpace(line)
	if k == "" || line == "" {
		return fmt.Errorf("found %q, want a key and a command", arg)
	}
	name, _, _ := strings.Cut(line, " ")
	if _, err := m.find(name); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if m.bindings == nil {
		m.bindings = map[key]string{}
	}
	m.bindings[key(k)] = line
	return nil
}

func (m *model) pressAll(arg string) error {
	if m.pressing {
		return errors.New("a key is bound to a press of keys that leads back to it")
	}
	m.pressing = true
	defer func() { m.pressing = false }()
	for k := range strings.FieldsSeq(arg) {
		m.press(key(k))
	}
	return nil
}

func (m *model) resizeTo(arg string) error {
	n, err := ints(arg, "COLUMNS", "ROWS")
	if err != nil {
		return err
	}
	if n[0] < 1 || n[1] < 1 || n[0] > 1000 || n[1] > 1000 {
		return fmt.Errorf("found %d by %d, want 1 to 1000 each", n[0], n[1])
	}
	m.newSize = [2]int{int(n[0]), int(n[1])}
	return nil
}

func (m *model) pause(arg string) error {
	d, err := time.ParseDuration(arg)
	if err != nil || d < 0 {
		return fmt.Errorf("found %q, want a time such as 500ms or 2s", arg)
	}
	m.waitFor = d
	return nil
}
