package record

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golife/life"
	"golife/life/naive"
	"golife/life/rule"
	"golife/life/view"
)

// soupFilm returns pictures of consecutive generations of a random soup, each
// third of them twice.
func soupFilm(t *testing.T, rng *rand.Rand, c view.Camera, n int) (*rule.Rule, []view.Picture) {
	t.Helper()
	r := rule.MustParse([]string{"B3/S23", "/2/3", "B03/S23"}[rng.IntN(3)])
	b := life.NewBuilder(r)
	for range 60 {
		b.Set(rng.Int64N(16)-8, rng.Int64N(16)-8, life.State(rng.IntN(r.States())))
	}
	e, err := naive.New(r)
	if err == nil {
		err = e.Load(b.Pattern())
	}
	if err != nil {
		t.Fatal(err)
	}
	var h view.History
	var film []view.Picture
	for i := range n {
		p := view.Take(e, c)
		h.Add(&p, e.Generation())
		film = append(film, p)
		if i%3 == 0 {
			film = append(film, p)
		}
		if err := e.Advance(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	return r, film
}

var one = big.NewInt(1)

// camera returns a random one of few dots.
func camera(rng *rand.Rand, g view.Glyphs) view.Camera {
	return view.NewCamera(g.Dots(2+2*rng.IntN(12), 1+rng.IntN(9))).ZoomBy(rng.IntN(6) - 3)
}

// forFilms runs a test on random films.
func forFilms(t *testing.T, check func(t *testing.T, o Options, film []view.Picture)) {
	t.Parallel()
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 5))
		g := view.Glyphs(rng.IntN(int(view.Auto)))
		r, film := soupFilm(t, rng, camera(rng, g), 1+rng.IntN(8))
		o := Options{Scale: 1 + rng.IntN(4), Title: `a "soup" & <more>`, Delay: 33 * time.Millisecond}
		o.Painter = view.Painter{Palette: view.NewPalette(view.TrueColor, r), Glyphs: g, Grid: rng.IntN(2) == 0}
		if check(t, o, film); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// write records a film.
func write(t *testing.T, name string, o Options, film []view.Picture) []byte {
	t.Helper()
	var b bytes.Buffer
	r, err := New(&b, name, o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range film {
		if err := r.Add(&film[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkImage compares an image with the colours of the dots.
func checkImage(t *testing.T, img image.Image, o Options, p *view.Picture) {
	t.Helper()
	w, h := p.Window.W, p.Window.H
	if img.Bounds() != image.Rect(0, 0, w*o.Scale, h*o.Scale) {
		t.Fatalf("the image is %v, want %d × %d dots of %d pixels", img.Bounds(), w, h, o.Scale)
	}
	d := dots(&o, p)
	for y := range h * o.Scale {
		for x := range w * o.Scale {
			r, g, b, _ := d[y/o.Scale*w+x/o.Scale].RGB()
			want := color.RGBA{r, g, b, 255}
			if got := color.RGBAModel.Convert(img.At(x, y)); got != want {
				t.Fatalf("pixel %d, %d is %v, want %v", x, y, got, want)
			}
		}
	}
}

func TestPNG(t *testing.T) {
	forFilms(t, func(t *testing.T, o Options, film []view.Picture) {
		img, err := png.Decode(bytes.NewReader(write(t, "x.png", o, film[:1])))
		if err != nil {
			t.Fatal(err)
		}
		checkImage(t, img, o, &film[0])
	})
}

// TestGIF plays the film by the standard library's decoder, at its times.
func TestGIF(t *testing.T) {
	forFilms(t, func(t *testing.T, o Options, film []view.Picture) {
		g, err := gif.DecodeAll(bytes.NewReader(write(t, "x.GIF", o, film)))
		if err != nil {
			t.Fatal(err)
		}
		canvas := image.NewRGBA(image.Rect(0, 0, g.Config.Width, g.Config.Height))
		at, total := time.Duration(0), 0
		next := 0
		for i, frame := range g.Image {
			draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
			total += g.Delay[i]
			// All pictures of this frame's time look like it.
			for ; next < len(film) && at < time.Duration(total)*10*time.Millisecond-6*time.Millisecond; next++ {
				checkImage(t, canvas, o, &film[next])
				at += o.Delay
			}
		}
		if next != len(film) {
			t.Errorf("the film has %d pictures of %d", next, len(film))
		}
		if d := time.Duration(total)*10*time.Millisecond - time.Duration(len(film))*o.Delay; d > 5*time.Millisecond || d < -5*time.Millisecond {
			t.Errorf("the film is %v too long", d)
		}
	})
}

// TestSVG draws what is in the file onto a canvas of dots.
func TestSVG(t *testing.T) {
	forFilms(t, func(t *testing.T, o Options, film []view.Picture) {
		var doc struct {
			Title string `xml:"title"`
			Rect  struct {
				Fill string `xml:"fill,attr"`
				W, H int
			} `xml:"rect"`
			Path []struct {
				Fill string `xml:"fill,attr"`
				D    string `xml:"d,attr"`
			} `xml:"path"`
		}
		text := write(t, ".svg", o, film[:1])
		if err := xml.Unmarshal(text, &doc); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		if doc.Title != o.Title {
			t.Errorf("title %q", doc.Title)
		}
		w := film[0].Window.W
		got := slices.Repeat([]string{doc.Rect.Fill}, w*film[0].Window.H)
		for _, p := range doc.Path {
			for part := range strings.SplitSeq(strings.Trim(p.D, "M"), "M") {
				var x, y, bw, bh, back int
				if _, err := fmt.Sscanf(part, "%d %dh%dv%dh%dz", &x, &y, &bw, &bh, &back); err != nil || back != -bw {
					t.Fatalf("%q: %v", part, err)
				}
				for i := range bw * bh {
					got[(y+i/bw)*w+x+i%bw] = p.Fill
				}
			}
		}
		for i, c := range dots(&o, &film[0]) {
			if got[i] != hex(c) {
				t.Fatalf("dot %d, %d is %s, want %s", i%w, i/w, got[i], hex(c))
			}
		}
	})
}

// TestXMLText compares with the standard library what is read back, of every character.
func TestXMLText(t *testing.T) {
	t.Parallel()
	read := func(text string) (got string) {
		t.Helper()
		if err := xml.Unmarshal([]byte("<t>"+text+"</t>"), &got); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		return got
	}
	var all strings.Builder
	for r := range rune(utf8.MaxRune + 2) {
		all.WriteRune(r)
	}
	for _, s := range []string{"", "a<b>&amp;\"'\r\n", "\xFF\xED\xA0\x80\xC0", all.String()} {
		var std strings.Builder
		xml.EscapeText(&std, []byte(s))
		got, want := read(xmlText(s)), read(std.String())
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Fatalf("byte %d is not that of the standard library", i)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d bytes, want %d", len(got), len(want))
		}
	}
}

// terminal is a small one, which knows what casts have.
type terminal struct {
	cells   []view.Cell
	columns int
	at      int
	style   view.Cell
}

func (m *terminal) write(t *testing.T, s string) {
	t.Helper()
	for s != "" {
		if !strings.HasPrefix(s, "\x1b[") {
			r := []rune(s)[0]
			m.cells[m.at] = view.Cell{Rune: r, Fg: m.style.Fg, Bg: m.style.Bg}
			m.at++
			s = s[len(string(r)):]
			continue
		}
		end := strings.IndexAny(s, "HmJlh")
		args := strings.Split(strings.TrimPrefix(s[2:end], "?"), ";")
		n := make([]int, len(args))
		for i, a := range args {
			n[i], _ = strconv.Atoi(a)
		}
		switch s[end] {
		case 'H':
			m.at = (n[0]-1)*m.columns + n[1] - 1
		case 'm':
			m.style = view.Cell{Fg: view.Default, Bg: view.Default}
			m.colors(n)
		}
		s = s[end+1:]
	}
}

func (m *terminal) colors(n []int) {
	for i := 0; i < len(n); i++ {
		if n[i] != 38 && n[i] != 48 {
			continue
		}
		c, used := view.Default, 2
		if n[i+1] == 5 {
			c = view.Indexed(uint8(n[i+2]))
		} else {
			c, used = view.RGB(int32(n[i+2]<<16|n[i+3]<<8|n[i+4])), 4
		}
		if n[i] == 38 {
			m.style.Fg = c
		} else {
			m.style.Bg = c
		}
		i += used
	}
}

// TestCast plays the film on a terminal, and looks at it when each picture is due.
func TestCast(t *testing.T) {
	forFilms(t, func(t *testing.T, o Options, film []view.Picture) {
		columns, rows := o.Painter.Size(&film[0].Window)
		lines := strings.Split(strings.TrimSpace(string(write(t, ".cast", o, film))), "\n")
		var header struct{ Version, Width, Height int }
		if err := json.Unmarshal([]byte(lines[0]), &header); err != nil || header.Version != 2 ||
			header.Width != columns || header.Height != rows {
			t.Fatalf("header %s: %v", lines[0], err)
		}
		term := &terminal{cells: make([]view.Cell, columns*rows), columns: columns}
		next := 1
		for i := range film {
			for ; next < len(lines); next++ {
				var event []any
				if err := json.Unmarshal([]byte(lines[next]), &event); err != nil {
					t.Fatal(err)
				}
				if event[0].(float64) > (time.Duration(i)*o.Delay).Seconds()+1e-6 {
					break
				}
				term.write(t, event[2].(string))
			}
			want := make([]view.Cell, columns*rows)
			o.Painter.Paint(want, &film[i])
			if !slices.Equal(term.cells, want) {
				t.Fatalf("picture %d differs", i)
			}
		}
		if next != len(lines)-1 {
			t.Errorf("%d events after the last picture, want the end alone", len(lines)-next)
		}
	})
}

func TestText(t *testing.T) {
	_, film := soupFilm(t, rand.New(rand.NewPCG(1, 1)), view.NewCamera(20, 20), 1)
	o := Options{Painter: view.Painter{Palette: view.NewPalette(view.Mono, rule.MustParse("B3/S23"))}}
	text := string(write(t, ".txt", o, film[:1]))
	cells := make([]view.Cell, 20*10)
	o.Painter.Paint(cells, &film[0])
	for y, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		want := ""
		for _, c := range cells[y*20 : y*20+20] {
			want += string(c.Rune)
		}
		if line != strings.TrimRight(want, " ") {
			t.Errorf("line %d is %q, want %q", y, line, want)
		}
	}
}

// TestManyColors: a GIF of more colours than it holds has the nearest ones.
func TestManyColors(t *testing.T) {
	d := make([]view.Color, 400)
	for i := range d {
		d[i] = view.RGB(int32(i) * 0x000100)
	}
	img := indexed(d, 20, image.Rect(0, 0, 20, 20), 1)
	if len(img.Palette) != maxColors {
		t.Fatalf("%d colours", len(img.Palette))
	}
	for i, c := range d {
		r, g, b, _ := img.At(i%20, i/20).RGBA()
		got := view.RGB(int32(r>>8<<16 | g>>8<<8 | b>>8))
		if i < maxColors && got != c {
			t.Errorf("colour %x became %x", c, got)
		}
	}
}

func TestErrors(t *testing.T) {
	if _, err := New(nil, "x.jpeg", Options{}); !errors.Is(err, ErrFormat) {
		t.Errorf("got %v", err)
	}
	if Is("x.rle") || !Is("a/b.Png") || !IsFilm("x.gif") || IsFilm("x.svg") || !IsText("x.cast") || IsText("x.gif") || IsFilm("x") {
		t.Error("wrong kinds")
	}
	r, film := soupFilm(t, rand.New(rand.NewPCG(2, 2)), view.NewCamera(20, 20), 1)
	_, other := soupFilm(t, rand.New(rand.NewPCG(2, 2)), view.NewCamera(22, 20), 1)
	o := Options{Painter: view.Painter{Palette: view.NewPalette(view.TrueColor, r)}}
	for _, x := range Extensions() {
		rec, err := New(&bytes.Buffer{}, x, o)
		if err != nil {
			t.Fatal(err)
		}
		if err := rec.Add(&film[0]); err != nil {
			t.Errorf("%s: %v", x, err)
		}
		if err := rec.Add(&other[0]); err == nil {
			t.Errorf("%s: no error for a second picture of another size", x)
		}
		if err := Write(failing{}, x, &film[0], o); err == nil {
			t.Errorf("%s: a failed write is no error", x)
		}
		big := o
		big.Scale = MaxSide
		if err := Write(&bytes.Buffer{}, x, &film[0], big); !IsText(x) && err == nil {
			t.Errorf("%s: no error for a huge image", x)
		}
		var none bytes.Buffer
		if rec, err = New(&none, x, o); err != nil || rec.Close() != nil || none.Len() > 0 {
			t.Errorf("%s: something is written of nothing", x)
		}
	}
}

// failing is a full disk.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("no space left") }
