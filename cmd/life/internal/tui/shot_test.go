package tui

import (
	"bytes"
	"image/gif"
	"image/png"
	"os"
	"strings"
	"testing"
)

// read returns a file of the present folder.
func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestScreenshots(t *testing.T) {
	t.Chdir(t.TempDir())
	show(t, pattern("B3/S23", gliderCells), nil, 60, 16, func(r *rig) {
		r.press(".", "s")
		r.shows("saved test-pattern-1.png")
		img, err := png.Decode(bytes.NewReader(read(t, "test-pattern-1.png")))
		if err != nil {
			t.Fatal(err)
		}
		if b := img.Bounds(); b.Dx() != 60*20 || b.Dy() != 2*14*20 {
			t.Errorf("the picture is %v", b)
		}
		r.press("s")
		r.shows("saved test-pattern-1-2.png")
		r.press("S")
		r.shows("saved test-pattern-1.svg")
		if !bytes.HasPrefix(read(t, "test-pattern-1.svg"), []byte("<svg ")) {
			t.Error("no SVG")
		}
		r.press("ctrl+t")
		r.shows("saved test-pattern-1.txt")
		want := strings.Join(strings.Split(r.text(), "\n")[:14], "\n") + "\n"
		if got := string(read(t, "test-pattern-1.txt")); got != want {
			t.Errorf("the text is\n%s\nwant\n%s", got, want)
		}
	})
}

func TestFilm(t *testing.T) {
	t.Chdir(t.TempDir())
	show(t, pattern("B3/S23", gliderCells), nil, 60, 16, func(r *rig) {
		r.press("R")
		r.shows("recording test-pattern-0.gif")
		r.press(".", ".", "left", ".", "R")
		r.shows("saved 4 pictures as test-pattern-0.gif")
		g, err := gif.DecodeAll(bytes.NewReader(read(t, "test-pattern-0.gif")))
		if err != nil || len(g.Image) != 4 {
			t.Errorf("%v, %v", g, err)
		}
		r.press("ctrl+r", ".")
		r.resize(50, 12)
		r.press(".")
		r.shows("the film ends here")
		if n := strings.Count(string(read(t, "test-pattern-3.cast")), "\n"); n != 4 {
			t.Errorf("the cast has %d lines", n)
		}
		r.press("R", ".", "q")
		r.quits()
		if _, err := gif.DecodeAll(bytes.NewReader(read(t, "test-pattern-5.gif"))); err != nil {
			t.Errorf("the film that was going on at the end: %v", err)
		}
	})
}

func TestPictureThatCannotBeWritten(t *testing.T) {
	t.Chdir(t.TempDir())
	show(t, pattern("B3/S23", gliderCells), nil, 60, 16, func(r *rig) {
		if err := os.Remove(mustGetwd(t)); err != nil {
			t.Skip(err) // some systems keep folders that are in use
		}
		r.press("s")
		r.shows("no screenshot: no such file or directory")
		r.press("R")
		r.shows("no film: no such file or directory")
	})
}

func mustGetwd(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
