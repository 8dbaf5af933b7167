package decode

import (
	"github.com/pktjourney/pktjourney/decode/dhcp"
	"github.com/pktjourney/pktjourney/decode/dhcpv6"
	"github.com/pktjourney/pktjourney/decode/dns"
	"github.com/pktjourney/pktjourney/decode/rip"
)

// datagrams says what a UDP datagram holds: the first line whose bytes look
// right counts. A port is a hint that lets less clear bytes pass.
var datagrams = [...]struct {
	kind  Kind
	ports func(src, dst uint16) bool
	looks func(payload []byte) bool
}{
	{DHCP, dhcpPorts, dhcp.Looks},
	{DHCPv6, dhcpv6Ports, dhcpv6.Looks},
	{RIP, ripPorts, rip.Looks},
	{RIPng, ripngPorts, rip.LooksNG},
	{DNS, dnsPorts, longEnoughForDNS},
	{DNS, notNetBIOS, dns.Looks},
}

func datagramKind(src, dst uint16, payload []byte) Kind {
	for i := range datagrams {
		line := &datagrams[i]
		if (line.ports == nil || line.ports(src, dst)) && line.looks(payload) {
			return line.kind
		}
	}
	return Unknown
}

// dhcpPorts are bootps and bootpc (RFC 2131 section 4.1).
func dhcpPorts(src, dst uint16) bool {
	return src == 67 || src == 68 || dst == 67 || dst == 68
}

// dhcpv6Ports are those of clients and of servers and relay agents (RFC 8415 section 7.2).
func dhcpv6Ports(src, dst uint16) bool {
	return src == 546 || src == 547 || dst == 546 || dst == 547
}

// ripPorts: a router speaks from this port, one who only asks may use another (RFC 2453 section 3.9.1).
func ripPorts(src, dst uint16) bool { return src == 520 || dst == 520 }

// ripngPorts is the same for RIPng (RFC 2080 section 2).
func ripngPorts(src, dst uint16) bool { return src == 521 || dst == 521 }

const (
	portDNS     = 53
	portNetBIOS = 137
	portMDNS    = 5353
	portLLMNR   = 5355
)

func dnsPorts(src, dst uint16) bool {
	return src == portDNS || dst == portDNS || dst == portMDNS || src == portMDNS || src == portLLMNR || dst == portLLMNR
}

// notNetBIOS: the NetBIOS name service has the form of DNS on a port of its
// own, and is none (RFC 1002 section 4.2).
func notNetBIOS(src, dst uint16) bool { return src != portNetBIOS && dst != portNetBIOS }

// longEnoughForDNS: on its own port a message needs no more than a header.
func longEnoughForDNS(payload []byte) bool { return len(payload) >= 12 }

// dnsName tells multicast DNS and LLMNR from DNS, by their ports (RFC 6762, RFC 4795).
func dnsName(src, dst uint16) string {
	switch {
	case src == portDNS || dst == portDNS:
		return "dns"
	case src == portMDNS || dst == portMDNS:
		return "mdns"
	case src == portLLMNR || dst == portLLMNR:
		return "llmnr"
	}
	return "dns"
}
