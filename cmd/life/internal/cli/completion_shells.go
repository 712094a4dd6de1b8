package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// bashEnd is what follows the commands in the script for bash.
const bashEnd = `	esac
	case "$cur" in
	-*) COMPREPLY=($(compgen -W "$flags" -- "$cur")); return ;;
	esac
	case "$kind" in
	pattern | name) words=$(life patterns list --names 2>/dev/null) ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$cur"))
	if [ "$kind" = pattern ] || [ "$kind" = file ]; then
		COMPREPLY+=($(compgen -f -- "$cur"))
	fi
}
complete -o filenames -F _life life
`

// bashScript returns the completion for bash, 3.2 or newer.
func bashScript(table []*command) string {
	var b strings.Builder
	b.WriteString(`# bash completion for life; made by 'life completion bash'.

_life() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local cmd=${COMP_WORDS[1]} words='' flags='' kind=''
	COMPREPLY=()
	# --flag=value comes as three words.
	if [ "$cur" = = ]; then
		cur=''
	elif [ "$prev" = = ]; then
		prev=${COMP_WORDS[COMP_CWORD-2]}
	fi
	if [ "$COMP_CWORD" -eq 1 ]; then
`)
	fmt.Fprintf(&b, "\t\tCOMPREPLY=($(compgen -W '%s' -- \"$cur\"))\n\t\treturn\n\tfi\n", strings.Join(topNames(table), " "))
	b.WriteString("\tif [ \"$COMP_CWORD\" -gt 2 ]; then\n\t\tcase \"$cmd ${COMP_WORDS[2]}\" in\n\t\t")
	for i, l := range subLeaves(table) {
		if i > 0 {
			b.WriteString(" | ")
		}
		fmt.Fprintf(&b, "'%s'", l.path())
	}
	b.WriteString(") cmd=\"$cmd ${COMP_WORDS[2]}\" ;;\n\t\tesac\n\tfi\n\tcase \"$cmd\" in\n")
	for _, l := range leaves(table) {
		fmt.Fprintf(&b, "\t'%s')\n\t\tflags='%s'\n", l.path(), strings.Join(l.switches(), " "))
		if w := l.words(table); len(w) > 0 {
			fmt.Fprintf(&b, "\t\twords='%s'\n", strings.Join(w, " "))
		}
		if l.complete == "pattern" || l.complete == "name" || l.complete == "file" {
			fmt.Fprintf(&b, "\t\tkind=%s\n", l.complete)
		}
		bashValues(&b, l)
		b.WriteString("\t\t;;\n")
	}
	b.WriteString(bashEnd)
	return b.String()
}

// bashValues writes the completion of the values of l's flags.
func bashValues(b *strings.Builder, l leaf) {
	b.WriteString("\t\tcase \"$prev\" in\n")
	for _, f := range l.flags {
		if !takesValue(f) {
			continue
		}
		label := "--" + f.Name
		if f.Shorthand != "" {
			label = "-" + f.Shorthand + " | " + label
		}
		reply := ""
		if w := f.Annotations[annotWords]; w != nil {
			reply = fmt.Sprintf("COMPREPLY=($(compgen -W '%s' -- \"$cur\")); ", strings.Join(w, " "))
		}
		if _, ok := f.Annotations[annotFiles]; ok {
			reply += "COMPREPLY+=($(compgen -f -- \"$cur\")); "
		}
		fmt.Fprintf(b, "\t\t%s) %sreturn ;;\n", label, reply)
	}
	b.WriteString("\t\tesac\n")
}

// topNames returns the names of the commands.
func topNames(table []*command) (names []string) {
	for _, c := range table {
		names = append(names, c.name)
	}
	return names
}

// subLeaves returns the commands below another one.
func subLeaves(table []*command) (out []leaf) {
	for _, l := range leaves(table) {
		if l.parent != nil {
			out = append(out, l)
		}
	}
	return out
}

// zshScript returns the completion for zsh.
func zshScript(table []*command) string {
	var b strings.Builder
	b.WriteString(`#compdef life
# zsh completion for life; made by 'life completion zsh'.

_life_names() {
	local -a names
	names=(${(f)"$(life patterns list --names 2>/dev/null)"})
	compadd -a names
}

_life_pattern() {
	_alternative 'names:pattern:_life_names' 'files:file:_files'
}

_life() {
	local -a commands
	commands=(
`)
	for _, c := range table {
		fmt.Fprintf(&b, "\t\t'%s:%s'\n", c.name, zshQuote(c.short))
	}
	b.WriteString("\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\treturn\n\tfi\n")
	b.WriteString("\tlocal cmd=$words[2]\n\tshift words; (( CURRENT-- ))\n")
	b.WriteString("\tcase \"$cmd $words[2]\" in\n")
	for _, l := range subLeaves(table) {
		fmt.Fprintf(&b, "\t'%s') (( CURRENT > 2 )) && { cmd='%s'; shift words; (( CURRENT-- )) } ;;\n", l.path(), l.path())
	}
	b.WriteString("\tesac\n\tcase $cmd in\n")
	for _, l := range leaves(table) {
		fmt.Fprintf(&b, "\t'%s')\n\t\t_arguments -s", l.path())
		for _, f := range l.flags {
			b.WriteString(zshFlag(f))
		}
		fmt.Fprintf(&b, " \\\n\t\t\t'*:%s:%s'\n\t\t;;\n", "operand", zshOperand(l, table))
	}
	b.WriteString("\tesac\n}\n\nif [ \"$funcstack[1]\" = _life ]; then\n\t_life \"$@\"\nelse\n\tcompdef _life life\nfi\n")
	return b.String()
}

// zshFlag returns the specifications of a flag for _arguments.
func zshFlag(f *pflag.Flag) string {
	names := []string{"--" + f.Name}
	if f.Shorthand != "" {
		names = append(names, "-"+f.Shorthand)
	}
	var b strings.Builder
	for _, n := range names {
		value := ""
		if takesValue(f) {
			if strings.HasPrefix(n, "--") {
				n += "="
			}
			value = ":" + valueName(f) + ":"
			w := strings.Join(f.Annotations[annotWords], " ")
			_, isFile := f.Annotations[annotFiles]
			switch {
			case isFile && w != "":
				value += "{compadd " + w + "; _files}"
			case isFile:
				value += "_files"
			case w != "":
				value += "(" + w + ")"
			}
		}
		fmt.Fprintf(&b, " \\\n\t\t\t'*%s[%s]%s'", n, zshQuote(summaryLine(f)), value)
	}
	return b.String()
}

// zshOperand returns the action that completes the operands of l.
func zshOperand(l leaf, table []*command) string {
	switch l.complete {
	case "pattern":
		return "_life_pattern"
	case "name":
		return "_life_names"
	case "file":
		return "_files"
	}
	if w := l.words(table); len(w) > 0 {
		return "(" + strings.Join(w, " ") + ")"
	}
	return ""
}

// zshQuote makes s fit between brackets, colons and single quotes.
func zshQuote(s string) string {
	return strings.NewReplacer("'", `'\''`, "[", "(", "]", ")", ":", "\\:").Replace(s)
}

// fishScript returns the completion for fish.
func fishScript(table []*command) string {
	var b strings.Builder
	b.WriteString("# fish completion for life; made by 'life completion fish'.\n\ncomplete -c life -f\n")
	for _, c := range table {
		fmt.Fprintf(&b, "complete -c life -n __fish_use_subcommand -a %s -d '%s'\n", c.name, fishQuote(c.short))
	}
	for _, l := range leaves(table) {
		when := "__fish_seen_subcommand_from " + l.name
		switch {
		case l.parent != nil:
			when = "__fish_seen_subcommand_from " + l.parent.name + "; and " + when
		case len(l.subs) > 0:
			when += "; and not __fish_seen_subcommand_from " + strings.Join(topNames(l.subs), " ")
		}
		b.WriteByte('\n')
		for _, f := range l.flags {
			fmt.Fprintf(&b, "complete -c life -n '%s' -l %s%s -d '%s'\n", when, f.Name, fishFlag(f), fishQuote(summaryLine(f)))
		}
		switch w := l.words(table); {
		case l.complete == "pattern":
			fmt.Fprintf(&b, "complete -c life -n '%s' -F -a '(life patterns list --names 2>/dev/null)'\n", when)
		case l.complete == "file":
			fmt.Fprintf(&b, "complete -c life -n '%s' -F\n", when)
		case l.complete == "name":
			fmt.Fprintf(&b, "complete -c life -n '%s' -a '(life patterns list --names 2>/dev/null)'\n", when)
		case len(w) > 0:
			fmt.Fprintf(&b, "complete -c life -n '%s' -a '%s'\n", when, strings.Join(w, " "))
		}
	}
	return b.String()
}

// fishFlag returns the short name of f and what its value can be.
func fishFlag(f *pflag.Flag) string {
	s := ""
	if f.Shorthand != "" {
		s = " -s " + f.Shorthand
	}
	if !takesValue(f) {
		return s
	}
	s += " -x"
	if _, ok := f.Annotations[annotFiles]; ok {
		s = strings.TrimSuffix(s, "x") + "r -F"
	}
	if w := f.Annotations[annotWords]; w != nil {
		s += " -a '" + strings.Join(w, " ") + "'"
	}
	return s
}

// fishQuote makes s fit between single quotes.
func fishQuote(s string) string {
	return strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s)
}
