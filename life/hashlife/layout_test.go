package hashlife_test

import (
	"testing"

	"golife/life/hashlife"
	"golife/life/lifetest"
)

// manyStates has rules of each layout, and of each kind of ageing.
var manyStates = []string{
	"WireWorld", "LifeHistory", "B36/S23History", "JvN29", "Nobili32",
	"/2/3", "345/2/4", "12/34/9", "2-a/34c/5", "3/2/6V", "13/2/17H", "23/3/2", "23/34/16", "/2/256",
}

func TestConformanceOfManyStates(t *testing.T) {
	cfg := config()
	cfg.Rules = manyStates
	lifetest.Run(t, cfg)
	t.Run("workers", func(t *testing.T) {
		cfg := config(hashlife.WithThreads(3))
		cfg.Rules = []string{"WireWorld", "LifeHistory", "JvN29", "345/2/4"}
		lifetest.Run(t, cfg)
	})
}
