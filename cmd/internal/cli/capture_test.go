//go:build linux

package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// capturing is pktjourney capture while it runs.
type capturing struct {
	t    *testing.T
	cmd  *exec.Cmd
	talk *bufio.Reader // its standard error
	out  bytes.Buffer
}

// capture starts pktjourney capture on the client's end, and returns once it captures.
func (l *link) capture(env []string, args ...string) *capturing {
	l.t.Helper()
	c := &capturing{t: l.t, cmd: l.in(l.client, "pktjourney", append([]string{"capture", "-i", "client"}, args...)...)}
	c.cmd.Env = append(os.Environ(), env...)
	c.cmd.Stdout = &c.out
	talk, err := c.cmd.StderrPipe()
	if err != nil {
		l.t.Fatal(err)
	}
	c.talk = bufio.NewReader(talk)
	if err := c.cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { c.cmd.Process.Kill() })
	line, _ := c.talk.ReadString('\n')
	if !strings.HasPrefix(line, "capturing on client (Ethernet)") {
		rest, _ := io.ReadAll(c.talk)
		l.t.Fatalf("it does not start: %s%s", line, rest)
	}
	return c
}

// end sends a signal, and gives the exit status and what was said since the start.
func (c *capturing) end(s os.Signal) (status int, said string) {
	c.t.Helper()
	if s != nil {
		c.cmd.Process.Signal(s)
	}
	rest, _ := io.ReadAll(c.talk)
	c.cmd.Wait()
	return c.cmd.ProcessState.ExitCode(), string(rest)
}

// The labels of a live capture are those of the file that it keeps, and hold the whole journey.
func TestCaptureLabelsAsAnnotate(t *testing.T) {
	l := newLink(t)
	l.serve()
	dir := t.TempDir()
	live, kept := filepath.Join(dir, "live.ndjson"), filepath.Join(dir, "kept.pcapng")
	c := l.capture(nil, "-f", "ndjson", "-o", live, "-w", kept)
	l.visit()
	status, said := c.end(os.Interrupt)
	if status != 0 || !regexp.MustCompile(`^\d+ frames captured, 0 dropped by the kernel, 0 dropped by the interface\n$`).MatchString(said) {
		t.Errorf("status %d, %q", status, said)
	}
	saved, err := exec.Command("pktjourney", "annotate", "-f", "ndjson", kept).Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.ReplaceAll(readText(t, live), `"files":["client"]`, `"files":["kept.pcapng"]`)
	if got != string(saved) {
		t.Errorf("live\n%s\nsaved\n%s", got, saved)
	}
	steps := strings.Join(stepsOf(t, got), " ")
	for _, step := range []string{"1.3", "2.6", "3.4", "3.5", "3.6", "4.1", "4.5"} {
		if !strings.Contains(steps, step) {
			t.Errorf("no step %s in %s", step, steps)
		}
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// stepsOf is the step of each frame of an NDJSON result.
func stepsOf(t *testing.T, ndjson string) (steps []string) {
	t.Helper()
	for line := range strings.Lines(ndjson) {
		var r struct {
			Kind    string
			Journey struct{ Step string }
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if r.Kind == "frame" {
			steps = append(steps, r.Journey.Step)
		}
	}
	return steps
}

// On an idle interface every way to end ends it, with what there is to say.
func TestCaptureEndsWhenIdle(t *testing.T) {
	l := newLink(t)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		status, said := l.capture(nil).end(s)
		if status != 0 || said != "0 frames captured, 0 dropped by the kernel, 0 dropped by the interface\n" {
			t.Errorf("%v: status %d, %q", s, status, said)
		}
	}
	if status, said := l.capture(nil, "--duration", "200ms").end(nil); status != 0 || !strings.HasPrefix(said, "0 frames captured") {
		t.Errorf("--duration: status %d, %q", status, said)
	}
}

func TestCaptureEndsAtCount(t *testing.T) {
	l := newLink(t)
	l.serve()
	c := l.capture(nil, "-c", "3", "-f", "ndjson")
	l.visit()
	status, said := c.end(nil)
	if status != 0 || !strings.HasPrefix(said, "3 frames captured") || len(stepsOf(t, c.out.String())) != 3 {
		t.Errorf("status %d, %q: %s", status, said, &c.out)
	}
}

// Only the frames that the filter lets through are counted.
func TestCaptureFilters(t *testing.T) {
	l := newLink(t)
	l.serve()
	c := l.capture(nil, "--filter", "udp port 53", "-f", "ndjson")
	l.visit()
	c.end(os.Interrupt)
	steps := stepsOf(t, c.out.String())
	for _, step := range steps {
		if step != "1.3" && step != "2.6" {
			t.Errorf("step %q of %q", step, steps)
		}
	}
	if len(steps) == 0 {
		t.Error("no frame")
	}
}

// A program that is killed leaves a file that is good up to what was written last.
func TestCaptureKilled(t *testing.T) {
	l := newLink(t)
	l.serve()
	kept := filepath.Join(t.TempDir(), "kept.pcapng")
	c := l.capture(nil, "-w", kept)
	l.visit()
	for readSteps(t, kept) < 10 { // it is written while nothing passes
	}
	c.end(os.Kill)
	if readSteps(t, kept) < 10 {
		t.Error("frames that were in the file are gone")
	}
}

// readSteps is how many frames of a file have a step; the file may be read at any moment.
func readSteps(t *testing.T, file string) (n int) {
	t.Helper()
	out, err := exec.Command("pktjourney", "annotate", "-f", "ndjson", file).Output()
	if err != nil {
		t.Fatalf("annotate %s: %v", file, err)
	}
	for _, s := range stepsOf(t, string(out)) {
		if s != "" {
			n++
		}
	}
	return n
}

// An interface that goes away ends the capture; what came is kept.
func TestCaptureLosesInterface(t *testing.T) {
	l := newLink(t)
	l.serve()
	kept := filepath.Join(t.TempDir(), "kept.pcapng")
	c := l.capture(nil, "-w", kept, "-f", "ndjson")
	l.visit()
	l.ip("-n", l.client, "link", "del", "client")
	status, said := c.end(nil)
	if status != statusPart || !strings.Contains(said, "client: The interface disappeared") {
		t.Errorf("status %d, %q", status, said)
	}
	if live, saved := len(stepsOf(t, c.out.String())), readSteps(t, kept); live == 0 || saved == 0 {
		t.Errorf("%d labelled, %d kept", live, saved)
	}
}

// Once it captures, the program has no rights left; its files are those of the user.
func TestCaptureGivesUpRights(t *testing.T) {
	l := newLink(t)
	for _, c := range []struct {
		name        string
		env         []string
		user, owner string
	}{
		{"as root", []string{"SUDO_UID="}, "65534", "0"},
		{"under sudo", []string{"SUDO_UID=33", "SUDO_GID=33", "SUDO_USER=www-data"}, "33", "33"},
	} {
		dir := t.TempDir()
		os.Chmod(dir, 0o777)
		os.Chmod(filepath.Dir(dir), 0o755)
		kept := filepath.Join(dir, "kept.pcapng")
		run := l.capture(c.env, "-w", kept)
		tasks, _ := filepath.Glob("/proc/" + strconv.Itoa(run.cmd.Process.Pid) + "/task/*/status")
		if len(tasks) < 2 {
			t.Errorf("%s: %d threads", c.name, len(tasks))
		}
		for _, task := range tasks {
			text := readText(t, task)
			for _, want := range []string{
				"Uid:\t" + strings.Repeat(c.user+"\t", 3) + c.user + "\n", "CapPrm:\t0000000000000000\n", "CapEff:\t0000000000000000\n", "Groups:\t \n",
			} {
				if !strings.Contains(text, want) {
					t.Errorf("%s: no %q in\n%s", c.name, want, text)
				}
			}
		}
		run.end(os.Interrupt)
		info, err := os.Stat(kept)
		if err != nil {
			t.Fatal(err)
		}
		if owner := strconv.Itoa(int(info.Sys().(*syscall.Stat_t).Uid)); owner != c.owner {
			t.Errorf("%s: the file is that of %s", c.name, owner)
		}
	}
}

// Without the right to capture the message says how to get it; with the right alone it works.
func TestCaptureNeedsOneRight(t *testing.T) {
	l := newLink(t)
	program := filepath.Join(t.TempDir(), "pktjourney")
	built, err := exec.LookPath("pktjourney")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(built)
	if err == nil {
		err = os.WriteFile(program, b, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	for dir := filepath.Dir(program); dir != "/tmp" && dir != "/"; dir = filepath.Dir(dir) {
		os.Chmod(dir, 0o755)
	}
	asUser := func() (string, error) {
		cmd := l.in(l.client, "setpriv", "--reuid=33", "--regid=33", "--clear-groups", "--inh-caps=-all", program, "capture", "-i", "client", "--duration", "100ms")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	out, err := asUser()
	if err == nil || !strings.Contains(out, "CAP_NET_RAW") || !strings.Contains(out, "sudo setcap cap_net_raw=ep "+program) {
		t.Errorf("without the right: %v: %s", err, out)
	}
	if out, err := exec.Command("setcap", "cap_net_raw=ep", program).CombinedOutput(); err != nil {
		t.Skipf("setcap: %v: %s", err, out)
	}
	if out, err := asUser(); err != nil {
		t.Errorf("with the right: %v: %s", err, out)
	}
}
