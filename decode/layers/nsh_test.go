package layers

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
)

func TestDecodeTagsOfNetworks(t *testing.T) {
	const (
		outer     = "020000000001 020000000002"
		addresses = "192.0.2.1:54321 > 198.51.100.2:53 payload 0 of 0 dns"
		context   = "00000000 00000000 00000000 00000000"
	)
	runDecode(t, []decodeCase{
		{
			name: "service header with IPv4", ref: "RFC 8300 section 2.4", link: capture.LinkEthernet,
			frame: frame(outer, "894f", "0fc6 01 01 00002a ff", context, ipv4UDP, udpHeader),
			want:  "Ethernet/NSH/IPv4/UDP " + addresses,
		},
		{
			name: "service header of variable length with Ethernet", ref: "RFC 8300 section 2.5", link: capture.LinkEthernet,
			frame: frame(outer, "894f", "0fc2 02 03 00002a ff", innerUDP), want: "Ethernet/NSH/Ethernet/IPv4/UDP " + addresses,
		},
		{
			name: "service header with MPLS", ref: "RFC 8300 section 2.2", link: capture.LinkEthernet,
			frame: frame(outer, "894f", "0fc2 02 05 00002a ff", "000111ff", ipv4UDP, udpHeader), want: "Ethernet payload 40 of 40 nsh",
		},
		{
			name: "service header longer than the frame", ref: "RFC 8300 section 2.2", link: capture.LinkEthernet,
			frame: frame(outer, "894f", "0fff 02 01 00002a ff", ipv4UDP), want: "Ethernet payload 28 of 28 nsh",
		},
		{
			name: "TrustSec", ref: "Cisco TrustSec", link: capture.LinkEthernet,
			frame: frame(outer, "8909", "01 01 0001 002a", "0800", ipv4UDP, udpHeader), want: "Ethernet/TrustSec tag/IPv4/UDP " + addresses,
		},
	})
}
