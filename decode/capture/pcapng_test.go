package capture_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

var ethernet = capture.Interface{LinkType: capture.LinkEthernet}

func TestPcapngFrames(t *testing.T) {
	got, err := read(t, captest.Ng(threeFrames()...))
	checkFrames(t, got, threeFrames())
	if err != io.EOF {
		t.Error(err)
	}
}

func TestPcapngSectionsHaveTheirOwnByteOrderAndInterfaces(t *testing.T) {
	frame := capture.Frame{WireLen: 3, Data: []byte("abc")}
	w := captest.NewNgWriter(false)
	w.Interface(capture.Interface{LinkType: capture.LinkEthernet, Name: "eth0", SnapLen: 96})
	w.Interface(capture.Interface{LinkType: capture.LinkRaw, Name: "tun0"})
	w.Enhanced(1, 1_000_000, &frame)
	w.Enhanced(0, 2_000_000, &frame)
	w.Section(true)
	w.Interface(capture.Interface{LinkType: capture.LinkLinuxSLL2, Name: "any"})
	w.Enhanced(0, 3_000_000, &frame)

	f, err := capture.OpenReader("test", bytes.NewReader(w.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	got, err := drain(f)
	if err != io.EOF || len(got) != 3 {
		t.Fatalf("%d frames, %v", len(got), err)
	}
	want := []capture.Interface{
		{ID: 1, Name: "tun0", LinkType: capture.LinkRaw},
		{ID: 0, Name: "eth0", LinkType: capture.LinkEthernet, SnapLen: 96},
		{ID: 2, Name: "any", LinkType: capture.LinkLinuxSLL2},
	}
	for i, g := range got {
		if g.Number != i+1 || *g.Interface != want[i] || g.LinkType != want[i].LinkType || g.Time != time.Unix(int64(i+1), 0).UTC() {
			t.Errorf("frame %d: number %d, interface %+v, link %d, time %v", i+1, g.Number, g.Interface, g.LinkType, g.Time)
		}
	}
	if links := f.LinkTypes(); !slices.Equal(links, []capture.LinkType{capture.LinkEthernet, capture.LinkRaw, capture.LinkLinuxSLL2}) {
		t.Errorf("link types %v", links)
	}
}

func TestPcapngTimes(t *testing.T) {
	const section = "draft-ietf-opsawg-pcapng section 4.2, if_tsresol and if_tsoffset"
	offset := func(seconds int64) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(seconds)) }
	tests := []struct {
		name   string
		ref    string
		resol  []byte
		offset []byte
		units  uint64
		want   time.Time
	}{
		{"microseconds by default", section, nil, nil, 7_000_001, time.Unix(7, 1000)},
		{"nanoseconds", section, []byte{9}, nil, 7_000_000_001, time.Unix(7, 1)},
		{"seconds", section, []byte{0}, nil, 7, time.Unix(7, 0)},
		{"picoseconds", section, []byte{12}, nil, 7_000_000_001_999, time.Unix(7, 1)},
		{"1/1024 second", section, []byte{0x80 | 10}, nil, 7<<10 + 512, time.Unix(7, 500_000_000)},
		{"2^-63 second", section, []byte{0x80 | 63}, nil, 1 << 62, time.Unix(0, 500_000_000)},
		{"finer than 64 bits, ten", section, []byte{30}, nil, 1, time.Unix(0, 0)},
		{"finer than 64 bits, two", section, []byte{0xff}, nil, 1 << 63, time.Unix(1, 0)},
		{"later by an offset", section, nil, offset(100), 7_000_001, time.Unix(107, 1000)},
		{"earlier by an offset", section, nil, offset(-50), 7_000_001, time.Unix(-43, 1000)},
		{"resolution of a wrong length", section, []byte{9, 9}, nil, 7_000_001, time.Unix(7, 1000)},
		{"largest time", section, []byte{0}, nil, 1<<64 - 1, time.Unix(-1, 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := captest.NewNgWriter(false)
			var options [][]byte
			if tt.resol != nil {
				options = append(options, w.Option(9, tt.resol))
			}
			if tt.offset != nil {
				options = append(options, w.Option(14, tt.offset))
			}
			w.Interface(ethernet, options...)
			w.Enhanced(0, tt.units, &capture.Frame{Data: []byte{1}})
			got, err := read(t, w.Bytes())
			if err != io.EOF || len(got) != 1 || !got[0].Time.Equal(tt.want) {
				t.Errorf("got %v, %v, want %v", got, err, tt.want.UTC())
			}
		})
	}
}

func TestPcapngOlderAndSimplerBlocks(t *testing.T) {
	w := captest.NewNgWriter(true)
	w.Interface(capture.Interface{LinkType: capture.LinkEthernet, SnapLen: 4})
	w.Obsolete(0, 5_000_000, &capture.Frame{WireLen: 9, Data: []byte("older")})
	w.Simple(&capture.Frame{WireLen: 9, Data: []byte("simp")})
	w.Simple(&capture.Frame{Data: []byte("abc")})
	got, err := read(t, w.Bytes())
	if err != io.EOF {
		t.Error(err)
	}
	checkFrames(t, got, []capture.Frame{
		{LinkType: capture.LinkEthernet, Time: time.Unix(5, 0), WireLen: 9, Data: []byte("older")},
		{LinkType: capture.LinkEthernet, WireLen: 9, Data: []byte("simp")},
		{LinkType: capture.LinkEthernet, WireLen: 3, Data: []byte("abc")},
	})
}

func TestPcapngPassesOverUnknownBlocks(t *testing.T) {
	w := captest.NewNgWriter(false)
	w.Block(5, make([]byte, 12)) // interface statistics
	w.Interface(ethernet)
	w.Block(0x0bad, make([]byte, 2<<20)) // larger than the buffer
	w.Enhanced(0, 1, &capture.Frame{Data: []byte("one")}, w.Option(1, []byte("a comment")))
	w.Block(4, []byte{0, 0, 0, 0}) // name resolution
	w.Enhanced(0, 2, &capture.Frame{Data: []byte("two")})
	got, err := read(t, w.Bytes())
	if err != io.EOF || len(got) != 2 || string(got[0].Data) != "one" || string(got[1].Data) != "two" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestPcapngKeyLog(t *testing.T) {
	w := captest.NewNgWriter(true)
	w.KeyLog("CLIENT_RANDOM 00 11")
	w.KeyLog("CLIENT_RANDOM 22 33\n")
	w.Interface(ethernet)
	f, err := capture.OpenReader("test", bytes.NewReader(w.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drain(f); err != io.EOF {
		t.Fatal(err)
	}
	if got, want := string(f.KeyLog()), "CLIENT_RANDOM 00 11\nCLIENT_RANDOM 22 33\n\n"; got != want {
		t.Errorf("key log %q, want %q", got, want)
	}
}
