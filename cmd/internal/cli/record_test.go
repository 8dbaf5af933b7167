//go:build linux

package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// record runs pktjourney record on the client, and gives its exit status and what it said.
func (l *link) record(in string, args ...string) (status int, out, said string) {
	l.t.Helper()
	cmd := l.in(l.client, "pktjourney", append([]string{"record", "-i", "client", "--dns", hostAddr, "--lang", "en"}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &stdout, &stderr
	cmd.Run()
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// The experiment: one file comes of it, with all phases that there are to see, and opened.
func TestRecord(t *testing.T) {
	l := newLink(t)
	l.serve()
	file := filepath.Join(t.TempDir(), "out.pcapng")
	status, out, said := l.record("", "--insecure", "-o", file, hostVisited)
	if status != 0 {
		t.Fatalf("status %d: %s", status, said)
	}
	for _, want := range []string{
		"captures on client\n", "asks " + hostAddr + " for the name, fetches http://" + hostVisited + "/ and https://" + hostVisited + "/\n",
		"http://" + hostVisited + "/: HTTP/1.1 200 OK, 15 bytes\n", "https://" + hostVisited + "/: HTTP/2.0 200 OK, 15 bytes\n", "0 dropped by the kernel", "pktjourney report " + file,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	if !strings.Contains(out, "Journey 1 ") {
		t.Errorf("journeys:\n%s", out)
	}
	labels, err := exec.Command("pktjourney", "annotate", "-f", "ndjson", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	steps := strings.Join(stepsOf(t, string(labels)), " ")
	for _, step := range []string{"1.3", "2.6", "3.4", "3.5", "3.6", "4.1", "4.5", "5.1", "5.3", "5.4"} {
		if !strings.Contains(steps, step) {
			t.Errorf("no step %s in %s", step, steps)
		}
	}
	if n := bytes.Count(labels, []byte(`"status_code":200`)); n < 2 {
		t.Errorf("%d responses were read, the one inside TLS not", n)
	}
	comments := frameComments([]byte(readText(t, file)))
	if len(comments) != len(stepsOf(t, string(labels))) || comments[len(comments)/2] == nil {
		t.Error("the file has no labels")
	}
	if status, _, said := l.record("", "-o", file, hostVisited); status != statusUsage || !strings.Contains(said, "exists") {
		t.Errorf("again: status %d, %s", status, said)
	}
}

// A command takes the place of the request; its secrets are in the file too.
func TestRecordCommand(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("needs curl")
	}
	l := newLink(t)
	l.serve()
	dir := t.TempDir()
	file := filepath.Join(dir, "out.pcapng")
	command := "curl -sk --resolve " + hostVisited + ":443:" + hostAddr + " https://" + hostVisited + "/"
	status, _, said := l.record("", "--command", command, "-o", file, hostVisited)
	if status != 0 || !strings.Contains(said, "runs curl") || !strings.Contains(said, "<p>the page</p>") {
		t.Fatalf("status %d: %s", status, said)
	}
	labels, err := exec.Command("pktjourney", "annotate", "-f", "ndjson", file).Output()
	if err != nil || !bytes.Contains(labels, []byte(`"method":"GET"`)) {
		t.Errorf("%v: the request was not read:\n%s", err, labels)
	}
}

// What goes wrong is said, and what was captured is kept.
func TestRecordFails(t *testing.T) {
	l := newLink(t)
	l.serve()
	file := filepath.Join(t.TempDir(), "out.pcapng")
	status, out, said := l.record("", "-o", file, "http://"+hostVisited+":81/")
	if status != statusPart || !strings.Contains(said, "connection refused") || !strings.Contains(out, "Journey 1 ") {
		t.Errorf("status %d, %s, %s", status, said, out)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		name, in string
		args     []string
		status   int
		want     string
	}{
		{"no certificate that is known", "", []string{"-o", file, "--force", "https://" + hostVisited + "/"}, statusPart, "certificate"},
		{"the lease is not renewed without a yes", "n\n", []string{"--renew", "--renew-command", "false", "-o", file, "--force", hostVisited}, statusUsage, "not renewed"},
		{"renewing fails", "", []string{"--renew", "-y", "--renew-command", "exit 3", "-o", file, "--force", hostVisited}, statusNothing, "cannot renew the lease: exit status 3"},
		{"no page", "", []string{"ftp://x/"}, statusUsage, "no page of http or https"},
		{"no host", "", []string{"a b"}, statusUsage, "no name of a host"},
		{"no address", "", []string{"--dns", "x", hostVisited}, statusUsage, "no IP address"},
		{"the plan", "", []string{"--dry-run", "--renew", "--renew-command", "renew it", "../x"}, statusUsage, "no name of a host"},
	} {
		if status, _, said := l.record(c.in, c.args...); status != c.status || !strings.Contains(said, c.want) {
			t.Errorf("%s: status %d, %s", c.name, status, said)
		}
	}
}

// It runs without a right once it captures, and needs none but that to capture.
func TestRecordNeedsTheRight(t *testing.T) {
	l := newLink(t)
	built, err := exec.LookPath("pktjourney")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	os.Chmod(dir, 0o777)
	os.Chmod(filepath.Dir(dir), 0o755)
	cmd := l.in(l.client, "setpriv", "--reuid=33", "--regid=33", "--clear-groups", "--inh-caps=-all", built, "record", "-i", "client", "--dns", hostAddr, "-o", filepath.Join(dir, "x.pcapng"), hostVisited)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "setcap cap_net_raw=ep") && !strings.Contains(string(out), "permission denied") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestSafeName(t *testing.T) {
	for _, c := range [][2]string{{"www.google.com", "www.google.com"}, {"../etc", "_etc"}, {"fe80::1", "fe80__1"}, {"..", ""}, {"a/b", "a_b"}} {
		if got := safeName(c[0]); got != c[1] {
			t.Errorf("safeName(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}
