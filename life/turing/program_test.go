package turing

import (
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

func parseProgram(t testing.TB, text string) *Program {
	t.Helper()
	p, err := ParseProgram(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func tape(t testing.TB, s string) Tape {
	t.Helper()
	v, err := ParseTape(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestParseProgram(t *testing.T) {
	p := parseProgram(t, `
name  a name  # and a comment
about what it does
tape  1 0 2 [] 0 1

0 0 -> 1 2 L
2 1->0 0 R
 1   0   ->   halt # stop
`)
	if p.Name != "a name" || p.About != "what it does" || p.Tape.String() != "1 0 2 [] 0 1" {
		t.Errorf("found %q, %q, %v", p.Name, p.About, p.Tape)
	}
	want := map[[2]int]Entry{
		{0, 0}: {Step, 1, 2, Left}, {2, 1}: {Step, 0, 0, Right}, {1, 0}: {Kind: Halt},
	}
	for s := -1; s < 4; s++ {
		for y := -1; y < 4; y++ {
			if got := p.Entry(s, y); got != want[[2]int{s, y}] {
				t.Errorf("entry %d, %d is %v, want %v", s, y, got, want[[2]int{s, y}])
			}
		}
	}
	if q := parseProgram(t, p.Format()); !q.SameTable(p) || !q.Tape.Equal(p.Tape) || q.Name != p.Name || q.About != p.About {
		t.Errorf("written and read again:\n%s", q.Format())
	}
}

func TestParseProgramErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "line 1: found the end and no entry"},
		{"name x\n# y\n", "line 2: found the end and no entry"},
		{"0 0 -> 1 2 L\n0 0 -> halt", "line 2: found a second entry for state 0, symbol 0, the first is on line 1"},
		{"0 -> 1 2 L", `line 1: found "0 -> 1 2 L", want STATE SYMBOL`},
		{"\n\nhello", `line 3: found "hello", want STATE SYMBOL`},
		{"0 0 1 2 L", `line 1: found "0 0 1 2 L", want STATE SYMBOL`},
		{"0 x -> 1 2 L", `found the symbol "x", want a number from 0 to 99`},
		{"-1 0 -> 1 2 L", `found the state "-1", want a number from 0 to 99`},
		{"100 0 -> 1 2 L", `found the state "100"`},
		{"0 0 -> 100 2 L", `found the next state "100"`},
		{"0 0 -> 1 x L", `found the symbol to write "x"`},
		{"0 0 -> 1 2 l", `found the move "l", want L or R`},
		{"0 0 -> 1 2", `found "1 2" after ->, want NEXT WRITE MOVE or halt`},
		{"0 0 -> stop", `found "stop" after ->`},
		{"0 0 ->", `found "" after ->`},
		{"name a\nname b\n0 0 -> halt", `line 2: found a second "name", the first is on line 1`},
		{"tape 1 x\n0 0 -> halt", `line 1: found "x" on the tape`},
		{"tape [] []\n0 0 -> halt", `line 1: found a second []`},
		{strings.Repeat("#", maxText+1), "found more than 65536 bytes"},
	} {
		p, err := ParseProgram(strings.NewReader(c.text))
		var x *SyntaxError
		if !errors.As(err, &x) || !strings.Contains(err.Error(), c.want) || p != nil {
			t.Errorf("%.40q: %v, want %q", c.text, err, c.want)
		}
	}
}

func TestParseTape(t *testing.T) {
	for _, c := range []struct {
		text        string
		left, right []int
	}{
		{"", nil, nil},
		{"[]", nil, nil},
		{"1,1,2", []int{2, 1, 1}, nil},
		{"1 2 []", []int{2, 1}, nil},
		{"1, 2, [0], 0, 1", []int{2, 1}, []int{0, 1}},
		{"[] 2", nil, []int{2}},
	} {
		got, err := ParseTape(c.text)
		if err != nil || !slices.Equal(got.Left, c.left) || !slices.Equal(got.Right, c.right) {
			t.Errorf("%q: %v, %v", c.text, got, err)
		}
		if again, err := ParseTape(got.String()); err != nil || !again.Equal(got) {
			t.Errorf("%q: written as %q: %v, %v", c.text, got, again, err)
		}
	}
	for _, bad := range []string{"a", "-1", "100", "1;2", "[] 1 []", "[1]"} {
		if got, err := ParseTape(bad); err == nil {
			t.Errorf("%q: %v, want an error", bad, got)
		}
	}
}

func FuzzParseProgram(f *testing.F) {
	for _, name := range ProgramNames() {
		text, err := Source(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParseProgram(strings.NewReader(text))
		if err != nil {
			return
		}
		q, err := ParseProgram(strings.NewReader(p.Format()))
		if err != nil || !q.SameTable(p) || !q.Tape.Equal(p.Tape) || q.Name != p.Name || q.About != p.About {
			t.Fatalf("%q is written as\n%s\nand read again: %v, %v", text, p.Format(), q, err)
		}
	})
}

func TestLookup(t *testing.T) {
	files, err := os.ReadDir("programs")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(ProgramNames()) {
		t.Errorf("%d files of programs, %d names", len(files), len(ProgramNames()))
	}
	for _, name := range ProgramNames() {
		p, err := Lookup(name)
		if err != nil || p.Name != name || p.About == "" {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
	if _, err := Lookup("nothing"); err == nil || !strings.Contains(err.Error(), "doubler, busy-beaver") {
		t.Errorf("Lookup(nothing): %v, want the names", err)
	}
	if _, err := Source("nothing"); err == nil {
		t.Error("Source(nothing): want an error")
	}
}

// TestSlots wants encode and decode to be each other's inverse.
func TestSlots(t *testing.T) {
	for v := range uint(1 << slots) {
		if got := encode(decode(v)); got != v {
			t.Errorf("slots %08b come back as %08b", v, got)
		}
	}
	if n := len(entries()); n != 19 { // 3 states × 3 symbols × 2 moves, less (0,0,R), and halt and undefined
		t.Errorf("the machine can hold %d entries, want 19", n)
	}
}

// plain is a Turing machine by another way: the tape is a map.
type plain struct {
	p     *Program
	tape  map[int]int
	at    int
	state int
}

// step does one step; ok is false when there is none.
func (m *plain) step() (ok bool) {
	e := m.p.Entry(m.state, m.tape[m.at])
	if e.Kind != Step {
		return false
	}
	m.tape[m.at] = e.Write
	m.state = e.Next
	m.at += 2*int(e.Move) - 1
	return true
}

// TestInterpreterIsATuringMachine compares the interpreter, which has two stacks,
// with the plain one on random programs.
func TestInterpreterIsATuringMachine(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for range 300 {
		p := randomProgram(r, r.IntN(4)+1, r.IntN(4)+1)
		start := randomTape(r, 5, p.symbols())
		m := &plain{p: p, tape: map[int]int{}, at: -1}
		for i, v := range start.Left {
			m.tape[-1-i] = v
		}
		for i, v := range start.Right {
			m.tape[1+i] = v
		}
		it := Start(p, start)
		for step := 1; step < 200; step++ {
			if it.Steps != step || it.Config.State != m.state || it.Config.Symbol != m.tape[m.at] {
				t.Fatalf("step %d of\n%sis state %d on %d, want state %d on %d",
					step, p.Format(), it.Config.State, it.Config.Symbol, m.state, m.tape[m.at])
			}
			for i := range 210 {
				if l, r := at(it.Config.Tape.Left, i), at(it.Config.Tape.Right, i); l != m.tape[m.at-1-i] || r != m.tape[m.at+1+i] {
					t.Fatalf("step %d of\n%shas the tape %v", step, p.Format(), it.Config)
				}
			}
			before := it.Config
			err, ok := it.Step(), m.step()
			if (err == nil) != ok {
				t.Fatalf("step %d: %v, but the other does it: %v", step, err, ok)
			}
			if err != nil {
				isHalt := p.Entry(m.state, m.tape[m.at]).Kind == Halt
				if errors.Is(err, ErrHalted) != isHalt || errors.Is(err, ErrUndefined) == isHalt || !it.Config.Equal(before) {
					t.Fatalf("%v in state %d on %d", err, m.state, m.tape[m.at])
				}
				break
			}
		}
	}
}

func at(s []int, i int) int {
	if i < len(s) {
		return s[i]
	}
	return 0
}

// randomProgram returns a table of entries of all kinds.
func randomProgram(r *rand.Rand, states, symbols int) *Program {
	p := &Program{Name: "random"}
	for s := range states {
		for y := range symbols {
			e := Entry{Kind: Step, Next: r.IntN(states), Write: r.IntN(symbols), Move: Move(r.IntN(2))}
			switch r.IntN(12) {
			case 0:
				e = Entry{Kind: Halt}
			case 1:
				e = Entry{}
			}
			p.set(s, y, e)
		}
	}
	return p
}

// randomTape returns a tape of up to n symbols a side.
func randomTape(r *rand.Rand, n, symbols int) Tape {
	side := func() []int {
		s := make([]int, r.IntN(n+1))
		for i := range s {
			s[i] = r.IntN(max(symbols, 1))
		}
		return s
	}
	return Tape{side(), side()}
}

// run runs a program to its end on a tape without ends.
func run(t testing.TB, name, start string) (symbols []int, steps int) {
	t.Helper()
	p, err := Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	it := Start(p, tape(t, start))
	for range 100_000 {
		if err := it.Step(); errors.Is(err, ErrHalted) {
			return it.Config.Symbols(), it.Steps
		} else if err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("%s does not halt on %q", name, start)
	return nil, 0
}

// TestPrograms wants of the programs on board what they say that they do.
func TestPrograms(t *testing.T) {
	ones := func(n int) string { return strings.Repeat("1 ", n) }
	for n := 1; n < 30; n++ {
		if got, _ := run(t, "doubler", ones(n)); !slices.Equal(got, slices.Repeat([]int{1}, 2*n)) {
			t.Errorf("doubler on %d ones leaves %v", n, got)
		}
		for m := 1; m < 10; m++ {
			if got, _ := run(t, "adder", ones(n)+"0 "+ones(m)); !slices.Equal(got, slices.Repeat([]int{1}, n+m)) {
				t.Errorf("%d + %d is %v", n, m, got)
			}
		}
	}
	if got, steps := run(t, "busy-beaver", ""); !slices.Equal(got, []int{1, 1, 1, 1, 1, 1}) || steps != 14 {
		t.Errorf("busy-beaver leaves %v after %d steps, want six ones after 14", got, steps)
	}
	binary := func(n int) (s []int) {
		for ; n > 0; n /= 2 {
			s = append([]int{n%2 + 1}, s...)
		}
		return s
	}
	for n := range 300 {
		digits := Tape{Left: binary(n)}
		slices.Reverse(digits.Left)
		if got, _ := run(t, "increment", digits.String()); !slices.Equal(got, binary(n+1)) {
			t.Errorf("%d + 1 is %v, want %v", n, got, binary(n+1))
		}
	}
	if got, _ := run(t, "invert", "1 2 2 1 2"); !slices.Equal(got, []int{2, 1, 1, 2, 1}) {
		t.Errorf("invert leaves %v", got)
	}
	p, _ := Lookup("bounce")
	if o := Predict(Start(p, p.Tape), 10_000); o.Halts || o.Err != nil || o.Steps != 10_000 || o.Lo != -4 || o.Hi != 2 {
		t.Errorf("bounce: %+v, want to and fro for ever", o)
	}
}

func TestPredict(t *testing.T) {
	p, _ := Lookup("doubler")
	o := Predict(Start(p, tape(t, "1 1")), 1000)
	if !o.Halts || o.Steps != 16 || o.Err != nil || o.Final.String() != "1 1 1 1 [0]" || o.Final.State != 2 {
		t.Errorf("two ones: %+v", o)
	}
	if o := Predict(Start(p, tape(t, "1 1")), 15); o.Halts || o.Steps != 15 {
		t.Errorf("two ones for 15 steps: %+v", o)
	}
	if o := Predict(Start(p, tape(t, "1 1")), 16); !o.Halts || o.Steps != 16 {
		t.Errorf("two ones for 16 steps: %+v", o)
	}
	var x *OverflowError
	if o := Predict(Start(p, tape(t, "1 1 1 1")), 1000); !errors.As(o.Err, &x) || x.Step != o.Steps+1 || x.Side != "left" {
		t.Errorf("four ones: %+v, want an overflow", o)
	}
	x = nil
	if o := Predict(Start(p, tape(t, "[] 2 0 1 2 1 1")), 1000); !errors.As(o.Err, &x) || x.Step != 1 || x.Side != "right" || o.Steps != 0 {
		t.Errorf("six cells right of the head, and the start-up step pushes one: %+v", o)
	}
	if o := Predict(Start(p, tape(t, "1 1 1")), 1000); !o.Halts || o.Steps != 29 {
		t.Errorf("three ones: %+v", o)
	}
	q := parseProgram(t, "0 0 -> 0 1 R\n0 1 -> 1 0 L")
	if o := Predict(Start(q, tape(t, "1 2")), 1000); !errors.Is(o.Err, ErrUndefined) || o.Steps != 1 {
		t.Errorf("an undefined entry: %+v", o)
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct{ program, tape, want string }{
		{"0 0 -> halt", "1 1 1 1 1 1 [] 2 2 2 2 2 2", ""},
		{"0 0 -> halt", "0 0 0 1 1 1 1 1 1", ""},
		{"2 2 -> 2 2 R\n0 0 -> 0 0 L", "", ""},
		{"0 0 -> halt", "1 1 1 1 1 1 1", "found a tape with 7 cells left of the head, want at most 6"},
		{"0 0 -> halt", "[] 0 0 0 0 0 0 1", "found a tape with 7 cells right of the head, want at most 6"},
		{"0 0 -> halt", "3", "found symbol 3 on the tape"},
		{"3 0 -> halt", "", "found an entry for state 3, symbol 0"},
		{"0 3 -> halt", "", "found an entry for state 0, symbol 3"},
		{"1 2 -> 3 0 R", "", "state 1, symbol 2: found the next state 3"},
		{"1 2 -> 0 3 R", "", "state 1, symbol 2: found the symbol 3 to write"},
		{"0 1 -> 0 0 R", "", "state 0, symbol 1: found 0 0 R, which the machine cannot tell from halt"},
	} {
		p, v := parseProgram(t, c.program), tape(t, c.tape)
		err := Fits(p, v)
		var x *LimitError
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &x) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%q on %q: %v, want %q", c.program, c.tape, err, c.want)
		}
		if q, err2 := Build(p, v); (err2 == nil) != (err == nil) || (q == nil) != (err != nil) {
			t.Errorf("%q on %q: Build returns %v, %v", c.program, c.tape, q, err2)
		}
	}
}
