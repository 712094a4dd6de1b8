package turing

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golife/life"
)

// TestPicture draws a running machine, and counts the cells in the picture.
func TestPicture(t *testing.T) {
	e := load(t, "hashlife", library(t))
	advance(t, e, 8*Cycle)
	var svg bytes.Buffer
	if err := Picture(&svg, e); err != nil {
		t.Fatal(err)
	}
	text := svg.String()
	if *update {
		if err := os.WriteFile("machine.svg", svg.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if old, err := os.ReadFile("machine.svg"); err != nil || string(old) != text {
		t.Errorf("machine.svg is not what is drawn (%v): run go test -run TestPicture -update", err)
	}
	for _, want := range []string{
		">generation 88320, step 8: state 0<", ">tape 2 2 [2] 2<", ">2 0 R<", ">halt<", ">stack A, the tape right of the head<",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
	cells := newGrid()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "path" {
			drawPath(t, cells, start.Attr[2].Value)
		}
	}
	if p, differs := cells.difference(readGrid(e)); differs {
		t.Errorf("the cell at %v is drawn wrong", p)
	}
	advance(t, e, 1)
	if err := Picture(&svg, e); !errors.Is(err, ErrBetween) {
		t.Errorf("between two cycles: %v", err)
	}
}

// drawPath sets the cells of a path.
func drawPath(t *testing.T, g grid, d string) {
	var at life.Point
	for stroke := range strings.SplitSeq(strings.NewReplacer("M", " M", "m", " m").Replace(d), " m") {
		var x, y, n int64
		if rest, ok := strings.CutPrefix(stroke, " M"); ok {
			stroke = strings.Replace(rest, ".5h", "h", 1)
		}
		if _, err := fmt.Sscanf(stroke, "%d %dh%d", &x, &y, &n); err != nil {
			t.Fatalf("stroke %q: %v", stroke, err)
		}
		at = at.Add(life.Point{X: x, Y: y})
		for range n {
			g.set(at)
			at.X++
		}
	}
}
