// Command life runs, shows and describes cellular automata: see "life help".
package main

import (
	"os"

	"golife/cmd/life/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
