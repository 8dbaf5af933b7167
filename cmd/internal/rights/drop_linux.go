package rights

import (
	"fmt"
	"syscall"

	"kernel.org/pub/linux/libs/security/libcap/cap"
)

// Become makes the whole program go on as u, with no further groups and no capabilities, for good.
func Become(u User) error {
	if err := syscall.Setgroups(nil); err != nil {
		return fmt.Errorf("cannot give up the groups of root: %w", err)
	}
	if err := syscall.Setresgid(u.GID, u.GID, u.GID); err != nil {
		return fmt.Errorf("cannot become group %d: %w", u.GID, err)
	}
	if err := syscall.Setresuid(u.UID, u.UID, u.UID); err != nil {
		return fmt.Errorf("cannot become %s: %w", u.Name, err)
	}
	return DropCapabilities()
}

// DropCapabilities gives up all capabilities of the whole program, for good.
func DropCapabilities() error {
	if err := cap.ModeNoPriv.Set(); err == nil {
		return nil
	}
	if err := cap.NewSet().SetProc(); err != nil { // without CAP_SETPCAP the securebits stay
		return fmt.Errorf("cannot give up the capabilities: %w", err)
	}
	return nil
}
