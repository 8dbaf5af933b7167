package cli

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/testdata/captures"
)

// pcapHeader and recordHeader are the bytes before the records and before each frame.
const (
	pcapHeader   = 24
	recordHeader = 16
)

// cut splits a little-endian pcap file behind its first n frames into two whole ones.
func cut(file []byte, n int) (first, second []byte) {
	end := pcapHeader
	for range n {
		end += recordHeader + int(binary.LittleEndian.Uint32(file[end+8:]))
	}
	return file[:end], append(bytes.Clone(file[:pcapHeader]), file[end:]...)
}

// Pieces of a capture are labelled as the whole; each frame also tells its own file.
func TestPieces(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	whole := write("http.pcap", captures.HTTP)
	want := string(annotated(t, "-f", "ndjson", whole))
	for _, n := range []int{1, 14, 21, 30} {
		t.Run(fmt.Sprint("after frame ", n), func(t *testing.T) {
			first, second := cut(captures.HTTP, n)
			got := string(annotated(t, "-f", "ndjson", write("b.pcap", second), write("a.pcap", first)))
			for _, origin := range []string{
				`"file":"a.pcap","file_number":1}`, fmt.Sprintf(`"file":"a.pcap","file_number":%d`, n), `"file":"b.pcap","file_number":1`,
			} {
				if !strings.Contains(got, origin) {
					t.Errorf("no frame says %s", origin)
				}
			}
			sameLabels(t, got, want)
		})
	}
}

// The labels do not depend on how a capture comes: as a file, in small pieces over a pipe, or as two files.
func TestHowACaptureComes(t *testing.T) {
	found, err := filepath.Glob("../../../testdata/captures/*/*.pcap")
	if err != nil || len(found) == 0 {
		t.Fatalf("no captures: %v", err)
	}
	for _, path := range found {
		t.Run(strings.TrimPrefix(path, "../../../testdata/captures/"), func(t *testing.T) {
			file, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := string(annotated(t, "-f", "ndjson", "--quiet", path))
			small := slicesOf(file, len(file)/1000+1)
			sameLabels(t, string(annotatedFrom(t, small, "-f", "ndjson", "--quiet", "-")), want)
			dir := t.TempDir()
			first, second := cut(file, frames(file)/2)
			a, b := filepath.Join(dir, "a.pcap"), filepath.Join(dir, "b.pcap")
			for name, content := range map[string][]byte{a: first, b: second} {
				if err := os.WriteFile(name, content, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			sameLabels(t, string(annotated(t, "-f", "ndjson", "--quiet", a, b)), want)
		})
	}
}

// frames counts the frames of a little-endian pcap file.
func frames(file []byte) (n int) {
	for at := pcapHeader; at < len(file); n++ {
		at += recordHeader + int(binary.LittleEndian.Uint32(file[at+8:]))
	}
	return n
}

// slicesOf gives no more than n bytes of file at a time.
func slicesOf(file []byte, n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		for len(file) > 0 {
			k, err := w.Write(file[:min(n, len(file))])
			if err != nil {
				return
			}
			file = file[k:]
		}
		w.Close()
	}()
	return r
}

var (
	fileOrigin = regexp.MustCompile(`,"file":"[^"]*","file_number":\d+`)
	fileNames  = regexp.MustCompile(`"files":\[[^\]]*\]`)
)

// sameLabels compares NDJSON apart from which files it was read from.
func sameLabels(t *testing.T, got, want string) {
	t.Helper()
	bare := func(s string) []string {
		return strings.Split(fileNames.ReplaceAllString(fileOrigin.ReplaceAllString(s, ""), ""), "\n")
	}
	g, w := bare(got), bare(want)
	for i := range max(len(g), len(w)) {
		if line(g, i) != line(w, i) {
			t.Fatalf("line %d:\n got %s\nwant %s", i+1, from(line(g, i), line(w, i)), from(line(w, i), line(g, i)))
		}
	}
}
