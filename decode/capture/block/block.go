package block

import (
	"encoding/binary"
	"time"
)

// Block types (section 11.1).
const (
	typeSection    = 0x0a0d0d0a
	typeInterface  = 1
	typeStatistics = 5
	typePacket     = 6
	typeSecrets    = 10
)

const (
	byteOrderMagic  = 0x1a2b3c4d
	secretsTLS      = 0x544c534b // "TLSK" (section 4.7)
	nanoseconds     = 9          // if_tsresol: a negative power of ten
	unknownLength   = 1<<64 - 1
	packetHeaderLen = 28
	startLen        = 8 // type and length
	endLen          = 4 // the length again
)

var order = binary.LittleEndian

// AppendSection appends a section header block (section 4.1). Its options may
// be Comment, Hardware, System and Application.
func AppendSection(b []byte, options ...Option) []byte {
	start := len(b)
	b = begin(b, typeSection)
	b = order.AppendUint32(b, byteOrderMagic)
	b = order.AppendUint16(b, 1) // version 1.0
	b = order.AppendUint16(b, 0)
	b = order.AppendUint64(b, unknownLength)
	return finish(b, start, options)
}

// AppendInterface appends an interface description block (section 4.2) for
// times in nanoseconds. The first of a section is interface 0. Its options may be
// Comment, Name, Description, Filter and System.
func AppendInterface(b []byte, link uint16, snapLen uint32, options ...Option) []byte {
	start := len(b)
	b = begin(b, typeInterface)
	b = order.AppendUint16(b, link)
	b = order.AppendUint16(b, 0)
	b = order.AppendUint32(b, snapLen)
	b = appendOption(b, &Option{optResolution, []byte{nanoseconds}})
	return finish(b, start, options)
}

// Packet is what an enhanced packet block says of a frame.
type Packet struct {
	Interface uint32 // from 0, in the order in which the section describes them
	Time      int64  // nanoseconds since 1970
	WireLen   int    // bytes on the wire
	Data      []byte // bytes captured
}

// AppendPacket appends an enhanced packet block (section 4.3). Its options may
// be Comment and Dropped. Without options it allocates nothing but what b needs.
func AppendPacket(b []byte, p *Packet, options ...Option) []byte {
	start := len(b)
	b = begin(b, typePacket)
	b = order.AppendUint32(b, p.Interface)
	b = appendTime(b, p.Time)
	b = order.AppendUint32(b, uint32(len(p.Data)))
	b = order.AppendUint32(b, uint32(p.WireLen))
	b = pad(append(b, p.Data...), len(p.Data))
	return finish(b, start, options)
}

// PacketLen is how many bytes AppendPacket appends for a frame of n captured
// bytes without options.
func PacketLen(n int) int { return packetHeaderLen + (n+3)&^3 + endLen }

// AppendStatistics appends an interface statistics block (section 4.6), taken
// at the given time. Its options may be Comment, Started, Ended, Received, InterfaceDropped,
// SystemDropped and Delivered.
func AppendStatistics(b []byte, iface uint32, at time.Time, options ...Option) []byte {
	start := len(b)
	b = begin(b, typeStatistics)
	b = order.AppendUint32(b, iface)
	b = appendTime(b, at.UnixNano())
	return finish(b, start, options)
}

// AppendKeyLog appends a decryption secrets block (section 4.7) with TLS
// secrets in the SSLKEYLOGFILE format. It must stand before the frames that they open.
func AppendKeyLog(b, secrets []byte, options ...Option) []byte {
	start := len(b)
	b = begin(b, typeSecrets)
	b = order.AppendUint32(b, secretsTLS)
	b = order.AppendUint32(b, uint32(len(secrets)))
	b = pad(append(b, secrets...), len(secrets))
	return finish(b, start, options)
}

// begin appends the start of a block; finish fills in the length.
func begin(b []byte, kind uint32) []byte {
	b = order.AppendUint32(b, kind)
	return order.AppendUint32(b, 0)
}

// finish appends the options and the length of the block that begins at start.
func finish(b []byte, start int, options []Option) []byte {
	b = appendOptions(b, start, options)
	length := uint32(len(b) - start + endLen)
	order.PutUint32(b[start+4:], length)
	return order.AppendUint32(b, length)
}

// appendTime appends a time as two halves, the upper first.
func appendTime(b []byte, nanos int64) []byte {
	b = order.AppendUint32(b, uint32(uint64(nanos)>>32))
	return order.AppendUint32(b, uint32(nanos))
}

// pad fills up n bytes at the end of b to a multiple of four.
func pad(b []byte, n int) []byte {
	for ; n%4 != 0; n++ {
		b = append(b, 0)
	}
	return b
}
