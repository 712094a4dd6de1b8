//go:build unix

package tui

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// viewerVariable makes the test binary a viewer on the glider that panics when it is
// asked to: by a step on the simulation's goroutine, and by a number on the
// interface's.
const viewerVariable = "GOLIFE_TEST_VIEWER"

// The exit codes of that viewer.
const (
	viewerDone      = 10
	viewerCancelled = 11
)

func TestMain(m *testing.M) {
	if os.Getenv(viewerVariable) == "" {
		os.Exit(m.Run())
	}
	err := os.WriteFile("pid", []byte(strconv.Itoa(os.Getpid())), 0o600)
	if err == nil {
		err = breakingViewer()
	}
	switch err {
	case nil:
		os.Exit(viewerDone)
	case context.Canceled:
		os.Exit(viewerCancelled)
	}
	fmt.Println(err)
	os.Exit(1)
}

func breakingViewer() error {
	p := pattern("B3/S23", gliderCells)
	e, err := Options{}.engineFor(p)
	if err != nil {
		return err
	}
	o := Options{Pattern: p, Name: "glider", Host: Host{
		ParseCount: func(string) (*big.Int, error) { panic("broken interface") },
	}}
	o.Host.LoadPattern = slowLoader
	return o.show(context.Background(), &slowEditor{slowEngine{Engine: e, panics: true}})
}

// shell is an interactive shell in a terminal of tmux.
type shell struct {
	t      *testing.T
	tmux   []string
	folder string
	checks int
}

// newShell starts a shell, and in it the viewer that can panic.
func newShell(t *testing.T) *shell {
	t.Helper()
	if testing.Short() {
		t.Skip("takes a real terminal and real time")
	}
	tmux, err := exec.LookPath("tmux")
	if err == nil {
		_, err = exec.LookPath("bash")
	}
	self, selfErr := os.Executable()
	if err != nil || selfErr != nil {
		t.Skip(err, selfErr)
	}
	s := &shell{t: t, folder: t.TempDir()}
	s.tmux = []string{tmux, "-S", filepath.Join(s.folder, "socket"), "-f", os.DevNull}
	t.Cleanup(func() { _, _ = s.try("kill-server") })
	s.do("new-session", "-d", "-x", "80", "-y", "24", "-e", viewerVariable+"=1", "-e", "LC_ALL=C.UTF-8", "-e", "TERM=screen-256color",
		"-c", s.folder, "bash --norc --noprofile -i")
	s.types("PS1='$ '; stty -g > before; clear; echo ready")
	s.waits("ready\n")
	s.types("'" + self + "'; echo exit code $?")
	s.waits("gen 0")
	return s
}

func (s *shell) try(args ...string) (string, error) {
	c := exec.Command(s.tmux[0], append(s.tmux[1:len(s.tmux):len(s.tmux)], args...)...)
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := c.CombinedOutput()
	return string(out), err
}

func (s *shell) do(args ...string) string {
	s.t.Helper()
	out, err := s.try(args...)
	if err != nil {
		s.t.Fatalf("tmux %s: %v %s", strings.Join(args, " "), err, out)
	}
	return out
}

func (s *shell) types(line string) {
	s.t.Helper()
	s.do("send-keys", "-l", line)
	s.do("send-keys", "Enter")
}

// waits fails the test unless the terminal soon holds text. It returns all that the
// terminal holds.
func (s *shell) waits(text string) (all string) {
	s.t.Helper()
	return s.waitsFor(1, text)
}

// waitsFor waits for n times the text.
func (s *shell) waitsFor(n int, text string) (all string) {
	s.t.Helper()
	for start := time.Now(); time.Since(start) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if all = s.do("capture-pane", "-p", "-S", "-500"); strings.Count(all, text) >= n {
			return all
		}
	}
	s.t.Fatalf("the terminal does not show %q:\n%s", text, all)
	return ""
}

// isRestored fails the test unless the terminal is as it was before the viewer.
func (s *shell) isRestored() {
	s.t.Helper()
	if mode := s.do("display-message", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag} #{keypad_flag} #{wrap_flag}"); mode != "0 0 1 0 1\n" {
		s.t.Errorf("alternate screen, mouse, cursor, keypad, wrap: %s", mode)
	}
	s.checks++
	line := fmt.Sprintf("stty -g > after; echo 'do''ne' %d", s.checks)
	s.types(line)
	all := s.waits(fmt.Sprintf("done %d\n", s.checks))
	if !strings.Contains(all, "$ "+line+"\n") {
		s.t.Errorf("what is typed is not shown:\n%s", all)
	}
	before, err := os.ReadFile(filepath.Join(s.folder, "before"))
	if err != nil {
		s.t.Fatal(err)
	}
	after, err := os.ReadFile(filepath.Join(s.folder, "after"))
	if err != nil || string(before) != string(after) || len(after) < 50 {
		s.t.Errorf("the terminal was\n%s, and is (%v)\n%s", before, err, after)
	}
}

func (s *shell) signal(sig syscall.Signal) {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.folder, "pid"))
	if err != nil {
		s.t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(data))
	if err == nil {
		err = syscall.Kill(pid, sig)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestTerminalAfterPanic: after a panic on either goroutine the terminal is as
// before, and the message can be read: each line begins at the left edge.
func TestTerminalAfterPanic(t *testing.T) {
	for message, do := range map[string]func(s *shell){
		"broken engine":    func(s *shell) { s.do("send-keys", ".") },
		"broken interface": func(s *shell) { s.types(":goto 5") },
	} {
		t.Run(message, func(t *testing.T) {
			s := newShell(t)
			do(s)
			all := s.waits("exit code 2")
			if !strings.Contains(all, "\npanic: "+message) || !strings.Contains(all, "\ngoroutine ") || strings.Contains(all, "▀") {
				t.Errorf("the message is not to be read:\n%s", all)
			}
			s.isRestored()
		})
	}
}

func TestTerminalAfterSignals(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			s := newShell(t)
			if sig == syscall.SIGTERM {
				s.types(":open big.rle")
				s.waits("opening")
			}
			s.signal(sig)
			if all := s.waits(fmt.Sprintf("exit code %d", viewerCancelled)); strings.Contains(all, "▀") {
				t.Errorf("the screen is not what it was:\n%s", all)
			}
			s.isRestored()
		})
	}
}

// TestSuspend: Ctrl-Z gives the terminal back to the shell, and fg brings the viewer
// back with all that it showed, also on a screen of another size.
func TestSuspend(t *testing.T) {
	s := newShell(t)
	s.types(":set 3 3 1")
	s.waits("pop 6")
	s.do("send-keys", "C-z")
	s.waits("Stopped")
	s.isRestored()
	s.do("resize-window", "-x", "60", "-y", "20")
	s.types("fg")
	s.waits("pop 6")
	s.types(":set 4 4 1")
	s.waits("pop 7")
	s.do("send-keys", "C-z")
	s.waitsFor(2, "Stopped")
	s.isRestored()
	s.do("resize-window", "-x", "80", "-y", "24")
	s.types("fg; echo exit code $?")
	s.waits("pop 7")
	s.types(":quit")
	s.waits(fmt.Sprintf("exit code %d", viewerDone))
	s.isRestored()
}
