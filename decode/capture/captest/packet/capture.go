// Package packet builds the frames of small captures in memory for tests: who
// says what to whom, one call a frame, on Ethernet. Checksums are left zero.
package packet

import (
	"net/netip"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// Step is the time from one frame to the next.
const Step = time.Millisecond

// Gateway is the router of the link that captures are taken on: what goes to
// another network goes to its MAC address.
const Gateway = "192.168.1.1"

// local are the networks of that link.
var local = []netip.Prefix{netip.MustParsePrefix("192.168.1.0/24"), netip.MustParsePrefix("2001:db8:1::/64"), netip.MustParsePrefix("fe80::/64")}

// Start is when captures begin.
var Start = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// Capture collects frames. Make it with New.
type Capture struct {
	frames []*capture.Frame
	now    time.Time
	number int
	offset int64
	far    map[netip.Addr]uint8
	iface  *capture.Interface

	// KeyLog are the secrets of its TLS and QUIC connections, in the SSLKEYLOGFILE format.
	KeyLog string
}

// New begins a capture at Start on an Ethernet link.
func New() *Capture {
	return &Capture{now: Start, far: make(map[netip.Addr]uint8), iface: &capture.Interface{LinkType: capture.LinkEthernet}}
}

// Frames are the frames so far.
func (c *Capture) Frames() []*capture.Frame { return c.frames }

// Wait lets d pass before the next frame.
func (c *Capture) Wait(d time.Duration) { c.now = c.now.Add(d) }

// Skip leaves out n frame numbers, as a filter does.
func (c *Capture) Skip(n int) { c.number += n }

// Far says how many routers the packets of addr have passed where the capture
// is taken. Unless told, none for the hosts of the link and two for all others.
func (c *Capture) Far(addr string, routers uint8) { c.far[netip.MustParseAddr(addr)] = routers }

// Cut keeps but the first n bytes of the newest frame, as a snap length does.
func (c *Capture) Cut(n int) {
	f := c.frames[len(c.frames)-1]
	f.Data = f.Data[:n:n]
}

// Fragment replaces the newest frame, an IPv4 packet, by frames with at most size bytes of its payload each: size is a
// multiple of 8 (RFC 791 section 3.2).
func (c *Capture) Fragment(size int) {
	const link, header = 14, 20
	whole := c.frames[len(c.frames)-1].Data
	c.frames = c.frames[:len(c.frames)-1]
	c.number--
	payload := whole[link+header:]
	for from := 0; from < len(payload); from += size {
		to := min(from+size, len(payload))
		b := append([]byte(nil), whole[:link+header]...)
		order.PutUint16(b[link+2:], uint16(header+to-from))
		flags := uint16(from / 8)
		if to < len(payload) {
			flags |= 0x2000 // more fragments
		}
		order.PutUint16(b[link+6:], flags)
		c.add(append(b, payload[from:to]...))
	}
}

// Ethernet adds a frame and gives its number.
func (c *Capture) Ethernet(dst, src [6]byte, etherType uint16, payload []byte) int {
	b := append(dst[:], src[:]...)
	b = order.AppendUint16(b, etherType)
	return c.add(append(b, payload...))
}

// add adds a frame that begins with its link header.
func (c *Capture) add(b []byte) int {
	c.number++
	c.frames = append(c.frames, &capture.Frame{
		Number: c.number, Time: c.now, LinkType: capture.LinkEthernet,
		WireLen: len(b), Data: b, Interface: c.iface, Offset: c.offset,
	})
	c.now = c.now.Add(Step)
	c.offset += int64(len(b)) + 16
	return c.number
}

func (c *Capture) isLocal(a netip.Addr) bool {
	for _, p := range local {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// ttl is what is left of the TTL of a's packets.
func (c *Capture) ttl(a netip.Addr) uint8 {
	routers, known := c.far[a]
	if !known && !c.isLocal(a) && !a.IsUnspecified() {
		routers = 2
	}
	return 64 - routers
}

// MAC is the MAC address of the host of the link with the address addr.
func MAC(addr netip.Addr) [6]byte {
	b := addr.As16()
	return [6]byte{2, 0, 0, 0, 1, b[15]}
}

// mac is where the packets for a go, and where those from it come from.
func (c *Capture) mac(a netip.Addr) [6]byte {
	switch {
	case a.IsMulticast(), a == netip.AddrFrom4([4]byte{255, 255, 255, 255}):
		return broadcastMAC
	case c.isLocal(a):
		return MAC(a)
	}
	return MAC(netip.MustParseAddr(Gateway))
}

var broadcastMAC = [6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
