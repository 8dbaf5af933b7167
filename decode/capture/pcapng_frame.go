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

const (
	optDropped = 4       // of an enhanced packet block
	maxLost    = 1 << 40 // what a count of drops is believed up to
	noCount    = 0xffff  // of a packet block that does not know its drops
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
		if n := g.order.uint16(body[2:]); n != noCount {
			f.Lost = int(n)
		}
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
	rest := body[enhancedBodyLen:]
	if err := iface.fill(f, rest, g.order.uint32(body[12:]), g.order.uint32(body[16:])); err != nil {
		return err
	}
	f.Lost = 0
	if options := rest[min((len(f.Data)+3)&^3, len(rest)):]; len(options) > 0 {
		g.lost(options, f)
	}
	return nil
}

// lost reads how many frames were dropped before f (epb_dropcount). Options that can not be read
// say nothing: the frame itself is whole.
func (g *pcapngReader) lost(options []byte, f *Frame) {
	_ = g.options(options, func(o byteOrder, code uint16, value []byte) {
		if code == optDropped && len(value) == 8 {
			f.Lost = int(min(o.uint64(value), maxLost))
		}
	})
}

// simple reads the body of a simple packet block: no time, the first
// interface, and as many bytes as its snap length lets through.
func (g *pcapngReader) simple(body []byte, f *Frame) error {
	iface, err := g.interfaceOf(0)
	if err != nil {
		return err
	}
	f.Time, f.Lost = time.Time{}, 0
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
