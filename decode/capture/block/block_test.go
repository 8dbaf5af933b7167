package block_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/block"
)

var begin = time.Date(2026, 11, 20, 9, 0, 1, 123456789, time.UTC)

// file is a capture with a block of each type.
func file() []byte {
	b := block.AppendSection(nil, block.Application("pktjourney"), block.System("Linux"))
	b = block.AppendInterface(b, uint16(capture.LinkEthernet), 262144, block.Name("eth0"), block.Filter("udp"))
	b = block.AppendKeyLog(b, []byte("CLIENT_RANDOM 00 11\n"))
	b = block.AppendPacket(b, &block.Packet{Time: begin.UnixNano(), WireLen: 60, Data: bytes.Repeat([]byte{1}, 15)})
	b = block.AppendPacket(b, &block.Packet{Time: begin.UnixNano() + 1, WireLen: 14, Data: bytes.Repeat([]byte{2}, 14)}, block.Comment("hello"), block.Dropped(7))
	return block.AppendStatistics(b, 0, begin, block.Started(begin), block.Ended(begin), block.Received(9), block.InterfaceDropped(0), block.SystemDropped(7), block.Delivered(2))
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	f, err := capture.OpenReader("test", bytes.NewReader(file()))
	if err != nil {
		t.Fatal(err)
	}
	first, err := f.Next()
	if err != nil {
		t.Fatal(err)
	}
	if !first.Time.Equal(begin) || first.WireLen != 60 || len(first.Data) != 15 || first.Interface.Name != "eth0" || first.Interface.SnapLen != 262144 || first.LinkType != capture.LinkEthernet {
		t.Errorf("frame 1 is %+v of %+v", first, first.Interface)
	}
	second, err := f.Next()
	if err != nil || second.Time.Sub(begin) != 1 || second.Cut() {
		t.Errorf("frame 2 is %+v, %v", second, err)
	}
	if _, err := f.Next(); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
	if got := string(f.KeyLog()); !strings.HasPrefix(got, "CLIENT_RANDOM 00 11\n") {
		t.Errorf("secrets %q", got)
	}
}

// Each block stands whole behind the one before, so a file may end behind any.
func TestEveryBlockIsPaddedAndHasItsLengthTwice(t *testing.T) {
	b := file()
	for blocks := 0; len(b) > 0; blocks++ {
		n := int(b[4]) | int(b[5])<<8
		if n%4 != 0 || n > len(b) || !bytes.Equal(b[4:8], b[n-4:n]) {
			t.Fatalf("block %d has length %d of %d", blocks, n, len(b))
		}
		b = b[n:]
	}
}

func TestPacketLen(t *testing.T) {
	for n := range 9 {
		p := block.Packet{Data: make([]byte, n), WireLen: n}
		if got, want := len(block.AppendPacket(nil, &p)), block.PacketLen(n); got != want {
			t.Errorf("%d bytes: %d, said %d", n, got, want)
		}
	}
}

func TestPacketDoesNotAllocate(t *testing.T) {
	b, p := make([]byte, 0, 4096), block.Packet{Data: make([]byte, 1500), WireLen: 1500}
	if n := testing.AllocsPerRun(100, func() { block.AppendPacket(b, &p) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// The library that writes comments of 70,000 bytes in a field of 16 bits makes a corrupt file.
func TestLongCommentsAreCut(t *testing.T) {
	b := block.AppendSection(nil, block.Comment(strings.Repeat("가", 30000)))
	if n := int(b[4]) | int(b[5])<<8 | int(b[6])<<16; n != len(b) {
		t.Errorf("block of %d bytes says %d", len(b), n)
	}
	if n := int(b[26]) | int(b[27])<<8; n != 65535/3*3 {
		t.Errorf("comment of %d bytes", n)
	}
}

func TestTsharkReadsIt(t *testing.T) {
	tshark, err := exec.LookPath("tshark")
	if err != nil {
		t.Skip("no tshark here")
	}
	name := filepath.Join(t.TempDir(), "x.pcapng")
	if err := os.WriteFile(name, file(), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tshark, "-n", "-r", name, "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "frame.cap_len",
		"-e", "frame.interface_name", "-e", "frame.comment").Output()
	const want = "1795165201.123456789\t60\t15\teth0\t\n1795165201.123456790\t14\t14\teth0\thello\n"
	if err != nil || string(out) != want {
		t.Errorf("%v\n%swant\n%s", err, out, want)
	}
}
