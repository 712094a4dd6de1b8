//go:build unix

package cli

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// nobody is a user who may do little, in place of root.
const nobody = 65534

// ordinary is a user whom the system keeps from what is not theirs: whoever runs the
// test or, in place of root, nobody.
type ordinary struct {
	folder string // theirs
	path   string // of this program, where they can run it
	attr   *syscall.SysProcAttr
}

func newOrdinary(t *testing.T) *ordinary {
	t.Helper()
	o := &ordinary{folder: t.TempDir(), path: self(t).Path}
	if os.Geteuid() != 0 {
		return o
	}
	// Folders of tests and of what is built are root's alone, so here is another one.
	root, err := os.MkdirTemp("", "life-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	o.folder = filepath.Join(root, "home")
	program := filepath.Join(root, "program")
	for _, err := range []error{
		os.Chmod(root, 0o755), os.Mkdir(o.folder, 0o755), os.Chown(o.folder, nobody, nobody), copyFile(o.path, program),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	o.path, o.attr = program, &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if text, err := o.life(t, "version").CombinedOutput(); err != nil {
		t.Skipf("root cannot be another user here: %v %s", err, text)
	}
	return o
}

// copyFile copies a program.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// life returns the command of this program as run by the user.
func (o *ordinary) life(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	c := self(t, args...)
	c.Path, c.SysProcAttr, c.Dir = o.path, o.attr, o.folder
	return c
}

// write makes a file, or a folder where the name ends in /, with a mode.
func (o *ordinary) write(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	path := filepath.Join(o.folder, name)
	var err error
	if name[len(name)-1] == '/' {
		err = os.Mkdir(path, 0o755)
	} else {
		err = os.WriteFile(path, []byte(text), 0o666)
	}
	if err == nil && o.attr != nil {
		err = os.Chown(path, nobody, nobody)
	}
	if err == nil {
		err = os.Chmod(path, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestNoAccess checks folders that cannot be written to and files that cannot be read.
func TestNoAccess(t *testing.T) {
	t.Parallel()
	o := newOrdinary(t)
	const cell = "x = 1, y = 1\no!"
	o.write(t, "secret.rle", cell, 0)
	o.write(t, "open.rle", cell, 0o644)
	o.write(t, "jobs.jsonl", `{"id":"a","pattern":"secret.rle","generations":1}
{"id":"b","pattern":"glider","generations":1}
{"id":"c","pattern":"glider","generations":1,"output":"fixed/a.rle"}
`, 0o644)
	o.write(t, "mixed/", "", 0o755)
	o.write(t, "mixed/a.rle", cell, 0o644)
	o.write(t, "mixed/hidden/", "", 0o755)
	o.write(t, "fixed/", "", 0o755)
	o.write(t, "fixed/r.jsonl", "", 0o444)
	o.write(t, "fixed/in.rle", cell, 0o644)
	for name, mode := range map[string]os.FileMode{"fixed": 0o555, "mixed/hidden": 0} {
		path := filepath.Join(o.folder, name)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(path, 0o755) // so that it can be removed
	}
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"run", "secret.rle", "-g", "1"}, ExitFailed, "life: secret.rle: permission denied\n"},
		{[]string{"run", "mixed/hidden/a.rle", "-g", "1"}, ExitFailed, "life: mixed/hidden/a.rle: permission denied\n"},
		{[]string{"run", "glider", "-g", "1", "-o", "fixed/a.rle"}, ExitFailed, "life: glider: fixed/a.rle: permission denied\n"},
		{[]string{"run", "glider", "-g", "1", "--checkpoint", "fixed/c"}, ExitFailed, "life: fixed/c: checkpoint not written: permission denied; the run goes on\n"},
		{[]string{"run", "glider", "-g", "1", "--checkpoint", "secret.rle", "--resume"}, ExitFailed, "life: secret.rle: permission denied\n"},
		{[]string{"run", "glider", "-g", "1", "--expect-equal", "secret.rle"}, ExitFailed, "life: secret.rle: permission denied\n"},
		{[]string{"info", "secret.rle"}, ExitFailed, "life: secret.rle: permission denied\n"},
		{[]string{"diff", "secret.rle", "open.rle"}, ExitFailed, "life: secret.rle: permission denied\n"},
		{[]string{"convert", "secret.rle", "a.mc"}, ExitFailed, "life: secret.rle: permission denied\n"},
		{[]string{"convert", "fixed/in.rle", "fixed/in.mc"}, ExitFailed, "life: fixed/in.mc: permission denied\n"},
		{[]string{"batch", "jobs.jsonl"}, ExitFailed, "life: job a: secret.rle: permission denied\n"},
		{[]string{"batch", "jobs.jsonl"}, ExitFailed, "life: job c: fixed/a.rle: permission denied\n"},
		{[]string{"batch", "secret.rle"}, ExitFailed, "life: secret.rle: permission denied\n"},
		{[]string{"batch", "mixed", "-g", "1"}, ExitFailed, "life: mixed/hidden: permission denied\n"},
		{[]string{"batch", "jobs.jsonl", "-o", "fixed/new.jsonl"}, ExitFailed, "life: fixed/new.jsonl: permission denied\n"},
		{[]string{"batch", "jobs.jsonl", "-o", "fixed/r.jsonl", "--resume"}, ExitFailed, "life: fixed/r.jsonl: permission denied\n"},
	} {
		fault(t, o.life(t, tt.args...), tt.code, tt.says)
	}
	for name, want := range map[string]int{"fixed": 2, "mixed": 2, ".": 5} {
		if files, err := os.ReadDir(filepath.Join(o.folder, name)); err != nil || len(files) != want {
			t.Errorf("%s: found %v, %v; want the %d that were there", name, files, err, want)
		}
	}
}

// TestNoAccessAsRoot uses what not even root can open.
func TestNoAccessAsRoot(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("there is no /proc to be kept from")
	}
	fault(t, self(t, "batch", soupManifest(t, 3, 1), "-o", "/proc/r.jsonl"), ExitFailed, "life: /proc/r.jsonl: ")
	fault(t, self(t, "run", "glider", "-g", "1", "-o", "/proc/a.rle"), ExitFailed, "life: glider: /proc/a.rle: ")
	fault(t, self(t, "run", "/proc/self/mem", "-g", "1"), ExitFailed, "life: /proc/self/mem: ")
}
