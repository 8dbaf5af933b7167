//go:build cgo && !linux && !windows

package live

import (
	"net"
	"net/netip"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// Addresses for documentation (RFC 5737, RFC 3849): only the default route leads there.
const (
	farIPv4 = "192.0.2.1:9"
	farIPv6 = "[2001:db8::1]:9"
)

// defaultRoutes are the devices with the addresses that packets to the internet
// would have as their source. Nothing is sent for that.
func defaultRoutes(list []capture.Device) map[string]bool {
	leads := map[string]bool{}
	for network, far := range map[string]string{"udp4": farIPv4, "udp6": farIPv6} {
		source, ok := sourceTo(network, far)
		for i := range list {
			for _, p := range list[i].Addresses {
				if ok && p.Addr().WithZone("") == source {
					leads[list[i].Name] = true
				}
			}
		}
	}
	return leads
}

// sourceTo asks the system's routes by connecting a UDP socket.
func sourceTo(network, far string) (netip.Addr, bool) {
	conn, err := net.Dial(network, far)
	if err != nil {
		return netip.Addr{}, false
	}
	defer conn.Close()
	local, ok := conn.LocalAddr().(*net.UDPAddr)
	if !ok {
		return netip.Addr{}, false
	}
	return local.AddrPort().Addr().Unmap().WithZone(""), true
}
