package macrocell_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golife/life"
	"golife/life/format/macrocell"
	"golife/life/rule"
)

// TestCollectionPeer has bgolly read what Encode writes, and write it again: the
// collection's files, and random cells under rules of two and of many states.
// GOLIFE_ORACLE names the folder of the collection.
func TestCollectionPeer(t *testing.T) {
	dir := os.Getenv("GOLIFE_ORACLE")
	bgolly, err := exec.LookPath("bgolly")
	if dir == "" || err != nil {
		t.Skip("GOLIFE_ORACLE is not set, or there is no bgolly")
	}
	for _, pattern := range []string{"*/*.mc*", "*/*/*.mc*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, name := range files {
			if filepath.Ext(strings.TrimSuffix(name, ".gz")) == ".mc" {
				checkPeer(t, bgolly, dir, name, readCollected(t, name))
			}
		}
	}
	rnd := rand.New(rand.NewPCG(23, 42))
	for i := range 40 {
		rs := []string{"B3/S23", "B36/S23", "2/2/3", "345/2/4", "0235678/3468/9", "2/2/25", "/2/256", "WireWorld", "JvN29", "B2/S34H"}[i%10]
		checkPeer(t, bgolly, dir, "random cells under "+rs, randomPattern(rnd, rs, []int{4, 8, 20, 29}[i/10]))
	}
}

// checkPeer writes p, has bgolly copy it, and wants the same cells back.
func checkPeer(t *testing.T, bgolly, dir, name string, p *life.Pattern) {
	t.Helper()
	in, out := filepath.Join(t.TempDir(), "in.mc"), filepath.Join(t.TempDir(), "out.mc.gz")
	if err := os.WriteFile(in, []byte(encode(t, p)), 0o666); err != nil {
		t.Fatal(err)
	}
	rules := filepath.Join(filepath.Dir(filepath.Clean(dir)), "Rules") + string(filepath.Separator)
	said, err := exec.Command(bgolly, "-a", algorithm(p.Rule()), "-s", rules, "-m", "0", "-q", "-q", "-o", out, in).CombinedOutput()
	if err != nil {
		t.Errorf("%s: bgolly: %v\n%s", name, err, said)
		return
	}
	f, err := os.Open(out)
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, said)
		return
	}
	defer f.Close()
	q, err := macrocell.Decode(f)
	if err != nil {
		t.Errorf("%s: what bgolly wrote: %v", name, err)
		return
	}
	if !q.SameCells(p) || !q.Rule().Equal(p.Rule()) {
		t.Errorf("%s: bgolly read other cells or another rule (%s)", name, q.Rule())
	}
}

// algorithm returns bgolly's name for what runs a rule.
func algorithm(r *rule.Rule) string {
	switch {
	case r.Family() == rule.TwoState:
		return "HashLife"
	case r.Family() == rule.Generations:
		return "Generations"
	case r.String() == "JvN29":
		return "JvN"
	}
	return "RuleLoader"
}
