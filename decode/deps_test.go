package decode_test

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire/deptest"
)

func TestImportsGoOneWay(t *testing.T) {
	deptest.Bans(t, "decode", map[string]string{
		"rules/...":                             "decode says what was on the wire and knows no journey",
		"annotate/...":                          "decode is read by annotate",
		"cmd/...":                               "the command line is the outermost layer",
		"github.com/spf13/cobra":                "no package below cmd knows of flags",
		"github.com/google/gopacket/pcap":       "reading and decoding saved captures needs no cgo",
		"github.com/olekukonko/tablewriter":     "decoders do not print",
		"github.com/google/gopacket/pcapgo":     "captures are read by decode/capture",
		"github.com/google/gopacket/reassembly": "decode/stream puts bytes in order and knows their frames",
	})
	for _, protocol := range []string{"bgp", "dhcp", "dhcpv6", "dns", "eap", "http", "http2", "http3", "openvpn", "ospf", "quic", "radius", "rip", "tls"} {
		bans := map[string]string{"decode": "protocols are below the decoder that uses them", "decode/capture": "a message does not know frames"}
		for _, other := range []string{"bgp", "dhcp", "dhcpv6", "dns", "eap", "http", "http2", "http3", "openvpn", "ospf", "quic", "radius", "rip", "tls"} {
			if other != protocol {
				bans["decode/"+other] = "protocols do not import each other"
			}
		}
		deptest.Bans(t, "decode/"+protocol, bans)
	}
}
