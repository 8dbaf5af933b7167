//go:build !linux && !windows

package rights

import (
	"fmt"
	"syscall"
)

// Become makes the whole program go on as u, with no further groups, for good.
func Become(u User) error {
	if err := syscall.Setgroups([]int{u.GID}); err != nil {
		return fmt.Errorf("cannot give up the groups of root: %w", err)
	}
	if err := syscall.Setgid(u.GID); err != nil {
		return fmt.Errorf("cannot become group %d: %w", u.GID, err)
	}
	if err := syscall.Setuid(u.UID); err != nil {
		return fmt.Errorf("cannot become %s: %w", u.Name, err)
	}
	return nil
}

// DropCapabilities does nothing: this system has none.
func DropCapabilities() error { return nil }
