package block

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// ByteOrder is that of the numbers in a section.
type ByteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// optionsAt is where the options of a block begin that may have comments here: of section headers (section
// 4.1), enhanced packets (section 4.3) and the obsolete packets (appendix A).
func optionsAt(raw []byte, order ByteOrder) (at int, ok bool) {
	const (
		obsoletePacket = 2
		sectionLen     = 24
	)
	if len(raw) < packetHeaderLen+endLen {
		return 0, false
	}
	switch order.Uint32(raw) {
	case typeSection:
		at = sectionLen
	case typePacket, obsoletePacket:
		n := order.Uint32(raw[20:])
		if int64(n) > int64(len(raw)) {
			return 0, false
		}
		at = packetHeaderLen + int(n+3)&^3
	default:
		return 0, false
	}
	return at, at+endLen <= len(raw)
}

// Order is the byte order of a section, whose header raw is; nil when it has none.
func Order(raw []byte) ByteOrder {
	if len(raw) < startLen+4 {
		return nil
	}
	for _, order := range []ByteOrder{binary.LittleEndian, binary.BigEndian} {
		if order.Uint32(raw[startLen:]) == byteOrderMagic {
			return order
		}
	}
	return nil
}

// ForgetLength makes the section header raw say nothing of the section's length, which is no longer
// right once blocks have grown.
func ForgetLength(raw []byte) {
	if order := Order(raw); order != nil && len(raw) >= startLen+16 {
		order.PutUint64(raw[startLen+8:], unknownLength)
	}
}

// IsSection reports whether a block is a section header, whatever its byte order.
func IsSection(raw []byte) bool {
	return len(raw) >= startLen && binary.LittleEndian.Uint32(raw) == typeSection
}

// Cut cuts the first block off b, whose byte order is that of its section; order may be nil in front of
// a section header. first is empty when b does not begin with a whole block.
func Cut(b []byte, order ByteOrder) (first, rest []byte) {
	if IsSection(b) {
		order = Order(b)
	}
	if order == nil || len(b) < startLen+endLen {
		return nil, b
	}
	n := (int64(order.Uint32(b[4:])) + 3) &^ 3
	if n < startLen+endLen || n > int64(len(b)) {
		return nil, b
	}
	return b[:n:n], b[n:]
}

// Comments gives the comments of a block to visit, in their order.
func Comments(raw []byte, order ByteOrder, visit func(text []byte)) {
	at, ok := optionsAt(raw, order)
	if !ok {
		return
	}
	eachOption(raw[at:len(raw)-endLen], order, func(code uint16, whole, value []byte) {
		if code == optComment {
			visit(value)
		}
	})
}

// eachOption gives the options of a block to visit, each whole and its value, and gives back
// what stands behind them: nothing, the end of options, or what can not be read.
func eachOption(b []byte, order ByteOrder, visit func(code uint16, whole, value []byte)) (rest []byte) {
	for len(b) >= 4 {
		code, n := order.Uint16(b), int(order.Uint16(b[2:]))
		whole := 4 + (n+3)&^3
		if code == optEnd || whole > len(b) {
			break
		}
		visit(code, b[:whole], b[4:4+n])
		b = b[whole:]
	}
	return b
}

// AppendCommented appends the block raw with one comment more, behind its other options, and without the comments
// that drop says; both may be nothing, then it is raw. A block that can have no comment, as a simple packet block, is
// appended as it is. What can not be read of the options stays behind the comment.
func AppendCommented(b, raw []byte, order ByteOrder, comment []byte, drop func(text []byte) bool) []byte {
	at, ok := optionsAt(raw, order)
	if !ok || !changes(raw, order, comment, drop) {
		return append(b, raw...)
	}
	start := len(b)
	b = append(b, raw[:at]...)
	rest := eachOption(raw[at:len(raw)-endLen], order, func(code uint16, whole, value []byte) {
		if code != optComment || drop == nil || !drop(value) {
			b = append(b, whole...)
		}
	})
	if value := cut(comment); len(value) > 0 {
		b = order.AppendUint16(b, optComment)
		b = order.AppendUint16(b, uint16(len(value)))
		b = pad(append(b, value...), len(value))
	}
	switch {
	case len(b) == start+at:
	case len(rest) == 0 || bytes.Equal(rest, []byte{0, 0, 0, 0}):
		b = append(b, 0, 0, 0, 0) // the end of options
	default:
		b = append(b, rest...)
	}
	length := uint32(len(b) - start + endLen)
	order.PutUint32(b[start+4:], length)
	return order.AppendUint32(b, length)
}

// changes reports whether AppendCommented has anything to do.
func changes(raw []byte, order ByteOrder, comment []byte, drop func([]byte) bool) bool {
	change := len(comment) > 0
	if drop != nil && !change {
		Comments(raw, order, func(text []byte) { change = change || drop(text) })
	}
	return change
}

// AppendKeyLogIn is AppendKeyLog in the byte order of a section.
func AppendKeyLogIn(b, secrets []byte, order ByteOrder) []byte {
	start := len(b)
	b = AppendKeyLog(b, secrets)
	if order != ByteOrder(binary.LittleEndian) {
		for _, at := range []int{start, start + 4, start + 8, start + 12, len(b) - endLen} {
			slices.Reverse(b[at : at+4])
		}
	}
	return b
}
