// Package rights gives up what a program was started with once it needs it no longer.
package rights

import (
	"fmt"
	"strconv"
)

// User is whom the program goes on as.
type User struct {
	UID, GID int
	Name     string // for messages
}

// nobody is the user that owns nothing. Debian, Fedora, Arch and Alpine agree on the number.
var nobody = User{65534, 65534, "nobody"}

// Heir is the user to go on as: the one who called sudo or doas, else nobody when the program runs
// as root. ok is false when it does not, and only capabilities are to be given up.
func Heir(euid int, getenv func(string) string) (u User, sudo, ok bool) {
	if euid != 0 {
		return User{}, false, false
	}
	uid, err := strconv.Atoi(getenv("SUDO_UID"))
	gid, err2 := strconv.Atoi(getenv("SUDO_GID"))
	if err != nil || err2 != nil || uid <= 0 || gid < 0 {
		return nobody, false, true
	}
	name := getenv("SUDO_USER")
	if name == "" {
		name = fmt.Sprintf("user %d", uid)
	}
	return User{uid, gid, name}, true, true
}
