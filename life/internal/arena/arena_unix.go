//go:build unix

package arena

import "golang.org/x/sys/unix"

func alloc(n int) []byte {
	b, err := unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		panic("arena: " + err.Error())
	}
	advise(b)
	return b
}

func free(b []byte) {
	if err := unix.Munmap(b); err != nil {
		panic("arena: " + err.Error())
	}
}
