package life_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"golife/life"
	"golife/life/rule"
)

func TestRect(t *testing.T) {
	r := life.Rt(-2, 3, 4, 5)
	if r != (life.Rect{Min: life.Point{X: -2, Y: 3}, Max: life.Point{X: 2, Y: 8}}) {
		t.Errorf("Rt(-2, 3, 4, 5) is %v", r)
	}
	for _, tt := range []struct {
		at   life.Point
		want bool
	}{
		{life.Point{X: -2, Y: 3}, true},
		{life.Point{X: 1, Y: 7}, true},
		{life.Point{X: 2, Y: 7}, false},
		{life.Point{X: 1, Y: 8}, false},
		{life.Point{X: -3, Y: 3}, false},
		{life.Point{X: -2, Y: 2}, false},
	} {
		if got := r.Contains(tt.at); got != tt.want {
			t.Errorf("%v contains %v: %v, want %v", r, tt.at, got, tt.want)
		}
	}
	for _, tt := range []struct {
		r    life.Rect
		want bool
	}{
		{r, false},
		{life.Rect{}, true},
		{life.Rt(0, 0, 1, 0), true},
		{life.Rt(0, 0, -1, 1), true},
		{life.Everywhere(), false},
	} {
		if got := tt.r.IsEmpty(); got != tt.want {
			t.Errorf("%v is empty: %v, want %v", tt.r, got, tt.want)
		}
	}
}

func TestBigRect(t *testing.T) {
	r := life.BigRect{MinX: big.NewInt(-2), MinY: big.NewInt(3), MaxX: big.NewInt(2), MaxY: big.NewInt(8)}
	if got, want := r.String(), "4x5 at -2,3"; got != want {
		t.Errorf("String is %q, want %q", got, want)
	}
	if got, ok := r.Rect(); !ok || got != life.Rt(-2, 3, 4, 5) {
		t.Errorf("Rect is %v, %v", got, ok)
	}
	s := r
	s.MaxY = new(big.Int).Lsh(big.NewInt(1), 63)
	if _, ok := s.Rect(); ok {
		t.Error("Rect of 2^63 is an int64")
	}
	if got := r.Clip(); got != life.Rt(-2, 3, 4, 5) {
		t.Errorf("Clip is %v", got)
	}
	far := life.BigRect{MinX: new(big.Int).Lsh(big.NewInt(-1), 63), MinY: new(big.Int).Lsh(big.NewInt(-1), 100), MaxX: big.NewInt(math.MaxInt64), MaxY: s.MaxY}
	if got := far.Clip(); got.Min != (life.Point{X: math.MinInt64, Y: math.MinInt64}) || got.Max != (life.Point{X: math.MaxInt64, Y: math.MaxInt64}) {
		t.Errorf("Clip of what is too far is %v", got)
	}
	if r.Equal(s) || !r.Equal(r) || r.Width().Int64() != 4 || r.Height().Int64() != 5 {
		t.Error("Equal, Width or Height is wrong")
	}
}

func TestUnsupportedRuleError(t *testing.T) {
	var err error = &life.UnsupportedRuleError{Engine: "tile", Rule: rule.MustParse("/2/3"), Reason: "two states only"}
	if !errors.Is(err, life.ErrUnsupportedRule) || errors.Is(err, life.ErrState) {
		t.Error("errors.Is finds another sentinel")
	}
	if got, want := err.Error(), "tile: rule /2/3: two states only"; got != want {
		t.Errorf("the error says %q, want %q", got, want)
	}
}
