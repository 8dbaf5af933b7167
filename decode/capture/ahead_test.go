package capture_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

// Reading ahead changes nothing in what is read, be the file whole, cut or damaged.
func TestOpenAhead(t *testing.T) {
	frames := make([]capture.Frame, 3000)
	for i := range frames {
		data := bytes.Repeat([]byte{byte(i)}, 60+i%1400)
		frames[i] = capture.Frame{WireLen: len(data), Data: data, LinkType: capture.LinkEthernet}
	}
	plain, ng := captest.Pcap(capture.LinkEthernet, frames...), captest.Ng(frames...)
	damaged := bytes.Clone(plain)
	copy(damaged[len(damaged)/2:], "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
	for name, file := range map[string][]byte{
		"pcap": plain, "pcapng": ng, "gzip": gzipped(t, plain), "zstd in gzip": gzipped(t, zstded(t, ng)),
		"cut": plain[:len(plain)-7], "gzip cut": gzipped(t, plain)[:5000], "damaged": damaged, "no capture": []byte("hello"), "empty": nil,
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, file, 0o666); err != nil {
			t.Fatal(err)
		}
		want := history(capture.Open(path))
		if got := history(capture.OpenAhead(path)); got != want {
			t.Errorf("%s: %.200s, want %.200s", name, got, want)
		}
		if f, err := capture.OpenAhead(path); err == nil { // closed before its end
			f.Next()
			f.Close()
		}
	}
}

// history is what reading a file gives, to its end.
func history(f *capture.File, err error) string {
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	sum := 0
	for n := 0; ; n++ {
		frame, err := f.Next()
		if err != nil {
			end := "ends well"
			if err != io.EOF {
				end = err.Error()
			}
			return fmt.Sprint(n, " frames, sum ", sum, ", ", end)
		}
		for _, b := range frame.Data {
			sum = sum*31 + int(b)
		}
	}
}
