package capture

import (
	"fmt"
	"time"
)

// Bytes of the fixed fields before the data of a frame.
const (
	enhancedBodyLen = 20 // section 4.3
	simpleBodyLen   = 4  // section 4.4
	obsoleteBodyLen = 20 // appendix A
)

// readFrame consumes a block that holds a frame.
func (g *pcapngReader) readFrame(b block, f *Frame) error {
	body, err := g.body(b, frameBodyLen(b.kind))
	if err != nil {
		return err
	}
	switch b.kind {
	case blockEnhanced:
		err = g.frame(body, g.order.uint32(body), f)
	case blockPacket: // a shorter interface ID and a count of drops beside it
		err = g.frame(body, uint32(g.order.uint16(body)), f)
	case blockSimple:
		err = g.simple(body, f)
	}
	if err != nil {
		return err
	}
	g.consume(b)
	return nil
}

func frameBodyLen(kind uint32) int {
	switch kind {
	case blockEnhanced:
		return enhancedBodyLen
	case blockPacket:
		return obsoleteBodyLen
	}
	return simpleBodyLen
}

// frame reads what comes after the interface ID: time, lengths and data.
func (g *pcapngReader) frame(body []byte, id uint32, f *Frame) error {
	iface, err := g.interfaceOf(id)
	if err != nil {
		return err
	}
	units := uint64(g.order.uint32(body[4:]))<<32 | uint64(g.order.uint32(body[8:]))
	f.Time = iface.time(units)
	return iface.fill(f, body[enhancedBodyLen:], g.order.uint32(body[12:]), g.order.uint32(body[16:]))
}

// simple reads the body of a simple packet block: no time, the first
// interface, and as many bytes as its snap length lets through.
func (g *pcapngReader) simple(body []byte, f *Frame) error {
	iface, err := g.interfaceOf(0)
	if err != nil {
		return err
	}
	f.Time = time.Time{}
	onWire := g.order.uint32(body)
	captured := onWire
	if iface.SnapLen > 0 {
		captured = min(captured, uint32(iface.SnapLen))
	}
	return iface.fill(f, body[simpleBodyLen:], captured, onWire)
}

func (g *pcapngReader) interfaceOf(id uint32) (*ngInterface, error) {
	if uint64(id) >= uint64(len(g.section)) {
		return nil, fmt.Errorf("a frame of interface %d, of which its section says nothing", id)
	}
	return g.section[id], nil
}

// fill sets all of f but its time; rest begins with the data.
func (i *ngInterface) fill(f *Frame, rest []byte, captured, onWire uint32) error {
	if captured > i.maxFrame {
		return fmt.Errorf("the block says %d bytes, more than the %d that a frame may have", captured, i.maxFrame)
	}
	if int64(captured) > int64(len(rest)) {
		return fmt.Errorf("the block says that its frame has %d bytes, it holds %d", captured, len(rest))
	}
	f.LinkType = i.LinkType
	f.Interface = &i.Interface
	f.WireLen = toInt(onWire)
	f.Data = rest[:captured:captured]
	return nil
}
