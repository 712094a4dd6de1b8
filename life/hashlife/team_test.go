package hashlife

import "testing"

// TestPortion checks that lists are halved for those who look for something to do, but no more
// of them than these can choose from.
func TestPortion(t *testing.T) {
	w := &worker{step: &stepper{chunk: 100}}
	post := func(list, left int) { w.list[list].state.Store(uint64(left)) }
	w.posted.Store(5)
	post(4, 40) // the list to take from
	expect := func(when string, left, want int) {
		t.Helper()
		if got := w.portion(left); got != want {
			t.Errorf("%s: %d of %d, want %d", when, got, left, want)
		}
	}
	for list := range maxOffers {
		post(list, 2)
	}
	expect("nobody looks", 40, 40)
	expect("nobody looks", 200, 100)
	w.step.team.idle.Store(1)
	expect("one looks and has enough", 40, 40)
	w.step.team.idle.Store(2)
	expect("two look and have not", 40, 20)
	expect("two look and have not", 300, 100)
	w.step.team.idle.Store(1)
	post(1, 0)
	expect("one looks and has not", 41, 21)
	expect("one looks and has not", 1, 1)
}
