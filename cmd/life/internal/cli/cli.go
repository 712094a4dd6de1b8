// Package cli is the command line of life: a table of commands on pflag, what
// they print, and their exit codes.
//
// # Shape
//
// A command is a row of the table in commands: its name, its help, the flags it
// defines and the function that runs it. Help, suggestions and shell completion
// are made from the same table, so that they cannot disagree with it.
//
// # Contract
//
// Results go to stdout, everything else to stderr. An error is one line
// "life: THING: what was found, what was wanted". Nothing is printed on stdout
// for a request that failed. The exit codes are the constants below.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/term"
)

// Exit codes of the program.
const (
	ExitDone        = 0   // the request was met; a time or memory limit is no failure
	ExitFailed      = 1   // the request failed
	ExitUsage       = 2   // the command line makes no sense
	ExitMismatch    = 3   // a check or an expectation failed
	ExitInterrupted = 130 // SIGINT or SIGTERM; what was reached is saved and reported
)

// Main runs the command line args, without the program's name, on the standard
// streams, and returns the exit code. The first SIGINT or SIGTERM ends the
// command at its next whole generation; the second kills the program.
func Main(args []string) int {
	growStack(0)
	ctx, catch, stop := interruptible()
	defer stop()
	out := bufio.NewWriter(os.Stdout)
	e := &env{
		stdin: os.Stdin, stdout: out, stderr: os.Stderr,
		isTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		showsLive:  term.IsTerminal(int(os.Stderr.Fd())),
		catch:      catch,
	}
	code := e.main(ctx, args)
	if err := out.Flush(); err != nil {
		if !e.hasToldLoss {
			e.errorf("standard output: %v", reason(err))
		}
		code = worse(code, ExitFailed)
	}
	return code
}

// growStack makes the stack of its goroutine 32 KiB in one step, where nearly nothing is
// on it yet: deep in an engine it would grow two or three times, each time by a walk
// through the tables of all that is on it, which come from the file first.
//
//go:noinline
func growStack(n int) byte {
	if n == 0 {
		return 0 // it is the size of the frame that counts; nothing in it is touched
	}
	var frame [17 << 10]byte
	for i := range frame[:n] {
		frame[i] = byte(i)
	}
	return frame[n-1]
}

// signalDelay is how long the program runs before it catches signals, unless it
// has something to lose earlier and calls env.catch. Until then they kill it, and
// a run that is over by then is spared the thread that waits for them, a tenth of
// its time.
const signalDelay = 10 * time.Millisecond

// interruptible returns a context that the first SIGINT or SIGTERM ends. They are
// caught after signalDelay or from the first call of catch, whichever is earlier.
func interruptible() (ctx context.Context, catch, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	catch = sync.OnceFunc(func() {
		c, release := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
		context.AfterFunc(c, func() {
			release() // so that the next one kills
			cancel()
		})
	})
	timer := time.AfterFunc(signalDelay, catch)
	return ctx, catch, func() {
		timer.Stop()
		cancel()
	}
}

// env is what a command may touch of the world.
type env struct {
	stdin  io.Reader
	stdout *bufio.Writer // flushed at the end, and earlier by who wants it seen
	stderr io.Writer

	isTerminal bool     // stdout is a terminal
	showsLive  bool     // stderr is a terminal, so that progress may be drawn there
	catch      func()   // catches signals from now on; call it before anything that may be lost is shown
	stdinUsed  bool     // "-" was read; it cannot be read again
	ruleDirs   []string // of --rules

	hasToldLoss bool // stderr says that stdout takes no more
}

// main finds the command and runs it.
func (e *env) main(ctx context.Context, args []string) int {
	if len(args) == 0 {
		fmt.Fprint(e.stderr, shortUsage)
		return ExitUsage
	}
	switch args[0] {
	case "-h", "--help":
		args = []string{"help"}
	case "--version":
		args = []string{"version"}
	}
	c, rest, err := find(args)
	if err == nil {
		err = c.execute(ctx, e, rest)
	}
	return e.fail(c, err)
}

// fail prints err, if it has anything to print, and returns its exit code.
func (e *env) fail(c *command, err error) int {
	if err == nil {
		return ExitDone
	}
	var x *exitError
	if !errors.As(err, &x) {
		x = &exitError{ExitFailed, err}
	}
	if x.err == nil {
		return x.code
	}
	where := ""
	if c != nil {
		where = c.path()
	}
	if x.code != ExitUsage {
		e.errorf("%v", x.err)
		return x.code
	}
	if where == "" {
		e.errorf("%v", x.err)
		fmt.Fprintln(e.stderr, "Try 'life help'.")
	} else {
		e.errorf("%s: %v", where, x.err)
		fmt.Fprintf(e.stderr, "Try 'life help %s'.\n", where)
	}
	return x.code
}

// errorf prints an error line.
func (e *env) errorf(format string, args ...any) {
	fmt.Fprintf(e.stderr, "life: "+format+"\n", args...)
}

// exitError is an error with the exit code it asks for. A nil err says that all
// has been printed already.
type exitError struct {
	code int
	err  error
}

func (x *exitError) Error() string {
	if x.err == nil {
		return fmt.Sprintf("exit %d", x.code)
	}
	return x.err.Error()
}

// Unwrap returns what went wrong.
func (x *exitError) Unwrap() error { return x.err }

// usagef returns an error about the command line.
func usagef(format string, args ...any) error {
	return &exitError{ExitUsage, fmt.Errorf(format, args...)}
}

// exit returns the error for a code when everything has been printed; nil for 0.
func exit(code int) error {
	if code == ExitDone {
		return nil
	}
	return &exitError{code: code}
}

// worse returns the exit code that says more about what went wrong.
func worse(a, b int) int {
	rank := map[int]int{ExitDone: 0, ExitMismatch: 1, ExitFailed: 2, ExitUsage: 3, ExitInterrupted: 4}
	if rank[a] >= rank[b] {
		return a
	}
	return b
}

// reason returns the innermost text of a file system error, without the path
// and the system call, which the line has already named in its own words.
func reason(err error) error {
	if p := (*os.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	if l := (*os.LinkError)(nil); errors.As(err, &l) {
		return l.Err
	}
	return err
}
