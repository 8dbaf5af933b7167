package capture_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

func TestOpen(t *testing.T) {
	name := filepath.Join(t.TempDir(), "capture.txt") // the name says nothing
	file := gzipped(t, captest.Ng(threeFrames()...))
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := capture.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	got, err := drain(f)
	checkFrames(t, got, threeFrames())
	if err != io.EOF {
		t.Error(err)
	}
	if f.Name != name || f.Size() != int64(len(file)) || f.Read() != f.Size() || f.Format() != "pcapng" {
		t.Errorf("name %s, size %d, read %d, format %s", f.Name, f.Size(), f.Read(), f.Format())
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}

func TestOpenMissing(t *testing.T) {
	name := filepath.Join(t.TempDir(), "no.pcap")
	_, err := capture.Open(name)
	if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), name+": ") {
		t.Errorf("got %v", err)
	}
}

func TestOpenDirectory(t *testing.T) {
	dir := t.TempDir()
	_, err := capture.Open(dir)
	var format *capture.FormatError
	if !errors.As(err, &format) || format.File != dir || format.What != "is a directory" {
		t.Errorf("got %v", err)
	}
}

func TestNotACapture(t *testing.T) {
	tar := make([]byte, 512)
	copy(tar, "a.pcap")
	copy(tar[257:], "ustar")
	const no = "test: is not a capture that can be read: it "
	tests := []struct {
		name string
		file string
		want string
	}{
		{"empty", "", "test: is empty"},
		{"text", "hello \x1b[31mworld\n", no + `starts with the bytes 68 65 6c 6c 6f 20 1b 5b`},
		{"plain text", "hello world\n", no + `starts like text: "hello world\n"`},
		{"cut within a letter", strings.Repeat("a", 23) + "안녕", no + `starts like text: "aaaaaaaaaaaaaaaaaaaaaaa\xec"`},
		{"too short", "\xd4\xc3", no + "has only 2 bytes"},
		{"zeros", strings.Repeat("\x00", 100), no + "starts with zeros"},
		{"bytes", "\x01\x02\x03\x04\x05", no + "starts with the bytes 01 02 03 04 05"},
		{"snoop", "snoop\x00\x00\x00\x00\x00\x00\x02", no + "is a snoop file; convert it: editcap -F pcapng FILE NEW.pcapng"},
		{"netmon", "GMBU\x00\x02", no + "is a Microsoft Network Monitor 2 file; convert it: editcap -F pcapng FILE NEW.pcapng"},
		{"xz", "\xfd7zXZ\x00\x00", no + "is compressed with xz; decompress it first: xz -dc FILE | pktjourney annotate -"},
		{"tar", string(tar), no + "is a tar archive; unpack it first"},
		{"gzip of text", string(gzipped(t, []byte("notes"))), no + `starts like text: "notes"`},
		{"gzip of nothing", string(gzipped(t, nil)), "test: is empty"},
		{"pcap header cut", "\xd4\xc3\xb2\xa1\x02\x00", "test: is a pcap file that is cut short in its header: the file header of pcap has 24 bytes, 6 are left"},
		{"pcapng version", string(badVersion()), "test: is a damaged pcapng file: version 9.0 of pcapng is not known"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := capture.OpenReader("test", strings.NewReader(tt.file))
			var format *capture.FormatError
			if !errors.As(err, &format) {
				t.Fatalf("%v, want a *FormatError", err)
			}
			if err.Error() != tt.want {
				t.Errorf("\n got %s\nwant %s", err, tt.want)
			}
		})
	}
}

func badVersion() []byte {
	b := captest.NewNgWriter(false).Bytes()
	b[12] = 9
	return b
}

func TestReadingFails(t *testing.T) {
	cause := errors.New("disk on fire")
	_, err := capture.OpenReader("test", iotest.ErrReader(cause))
	if !errors.Is(err, cause) || err.Error() != "test: disk on fire" {
		t.Errorf("open: %v", err)
	}
	file := captest.Pcap(capture.LinkEthernet, threeFrames()...)
	f, err := capture.OpenReader("test", io.MultiReader(bytes.NewReader(file), iotest.ErrReader(cause)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := drain(f)
	checkFrames(t, got, threeFrames())
	var damage *capture.DamageError
	if !errors.As(err, &damage) || !errors.Is(err, cause) || damage.Cut() {
		t.Errorf("got %v", err)
	}
}

func TestReaderThatGivesNothing(t *testing.T) {
	_, err := capture.OpenReader("test", idle{})
	if !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }
