package capture_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
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
