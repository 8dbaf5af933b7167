package capture_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

// BenchmarkRead reads ten thousand frames of web-like sizes.
func BenchmarkRead(b *testing.B) {
	frames := webFrames(10_000)
	pcap := captest.Pcap(capture.LinkEthernet, frames...)
	files := []struct {
		name string
		file []byte
	}{
		{"pcap", pcap},
		{"pcapng", captest.Ng(frames...)},
		{"gzip", gzipped(b, pcap)},
		{"zstd", zstded(b, pcap)},
	}
	for _, f := range files {
		b.Run(f.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(pcap)))
			for b.Loop() {
				readAll(b, f.file)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(frames)), "ns/frame")
		})
	}
}

// webFrames has one large frame in two and bytes that compress by about half.
func webFrames(n int) []capture.Frame {
	frames := make([]capture.Frame, n)
	seed := uint32(1)
	for i := range frames {
		data := make([]byte, 66+i%2*1388)
		for j := range data {
			seed = seed*1664525 + 1013904223
			data[j] = byte(seed>>24) & 0x0f
		}
		frames[i] = capture.Frame{LinkType: capture.LinkEthernet, Time: at, Data: data}
	}
	return frames
}

func readAll(b *testing.B, file []byte) {
	f, err := capture.OpenReader("bench", bytes.NewReader(file))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Next()
	}
	if err != io.EOF {
		b.Fatal(err)
	}
}
