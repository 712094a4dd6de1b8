package tui

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
)

// TestMonkey: no keys, mouse events and sizes, in any order, panic or hang.
func TestMonkey(t *testing.T) {
	t.Chdir(t.TempDir()) // it saves files
	var keys []string
	for _, a := range actions() {
		for k := range strings.FieldsSeq(a.keys) {
			if a.do != nil && !slices.Contains([]string{"q", "ctrl+c", "ctrl+z"}, k) {
				keys = append(keys, k)
			}
		}
	}
	for k := range lineKeys() {
		keys = append(keys, string(k))
	}
	slices.Sort(keys)
	lines := []string{
		"random 30% 5 D4+", "rule B36/S23", "rule B3/S23:T30,20", "rule B0/S", "new", "undo", "paste 3 4 xor", "open r-pentomino", "goto 300",
		"back 7", "jump 1", "select -5 -5 12 9", "exponent 3", "zoom 4", "cell 7 -7", "clear outside", "place glider", "reload", "rotate left",
	}
	for seed := range uint64(2) {
		rng := rand.New(rand.NewPCG(seed, 4))
		done := false
		show(t, pattern("B3/S23", gunCells), newHashlife(t), 80, 24, func(r *rig) {
			for range 700 {
				switch rng.IntN(12) {
				case 0:
					r.command(lines[rng.IntN(len(lines))])
				case 1:
					buttons := []tcell.ButtonMask{tcell.Button1, tcell.Button2, tcell.Button3, tcell.ButtonNone, tcell.WheelUp, tcell.WheelDown}
					r.mouse(rng.IntN(90), rng.IntN(30), buttons[rng.IntN(len(buttons))])
				case 2:
					r.wait(time.Duration(rng.IntN(300)) * time.Millisecond)
				case 3:
					if rng.IntN(10) == 0 {
						r.resize(1+rng.IntN(120), 1+rng.IntN(40))
					}
				default:
					k := keys[rng.IntN(len(keys))]
					if k == "ctrl+c" || k == "esc" && !strings.Contains(r.text(), "Open:") {
						continue // it may quit
					}
					r.press(k)
				}
				select {
				case err := <-r.done:
					t.Fatalf("seed %d: the viewer has quit: %v", seed, err)
				default:
				}
			}
			r.press("enter", "enter")
			done = true
		})
		if !done {
			t.Fatalf("seed %d", seed)
		}
	}
}
