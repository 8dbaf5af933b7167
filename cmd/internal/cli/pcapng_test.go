package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/block"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// The comments of an annotated file are the labels, and nothing else of the capture is different.
func TestAnnotatedPcapng(t *testing.T) {
	found, err := filepath.Glob("../../../testdata/captures/*/*.pcap")
	if err != nil || len(found) == 0 {
		t.Fatalf("no captures: %v", err)
	}
	shared, _ := filepath.Glob("../../../../shared/lab/*/client*.pcap*")
	for _, path := range append(found, shared...) {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			file := annotated(t, "-f", "pcapng", "--quiet", path)
			original, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			sameFrames(t, file, original)
			checkComments(t, file, annotated(t, "-f", "ndjson", "--quiet", path))
			name := filepath.Join(t.TempDir(), "again.pcapng")
			if err := os.WriteFile(name, file, 0o666); err != nil {
				t.Fatal(err)
			}
			if again := annotated(t, "-f", "pcapng", "--quiet", name); !bytes.Equal(again, file) {
				t.Error("annotated again it is another file")
			}
			tsharkReads(t, name, file)
		})
	}
}

// A capture without frames keeps its link type, without which editcap refuses a file.
func TestAnnotatedPcapngOfNothing(t *testing.T) {
	header := []byte("\xd4\xc3\xb2\xa1\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04\x00\x71\x00\x00\x00")
	empty := filepath.Join(t.TempDir(), "empty.pcap")
	if err := os.WriteFile(empty, header, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{empty}, {"--filter", "udp port 9", "../../../testdata/captures/http.pcap"}} {
		file := annotated(t, append([]string{"-f", "pcapng", "--quiet"}, args...)...)
		src, err := capture.OpenReader("annotated", bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if f, err := src.Next(); err != io.EOF {
			t.Errorf("%v: %v, %v", args, f, err)
		}
		if got := src.Interfaces(); len(got) != 1 || got[0].LinkType == 0 {
			t.Errorf("%v: interfaces %+v", args, got)
		}
		name := filepath.Join(t.TempDir(), "out.pcapng")
		if err := os.WriteFile(name, file, 0o666); err != nil {
			t.Fatal(err)
		}
		if editcap, err := exec.LookPath("editcap"); err == nil {
			if out, err := exec.Command(editcap, name, name+".copy").CombinedOutput(); err != nil {
				t.Errorf("%v: %v: %s", args, err, out)
			}
		}
	}
}

// sameFrames compares two captures frame by frame.
func sameFrames(t *testing.T, got, want []byte) {
	t.Helper()
	a, err := capture.OpenReader("annotated", bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	b, err := capture.OpenReader("original", bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	for {
		f, errA := a.Next()
		g, errB := b.Next()
		if errA != nil || errB != nil {
			if errA != errB {
				t.Errorf("ends with %v, the original with %v", errA, errB)
			}
			return
		}
		if !f.Time.Equal(g.Time) || f.WireLen != g.WireLen || f.LinkType != g.LinkType || !bytes.Equal(f.Data, g.Data) || f.Interface.Name != g.Interface.Name {
			t.Fatalf("frame %d is %+v, was %+v", f.Number, f, g)
		}
	}
}

// frameComments are the comments of a file's frames, by frame.
func frameComments(file []byte) (list [][]string) {
	var order block.ByteOrder
	for len(file) > 0 {
		var raw []byte
		raw, file = block.Cut(file, order)
		if len(raw) == 0 {
			break
		}
		if block.IsSection(raw) {
			order = block.Order(raw)
			continue
		}
		switch order.Uint32(raw) {
		case 2, 3, 6:
			var texts []string
			block.Comments(raw, order, func(text []byte) { texts = append(texts, string(text)) })
			list = append(list, texts)
		}
	}
	return list
}

// checkComments compares the last comment of each frame with its label in NDJSON.
func checkComments(t *testing.T, file, ndjson []byte) {
	t.Helper()
	comments := frameComments(file)
	frames := 0
	for line := range bytes.Lines(ndjson) {
		var record struct {
			Kind    string
			Frame   struct{ Number int }
			Journey *struct {
				Phase int
				Step  string
			}
		}
		if err := json.Unmarshal(line, &record); err != nil {
			t.Fatal(err)
		}
		if record.Kind != "frame" {
			continue
		}
		frames++
		var last string
		if c := comments[record.Frame.Number-1]; len(c) > 0 {
			last = c[len(c)-1]
		}
		want := ""
		if j := record.Journey; j != nil {
			want = "[" + j.Step + "] "
			if j.Step == "" {
				want = "[" + strconv.Itoa(j.Phase) + "] "
			}
		}
		if !strings.HasPrefix(last, want) || want == "" && last != "" || want != "" && len(last) == len(want) {
			t.Errorf("frame %d: comment %q, label %q", record.Frame.Number, last, want)
		}
	}
	if frames != len(comments) || frames == 0 {
		t.Errorf("%d frames, %d in the file", frames, len(comments))
	}
}

// tsharkReads compares what tshark says of the comments.
func tsharkReads(t *testing.T, name string, file []byte) {
	t.Helper()
	tshark, err := exec.LookPath("tshark")
	if err != nil {
		t.Log("no tshark here")
		return
	}
	out, err := exec.Command(tshark, "-n", "-r", name, "-T", "fields", "-e", "frame.comment", "-E", "aggregator=|").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	for i, c := range frameComments(file) {
		if got := strings.ReplaceAll(lines[i], `\"`, `"`); got != strings.Join(c, "|") {
			t.Errorf("frame %d: tshark says %q, want %q", i+1, got, strings.Join(c, "|"))
		}
	}
}

// What stood in a pcapng file stays: other comments, other blocks, both byte orders.
func TestAnnotatedPcapngKeepsWhatIsNotOurs(t *testing.T) {
	c := packet.New()
	c.Query(packet.DNS{Client: "192.168.1.100:50000", Server: "198.51.100.53:53", ID: 1, Name: "www.example.com"})
	frame := *c.Frames()[0]
	for _, big := range []bool{false, true} {
		w := captest.NewNgWriter(big)
		w.Interface(capture.Interface{LinkType: capture.LinkEthernet})
		w.Block(0x0bad, []byte("unknown."))
		w.Enhanced(0, 1, &frame, w.Option(1, []byte("[3.4] my own words")), w.Option(4, make([]byte, 8)))
		w.Simple(&frame)
		w.Block(5, make([]byte, 12))
		path := filepath.Join(t.TempDir(), "own.pcapng")
		if err := os.WriteFile(path, w.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		file := annotated(t, "-f", "pcapng", "--quiet", path)
		comments := frameComments(file)
		if len(comments) != 2 || len(comments[0]) != 2 || comments[0][0] != "[3.4] my own words" || !strings.HasPrefix(comments[0][1], "[1.3] ") || comments[1] != nil {
			t.Errorf("big endian %v: comments %q", big, comments)
		}
		if !bytes.Contains(file, []byte("unknown.")) || !bytes.HasSuffix(file, w.Bytes()[len(w.Bytes())-24:]) {
			t.Errorf("big endian %v: blocks are missing", big)
		}
		sameFrames(t, file, w.Bytes())
	}
}

// Secrets go into the file, in front of the frames that they open.
func TestInjectedSecrets(t *testing.T) {
	const dir = "../../../testdata/captures/https/"
	file := annotated(t, "-f", "pcapng", "--quiet", "--keylog", dir+"keylog.txt", "--inject-secrets", dir+"client.pcap")
	path := filepath.Join(t.TempDir(), "keys.pcapng")
	if err := os.WriteFile(path, file, 0o666); err != nil {
		t.Fatal(err)
	}
	got := annotated(t, "-f", "ndjson", "--quiet", path)
	want := annotated(t, "-f", "ndjson", "--quiet", "--keylog", dir+"keylog.txt", dir+"client.pcap")
	if !bytes.Contains(got, []byte(`"status_code":200`)) || bytes.Count(got, []byte("\n")) != bytes.Count(want, []byte("\n")) {
		t.Error("the file does not open itself")
	}
}
