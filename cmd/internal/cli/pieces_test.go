package cli

import (
	"bytes"
	"encoding/binary"
	"fmt"
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
			got = regexp.MustCompile(`,"file":"[ab].pcap","file_number":\d+`).ReplaceAllString(got, "")
			got = strings.Replace(got, `["b.pcap","a.pcap"]`, `["http.pcap"]`, 1)
			g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
			for i := range max(len(g), len(w)) {
				if line(g, i) != line(w, i) {
					t.Fatalf("line %d:\n got %s\nwant %s", i+1, from(line(g, i), line(w, i)), from(line(w, i), line(g, i)))
				}
			}
		})
	}
}
