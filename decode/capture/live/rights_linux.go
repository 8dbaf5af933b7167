//go:build cgo

package live

import "golang.org/x/sys/unix"

// lacksRights reports whether the kernel gives this program no packet socket.
func lacksRights() bool {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0) // protocol 0: it receives nothing
	if err == nil {
		unix.Close(fd)
	}
	return err == unix.EPERM
}
