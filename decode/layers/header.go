package layers

// Layer names a header.
type Layer uint8

// The headers, those of one place in the stack together.
const (
	LayerNone Layer = iota

	LayerEthernet
	LayerLinuxSLL
	LayerLinuxSLL2
	LayerLoopback
	LayerCiscoHDLC
	LayerFDDI
	LayerARCnet
	LayerNFLOG
	LayerPKTAP
	LayerPPI
	LayerRadiotap
	LayerPrism
	LayerAVS
	LayerWLAN

	LayerVLAN
	LayerLLC
	LayerSNAP
	LayerPPPoE
	LayerPPP
	LayerMPLS
	LayerGRE
	LayerERSPAN
	LayerVXLAN
	LayerGeneve
	LayerGTPU
	LayerFabricPath
	LayerNSH
	LayerTrustSec
	LayerPseudowire

	LayerIPv4
	LayerIPv6
	LayerHopByHop
	LayerRouting
	LayerFragment
	LayerDestination
	LayerAH

	LayerARP
	LayerICMP
	LayerICMPv6
	LayerUDP
	LayerTCP

	layerCount
	lastIPLayer = LayerAH // of the layers that a fragment repeats
)

// maxHeaders is how many headers a Packet remembers. The deeper ones of a
// longer stack are read and then forgotten.
const maxHeaders = 8

// Header is one header of a frame.
type Header struct {
	Layer Layer
	Off   uint16 // from the start of the frame
	Len   uint16
}

// Stack gives the frame's headers, outermost first: the encapsulation. Only the
// first eight are remembered. The list refers to p.
func (p *Packet) Stack() []Header { return p.headers[:p.headerCount] }

// enter remembers that r starts with a header of n bytes, which were captured, and passes over it.
func (p *Packet) enter(l Layer, r rest, n int) rest {
	if p.headerCount == maxHeaders {
		p.deeper = true
		return r.skip(n)
	}
	p.headers[p.headerCount] = Header{l, uint16(r.off), uint16(n)}
	p.headerCount++
	return r.skip(n)
}
