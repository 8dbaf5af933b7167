package capture

import (
	"fmt"
	"time"
)

// The pcap format: draft-ietf-opsawg-pcap sections 4 (file header) and 5
// (packet record).
const (
	pcapMicro    = 0xa1b2c3d4 // times in microseconds
	pcapNano     = 0xa1b23c4d // times in nanoseconds
	pcapModified = 0xa1b2cd34 // Alexey Kuznetsov's: interface and protocol in each record header

	pcapHeaderLen         = 24
	pcapRecordLen         = 16
	pcapModifiedRecordLen = 24
)

// pcapReader reads the records of a pcap file.
type pcapReader struct {
	in        *input
	order     byteOrder
	tick      int64 // nanoseconds of one unit of the time's second field
	recordLen int   // bytes of a record header
	lengths   lengthOrder
	maxFrame  uint32
	iface     *Interface
}

// lengthOrder says which of the two lengths in a record header comes first.
// Files before version 2.3 have the length on the wire first, and those of 2.3
// themselves may have either.
type lengthOrder int

const (
	capturedFirst lengthOrder = iota
	wireFirst
	smallerIsCaptured
)

// pcapOrder tells the byte order of a pcap file by its magic number.
func pcapOrder(magic []byte) (byteOrder, bool) {
	for _, order := range []byteOrder{littleEndian, bigEndian} {
		switch order.uint32(magic) {
		case pcapMicro, pcapNano, pcapModified:
			return order, true
		}
	}
	return littleEndian, false
}

// newPcapReader reads the file header, of which at least the magic number is
// known to be there.
func newPcapReader(in *input, order byteOrder) (*pcapReader, error) {
	h, ok := in.peek(pcapHeaderLen)
	if !ok {
		return nil, in.missing("the file header of pcap has", pcapHeaderLen)
	}
	link := LinkType(order.uint32(h[20:])) // the upper 16 bits are about the frame check sequence
	p := &pcapReader{
		in:        in,
		order:     order,
		tick:      int64(time.Microsecond),
		recordLen: pcapRecordLen,
		lengths:   lengthOrderOf(order.uint16(h[4:]), order.uint16(h[6:])),
		maxFrame:  maxFrame(link),
		iface:     &Interface{LinkType: link, SnapLen: toInt(order.uint32(h[16:]))},
	}
	switch order.uint32(h) {
	case pcapNano:
		p.tick = 1
	case pcapModified:
		p.recordLen = pcapModifiedRecordLen
	}
	in.advance(pcapHeaderLen)
	return p, nil
}

// lengthOrderOf goes by the version, as libpcap does; 543.0 was written by
// DEC's tcpdump.
func lengthOrderOf(major, minor uint16) lengthOrder {
	switch {
	case major == 2 && minor < 3, major == 543:
		return wireFirst
	case major == 2 && minor == 3:
		return smallerIsCaptured
	}
	return capturedFirst
}

func (p *pcapReader) interfaces() []*Interface { return []*Interface{p.iface} }

func (p *pcapReader) next(f *Frame) error {
	f.Offset = p.in.offset()
	h, ok := p.in.peek(p.recordLen)
	if !ok {
		return p.in.endOr("a record header has", int64(p.recordLen))
	}
	captured, onWire := p.frameLengths(h)
	if captured > p.maxFrame {
		return fmt.Errorf("the record says %d bytes, more than the %d that a frame may have", captured, p.maxFrame)
	}
	n := p.recordLen + int(captured)
	rec, ok := p.in.peek(n)
	if !ok {
		return p.in.missing("the record has", int64(n))
	}
	f.Time = time.Unix(int64(p.order.uint32(rec)), int64(p.order.uint32(rec[4:]))*p.tick).UTC()
	f.LinkType = p.iface.LinkType
	f.Interface = p.iface
	f.WireLen = toInt(onWire)
	f.Data = rec[p.recordLen:]
	p.in.advance(n)
	return nil
}

func (p *pcapReader) frameLengths(h []byte) (captured, onWire uint32) {
	captured, onWire = p.order.uint32(h[8:]), p.order.uint32(h[12:])
	if p.lengths == wireFirst || p.lengths == smallerIsCaptured && captured > onWire {
		captured, onWire = onWire, captured
	}
	return captured, onWire
}
