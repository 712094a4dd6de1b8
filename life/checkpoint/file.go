package checkpoint

import (
	"crypto/rand"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile gives the file name the content that write produces, atomically and
// durably: see the package comment. A file that was there keeps its permissions, and
// its content until the new one is complete; a symbolic link is followed. On error,
// which is write's or an *fs.PathError or *os.LinkError, nothing has changed.
func WriteFile(name string, write func(io.Writer) error) (err error) {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode := fs.FileMode(0o666) // less the umask
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	temp := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"."+rand.Text()[:8]+".tmp")
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(temp)
		}
	}()
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if err := os.Rename(temp, name); err != nil {
		return err
	}
	SyncFolder(filepath.Dir(name))
	return nil
}

// SyncFolder has the system put a folder's list of names on disk. Not every file system
// can, and one that cannot needs nothing; so there is no error.
func SyncFolder(name string) {
	if d, err := os.Open(name); err == nil {
		d.Sync()
		d.Close()
	}
}
