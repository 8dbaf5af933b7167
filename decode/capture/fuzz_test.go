package capture_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

func FuzzReader(f *testing.F) {
	pcap := captest.Pcap(capture.LinkEthernet, threeFrames()...)
	f.Add(pcap)
	f.Add(captest.PcapStyle{BigEndian: true, Nano: true}.Pcap(capture.LinkLinuxSLL2, threeFrames()...))
	f.Add(captest.PcapStyle{Modified: true}.Pcap(capture.LinkRaw, threeFrames()...))
	f.Add(captest.Ng(threeFrames()...))
	f.Add(everyBlock())
	f.Add(gzipped(f, pcap))
	f.Add(zstded(f, pcap))
	f.Fuzz(func(t *testing.T, file []byte) {
		c, err := capture.OpenReader("test", bytes.NewReader(file))
		if err != nil {
			var format *capture.FormatError
			if !errors.As(err, &format) {
				t.Fatalf("open: %v", err)
			}
			return
		}
		defer c.Close()
		checkReading(t, c)
	})
}

// checkReading checks what holds for every file: numbers and places rise, and
// it ends with io.EOF or a *DamageError.
func checkReading(t *testing.T, c *capture.File) {
	place := int64(-1)
	for n := 1; ; n++ {
		f, err := c.Next()
		var damage *capture.DamageError
		if errors.As(err, &damage) {
			if damage.Frame != n || damage.Offset < place || damage.Error() == "" {
				t.Fatalf("frame %d: %+v", n, damage)
			}
			return
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("frame %d: %v", n, err)
		}
		if f.Number != n || f.Offset <= place || f.Interface == nil || f.WireLen < 0 || f.Interface.LinkType != f.LinkType {
			t.Fatalf("frame %d after offset %d: %+v", n, place, f)
		}
		place = f.Offset
	}
}

func everyBlock() []byte {
	frames := threeFrames()
	w := captest.NewNgWriter(true)
	w.KeyLog("CLIENT_RANDOM 00 11")
	w.Interface(capture.Interface{Name: "eth0", LinkType: capture.LinkEthernet, SnapLen: 5},
		w.Option(9, []byte{0x8a}), w.Option(14, make([]byte, 8)), w.Option(0, nil))
	w.Enhanced(0, 1<<40, &frames[0], w.Option(1, []byte("comment")))
	w.Section(false)
	w.Interface(ethernet)
	w.Obsolete(0, 1, &frames[1])
	w.Simple(&frames[0])
	w.Block(99, []byte("unknown"))
	return w.Bytes()
}
