package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/testdata/captures"
)

// world is a made-up one for a command to run in.
type world struct {
	Env
	out, err bytes.Buffer
	vars     map[string]string
	now      time.Time
}

// newWorld is one without terminals, in which each look at the clock takes 300 ms.
func newWorld() *world {
	w := &world{vars: map[string]string{}, now: time.Unix(0, 0)}
	w.Env = Env{In: strings.NewReader(""), Out: &w.out, Err: &w.err,
		Getenv: func(name string) string { return w.vars[name] },
		Now:    func() time.Time { w.now = w.now.Add(300 * time.Millisecond); return w.now }}
	return w
}

// save writes a capture to a file and gives its name.
func saved(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "test.pcap")
	if err := os.WriteFile(name, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// nobodys is an Ethernet frame with UDP between ports of nobody's.
var nobodys = []byte{
	2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x08, 0x00, // Ethernet, IPv4
	0x45, 0, 0, 32, 0, 1, 0, 0, 64, 17, 0, 0, // IPv4 header, 32 bytes, UDP
	192, 0, 2, 1, 192, 0, 2, 2, // from, to
	0xc3, 0x50, 0xc3, 0x51, 0, 12, 0, 0, // ports 50000 and 50001, 12 bytes
	1, 2, 3, 4,
}

func TestStrict(t *testing.T) {
	name := saved(t, captest.Pcap(capture.LinkEthernet, capture.Frame{Data: nobodys}, capture.Frame{Data: nobodys}))
	w := newWorld()
	if status := Main(&w.Env, []string{"annotate", name}); status != statusDone {
		t.Errorf("without --strict: status %d", status)
	}
	w = newWorld()
	if status := Main(&w.Env, []string{"annotate", "--strict", name}); status != statusPart {
		t.Errorf("with --strict: status %d", status)
	}
	if want := "--strict: 2 frames are not accounted for, the first is frame 1"; !strings.Contains(w.err.String(), want) {
		t.Errorf("said %q", w.err.String())
	}
}

// many is a capture of n frames.
func many(n int) []byte {
	frames := make([]capture.Frame, n)
	for i := range frames {
		frames[i] = capture.Frame{Data: nobodys, Time: time.Unix(1, 0)}
	}
	return captest.Pcap(capture.LinkEthernet, frames...)
}

func TestProgress(t *testing.T) {
	name := saved(t, many(5*progressCheck))
	for _, c := range []struct {
		name     string
		args     []string
		terminal bool
		shown    bool
	}{
		{"on a terminal", []string{"annotate", "-f", "ndjson", name}, true, true},
		{"not on a terminal", []string{"annotate", "-f", "ndjson", name}, false, false},
		{"quiet", []string{"annotate", "--quiet", "-f", "ndjson", name}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			w.ErrTerminal = c.terminal
			if status := Main(&w.Env, c.args); status != statusDone {
				t.Fatalf("status %d: %s", status, w.err.String())
			}
			said := w.err.String()
			if shown := strings.Contains(said, "frames, "); shown != c.shown {
				t.Errorf("shown: %v; said %q", shown, said)
			}
			if c.shown && !strings.HasSuffix(said, "\r\x1b[K") {
				t.Errorf("it stays on the terminal: %q", said)
			}
		})
	}
}

// What is shown goes away before the result comes on the same terminal, and stays away.
func TestProgressMakesRoom(t *testing.T) {
	w := newWorld()
	w.OutTerminal, w.ErrTerminal, w.Width = true, true, 80
	var both bytes.Buffer
	w.Out, w.Err = &both, &both
	name := saved(t, many(12*progressCheck))
	if status := Main(&w.Env, []string{"annotate", "--all", "--color", "never", name}); status != statusDone {
		t.Fatalf("status %d", status)
	}
	shown, after, found := strings.Cut(both.String(), "\r\x1b[K ")
	if !found || !strings.Contains(shown, "frames, ") || strings.Contains(after, "\r") {
		t.Errorf("begins %q", both.String()[:min(600, both.Len())])
	}
}

// brokenWriter is a pipe whose other end is closed.
type brokenWriter struct{ err error }

func (b brokenWriter) Write([]byte) (int, error) { return 0, b.err }

func TestWriteErrors(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		said   string
	}{
		{&os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.EPIPE}, statusDone, ""},
		{errors.New("no space left"), statusPart, "pktjourney: cannot write the result: no space left\n"},
	} {
		w := newWorld()
		w.Out = brokenWriter{c.err}
		w.In = bytes.NewReader(captures.HTTP)
		if status := Main(&w.Env, []string{"annotate", "-"}); status != c.status || w.err.String() != c.said {
			t.Errorf("%v: status %d, said %q", c.err, status, w.err.String())
		}
	}
}

// What was found out is written before more input is waited for.
func TestSlowInput(t *testing.T) {
	in, toIn := io.Pipe()
	fromOut, out := io.Pipe()
	w := newWorld()
	w.In, w.Out = in, out
	done := make(chan int)
	go func() {
		status := Main(&w.Env, []string{"annotate", "-f", "ndjson", "-"})
		out.Close()
		done <- status
	}()
	lines := bufio.NewScanner(fromOut)
	head := len(captest.Pcap(capture.LinkEthernet))
	content := many(3)
	size := (len(content) - head) / 3
	toIn.Write(content[:head])
	for i := range 3 {
		toIn.Write(content[head+i*size : head+(i+1)*size])
		if !lines.Scan() || !strings.Contains(lines.Text(), `"kind":"frame"`) {
			t.Fatalf("frame %d: %q", i+1, lines.Text())
		}
	}
	toIn.Close()
	if !lines.Scan() || !strings.Contains(lines.Text(), `"kind":"capture"`) {
		t.Errorf("in the end %q", lines.Text())
	}
	if status := <-done; status != statusDone {
		t.Errorf("status %d: %s", status, w.err.String())
	}
}

// brokenReader fails after some bytes.
type brokenReader struct{ r io.Reader }

func (b brokenReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err == io.EOF {
		err = errors.New("device not ready")
	}
	return n, err
}

func TestReadErrorIsDamage(t *testing.T) {
	w := newWorld()
	w.In = brokenReader{bytes.NewReader(captures.HTTP[:5000])}
	if status := Main(&w.Env, []string{"annotate", "-"}); status != statusPart {
		t.Errorf("status %d", status)
	}
	if !strings.Contains(w.err.String(), "device not ready") {
		t.Errorf("said %q", w.err.String())
	}
}

func TestLanguageOfLocale(t *testing.T) {
	for _, c := range []struct {
		vars map[string]string
		want rules.Lang
	}{
		{nil, rules.English},
		{map[string]string{"LANG": "ko_KR.UTF-8"}, rules.Korean},
		{map[string]string{"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, rules.English},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko"}, rules.Korean},
		{map[string]string{"LANG": "kok_IN.UTF-8"}, rules.English},
	} {
		w := newWorld()
		w.vars = c.vars
		if got := w.language(); got != c.want {
			t.Errorf("%v: %v", c.vars, got)
		}
	}
}

func TestColored(t *testing.T) {
	for _, c := range []struct {
		flag     string
		terminal bool
		vars     map[string]string
		want     bool
	}{
		{"auto", true, nil, true},
		{"auto", false, nil, false},
		{"auto", true, map[string]string{"NO_COLOR": "1"}, false},
		{"auto", true, map[string]string{"TERM": "dumb"}, false},
		{"always", false, map[string]string{"NO_COLOR": "1"}, true},
		{"never", true, nil, false},
	} {
		w := newWorld()
		w.OutTerminal, w.vars = c.terminal, c.vars
		if got := w.colored(c.flag); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		columns string
		want    int
	}{{"", 0}, {"132", 132}, {"10", minWidth}, {"-5", 0}, {"many", 0}, {"999999", 0}} {
		w := newWorld()
		w.vars["COLUMNS"] = c.columns
		if got := w.columns(); got != c.want {
			t.Errorf("COLUMNS=%s: %d, want %d", c.columns, got, c.want)
		}
	}
}
