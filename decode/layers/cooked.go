package layers

import "encoding/binary"

// Delivery says for whom a frame was, in the eyes of the capturing host.
type Delivery uint8

// The packet types of a Linux cooked header.
const (
	DeliveryUnknown Delivery = iota
	DeliveryToUs
	DeliveryBroadcast
	DeliveryMulticast
	DeliveryToOthers
	DeliveryFromUs
)

const (
	linuxSLLLen  = 16
	linuxSLL2Len = 20

	sllLLC     = 4   // protocol: an 802.2 header follows
	arpNetlink = 824 // ARPHRD_NETLINK: the protocol field is no EtherType
)

// linuxSLL reads a Linux cooked header (LINKTYPE_LINUX_SLL): packet type,
// ARPHRD type, address length, 8 bytes of address, protocol.
func (p *Packet) linuxSLL(r rest) {
	if !p.has(LayerLinuxSLL, "header", r, linuxSLLLen) {
		return
	}
	b := r.b[:linuxSLLLen]
	p.cookedFields(binary.BigEndian.Uint16(b[0:2]), binary.BigEndian.Uint16(b[4:6]), b[6:12])
	arphrd, proto := binary.BigEndian.Uint16(b[2:4]), binary.BigEndian.Uint16(b[14:16])
	p.cookedProtocol(p.enter(LayerLinuxSLL, r, linuxSLLLen), arphrd, proto)
}

// linuxSLL2 reads the second version (LINKTYPE_LINUX_SLL2): protocol, 2 bytes
// reserved, interface index, ARPHRD type, packet type, address length, 8 bytes of address.
func (p *Packet) linuxSLL2(r rest) {
	if !p.has(LayerLinuxSLL2, "header", r, linuxSLL2Len) {
		return
	}
	b := r.b[:linuxSLL2Len]
	p.cookedFields(uint16(b[10]), uint16(b[11]), b[12:18])
	arphrd, proto := binary.BigEndian.Uint16(b[8:10]), binary.BigEndian.Uint16(b[0:2])
	p.cookedProtocol(p.enter(LayerLinuxSLL2, r, linuxSLL2Len), arphrd, proto)
}

// cookedFields keeps the packet type and the sender's address.
func (p *Packet) cookedFields(packetType, addrLen uint16, addr []byte) {
	if packetType <= 4 {
		p.Delivery = DeliveryToUs + Delivery(packetType)
	}
	if addrLen == 6 {
		p.SrcMAC, p.HasSrcMAC = MAC(addr), true
	}
}

// cookedProtocol reads what the protocol field announces.
func (p *Packet) cookedProtocol(r rest, arphrd, proto uint16) {
	switch {
	case arphrd == arpNetlink:
		p.payload(r)
	case proto == sllLLC:
		p.llc(r)
	case proto > maxLength:
		p.etherType(r, EtherType(proto))
	default:
		p.payload(r)
	}
}
