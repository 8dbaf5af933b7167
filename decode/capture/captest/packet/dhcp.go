package packet

import (
	"fmt"
	"net/netip"
	"time"
)

// The DHCP message types (RFC 2132 section 9.6).
const (
	Discover = iota + 1
	Offer
	Request
	Decline
	Ack
	Nak
	Release
	Inform
)

// DHCP is one DHCP message. A field that is empty is not in it.
type DHCP struct {
	Type      uint8
	XID       uint32
	Way       string        // "" is 0.0.0.0 to broadcast, or for a server's message Server to Your
	Client    uint8         // last byte of the client's MAC address
	ClientIP  string        // ciaddr
	Your      string        // yiaddr
	Server    string        // option 54
	Requested string        // option 50
	Router    string        // option 3
	DNS       []string      // option 6
	Lease     time.Duration // option 51
	Broadcast bool
}

// DHCP adds m (RFC 2131 section 2).
func (c *Capture) DHCP(m DHCP) int {
	return c.UDP(m.way(), m.pack())
}

func (m *DHCP) fromServer() bool { return m.Type == Offer || m.Type == Ack || m.Type == Nak }

func (m *DHCP) way() string {
	switch {
	case m.Way != "":
		return m.Way
	case !m.fromServer():
		return "0.0.0.0:68 > 255.255.255.255:67"
	case m.Your == "" || m.Broadcast:
		return fmt.Sprintf("%s:67 > 255.255.255.255:68", m.Server)
	}
	return fmt.Sprintf("%s:67 > %s:68", m.Server, m.Your)
}

func (m *DHCP) pack() []byte {
	b := make([]byte, 236)
	b[0], b[1], b[2] = 1, 1, 6 // request, Ethernet, length of the address
	if m.fromServer() {
		b[0] = 2
	}
	order.PutUint32(b[4:], m.XID)
	if m.Broadcast {
		b[10] = 0x80
	}
	copy(b[12:], address(m.ClientIP))
	copy(b[16:], address(m.Your))
	copy(b[28:], []byte{2, 0, 0, 0, 1, m.Client})
	b = append(b, 99, 130, 83, 99, 53, 1, m.Type)
	if m.Lease != 0 {
		b = order.AppendUint32(append(b, 51, 4), uint32(m.Lease/time.Second))
	}
	if m.Requested != "" {
		b = append(append(b, 50, 4), address(m.Requested)...)
	}
	if m.Router != "" {
		b = append(append(b, 3, 4), address(m.Router)...)
	}
	if len(m.DNS) > 0 {
		b = append(b, 6, byte(4*len(m.DNS)))
		for _, server := range m.DNS {
			b = append(b, address(server)...)
		}
	}
	if m.Server != "" {
		b = append(append(b, 54, 4), address(m.Server)...)
	}
	return append(b, 255)
}

// address is the bytes of a, zeros when there is none.
func address(a string) []byte {
	if a == "" {
		return make([]byte, 4)
	}
	return netip.MustParseAddr(a).AsSlice()
}
