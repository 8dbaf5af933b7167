package filter_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
	"github.com/pktjourney/pktjourney/decode/capture/filter"
	"github.com/pktjourney/pktjourney/decode/capture/live"
)

// needLibpcap skips where filters can not be compiled.
func needLibpcap(t testing.TB) {
	t.Helper()
	if _, err := filter.Compile("ip", capture.LinkEthernet); errors.Is(err, live.ErrNoLibpcap) {
		t.Skip(err)
	}
}

// udp is a UDP datagram between two ports without data, from 192.0.2.1 to
// 192.0.2.2.
func udp(src, dst byte) []byte {
	return []byte{
		0x45, 0, 0, 28, // version, header length, total length
		0, 0, 0, 0, 64, 17, 0, 0, // no fragment, TTL, UDP
		192, 0, 2, 1, 192, 0, 2, 2,
		0, src, 0, dst, 0, 8, 0, 0, // ports, length
	}
}

func ethernet(src, dst byte) []byte {
	return append([]byte("\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02\x08\x00"), udp(src, dst)...)
}

func sll2(src, dst byte) []byte {
	header := make([]byte, 20)
	header[0] = 8 // protocol type 0x0800
	return append(header, udp(src, dst)...)
}

func TestMatch(t *testing.T) {
	needLibpcap(t)
	tests := []struct {
		name string
		ref  string // of pcap-filter(7), where it says something
		expr string
		link capture.LinkType
		data []byte
		wire int
		want bool
	}{
		{"port", "port", "udp port 53", capture.LinkEthernet, ethernet(99, 53), 0, true},
		{"other port", "port", "udp port 53", capture.LinkEthernet, ethernet(99, 80), 0, false},
		{"host", "host", "host 192.0.2.2", capture.LinkEthernet, ethernet(1, 2), 0, true},
		{"everything", "no expression", "", capture.LinkEthernet, ethernet(1, 2), 0, true},
		{"raw IP, whose link type is not its DLT", "", "udp port 53", capture.LinkRaw, udp(99, 53), 0, true},
		{"Linux cooked v2, more than 8 bits", "", "udp port 53", capture.LinkLinuxSLL2, sll2(99, 53), 0, true},
		{"Linux cooked v2, other port", "", "udp port 53", capture.LinkLinuxSLL2, sll2(99, 80), 0, false},
		{"frame that ends early", "", "udp port 53", capture.LinkEthernet, ethernet(99, 53)[:20], 0, false},
		{"no bytes", "", "udp", capture.LinkEthernet, nil, 0, false},
		{"length", "greater", "greater 42", capture.LinkEthernet, ethernet(1, 2), 0, true},
		{"length, not reached", "greater", "greater 43", capture.LinkEthernet, ethernet(1, 2), 0, false},
		{"length on the wire of a cut frame", "greater", "greater 1000", capture.LinkEthernet, ethernet(1, 2), 1500, true},
		{"length on the wire, too long", "less", "less 1000", capture.LinkEthernet, ethernet(1, 2), 1500, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := filter.Compile(tt.expr, tt.link)
			if err != nil {
				t.Fatal(err)
			}
			frame := capture.Frame{LinkType: tt.link, WireLen: max(tt.wire, len(tt.data)), Data: tt.data}
			if got := f.Match(&frame); got != tt.want {
				t.Errorf("%q: %v, want %v", tt.expr, got, tt.want)
			}
			allocs := testing.AllocsPerRun(10, func() { f.Match(&frame) })
			if allocs != 0 {
				t.Errorf("%v allocations", allocs)
			}
		})
	}
}

func TestCompileErrors(t *testing.T) {
	needLibpcap(t)
	_, err := filter.Compile("udp prt 53", capture.LinkEthernet)
	var bad *filter.Error
	if !errors.As(err, &bad) || bad.Expr != "udp prt 53" || !strings.Contains(err.Error(), "syntax error") {
		t.Errorf("got %v", err)
	}
	_, err = filter.Compile("ip6 protochain 6", capture.LinkEthernet)
	if !errors.As(err, &bad) || !strings.Contains(err.Error(), "has a loop") {
		t.Errorf("protochain: %v", err)
	}
	if _, err = filter.Compile("udp", 65535); !errors.As(err, &bad) {
		t.Errorf("unknown link type: %v", err)
	}
}

// open is a capture of two interfaces with different link types.
func open(t *testing.T) capture.Source {
	t.Helper()
	file := captest.Ng(
		capture.Frame{LinkType: capture.LinkEthernet, Data: ethernet(99, 53)},
		capture.Frame{LinkType: capture.LinkEthernet, Data: ethernet(99, 80)},
		capture.Frame{LinkType: capture.LinkLinuxSLL2, Data: sll2(99, 80)},
		capture.Frame{LinkType: capture.LinkLinuxSLL2, Data: sll2(53, 99)},
		capture.Frame{LinkType: capture.LinkRaw, Data: udp(53, 99)},
	)
	f, err := capture.OpenReader("test", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func numbers(src capture.Source) (list []int, err error) {
	for {
		f, err := src.Next()
		if err != nil {
			return list, err
		}
		list = append(list, f.Number)
	}
}

func TestSourceKeepsFrameNumbers(t *testing.T) {
	needLibpcap(t)
	tests := []struct {
		expr string
		want []int
	}{
		{"udp port 53", []int{1, 4, 5}},
		{"udp dst port 80", []int{2, 3}},
		{"tcp", nil},
		{"", []int{1, 2, 3, 4, 5}},
	}
	for _, tt := range tests {
		got, err := numbers(filter.NewSource(open(t), tt.expr))
		if !slices.Equal(got, tt.want) || err != io.EOF {
			t.Errorf("%q: frames %v, %v, want %v", tt.expr, got, err, tt.want)
		}
	}
}

// libpcap refuses a filter by addresses for a link type that has none.
func TestSourceNamesTheLinkTypeThatTheFilterIsNotFor(t *testing.T) {
	needLibpcap(t)
	got, err := numbers(filter.NewSource(open(t), "ether src 02:00:00:00:00:02"))
	var bad *filter.Error
	if !errors.As(err, &bad) || bad.LinkType != capture.LinkLinuxSLL2 || !slices.Equal(got, []int{1, 2}) {
		t.Errorf("frames %v, %v", got, err)
	}
}

func TestSourceGivesNothingForFiltersThatRejectAll(t *testing.T) {
	needLibpcap(t)
	got, err := numbers(filter.NewSource(open(t), "ip and arp"))
	if len(got) != 0 || err != io.EOF {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestWithoutLibpcap(t *testing.T) {
	err := &filter.Error{Expr: "tcp", LinkType: 1, Err: live.ErrNoLibpcap}
	want := `filter "tcp" for link type 1: this build has no libpcap: it needs a build with cgo`
	if fmt.Sprint(err) != want || !errors.Is(err, live.ErrNoLibpcap) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkMatch(b *testing.B) {
	needLibpcap(b)
	f, err := filter.Compile("udp port 53 or tcp port 80 or tcp port 443", capture.LinkEthernet)
	if err != nil {
		b.Fatal(err)
	}
	frame := capture.Frame{WireLen: 42, Data: ethernet(99, 80)}
	b.ReportAllocs()
	for b.Loop() {
		f.Match(&frame)
	}
}
