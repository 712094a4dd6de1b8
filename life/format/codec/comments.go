package codec

import (
	"bufio"
	"strings"

	"golife/life"
)

// WriteComments writes comments as Life 1.05 and 1.06 have them: lines of #O for the
// author, of #D for the rest. Errors stay with b.
func WriteComments(b *bufio.Writer, comments []life.Comment) {
	for _, c := range comments {
		key := "#D "
		if c.Key == 'O' {
			key = "#O "
		}
		for _, line := range Lines(c.Text) {
			b.WriteString(strings.TrimRight(key+line, " ") + "\n")
		}
	}
}
