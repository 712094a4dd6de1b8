package tui

import (
	"fmt"
	"iter"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"golife/life"
	"golife/life/format"
	"golife/life/rule"
)

// cells is the oracle of edits: the live cells.
type cells map[life.Point]life.State

func cellsOf(p *life.Pattern) cells {
	c := cells{}
	for at, st := range p.Cells(life.Everywhere()) {
		c[at] = st
	}
	return c
}

func (c cells) pattern(r *rule.Rule) *life.Pattern {
	b := life.NewBuilder(r)
	for at, st := range c {
		b.Set(at.X, at.Y, st)
	}
	return b.Pattern()
}

// split returns the cells inside r and those outside.
func (c cells) split(r life.Rect) (in, out cells) {
	in, out = cells{}, cells{}
	for at, st := range c {
		if r.Contains(at) {
			in[at] = st
		} else {
			out[at] = st
		}
	}
	return in, out
}

// edit does a random edit, and returns it as commands.
func (c *cells) edit(rng *rand.Rand, clip *cells) []string {
	r := life.Rt(rng.Int64N(8)-6, rng.Int64N(8)-6, 1+rng.Int64N(7), 1+rng.Int64N(7))
	w, h := r.Max.X-r.Min.X, r.Max.Y-r.Min.Y
	sel := fmt.Sprintf("select %d %d %d %d", r.Min.X, r.Min.Y, w, h)
	in, out := c.split(r)
	switch rng.IntN(7) {
	case 0:
		*c = out
		return []string{sel, "clear"}
	case 1:
		*c = in
		return []string{sel, "clear outside"}
	case 2:
		if len(in) == 0 {
			return nil
		}
		*clip = cells{}
		for at, st := range in {
			(*clip)[life.Point{X: at.X - r.Min.X, Y: at.Y - r.Min.Y}] = st
		}
		if rng.IntN(2) == 0 {
			return []string{sel, "copy"}
		}
		*c = out
		return []string{sel, "cut"}
	case 3:
		return c.paste(rng, *clip)
	case 4: // by the definition: x' = x0 + (h−1−dy), y' = y0 + dx, about the same middle
		x0, y0 := r.Min.X+(w-h)/2, r.Min.Y+(h-w)/2
		for at, st := range in {
			out[life.Point{X: x0 + h - 1 - (at.Y - r.Min.Y), Y: y0 + at.X - r.Min.X}] = st
		}
		*c = out
		return []string{sel, "rotate"}
	case 5:
		for at, st := range in {
			out[life.Point{X: r.Min.X + r.Max.X - 1 - at.X, Y: at.Y}] = st
		}
		*c = out
		return []string{sel, "flip x"}
	}
	x, y := rng.Int64N(9)-4, rng.Int64N(9)-4
	(*c)[life.Point{X: x, Y: y}] = 1
	return []string{fmt.Sprintf("set %d %d 1", x, y)}
}

func (c *cells) paste(rng *rand.Rand, clip cells) []string {
	if len(clip) == 0 {
		return nil
	}
	at := life.Point{X: rng.Int64N(9) - 4, Y: rng.Int64N(9) - 4}
	mode := pasteModes[rng.IntN(3)]
	var corner, end life.Point // of the clip's bounding box
	first := true
	for p := range clip {
		if first {
			corner, end, first = p, p, false
		}
		corner = life.Point{X: min(corner.X, p.X), Y: min(corner.Y, p.Y)}
		end = life.Point{X: max(end.X, p.X), Y: max(end.Y, p.Y)}
	}
	box := life.Rt(at.X, at.Y, end.X-corner.X+1, end.Y-corner.Y+1)
	_, out := c.split(box)
	if mode == "replace" {
		*c = out
	}
	for p, st := range clip {
		to := life.Point{X: p.X - corner.X + at.X, Y: p.Y - corner.Y + at.Y}
		if mode == "xor" && (*c)[to] != 0 {
			delete(*c, to)
			continue
		}
		(*c)[to] = st
	}
	return []string{fmt.Sprintf("paste %d %d %s", at.X, at.Y, mode)}
}

func TestEditsMatchCells(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 9))
		start := pattern("B3/S23", gliderCells)
		c, clip := cellsOf(start), cells{}
		var lines []string
		for range 25 {
			if more := c.edit(rng, &clip); more != nil {
				lines = append(append(lines, more...), "expect digest "+c.pattern(start.Rule()).Digest())
			}
		}
		undo := strings.Repeat("undo\n", 1000)
		lines = append(lines, "new", "undo")
		if _, err := script(t, "hashlife", start, lines...); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, strings.Join(lines, "\n"))
		}
		all := append(lines, strings.Split(strings.TrimSpace(undo), "\n")...)
		if _, err := script(t, "hashlife", start, all...); err == nil || !strings.Contains(err.Error(), "nothing to undo") {
			t.Fatalf("seed %d: %v, want that there is nothing to undo at the end", seed, err)
		}
	}
}

func TestRandomFill(t *testing.T) {
	t.Parallel()
	for _, name := range symmetryNames() {
		for _, size := range []int64{1, 2, 7, 8, 31} {
			f := fill{rect: life.Rt(-3, 5, size, size), density: 0.4, seed: 5, symmetry: name, state: 1}
			c := cells{}
			for _, x := range f.cells() {
				if x.state != 0 {
					c[life.Point{X: x.X + 3, Y: x.Y - 5}] = x.state
				}
			}
			for _, s := range symmetries()[name] {
				for p := range c {
					if q := turned(s, p, size, size); c[q] == 0 {
						t.Fatalf("%s, %d cells wide: %v is alive, %v is not", name, size, p, q)
					}
				}
			}
			if share := float64(len(c)) / float64(size*size); size == 31 && (share < 0.2 || share > 0.6) {
				t.Errorf("%s: %.2f of the cells are alive, want about 0.4", name, share)
			}
		}
	}
	f := fill{rect: life.Rt(0, 0, 3, 4), symmetry: "D8"}
	if f.check() == nil {
		t.Error("D8 on a rectangle is no error")
	}
	f = fill{rect: life.Rt(0, 0, 1<<62, 4), symmetry: "C1"}
	if f.check() == nil {
		t.Error("2^64 cells are no error")
	}
}

// TestManyCells: many cells at once are the same cells as one by one.
func TestManyCells(t *testing.T) {
	t.Parallel()
	f := fill{rect: life.Rt(-70, -90, 170, 180), density: 0.3, seed: 3, symmetry: "C1", state: 1}
	all := f.cells()
	if len(all) <= manyCells {
		t.Fatalf("%d cells are not many", len(all))
	}
	want := cells{}
	for _, c := range all {
		if c.state != 0 {
			want[c.Point] = c.state
		}
	}
	p := pattern("B3/S23", gunCells)
	digest := "expect digest " + want.pattern(p.Rule()).Digest()
	mustScript(t, p, "step 100", "select -70 -90 170 180", "random 30% 3", "clear outside", digest,
		"random 80% 4", "random 30% 3", digest, "expect generation 100", "undo", "undo", digest, "undo", "undo", "goto 0", "expect digest "+p.Digest())
}

func TestLineOf(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		a := life.Point{X: rng.Int64N(40) - 20, Y: rng.Int64N(40) - 20}
		b := life.Point{X: rng.Int64N(40) - 20, Y: rng.Int64N(40) - 20}
		list := lineOf(a, b)
		if list[0] != a || list[len(list)-1] != b {
			t.Fatalf("%v to %v: %v", a, b, list)
		}
		for i, p := range list[1:] {
			if dx, dy := p.X-list[i].X, p.Y-list[i].Y; dx*dx > 1 || dy*dy > 1 || p == list[i] {
				t.Fatalf("%v to %v has a gap: %v", a, b, list)
			}
		}
	}
}

func TestEditKeys(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 80, 24, func(r *rig) {
		r.press("e")
		r.shows("cell 1,1")
		r.press("space", "right", "right", "space", "enter")
		r.shows("pop 6")
		r.press("u")
		r.shows("pop 7")
		r.press("u", "u")
		r.shows("pop 5")
		r.shows("undone: drawing, at generation 0")
		r.press("U", "U")
		r.shows("pop 7")
		r.press("v", "left", "left", "left", "up")
		r.shows("4 × 2 cells selected")
		r.press("delete")
		r.shows("pop 3")
		r.press("esc", "esc")
		r.shows("editing is off")
	})
}

func TestMouseDraws(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 80, 24, func(r *rig) {
		r.press("e")
		r.mouse(4, 4, tcell.Button1)
		r.mouse(24, 4, tcell.Button1) // five cells further at 4:1
		r.mouse(24, 4, tcell.ButtonNone)
		r.shows("pop 11")
		r.mouse(24, 4, tcell.Button1) // begins on a live cell: erases
		r.mouse(20, 4, tcell.Button1)
		r.mouse(20, 4, tcell.ButtonNone)
		r.shows("pop 9")
		r.press("u")
		r.shows("pop 11")
		r.press("u")
		r.shows("pop 5") // a stroke is one edit
		r.mouse(30, 6, tcell.Button2)
		r.mouse(50, 16, tcell.Button2)
		r.mouse(50, 16, tcell.ButtonNone)
		r.press("d")
		r.shows("pop 0")
	})
}

func TestPasteIsShownAndPutDown(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	showOn(t, "US-ASCII", pattern("B3/S23", gliderCells), newHashlife(t), 60, 20, func(r *rig) {
		r.press("A", "y", "P")
		r.press("right", "right", "right", "right", "@", "tab")
		r.golden("paste")
		r.press("enter")
		r.shows("pop 10")
		r.press("esc", "esc", "v", "right", "down", "down")
		r.golden("selected")
	})
}

// TestCopyReachesTheSystem: the copied cells are in the terminal's clipboard as RLE.
func TestCopyReachesTheSystem(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 80, 24, func(r *rig) {
		r.press("A", "y")
		r.shows("copied 5 cells")
		p, _, err := format.Read(strings.NewReader(r.screen.clip))
		if err != nil || !p.SameCells(pattern("B3/S23", gliderCells)) {
			t.Errorf("the clipboard holds %q (%v)", r.screen.clip, err)
		}
	})
}

// pasteText pastes text as a terminal does.
func (r *rig) pasteText(text string) {
	r.post(tcell.NewEventPaste(true))
	for _, c := range text {
		switch c {
		case '\r':
			r.post(tcell.NewEventKey(tcell.KeyEnter, 0, tcell.ModNone))
		case '\n':
			r.post(tcell.NewEventKey(tcell.KeyCtrlJ, 0, tcell.ModNone))
		default:
			r.post(tcell.NewEventKey(tcell.KeyRune, c, tcell.ModNone))
		}
	}
	r.post(tcell.NewEventPaste(false))
	r.wait(time.Millisecond)
}

func (r *rig) post(e tcell.Event) {
	r.t.Helper()
	for r.sim.PostEvent(e) != nil {
		r.wait(time.Millisecond)
	}
}

func TestEditsAreNotLostByAKey(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 100, 24, func(r *rig) {
		r.press("e", "space", "esc", "q")
		r.shows("not saved")
		r.shows("(edited)")
		r.press("f", "q")
		r.shows("not saved")
		r.command("save! " + filepath.Join(t.TempDir(), "x.rle"))
		r.press("q")
		r.quits()
	})
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 100, 24, func(r *rig) {
		r.command("clear all")
		r.press("esc", "esc")
		r.quits()
	})
}

func TestTextThatIsPasted(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 80, 24, func(r *rig) {
		r.pasteText("x = 4, y = 1, rule = B36/S23\n4o!\n")
		r.shows("pop 4")
		r.shows("pasted text")
		r.press("u")
		r.shows("pop 5")
		r.pasteText("this is a sentence, q\n")
		r.shows("pasted text: ")
		r.shows("pop 5")
		r.press("e")
		r.pasteText("x = 2, y = 1, rule = B3/S23\n2o!\n")
		r.shows("paste (or)")
		r.press("down", "down", "down", "down", "enter")
		r.shows("pop 7")
		r.press(":")
		r.pasteText("goto 17\nquit\n")
		r.press("enter")
		r.shows("gen 17")
	})
}

// TestLineEndsThatArePasted: Windows line ends are no blank rows, however terminals send them.
func TestLineEndsThatArePasted(t *testing.T) {
	show(t, pattern("B3/S23", "OO"), newHashlife(t), 100, 24, func(r *rig) {
		for _, text := range []string{"!\n.O\n..O\nOOO\n", "!\n.O\n..O\n\nOOO\n", ".O\n..O\n\n\nOOO", "!\nO\n\nO\n", ".O\n\n.O"} {
			p, _, err := format.Read(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, end := range []string{"\r", "\n", "\r\n", "\r\r"} {
				if end == "\r\r" && strings.Count(text, "\n") < 3 {
					continue
				}
				r.pasteText(strings.ReplaceAll(text, "\n", end))
				r.command("expect digest " + p.Digest())
				if strings.Contains(r.text(), "expect") {
					t.Errorf("%q with ends %q: %s", text, end, r.text())
				}
			}
		}
	})
}

// moveEast is a rule file.
const moveEast = `@RULE MoveEast
@TABLE
n_states:3
neighborhood:oneDimensional
symmetries:none
var a={0,1,2}
var b={0,1,2}
a,1,b,1
a,2,b,2
a,0,b,0
`

// TestRuleThatIsPasted: a rule file may follow what is pasted, as in posts.
func TestRuleThatIsPasted(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 120, 24, func(r *rig) {
		r.pasteText("x = 2, y = 1, rule = MoveEast\nAB!\n\n" + moveEast)
		r.shows("pop 2")
		r.command("rule")
		r.shows("the rule is MoveEast")
		r.command("step 3")
		r.shows("pop 2")
		r.command("clear all")
		r.pasteText("x = 3, y = 1, rule = moveeast:T10,9\nABA!\n") // known by now
		r.shows("pop 3")
		r.command("rule")
		r.shows("the rule is MoveEast:T10,9")
		r.command("rule MoveEast:T8")
		r.shows("rule MoveEast:T8,8")
		r.pasteText("x = 1, y = 1, rule = MoveEast\nA!\n\n@RULE MoveEast\n@TABLE\nn_states:x\n")
		r.shows("MoveEast.rule:3: ")
		r.shows("pop 3")
		r.pasteText("x = 1, y = 1, rule = MoveNorth\nA!\n")
		r.shows(`unknown rule "MoveNorth"`)
		r.shows("found no file MoveNorth.rule among those that come with it") // below the start of the message
		r.press("e")
		r.pasteText("x = 4, y = 1, rule = MoveNorth\n4A!\n") // its cells alone
		r.press("up", "up", "enter")
		r.shows("pop 7")
	})
}

// TestPasteIntoAList: a pattern opens in place of the list, a word is searched for.
func TestPasteIntoAList(t *testing.T) {
	show(t, pattern("B3/S23", gliderCells), newHashlife(t), 90, 24, func(r *rig) {
		r.press("O")
		r.shows("Open: ")
		r.pasteText("gosper glider\n")
		r.shows("Open: gosper glider")
		r.shows("Gosper glider gun")
		r.pasteText("x = 4, y = 1\n4o!\n")
		r.shows("pop 4")
		r.shows("pasted text")
		r.press("?")
		r.pasteText("x = 3, y = 1\n3o!\n")
		r.shows("? help")
		r.shows("pop 3")
		r.press("O")
		r.pasteText("two lines\nof no pattern\n")
		r.shows("pasted text: found text that begins with")
	})
}

func TestRuleChangesUnderWay(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gliderCells)
	mustScript(t, p, "step 10", "rule B3/S23:T20,20", "step 80", "expect population 5", "rule 345/2/4", "undo",
		"expect population 5", "undo", "expect generation 10", "goto 0", "expect digest "+p.Digest())
	if _, err := script(t, "hashlife", p, "rule B9/S23"); err == nil {
		t.Error("B9 is a rule")
	}
	many := pattern("345/2/4", "OOO")
	if _, err := script(t, "auto", many, "set 0 0 3", "rule B3/S23"); err == nil {
		t.Error("state 3 under a rule of two states")
	}
	for _, line := range []string{"set 0 0 4", "set 0 0 -1", "state 9", "set 1 2"} {
		if _, err := script(t, "auto", many, line); err == nil {
			t.Errorf("%s is no error", line)
		}
	}
}

func TestCellsOutsideTheGridAreLeftOut(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23:T10,10", gliderCells)
	mustScript(t, p, "select 3 0 8 1", "random 100%", "expect message 6 cells outside the grid are left out", "expect population 7")
}

// TestSavingTellsWhatIsLost: not every format keeps all.
func TestSavingTellsWhatIsLost(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "x.")
	for ext, want := range map[string]string{
		"rle": "", "cells": "", "lif": "; not kept: generation 77", "life": "; not kept: generation 77",
		"apg": "; not kept: rule B36/S23, generation 77, position 19,20",
	} {
		mustScript(t, pattern("B36/S23", gliderCells), "step 77", "save! "+name+ext, "expect message saved as "+name+ext+": generation 77, 5 cells"+want)
	}
}

func TestSaveAndReload(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := pattern("B3/S23", gunCells)
	for _, ext := range []string{"rle", "mc", "rle.gz"} {
		name := filepath.Join(dir, "x."+ext)
		mustScript(t, p, "step 77", "toggle -5 -5", "save "+name, "toggle 1 1", "step 1")
		want, err := readFile(name)
		if err != nil {
			t.Fatal(err)
		}
		mustScript(t, p, "open "+name, "expect generation 77", "expect digest "+want.Digest(), "clear all", "reload",
			"expect digest "+want.Digest(), "undo", "undo", "undo", "expect generation 0", "expect digest "+p.Digest(),
			"redo", "expect generation 77")
		if _, err := script(t, "hashlife", p, "save "+name); err == nil || !strings.Contains(err.Error(), "save!") {
			t.Errorf("save over another file: %v", err)
		}
		mustScript(t, p, "save! "+name, "open "+name, "step 3", "save", "expect generation 3")
	}
	for _, line := range []string{"save", "save " + filepath.Join(dir, "x.doc"), "open " + filepath.Join(dir, "none.rle")} {
		if _, err := script(t, "hashlife", p, line); err == nil {
			t.Errorf("%s is no error", line)
		}
	}
}

func TestEditDuringALongStep(t *testing.T) {
	p := pattern("B3/S23", "OOO")
	e := &slowEditor{slowEngine{Engine: newNaive(t, p.Rule()), perGeneration: 10 * time.Millisecond}}
	show(t, p, e, 90, 20, func(r *rig) {
		r.press("e")
		r.step1024()
		r.wait(2 * time.Second)
		r.press("down", "down", "down", "down", "down", "down", "right", "right", "space") // a cell that dies
		r.wait(50 * time.Millisecond)
		r.shows("working")
		r.wait(12 * time.Second)
		r.shows("gen 1,024")
		r.shows("pop 3")
		r.press("u")
		r.shows("undone: drawing, at generation 20")
	})
}

// slowEditor is a slowEngine whose cells can be changed.
type slowEditor struct{ slowEngine }

func (e *slowEditor) Get(p life.Point) life.State { return e.Engine.(life.Editor).Get(p) }
func (e *slowEditor) Set(p life.Point, s life.State) error {
	return e.Engine.(life.Editor).Set(p, s)
}

func TestGotoIsCancelled(t *testing.T) {
	p := pattern("B3/S23", "OOO")
	e := &slowEngine{Engine: newNaive(t, p.Rule()), perGeneration: 10 * time.Millisecond}
	show(t, p, e, 90, 20, func(r *rig) {
		r.command("goto 100000")
		r.wait(2 * time.Second)
		r.shows("working")
		r.press("esc")
		r.wait(20 * time.Millisecond)
		r.shows("cancelled at generation 2")
		r.command("goto 5")
		r.wait(100 * time.Millisecond)
		r.shows("gen 5 ")
		r.command("goto 100000")
		r.wait(time.Second)
		r.command("goto 7") // gives the other one up
		r.wait(100 * time.Millisecond)
		r.shows("gen 7 ")
	})
}

func TestBigNumbersInCommands(t *testing.T) {
	t.Parallel()
	p := pattern("B3/S23", gunCells)
	far := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)
	out := mustScript(t, p, "goto "+far.String(), "expect generation "+far.String(), "cell -"+far.String()+" 5", "zoom 3", "screen")
	if !strings.Contains(out, "zoom 1:8") || !strings.Contains(out, "gen 1.000e30") {
		t.Error(out)
	}
	if _, err := script(t, "hashlife", p, "cell "+far.String()+" 0", "edit"); err == nil {
		t.Error("cells beyond 2^63 can be edited")
	}
}

// unwalked is an engine whose cells nobody should look at one by one.
type unwalked struct {
	life.Engine
	t *testing.T
}

func (e unwalked) Cells(life.Rect) iter.Seq2[life.Point, life.State] {
	e.t.Error("the cells are walked")
	return func(func(life.Point, life.State) bool) {}
}

// TestInsideTooMany selects 2^57 cells, which are known to be too many at once.
func TestInsideTooMany(t *testing.T) {
	t.Parallel()
	b := life.NewBuilder(rule.MustParse("B3/S23"))
	k := b.Leaf(1)
	for level := life.LeafLevel + 1; level <= 60; level++ {
		k = b.Node(level, life.Quad{k, 0, 0, k})
	}
	b.AddTree(60, k)
	e := newHashlife(t)
	if err := e.Load(b.Pattern()); err != nil {
		t.Fatal(err)
	}
	s := &sim{engine: unwalked{e, t}}
	if _, err := s.inside(life.Everywhere()); err == nil || !strings.Contains(err.Error(), "more than 16777216 live cells") {
		t.Errorf("error %v", err)
	}
}

// TestSelectAll tells what is selected, and counts what is copied.
func TestSelectAll(t *testing.T) {
	show(t, pattern("B3/S23", "O"), nil, 100, 24, func(r *rig) {
		r.press("A")
		r.shows("1 × 1 cells selected")
		r.press("y")
		r.shows("copied 1 cell;")
	})
}
