package impl

import (
	"slices"
	"testing"
)

// register puts two implementations that can run and one that cannot in the list.
func register(t *testing.T) (fast, faster, absent *bool) {
	t.Helper()
	saved := all
	t.Cleanup(func() { all = saved })
	faster, absent, fast = new(bool), new(bool), new(bool)
	*faster, *fast = true, true
	Register("p", "faster", faster)
	Register("p", "absent", absent)
	Register("q", "other", new(bool))
	Register("p", "fast", fast)
	return fast, faster, absent
}

func TestSelect(t *testing.T) {
	fast, faster, absent := register(t)
	for _, tt := range []struct {
		name                 string
		ok                   bool
		fast, faster, absent bool
		current              string
	}{
		{"fast", true, true, false, false, "fast"},
		{"absent", false, true, false, false, "fast"},
		{"other", false, true, false, false, "fast"},
		{"faster", true, false, true, false, "faster"},
		{Generic, true, false, false, false, Generic},
	} {
		if ok := Select("p", tt.name); ok != tt.ok {
			t.Errorf("Select(%q) is %v", tt.name, ok)
		}
		if *fast != tt.fast || *faster != tt.faster || *absent != tt.absent {
			t.Errorf("after Select(%q): fast %v, faster %v, absent %v", tt.name, *fast, *faster, *absent)
		}
		if c := Current("p"); c != tt.current {
			t.Errorf("after Select(%q): Current is %q", tt.name, c)
		}
	}
	Reset("p")
	if !*fast || !*faster || *absent || Current("p") != "faster" {
		t.Errorf("after Reset: fast %v, faster %v, absent %v", *fast, *faster, *absent)
	}
}

func TestList(t *testing.T) {
	register(t)
	for _, tt := range []struct {
		pkg           string
		list, missing []string
	}{
		{"p", []string{"faster", "fast", Generic}, []string{"absent"}},
		{"q", []string{Generic}, []string{"other"}},
		{"unknown", []string{Generic}, nil},
	} {
		if got := List(tt.pkg); !slices.Equal(got, tt.list) {
			t.Errorf("List(%q) is %q", tt.pkg, got)
		}
		if got := Missing(tt.pkg); !slices.Equal(got, tt.missing) {
			t.Errorf("Missing(%q) is %q", tt.pkg, got)
		}
	}
}

func TestTestAll(t *testing.T) {
	register(t)
	var ran []string
	TestAll(t, "p", func(t *testing.T) { ran = append(ran, t.Name()+" "+Current("p")) })
	want := []string{
		"TestTestAll/impl=faster faster",
		"TestTestAll/impl=fast fast",
		"TestTestAll/impl=generic generic",
	}
	if !slices.Equal(ran, want) {
		t.Errorf("ran %q, want %q", ran, want)
	}
	if Current("p") != "faster" {
		t.Errorf("TestAll left %q", Current("p"))
	}
}

func TestRegisterPanics(t *testing.T) {
	register(t)
	for _, name := range []string{"fast", Generic} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			Register("p", name, new(bool))
		})
	}
}
