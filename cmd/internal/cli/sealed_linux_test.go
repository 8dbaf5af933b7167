package cli

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/pktjourney/pktjourney/testdata/captures"
)

func init() { programs["sealed"] = sealed }

// sealed runs the command in its arguments so that the kernel ends it when it opens a socket.
func sealed() {
	if err := seal(); err != nil {
		fmt.Fprintln(os.Stderr, "cannot seal:", err)
		os.Exit(125)
	}
	path, err := exec.LookPath(os.Args[1])
	if err == nil {
		err = unix.Exec(path, os.Args[1:], os.Environ())
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(126)
}

// seal makes the kernel end the process when it calls socket (seccomp(2)).
func seal() error {
	const (
		load   = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		jumpEq = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		ret    = unix.BPF_RET | unix.BPF_K
	)
	program := []unix.SockFilter{
		{Code: load, K: 0}, // the number of the system call
		{Code: jumpEq, K: unix.SYS_SOCKET, Jf: 1},
		{Code: ret, K: unix.SECCOMP_RET_KILL_PROCESS},
		{Code: ret, K: unix.SECCOMP_RET_ALLOW},
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	f := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&f)))
	if errno != 0 {
		return errno
	}
	return nil
}

// What reads a saved capture has no business with the network.
func TestNoSockets(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.pcap", captures.HTTP, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{
		"annotate a.pcap", "annotate -f ndjson a.pcap", "annotate -f csv --workers 2 a.pcap", "annotate --summary --lang ko a.pcap", "annotate -f markdown a.pcap",
		"annotate -f pcapng --force -o out.pcapng a.pcap", "annotate client=a.pcap router=a.pcap", "annotate --filter tcp a.pcap",
		"report --force a.pcap", "doctor a.pcap", "why 7 a.pcap", "journey show 1.3", "wireshark --force --profile profile", "demo", "version",
	} {
		out, err := exec.Command("sealed", append([]string{"pktjourney"}, strings.Fields(args)...)...).CombinedOutput()
		var ended *exec.ExitError
		switch {
		case errors.As(err, &ended) && ended.ExitCode() == 125:
			t.Skipf("this kernel does not seal: %s", out)
		case err != nil && !(strings.Contains(args, "--filter") && strings.Contains(string(out), "without")):
			t.Errorf("%s: %v: %s", args, err, out)
		}
	}
	// The seal holds: what captures does open a socket.
	out, err := exec.Command("sealed", "pktjourney", "interfaces").CombinedOutput()
	if err == nil {
		t.Errorf("nothing would be noticed: %s", out)
	}
	if list, err := filepath.Glob("*"); err != nil || len(list) < 4 {
		t.Errorf("%q, %v", list, err)
	}
}
