package record

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"golife/life/view"
)

// writeSVG writes a unit a dot: the background, and a path a colour of rectangles.
func writeSVG(s *still, p *view.Picture) error {
	w, h := p.Window.W, p.Window.H
	fmt.Fprintf(s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" shape-rendering="crispEdges">`+"\n",
		w, h, w*s.Scale, h*s.Scale)
	if s.Title != "" {
		fmt.Fprintf(s, "<title>%s</title>\n", xmlText(s.Title))
	}
	ground := s.Painter.Palette.Background()
	fmt.Fprintf(s, `<rect width="%d" height="%d" fill="%s"/>`+"\n", w, h, hex(ground))
	paths := map[view.Color][]box{}
	for _, b := range boxes(dots(&s.Options, p), w, h, ground) {
		paths[b.color] = append(paths[b.color], b)
	}
	colors := make([]view.Color, 0, len(paths))
	for c := range paths {
		colors = append(colors, c)
	}
	slices.SortFunc(colors, func(a, b view.Color) int { return cmp.Compare(a, b) })
	for _, c := range colors {
		fmt.Fprintf(s, `<path fill="%s" d="`, hex(c))
		for _, b := range paths[c] {
			fmt.Fprintf(s, "M%d %dh%dv%dh-%dz", b.x, b.y, b.w, b.h, b.w)
		}
		fmt.Fprint(s, "\"/>\n")
	}
	fmt.Fprint(s, "</svg>\n")
	return nil
}

// xmlText returns s as the text of an element. It does what xml.EscapeText does, without
// the tables that encoding/xml makes before main, in programs that draw nothing, too.
func xmlText(s string) string {
	s = html.EscapeString(strings.Map(xmlChar, s))
	return strings.NewReplacer("\t", "&#9;", "\n", "&#10;", "\r", "&#13;").Replace(s)
}

// xmlChar returns r, or U+FFFD for what may not be in XML 1.0 (section 2.2) as for bytes
// that are no UTF-8.
func xmlChar(r rune) rune {
	if r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r != 0xFFFE && r != 0xFFFF {
		return r
	}
	return utf8.RuneError
}

func hex(c view.Color) string {
	r, g, b, _ := c.RGB()
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}

// box is a rectangle of one colour.
type box struct {
	x, y, w, h int
	color      view.Color
}

// boxes cuts dots, w × h of them, into boxes, without the background: each run of
// a row goes on down as long as the rows below have the same run.
func boxes(d []view.Color, w, h int, ground view.Color) (list []box) {
	open := map[[2]int]int{} // by where a run begins and ends: its box
	for y := range h {
		next := map[[2]int]int{}
		row := d[y*w : (y+1)*w]
		for x := 0; x < w; {
			end := x + 1
			for end < w && row[end] == row[x] {
				end++
			}
			run := [2]int{x, end}
			if i, ok := open[run]; ok && list[i].color == row[x] {
				list[i].h++
				next[run] = i
			} else if row[x] != ground {
				next[run] = len(list)
				list = append(list, box{x, y, end - x, 1, row[x]})
			}
			x = end
		}
		open = next
	}
	return list
}
