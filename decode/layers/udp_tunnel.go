package layers

// The ports of tunnels over UDP, of the destination by their standards. Some
// send answers back from them, so that the source's is looked at too.
const (
	portGTPU       = 2152 // 3GPP TS 29.281 section 4.4.2
	portVXLAN      = 4789 // RFC 7348 section 5
	portGPE        = 4790 // draft-ietf-nvo3-vxlan-gpe section 3.2
	portGeneve     = 6081 // RFC 8926 section 3.3
	portVXLANLinux = 8472 // what Linux uses when none is given: vxlan.udp_port of the kernel module
)

// udpTunnel reads a datagram from or to one of these ports. It reports false, and
// leaves p as it was, when it is no tunnel's: other programs may use the port.
func (p *Packet) udpTunnel(port uint16, r rest) bool {
	switch port {
	case portVXLAN, portVXLANLinux:
		return p.vxlan(r)
	case portGPE:
		return p.vxlanGPE(r)
	case portGeneve:
		return p.geneve(r)
	case portGTPU:
		return p.gtpU(r)
	}
	return false
}
