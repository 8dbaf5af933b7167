package capture

import (
	"fmt"
	"math"
	"math/bits"
	"time"
)

// Options of an interface description block (section 4.2) and the one that
// ends every list of options (section 3.5).
const (
	optEnd       = 0
	optIfName    = 2
	optTsResol   = 9
	optTsOffset  = 14
	optHeaderLen = 4

	interfaceBodyLen = 8
)

// ngInterface is an interface and how its frames' times are written.
type ngInterface struct {
	Interface
	ticks    uint64 // units of time in a second
	offset   int64  // seconds to add to every time
	maxFrame uint32
}

// readInterface adds the interface of an interface description block.
func (g *pcapngReader) readInterface(b block) error {
	body, err := g.body(b, interfaceBodyLen)
	if err != nil {
		return err
	}
	if len(g.all) == maxInterfaces {
		return fmt.Errorf("more than %d interfaces", maxInterfaces)
	}
	link := LinkType(g.order.uint16(body))
	iface := &ngInterface{
		Interface: Interface{ID: len(g.all), LinkType: link, SnapLen: toInt(g.order.uint32(body[4:]))},
		ticks:     1e6, // microseconds unless an option says otherwise
		maxFrame:  maxFrame(link),
	}
	if err := g.options(body[interfaceBodyLen:], iface.option); err != nil {
		return err
	}
	g.limit = max(g.limit, maxBlock+int64(iface.maxFrame))
	g.all = append(g.all, iface)
	g.section = append(g.section, iface)
	g.consume(b)
	return nil
}

// options calls each with every option of a list.
func (g *pcapngReader) options(list []byte, each func(o byteOrder, code uint16, value []byte)) error {
	for len(list) >= optHeaderLen {
		code, length := g.order.uint16(list), int(g.order.uint16(list[2:]))
		list = list[optHeaderLen:]
		if code == optEnd {
			return nil
		}
		if length > len(list) {
			return fmt.Errorf("option %d says %d bytes, its block has %d left", code, length, len(list))
		}
		each(g.order, code, list[:length])
		list = list[min(len(list), (length+3)&^3):]
	}
	return nil
}

// option takes over what an option says; those of a wrong length say nothing.
func (i *ngInterface) option(o byteOrder, code uint16, value []byte) {
	switch {
	case code == optIfName:
		i.Name = string(value[:min(len(value), maxNameLen)])
	case code == optTsResol && len(value) == 1:
		i.ticks = ticksPerSecond(value[0])
	case code == optTsOffset && len(value) == 8:
		i.offset = int64(o.uint64(value))
	}
}

// ticksPerSecond reads if_tsresol: a negative power of two when its upper bit
// is set and otherwise of ten. Units that are too small for 64 bits count as
// the smallest that are not.
func ticksPerSecond(resolution byte) uint64 {
	if exp := resolution & 0x7f; resolution&0x80 != 0 {
		return 1 << min(exp, 63)
	}
	ticks := uint64(1)
	for range resolution {
		if ticks > math.MaxUint64/10 {
			break
		}
		ticks *= 10
	}
	return ticks
}

// time turns a count of units into a time.
func (i *ngInterface) time(units uint64) time.Time {
	if i.ticks == 1e6 && i.offset == 0 { // most files; the division by a constant is cheaper
		return time.Unix(int64(units/1e6), int64(units%1e6)*1000).UTC()
	}
	seconds, rest := units/i.ticks, units%i.ticks
	hi, lo := bits.Mul64(rest, uint64(time.Second))
	nanos, _ := bits.Div64(hi, lo, i.ticks)
	return time.Unix(int64(seconds)+i.offset, int64(nanos)).UTC()
}
