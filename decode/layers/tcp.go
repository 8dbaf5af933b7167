package layers

import "encoding/binary"

// TCPFlags are the control bits of a TCP header (RFC 9293 section 3.1), with
// the former nonce sum bit on top.
type TCPFlags uint16

// The control bits.
const (
	FIN TCPFlags = 1 << iota
	SYN
	RST
	PSH
	ACK
	URG
	ECE
	CWR
	NS
)

// Has reports whether all bits of f2 are set.
func (f TCPFlags) Has(f2 TCPFlags) bool { return f&f2 == f2 }

// TCP is a TCP header (RFC 9293 section 3.1). The fields of options that were
// not sent are zero; their Has field tells them from a zero that was.
type TCP struct {
	Seq, Ack          uint32 // Ack is valid with the ACK flag
	TSVal, TSEcr      uint32 // timestamps (RFC 7323 section 3)
	Flags             TCPFlags
	Window            uint16 // as sent, not scaled
	MSS               uint16 // maximum segment size; 0: no such option
	WScale            uint8  // window scale shift (RFC 7323 section 2)
	HasWScale, HasTS  bool
	SACKPerm, HasSACK bool // selective acknowledgement: permitted, used (RFC 2018)
}

const tcpLen = 20

// tcp reads a TCP header with its options.
func (p *Packet) tcp(r rest) {
	if !p.has(LayerTCP, "ports", r, 4) {
		return
	}
	p.SrcPort, p.DstPort = binary.BigEndian.Uint16(r.b[0:2]), binary.BigEndian.Uint16(r.b[2:4])
	if !p.has(LayerTCP, "header", r, tcpLen) {
		return
	}
	p.Transport = TransportTCP
	b := r.b[:tcpLen]
	p.TCP.Seq, p.TCP.Ack = binary.BigEndian.Uint32(b[4:8]), binary.BigEndian.Uint32(b[8:12])
	p.TCP.Flags = TCPFlags(binary.BigEndian.Uint16(b[12:14]) & 0x1ff)
	p.TCP.Window = binary.BigEndian.Uint16(b[14:16])
	n := int(b[12]>>4) * 4
	if n < tcpLen || n > int(r.wire) {
		p.malformed(LayerTCP, "data offset", r.off+12, 1)
		return
	}
	if !p.has(LayerTCP, "options", r, n) {
		p.tcpOptions(r.b[tcpLen:], r.off+tcpLen)
		p.PayloadLen = int(r.wire) - n
		return
	}
	if n > tcpLen {
		p.tcpOptions(r.b[tcpLen:n], r.off+tcpLen)
	}
	p.payload(p.enter(LayerTCP, r, n))
}
