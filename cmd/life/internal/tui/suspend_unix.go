//go:build unix

package tui

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// suspend stops the process as Ctrl-Z does elsewhere, until the shell continues it.
func suspend(scr screen) {
	if scr.Suspend() != nil {
		return
	}
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	if syscall.Kill(0, syscall.SIGTSTP) == nil {
		select {
		case <-continued:
		case <-time.After(time.Second): // the signal is ignored where no shell could continue us
		}
	}
	_ = scr.Resume() // without a terminal there is nobody to tell
}
