package cli

import (
	"fmt"
	"strings"

	"golife/life/format"
	"golife/life/rule"
	"golife/life/rule/loader"
)

// grid writes rows as columns of equal width, indented.
func grid(b *strings.Builder, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		line := " "
		for i, cell := range row {
			line += fmt.Sprintf(" %-*s", widths[i]+1, cell)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// formatsTopic returns the text about formats.
func formatsTopic() string {
	var b strings.Builder
	b.WriteString(`Files are known by their content, whatever their names; what is written goes by
the extension of the name, or --to of 'life convert'.

`)
	rows := [][]string{{"NAME", "EXTENSION", "STATES", "HOLDS BESIDE CELLS", "SIZE", ""}}
	signs := [][]string{{"NAME", "TITLE", "KNOWN BY"}}
	for _, d := range format.Describe() {
		use := "read"
		if d.IsWritten {
			use = "read, written"
		}
		rows = append(rows, []string{string(d.Name), strings.Join(d.Extensions, " "), fmt.Sprint(d.States), holds(d), d.Size, use})
		signs = append(signs, []string{string(d.Name), d.Title, d.Sign})
	}
	grid(&b, rows)
	b.WriteString("\n")
	grid(&b, signs)
	fmt.Fprintf(&b, `
What a format cannot hold beside the cells is lost, and 'life convert' says so;
cells that it cannot hold are an error. Plaintext holds rule, position and
generation as comments that other programs skip. In images each pixel that is not
white is a live cell. An apgcode is written for still lifes, oscillators and
spaceships, and works as a PATTERN by itself: life view xq4_153. A rule may follow
what is read, as in xp2_7/b36s23, or in the address of an object of Catagolue.

Each format may be compressed with gzip or zstd: %s behind the extension.
A zip archive is read when it holds one pattern; ARCHIVE:NAME takes one of many.

Readers accept files that deviate a little from their format, and say where on
stderr; --strict refuses them. A format without a rule means B3/S23; --rule gives
another one. Without a position the north-west corner is cell 0,0.
`, strings.Join(format.Packings(), " or "))
	return b.String()
}

// holds lists what a format holds beside the cells.
func holds(d format.Description) string {
	var all []string
	for _, x := range []struct {
		name string
		has  bool
	}{{"rule", d.HasRule}, {"position", d.HasPosition}, {"generation", d.HasGeneration}, {"comments", d.HasComments}} {
		if x.has {
			all = append(all, x.name)
		}
	}
	switch len(all) {
	case 0:
		return "nothing"
	case 4:
		return "all"
	}
	return strings.Join(all, ", ")
}

// rulesTopic returns the text about rules.
func rulesTopic() string {
	const widest = 27
	var b strings.Builder
	b.WriteString("Letter case and blanks do not matter, but in a MAP.\n\n")
	table := func(notations []rule.Notation) {
		for _, n := range notations {
			text := n.Text
			if n.Canonical != n.Example {
				text += " (= " + n.Canonical + ")"
			}
			label := shorten(n.Example, widest)
			for _, line := range wrap(text, helpWidth-widest-4) {
				fmt.Fprintf(&b, "  %-*s  %s\n", widest, label, line)
				label = ""
			}
		}
	}
	table(rule.Notations())
	b.WriteString("\nBehind a rule, the grid that bounds it:\n\n")
	table(rule.GridNotations())
	b.WriteString(ruleFilesText())
	b.WriteString("\nNicknames:\n\n")
	var names []string
	for _, n := range rule.Nicknames() {
		names = append(names, strings.ReplaceAll(n.Name, " ", "\u00A0"))
	}
	for _, line := range wrap(strings.Join(names, ", "), helpWidth-2) {
		b.WriteString("  " + strings.ReplaceAll(line, "\u00A0", " ") + "\n")
	}
	b.WriteString("\nRules with B0 run on a background that blinks, or is live: only the cells that\ndiffer from it are stored and counted.\n")
	b.WriteString("\nA MAP of 22 digits is read in reading order, nw n w c e s se, as Golly's Generations\nread it; Golly's QuickLife and HashLife read the same digits upside down.\n")
	return b.String()
}

// ruleFilesText returns what 'life help rules' says of rule files.
func ruleFilesText() string {
	return `
What no notation says is in a file NAME.rule, with a @TABLE or a @TREE, @COLORS and
@NAMES, as Golly has them; the rule is then called NAME, NAME:T30,20 on a grid, and
a / in it is a _ in the file's name. A rule that the program itself knows wins,
but over a file that comes with a pattern no nickname does. A file is looked for

  in the zip archive that the pattern is in, or in the text of an RLE pattern,
    behind it, as in posts: a line @RULE NAME and all the rest (the viewer takes
    both as one pasted text),
  in the folders of --rules DIR, in their order,
  in those of the environment variable ` + rulesVariable + `, a list such as PATH,
  in the folder of the pattern,
  in the folder golife/rules of the system's configuration folder
    (~/.config/golife/rules),
  in the folders golife/rules and golly/Rules of those that XDG_DATA_DIRS lists
    (/usr/local/share, /usr/share),
  among those that come with the program: ` + strings.Join(loader.Embedded(), ", ") + `

'--rule path/NAME.rule' names the file itself. Pictures and the viewer's theme night
have the colours of the file.
`
}
