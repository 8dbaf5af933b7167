//go:build linux

package cli

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// terminal is a tmux session in which a program runs.
type terminal struct {
	t      *testing.T
	socket string
}

// newTerminal runs a shell command in a terminal of that size, and ends it with the test.
func newTerminal(t *testing.T, width, height int, command string) *terminal {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("needs tmux")
	}
	term := &terminal{t, fmt.Sprintf("pjt%d", os.Getpid())}
	term.run("-f", "/dev/null", "new-session", "-d", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height), command+"; sleep 1000")
	t.Cleanup(func() { exec.Command("tmux", "-L", term.socket, "kill-server").Run() })
	return term
}

func (m *terminal) run(args ...string) string {
	m.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-L", m.socket}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		m.t.Fatalf("tmux %v: %v: %s", args, err, out)
	}
	return string(out)
}

// waitFor looks at the screen until it shows all of the patterns.
func (m *terminal) waitFor(patterns ...string) string {
	m.t.Helper()
	screen := ""
	for range 400 {
		screen = m.run("capture-pane", "-p")
		missing := false
		for _, p := range patterns {
			missing = missing || !regexp.MustCompile(p).MatchString(screen)
		}
		if !missing {
			return screen
		}
		time.Sleep(25 * time.Millisecond)
	}
	m.t.Fatalf("the screen never shows %q:\n%s", patterns, screen)
	return ""
}

// The live view: it starts, lights up, follows the size of the terminal, and ends with the journeys.
func TestLiveView(t *testing.T) {
	l := newLink(t)
	l.serve()
	term := newTerminal(t, 80, 24, "ip netns exec "+l.client+" pktjourney capture -i client --lang en")
	term.waitFor(`client \(Ethernet\)   00:00   0 frames`, `No journey yet`, `q quit`)
	l.visit()
	screen := term.waitFor(`10\.9\.0\.1 -> `+regexp.QuoteMeta(hostVisited), `\[1\.3\]`, `[\[>]2\.6[\]<]`, `\[3\.4\]\[3\.5\]\[3\.6\]`, `\[4\.1\]`, `4\.5.*200 OK`)
	if lines := strings.Count(strings.TrimSuffix(screen, "\n"), "\n") + 1; lines != 24 {
		t.Errorf("%d lines:\n%s", lines, screen)
	}
	term.run("resize-window", "-x", "140", "-y", "40")
	term.waitFor(`10\.9\.0\.1 +10\.9\.0\.2 +TCP +3\.4`)
	term.run("send-keys", "q")
	term.waitFor(`Journey 1 +10\.9\.0\.1 -> `+regexp.QuoteMeta(hostVisited), `\d+ frames captured, 0 dropped by the kernel`)
}

// --plain prints lines on a terminal, too.
func TestPlainOnATerminal(t *testing.T) {
	l := newLink(t)
	l.serve()
	term := newTerminal(t, 100, 30, "ip netns exec "+l.client+" pktjourney capture -i client --lang en --plain")
	term.waitFor(`capturing on client \(Ethernet\), Ctrl-C ends`)
	l.visit()
	term.waitFor(`3\.4 +SYN to 10\.9\.0\.2:80`)
	term.run("send-keys", "C-c")
	term.waitFor(`frames captured`)
}
