package render

import (
	"bytes"
	"net/netip"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

var devices = []capture.Device{
	{Name: "eth0", Addresses: []netip.Prefix{netip.MustParsePrefix("192.0.2.10/24"), netip.MustParsePrefix("2001:db8::10/64")},
		LinkType: capture.LinkEthernet, HasLinkType: true, Up: true, DefaultRoute: true},
	{Name: "lo", Addresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/8")}, LinkType: capture.LinkEthernet, HasLinkType: true, Up: true, Loopback: true},
	{Name: "evil", Description: "\x1b[2Jx"},
}

func TestDeviceTable(t *testing.T) {
	tests := []struct {
		lang rules.Lang
		want string
	}{
		{rules.English, "" +
			"Interface  State  Link      Addresses\n" +
			"eth0       up     Ethernet  192.0.2.10/24, 2001:db8::10/64  the default route uses it\n" +
			"lo         up     Ethernet  127.0.0.1/8                     loopback\n" +
			"evil       down                                             \\x1b[2Jx\n"},
		{rules.Korean, "" +
			"인터페이스  상태  링크      주소\n" +
			"eth0        켜짐  Ethernet  192.0.2.10/24, 2001:db8::10/64  기본 경로가 사용함\n" +
			"lo          켜짐  Ethernet  127.0.0.1/8                     루프백\n" +
			"evil        꺼짐                                            \\x1b[2Jx\n"},
	}
	for _, tt := range tests {
		var out bytes.Buffer
		if err := DeviceTable(&out, devices, tt.lang); err != nil || out.String() != tt.want {
			t.Errorf("%v\ngot\n%swant\n%s", err, out.String(), tt.want)
		}
	}
}

func TestDeviceNDJSON(t *testing.T) {
	const want = `{"kind":"interface","interface":{"name":"eth0","addresses":["192.0.2.10/24","2001:db8::10/64"],"link_type":1,"link":"Ethernet","up":true,"loopback":false,"default_route":true}}
{"kind":"interface","interface":{"name":"lo","addresses":["127.0.0.1/8"],"link_type":1,"link":"Ethernet","up":true,"loopback":true,"default_route":false}}
{"kind":"interface","interface":{"name":"evil","description":"\u001b[2Jx","addresses":[],"up":false,"loopback":false,"default_route":false}}
`
	var out bytes.Buffer
	if err := DeviceNDJSON(&out, devices); err != nil || out.String() != want {
		t.Errorf("%v\ngot\n%swant\n%s", err, out.String(), want)
	}
}
