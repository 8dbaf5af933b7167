package capture_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

// manyBlocks is a file with blocks of all kinds, in two sections of different byte order.
func manyBlocks() []byte {
	frame := capture.Frame{WireLen: 3, Data: []byte("abc")}
	w := captest.NewNgWriter(false)
	w.Interface(capture.Interface{LinkType: capture.LinkEthernet})
	w.Enhanced(0, 1, &frame, w.Option(1, []byte("mine")))
	w.Block(0x0bad, []byte("unknown."))
	w.KeyLog("CLIENT_RANDOM 00 11\n")
	w.Simple(&frame)
	w.Section(true)
	w.Block(4, make([]byte, 4))
	w.Interface(capture.Interface{LinkType: capture.LinkRaw})
	w.Obsolete(0, 2, &frame)
	w.Block(5, make([]byte, 12))
	return w.Bytes()
}

// copiesOf puts together what Blocks gives; err is what ended the reading.
func copiesOf(t *testing.T, file []byte, wants func(number int) bool) (all []byte, err error) {
	t.Helper()
	f, err := capture.OpenReader("test", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if !f.KeepBlocks() {
		t.Fatal("no pcapng file")
	}
	for {
		frame, err := f.Next()
		if err == nil && !wants(frame.Number) {
			continue
		}
		b := f.Blocks()
		all = append(append(all, b.Before...), b.Packet...)
		if err != nil {
			return all, err
		}
	}
}

func TestBlocksAreTheWholeFile(t *testing.T) {
	file := manyBlocks()
	got, err := copiesOf(t, file, func(int) bool { return true })
	if err != io.EOF || !bytes.Equal(got, file) {
		t.Errorf("%v, %d bytes of %d", err, len(got), len(file))
	}
}

func TestBlocksOfFramesThatArePassedOverAreLeftOut(t *testing.T) {
	got, _ := copiesOf(t, manyBlocks(), func(number int) bool { return number != 2 })
	f, err := capture.OpenReader("test", bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	frames, err := drain(f)
	if err != io.EOF || len(frames) != 2 || !bytes.Contains(got, []byte("unknown.")) {
		t.Errorf("%d frames, %v", len(frames), err)
	}
}

// Of a damaged file the blocks before the damage are there.
func TestBlocksOfADamagedFile(t *testing.T) {
	file := manyBlocks()
	for n := len(file) - 1; n > 40; n-- {
		got, err := copiesOf(t, file[:n], func(int) bool { return true })
		if !bytes.HasPrefix(file, got) || err == nil {
			t.Fatalf("cut at %d: %v, %x", n, err, got)
		}
		if f, err := capture.OpenReader("test", bytes.NewReader(got)); err == nil {
			if _, err := drain(f); err != io.EOF {
				t.Fatalf("cut at %d: what was copied is no whole file: %v", n, err)
			}
		}
	}
}

func TestOnlyPcapngHasBlocks(t *testing.T) {
	f, err := capture.OpenReader("test", bytes.NewReader(captest.Pcap(capture.LinkEthernet)))
	if err != nil || f.KeepBlocks() || f.Blocks().Before != nil {
		t.Errorf("%v", err)
	}
}
