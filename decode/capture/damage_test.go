package capture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

// ends are the places where a file may stop without damage, each with the
// frames before it.
type ends map[int]int

// checkPrefixes reads every prefix of file from its header on: whole frames
// come out and then io.EOF or the place of the cut.
func checkPrefixes(t *testing.T, file []byte, header int, good ends) {
	t.Helper()
	frames, last := 0, header
	for n := header; n <= len(file); n++ {
		count, isEnd := good[n]
		if isEnd {
			frames, last = count, n
		}
		got, err := read(t, file[:n:n])
		if len(got) != frames {
			t.Errorf("%d bytes: %d frames, want %d", n, len(got), frames)
		}
		if isEnd {
			if err != io.EOF {
				t.Errorf("%d bytes: %v, want io.EOF", n, err)
			}
			continue
		}
		var damage *capture.DamageError
		if !errors.As(err, &damage) {
			t.Fatalf("%d bytes: %v, want a *DamageError", n, err)
		}
		if !damage.Cut() || damage.Offset != int64(last) || damage.Frame != frames+1 || damage.File != "test" {
			t.Errorf("%d bytes: %+v", n, damage)
		}
	}
}

func TestEveryPrefixOfPcap(t *testing.T) {
	for _, style := range []captest.PcapStyle{{}, {BigEndian: true, Modified: true}} {
		good := ends{}
		for i := range 4 {
			good[len(style.Pcap(capture.LinkEthernet, threeFrames()[:i]...))] = i
		}
		checkPrefixes(t, style.Pcap(capture.LinkEthernet, threeFrames()...), 24, good)
	}
}

func TestEveryPrefixOfPcapng(t *testing.T) {
	w, good, frames := captest.NewNgWriter(true), ends{28: 0}, 0
	end := func() { good[len(w.Bytes())] = frames }
	w.Interface(ethernet, w.Option(9, []byte{9}))
	end()
	for i := range threeFrames() {
		w.Enhanced(0, 1, &threeFrames()[i])
		frames++
		end()
		w.Block(0x0bad, make([]byte, 20))
		end()
	}
	w.Section(false)
	end()
	w.KeyLog("secret")
	end()
	w.Interface(ethernet)
	end()
	w.Simple(&threeFrames()[0])
	frames++
	end()
	w.Obsolete(0, 1, &threeFrames()[1])
	frames++
	end()
	checkPrefixes(t, w.Bytes(), 28, good)
}

func TestEveryPrefixOfHeaders(t *testing.T) {
	for _, file := range [][]byte{captest.Pcap(capture.LinkEthernet), captest.NewNgWriter(false).Bytes()} {
		for n := range file {
			_, err := capture.OpenReader("test", bytes.NewReader(file[:n]))
			var format *capture.FormatError
			if !errors.As(err, &format) {
				t.Errorf("%d bytes: %v, want a *FormatError", n, err)
			}
		}
	}
}

// pcapRecord is a record header that claims lengths, with data after it.
func pcapRecord(captured, onWire uint32, data string) []byte {
	b := make([]byte, 8)
	b = binary.LittleEndian.AppendUint32(b, captured)
	b = binary.LittleEndian.AppendUint32(b, onWire)
	return append(b, data...)
}

func TestDamageIsExplained(t *testing.T) {
	first := threeFrames()[:1]
	pcap := captest.Pcap(capture.LinkEthernet, first...)
	ng := func(then func(w *captest.NgWriter)) []byte {
		w := captest.NewNgWriter(false)
		w.Interface(ethernet)
		w.Enhanced(0, 1, &first[0])
		then(w)
		return w.Bytes()
	}
	le := binary.LittleEndian
	tests := []struct {
		name string
		ref  string // of draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng
		file []byte
		want string
	}{
		{"record that ends early", "pcap section 5", append(pcap, pcapRecord(64, 64, "only this")...),
			"test: cut short at byte 45, at frame 2: the record has 80 bytes, 25 are left"},
		{"record header that ends early", "pcap section 5", append(pcap, 1),
			"test: cut short at byte 45, at frame 2: a record header has 16 bytes, 1 is left"},
		{"frame that is too long", "wiretap WTAP_MAX_PACKET_SIZE_STANDARD", append(pcap, pcapRecord(262145, 64, "")...),
			"test: damaged at byte 45, at frame 2: the record says 262145 bytes, more than the 262144 that a frame may have"},
		{"lengths that differ", "pcapng section 3.1", ng(func(w *captest.NgWriter) {
			w.Block(99, make([]byte, 8))
			b := w.Bytes()
			le.PutUint32(b[len(b)-4:], 24)
		}), "test: damaged at byte 88, at frame 2: a block says 20 bytes at its start and 24 at its end"},
		{"block without room for its frame", "pcapng section 3.1", ng(func(w *captest.NgWriter) {
			w.Block(99, nil)
			b := w.Bytes()
			le.PutUint32(b[len(b)-8:], 8)
		}), "test: damaged at byte 88, at frame 2: a block says that it has 8 bytes, less than any block has"},
		{"unknown interface", "pcapng section 4.3", ng(func(w *captest.NgWriter) { w.Enhanced(7, 1, &first[0]) }),
			"test: damaged at byte 88, at frame 2: a frame of interface 7, of which its section says nothing"},
		{"interface of the section before", "pcapng section 4.2", ng(func(w *captest.NgWriter) {
			w.Section(false)
			w.Simple(&first[0])
		}), "test: damaged at byte 116, at frame 2: a frame of interface 0, of which its section says nothing"},
		{"data longer than the block", "pcapng section 4.3", ng(func(w *captest.NgWriter) {
			w.Enhanced(0, 1, &first[0])
			le.PutUint32(w.Bytes()[88+20:], 9)
		}), "test: damaged at byte 88, at frame 2: the block says that its frame has 9 bytes, it holds 8"},
		{"option longer than the block", "pcapng section 3.5", ng(func(w *captest.NgWriter) {
			w.Interface(ethernet, []byte{2, 0, 9, 0})
		}), "test: damaged at byte 88, at frame 2: option 2 says 9 bytes, its block has 0 left"},
		{"block shorter than its fields", "pcapng section 4.3", ng(func(w *captest.NgWriter) { w.Block(captest.EnhancedBlock, make([]byte, 16)) }),
			"test: damaged at byte 88, at frame 2: a block of type 6 has 28 bytes, less than its fields"},
		{"unknown version", "pcapng section 4.1", ng(func(w *captest.NgWriter) {
			w.Section(false)
			w.Bytes()[88+12] = 2
		}), "test: damaged at byte 88, at frame 2: version 2.0 of pcapng is not known"},
		{"section without a byte order", "pcapng section 4.1", ng(func(w *captest.NgWriter) {
			w.Section(false)
			w.Bytes()[88+8] = 0
		}), "test: damaged at byte 88, at frame 2: a section header without a byte order: 00 3c 2b 1a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(t, bytes.Clone(tt.file))
			if err == nil || err.Error() != tt.want {
				t.Errorf("error\n got %v\nwant %s", err, tt.want)
			}
			if len(got) != 1 {
				t.Errorf("%d frames before it, want 1", len(got))
			}
		})
	}
}

func TestErrorStays(t *testing.T) {
	f, err := capture.OpenReader("test", bytes.NewReader(captest.Pcap(capture.LinkEthernet, threeFrames()...)[:30]))
	if err != nil {
		t.Fatal(err)
	}
	_, first := f.Next()
	_, second := f.Next()
	if first == nil || first != second {
		t.Errorf("first %v, then %v", first, second)
	}
	f.Close()
	if _, err := f.Next(); err != first {
		t.Errorf("after Close: %v", err)
	}
}

// endless gives zeros for ever; reading all of a claimed block would not end.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	clear(p)
	return len(p), nil
}

func TestClaimedSizesReadNoMoreThanTheLimits(t *testing.T) {
	w := captest.NewNgWriter(false)
	w.Interface(ethernet)
	block := binary.LittleEndian.AppendUint32(w.Bytes(), captest.EnhancedBlock)
	block = binary.LittleEndian.AppendUint32(block, 0xfffffff0)
	record := append(captest.Pcap(capture.LinkEthernet), pcapRecord(0xffffffff, 1, "")...)
	for name, file := range map[string][]byte{"pcap": record, "pcapng": block} {
		rest := &endless{}
		f, err := capture.OpenReader("test", io.MultiReader(bytes.NewReader(file), rest))
		if err != nil {
			t.Fatal(err)
		}
		var damage *capture.DamageError
		if _, err := f.Next(); !errors.As(err, &damage) || damage.Cut() {
			t.Errorf("%s: %v", name, err)
		}
		if rest.read > 1<<20 {
			t.Errorf("%s: read %d bytes of a claim", name, rest.read)
		}
	}
}

func TestTimesOutOfRangeGoOn(t *testing.T) {
	// 3,000,000 microseconds after second 1: the sum counts, as tcpdump shows it
	record := pcapRecord(1, 1, "x")
	binary.LittleEndian.PutUint32(record, 1)
	binary.LittleEndian.PutUint32(record[4:], 3_000_000)
	got, err := read(t, append(captest.Pcap(capture.LinkEthernet), record...))
	if err != io.EOF || len(got) != 1 || !got[0].Time.Equal(time.Unix(4, 0)) {
		t.Errorf("got %v, %v", got, err)
	}
}
