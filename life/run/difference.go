package run

import (
	"fmt"

	"golife/life"
)

// Difference says in what the cells of found are not those of wanted, in half a
// sentence, or returns "". Rule, generation and comments do not matter. Cost: that of
// life.Pattern.Difference.
func Difference(found, wanted *life.Pattern) string {
	d := found.Difference(wanted)
	if d.IsEmpty() {
		return ""
	}
	n := d.Population()
	text := Short(n) + " cells differ"
	if n.IsInt64() && n.Int64() == 1 {
		text = "1 cell differs"
	}
	for at := range d.Cells(life.Everywhere()) {
		return fmt.Sprintf("%s, the first at %d,%d: found %d, wanted %d", text, at.X, at.Y,
			found.Get(at.X, at.Y), wanted.Get(at.X, at.Y))
	}
	return fmt.Sprintf("%s, within %s", text, NewBox(d.Bounds()))
}
