package fetch

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// Run runs a command in a shell; what it says goes to w. It is ended after timeout. SSLKEYLOGFILE names keys for it, unless
// that is nil.
func Run(command string, keys *os.File, timeout time.Duration, w io.Writer) error {
	ctx, stop := context.WithTimeout(context.Background(), timeout)
	defer stop()
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	if keys != nil { // as the first file behind the standard three
		cmd.ExtraFiles = []*os.File{keys}
		cmd.Env = append(os.Environ(), "SSLKEYLOGFILE=/dev/fd/3")
	}
	cmd.Stdout, cmd.Stderr = w, w
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if ctx.Err() != nil {
		return fmt.Errorf("it did not end within %v", timeout)
	}
	return err
}

// renewals are the DHCP clients that may be there, with what makes each renew a lease.
var renewals = []struct{ program, command string }{
	{"dhclient", "dhclient -r %[1]s; dhclient -1 %[1]s"},
	{"dhcpcd", "dhcpcd -k %[1]s; dhcpcd -1 %[1]s"},
	{"udhcpc", "udhcpc -i %[1]s -n -q"},
	{"nmcli", "nmcli device disconnect %[1]s; nmcli device connect %[1]s"},
	{"networkctl", "networkctl renew %[1]s"},
}

// Renewal is a command that gets a lease for an interface anew, by the DHCP client that this machine has; "" when
// none is known.
func Renewal(device string) string {
	for _, r := range renewals {
		if _, err := exec.LookPath(r.program); err == nil {
			return fmt.Sprintf(r.command, device)
		}
	}
	return ""
}
