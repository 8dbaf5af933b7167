package layers

// The destination ports of tunnels over UDP. The source port of such a datagram
// only tells its flows apart.
const (
	portGTPU   = 2152 // 3GPP TS 29.281 section 4.4.2
	portVXLAN  = 4789 // RFC 7348 section 5
	portGPE    = 4790 // draft-ietf-nvo3-vxlan-gpe section 3.2
	portGeneve = 6081 // RFC 8926 section 3.3
)

// udpTunnel reads a datagram sent to one of these ports. It reports false, and
// leaves p as it was, when it is no tunnel's: other programs may use the port.
func (p *Packet) udpTunnel(r rest) bool {
	switch p.DstPort {
	case portVXLAN, portGPE:
		return p.vxlan(r)
	case portGeneve:
		return p.geneve(r)
	case portGTPU:
		return p.gtpU(r)
	}
	return false
}
