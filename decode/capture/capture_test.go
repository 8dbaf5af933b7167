package capture_test

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

// at is a time with digits down to the microsecond, which every format keeps.
var at = time.Date(2026, 11, 20, 9, 0, 1, 123456000, time.UTC)

// threeFrames are a small one, one that was cut and one without bytes.
func threeFrames() []capture.Frame {
	return []capture.Frame{
		{LinkType: capture.LinkEthernet, Time: at, WireLen: 5, Data: []byte("first")},
		{LinkType: capture.LinkEthernet, Time: at.Add(time.Second), WireLen: 1500, Data: []byte("second")},
		{LinkType: capture.LinkEthernet, Time: at.Add(2 * time.Second), WireLen: 60, Data: []byte{}},
	}
}

// read gives copies of all frames and the error after them.
func read(t testing.TB, file []byte) ([]capture.Frame, error) {
	t.Helper()
	f, err := capture.OpenReader("test", bytes.NewReader(file))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer f.Close()
	return drain(f)
}

func drain(src capture.Source) ([]capture.Frame, error) {
	var list []capture.Frame
	for {
		f, err := src.Next()
		if err != nil {
			return list, err
		}
		c := *f
		c.Data = bytes.Clone(f.Data)
		list = append(list, c)
	}
}

// checkFrames compares number, time, link type, lengths and bytes.
func checkFrames(t testing.TB, got, want []capture.Frame) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d frames, want %d", len(got), len(want))
	}
	for i, g := range got {
		w := want[i]
		if g.Number != i+1 || !g.Time.Equal(w.Time) || g.LinkType != w.LinkType || g.WireLen != w.WireLen || !bytes.Equal(g.Data, w.Data) {
			t.Errorf("frame %d: got %d %v link %d len %d %q, want %v link %d len %d %q", i+1,
				g.Number, g.Time, g.LinkType, g.WireLen, g.Data, w.Time, w.LinkType, w.WireLen, w.Data)
		}
		if g.Interface == nil || g.Interface.LinkType != g.LinkType {
			t.Errorf("frame %d: interface %+v", i+1, g.Interface)
		}
		if g.Cut() != (len(w.Data) < w.WireLen) {
			t.Errorf("frame %d: cut %v", i+1, g.Cut())
		}
	}
}

func TestPcapStyles(t *testing.T) {
	tests := []struct {
		name  string
		ref   string // in draft-ietf-opsawg-pcap, unless it says otherwise
		style captest.PcapStyle
	}{
		{"little endian", "section 4", captest.PcapStyle{}},
		{"big endian", "section 4", captest.PcapStyle{BigEndian: true}},
		{"nanoseconds", "section 4", captest.PcapStyle{Nano: true}},
		{"nanoseconds, big endian", "section 4", captest.PcapStyle{Nano: true, BigEndian: true}},
		{"modified", "libpcap sf-pcap.c KUZNETZOV_TCPDUMP_MAGIC", captest.PcapStyle{Modified: true}},
		{"frame check sequence of 4 bytes", "section 4, LinkType and additional information", captest.PcapStyle{LinkBits: 0x44000000}},
		{"version 2.2", "libpcap sf-pcap.c SWAPPED", captest.PcapStyle{Minor: 2}},
		{"version 2.3", "libpcap sf-pcap.c MAYBE_SWAPPED", captest.PcapStyle{Minor: 3}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(t, tt.style.Pcap(capture.LinkEthernet, threeFrames()...))
			checkFrames(t, got, threeFrames())
			if err != io.EOF {
				t.Errorf("after the last frame: %v", err)
			}
		})
	}
}

func TestPcapKeepsNanoseconds(t *testing.T) {
	frame := capture.Frame{LinkType: capture.LinkLinuxSLL2, Time: at.Add(789), WireLen: 1, Data: []byte{1}}
	got, _ := read(t, captest.PcapStyle{Nano: true}.Pcap(capture.LinkLinuxSLL2, frame))
	checkFrames(t, got, []capture.Frame{frame})
}

func TestCaptureWithoutFrames(t *testing.T) {
	ng := captest.NewNgWriter(true)
	for name, file := range map[string][]byte{"pcap": captest.Pcap(capture.LinkEthernet), "pcapng": ng.Bytes()} {
		f, err := capture.OpenReader("test", bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Next(); err != io.EOF {
			t.Errorf("%s: %v, want io.EOF", name, err)
		}
		if f.Format() != name {
			t.Errorf("format %q, want %q", f.Format(), name)
		}
	}
}

func TestShortReads(t *testing.T) {
	for _, file := range [][]byte{captest.Pcap(capture.LinkEthernet, threeFrames()...), captest.Ng(threeFrames()...)} {
		for _, r := range []io.Reader{
			iotest.OneByteReader(bytes.NewReader(file)),
			iotest.DataErrReader(bytes.NewReader(file)),
		} {
			f, err := capture.OpenReader("test", r)
			if err != nil {
				t.Fatal(err)
			}
			got, err := drain(f)
			checkFrames(t, got, threeFrames())
			if err != io.EOF {
				t.Error(err)
			}
			if f.Read() != int64(len(file)) || f.Size() != 0 {
				t.Errorf("read %d of %d bytes, size %d", f.Read(), len(file), f.Size())
			}
		}
	}
}

// A frame of a live pipe is given out when it is there, not when more follow.
func TestNextWaitsForNoMoreThanItsRecord(t *testing.T) {
	for _, file := range [][]byte{captest.Pcap(capture.LinkEthernet, threeFrames()...), captest.Ng(threeFrames()...)} {
		r, w := io.Pipe()
		go w.Write(file) // and never closed
		f, err := capture.OpenReader("test", r)
		if err != nil {
			t.Fatal(err)
		}
		for range threeFrames() {
			if _, err := f.Next(); err != nil {
				t.Fatal(err)
			}
		}
		r.Close()
	}
}

func TestFramesAcrossTheBuffer(t *testing.T) {
	const n = 50
	var frames []capture.Frame
	for i := range n {
		data := bytes.Repeat([]byte{byte(i)}, 30011*(i%8+1))
		frames = append(frames, capture.Frame{LinkType: capture.LinkEthernet, Time: at, WireLen: len(data), Data: data})
	}
	for _, file := range [][]byte{captest.Pcap(capture.LinkEthernet, frames...), captest.Ng(frames...)} {
		got, err := read(t, file)
		checkFrames(t, got, frames)
		if err != io.EOF {
			t.Error(err)
		}
		for _, f := range got {
			if !bytes.Contains(file[f.Offset:f.Offset+40], f.Data[:1]) {
				t.Errorf("frame %d: offset %d", f.Number, f.Offset)
			}
		}
	}
}

func TestNextDoesNotAllocate(t *testing.T) {
	frames := make([]capture.Frame, 2000)
	for i := range frames {
		frames[i] = threeFrames()[i%3]
	}
	for name, file := range map[string][]byte{
		"pcap":   captest.Pcap(capture.LinkEthernet, frames...),
		"pcapng": captest.Ng(frames...),
	} {
		f, err := capture.OpenReader("test", bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		allocs := testing.AllocsPerRun(1000, func() {
			if _, err := f.Next(); err != nil {
				t.Fatal(err)
			}
		})
		if allocs != 0 {
			t.Errorf("%s: %v allocations a frame", name, allocs)
		}
	}
}
