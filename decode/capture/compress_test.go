package capture_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

func gzipped(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zstded(t testing.TB, b []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return w.EncodeAll(b, nil)
}

func TestCompressed(t *testing.T) {
	pcap, ng := captest.Pcap(capture.LinkEthernet, threeFrames()...), captest.Ng(threeFrames()...)
	half := len(pcap) / 2
	skippable := []byte{0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'p', 'z', 's'}
	tests := []struct {
		name string
		ref  string
		file []byte
	}{
		{"gzip", "RFC 1952 section 2.2", gzipped(t, pcap)},
		{"gzip, pcapng", "RFC 1952 section 2.2", gzipped(t, ng)},
		{"gzip, several members", "RFC 1952 section 2.2", append(gzipped(t, pcap[:half]), gzipped(t, pcap[half:])...)},
		{"zstd", "RFC 8878 section 3.1", zstded(t, pcap)},
		{"zstd, several frames", "RFC 8878 section 3.1", append(zstded(t, pcap[:half]), zstded(t, pcap[half:])...)},
		{"zstd, skippable frame first", "RFC 8878 section 3.1.2", append(skippable, zstded(t, ng)...)},
		{"gzip in gzip", "RFC 1952 section 2.2", gzipped(t, gzipped(t, pcap))},
		{"zstd in gzip", "RFC 8878 section 3.1", gzipped(t, zstded(t, ng))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(t, tt.file)
			checkFrames(t, got, threeFrames())
			if err != io.EOF {
				t.Error(err)
			}
		})
	}
}

func TestCompressedTooOften(t *testing.T) {
	file := gzipped(t, gzipped(t, gzipped(t, captest.Pcap(capture.LinkEthernet))))
	_, err := capture.OpenReader("test", bytes.NewReader(file))
	if want := "test: is compressed more than 2 times"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Every prefix gives no frame that is not in the whole, and says why it ended.
func TestEveryPrefixOfCompressed(t *testing.T) {
	pcap := captest.Pcap(capture.LinkEthernet, threeFrames()...)
	for _, file := range [][]byte{gzipped(t, pcap), zstded(t, pcap)} {
		for n := range file {
			f, err := capture.OpenReader("test", bytes.NewReader(file[:n]))
			var format *capture.FormatError
			if errors.As(err, &format) {
				continue
			}
			if err != nil {
				t.Fatalf("%d bytes: %v", n, err)
			}
			frames, err := drain(f)
			var damage *capture.DamageError
			if len(frames) > 3 || !errors.As(err, &damage) || !damage.Cut() {
				t.Errorf("%d bytes: %d frames, %v", n, len(frames), err)
			}
		}
	}
}

func TestDamageWithinCompressedData(t *testing.T) {
	file := gzipped(t, captest.Pcap(capture.LinkEthernet, threeFrames()...))
	file[len(file)-8] ^= 0xff // the CRC (RFC 1952 section 2.3.1)
	frames, err := read(t, file)
	checkFrames(t, frames, threeFrames())
	var damage *capture.DamageError
	if !errors.As(err, &damage) || damage.Cut() || !strings.Contains(err.Error(), "at frame 4: gzip data: ") {
		t.Errorf("got %v", err)
	}
}

// zeros gives the header of a capture, then frames of zeros.
type zeros struct {
	head []byte
	left int // bytes
}

func (e *zeros) Read(p []byte) (int, error) {
	if len(e.head) > 0 {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	clear(p[:n]) // a record without a byte at the time 0, over and over
	e.left -= n
	return n, nil
}

// A bomb ends with a message, from a file and from a pipe, after what was read of it.
func TestBomb(t *testing.T) {
	const size = 200 << 20
	for _, c := range []struct {
		name  string
		write func(io.Writer) io.WriteCloser
	}{
		{"gzip", func(w io.Writer) io.WriteCloser { z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed); return z }},
		{"zstd", func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z }},
	} {
		name := filepath.Join(t.TempDir(), "bomb")
		file, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		z := c.write(file)
		if _, err := io.Copy(z, &zeros{captest.Pcap(capture.LinkEthernet), size}); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(z.Close(), file.Close()); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for how, open := range map[string]func() (*capture.File, error){
			"file":  func() (*capture.File, error) { return capture.Open(name) },
			"ahead": func() (*capture.File, error) { return capture.OpenAhead(name) },
			"pipe":  func() (*capture.File, error) { return capture.OpenReader(name, bytes.NewReader(content)) },
		} {
			f, err := open()
			if err != nil {
				t.Fatal(err)
			}
			frames := 0
			for {
				if _, err = f.Next(); err != nil {
					break
				}
				frames++
			}
			f.Close()
			var damage *capture.DamageError
			if !errors.As(err, &damage) || damage.Frame != frames+1 || !strings.Contains(err.Error(), c.name+" data: grows to more than 500 times the file") {
				t.Errorf("%s, %s: %d frames, %v", c.name, how, frames, err)
			}
			if most := max(64<<20, 500*len(content)) + 1<<20; frames*16 > most {
				t.Errorf("%s, %s: %d frames of at most %d bytes", c.name, how, frames, most)
			}
		}
	}
}

// What grows much, but not so much, is read.
func TestMuchGrowth(t *testing.T) {
	frame := capture.Frame{Data: bytes.Repeat([]byte("all the same "), 100)}
	file := gzipped(t, captest.Pcap(capture.LinkEthernet, slices.Repeat([]capture.Frame{frame}, 60_000)...))
	if ratio := 60_000 * 1316 / len(file); ratio < 100 {
		t.Fatalf("it grows %d times only", ratio)
	}
	if frames, err := read(t, file); err != io.EOF || len(frames) != 60_000 {
		t.Errorf("%d frames, %v", len(frames), err)
	}
}
