package cli

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// A full disk ends with a message, and with a file of all that it had room for.
func TestFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a small disk is mounted, which takes root")
	}
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=700k"); err != nil {
		t.Skipf("no small disk: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, 0) })
	source := saved(t, many(20_000))
	for format, check := range map[string]func(t *testing.T, content string){
		"ndjson": func(t *testing.T, content string) {
			for line := range strings.Lines(content) {
				if !json.Valid([]byte(line)) {
					t.Errorf("no JSON: %q", line)
				}
			}
		},
		"csv": func(t *testing.T, content string) {
			if rows, err := csv.NewReader(strings.NewReader(content)).ReadAll(); err != nil || len(rows) < 100 {
				t.Errorf("%d rows, %v", len(rows), err)
			}
		},
		"pcapng": func(t *testing.T, content string) {
			f, err := capture.OpenReader("partial", strings.NewReader(content))
			n := 0
			for err == nil {
				if _, err = f.Next(); err == nil {
					n++
				}
			}
			if err != io.EOF || n < 100 {
				t.Errorf("%d frames, %v", n, err)
			}
		},
	} {
		t.Run(format, func(t *testing.T) {
			name := filepath.Join(dir, "result."+format)
			w := newWorld()
			if status := Main(&w.Env, []string{"annotate", "--all", "-f", format, "-o", name, source}); status != statusPart {
				t.Errorf("status %d", status)
			}
			if said := w.err.String(); !strings.Contains(said, "cannot write the result: ") || !strings.Contains(said, "no space left") {
				t.Errorf("said %q", said)
			}
			content, err := os.ReadFile(name)
			if err != nil || len(content) < 100_000 {
				t.Fatalf("%d bytes, %v", len(content), err)
			}
			check(t, string(content))
			list, err := filepath.Glob(filepath.Join(dir, ".*part"))
			if err := errors.Join(err, os.Remove(name)); err != nil || len(list) > 0 {
				t.Errorf("left behind: %q, %v", list, err)
			}
		})
	}
}

// Packets and labels do not go into one file.
func TestOneFileForTwo(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld()
	for _, exists := range []bool{false, true} {
		if exists {
			if err := errors.Join(os.WriteFile("a", []byte("kept"), 0o666), os.Link("a", "b")); err != nil {
				t.Fatal(err)
			}
		}
		for _, names := range [][2]string{{"a", "./a"}, {"a", "b"}} {
			if !exists && names[1] == "b" {
				continue
			}
			o := &captureOptions{save: names[0], annotateOptions: annotateOptions{output: names[1], force: true}}
			if _, err := o.create(&w.Env); err == nil || !strings.Contains(err.Error(), "cannot hold the packets and the labels") {
				t.Errorf("%q, exists: %v: %v", names, exists, err)
			}
		}
	}
	if content, err := os.ReadFile("a"); err != nil || string(content) != "kept" {
		t.Errorf("%q, %v", content, err)
	}
}
