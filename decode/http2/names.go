package http2

import (
	"math/bits"
	"strconv"
)

// FrameType is what a frame is for (RFC 9113 section 6).
type FrameType uint8

// The frame types of RFC 9113. Others are passed over (section 5.5).
const (
	TypeData         FrameType = 0x0
	TypeHeaders      FrameType = 0x1
	TypePriority     FrameType = 0x2
	TypeRSTStream    FrameType = 0x3
	TypeSettings     FrameType = 0x4
	TypePushPromise  FrameType = 0x5
	TypePing         FrameType = 0x6
	TypeGoAway       FrameType = 0x7
	TypeWindowUpdate FrameType = 0x8
	TypeContinuation FrameType = 0x9
)

var typeNames = [...]string{
	TypeData: "DATA", TypeHeaders: "HEADERS", TypePriority: "PRIORITY", TypeRSTStream: "RST_STREAM", TypeSettings: "SETTINGS",
	TypePushPromise: "PUSH_PROMISE", TypePing: "PING", TypeGoAway: "GOAWAY", TypeWindowUpdate: "WINDOW_UPDATE",
	TypeContinuation: "CONTINUATION",
}

// String is the name of RFC 9113, or the number.
func (t FrameType) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return "frame type " + strconv.Itoa(int(t))
}

// Flags of frames (RFC 9113 section 6). ACK and END_STREAM share a bit.
const (
	flagEndStream  = 0x01
	flagAck        = 0x01
	flagEndHeaders = 0x04
	flagPadded     = 0x08
	flagPriority   = 0x20
)

// Settings that change how frames are read (RFC 9113 section 6.5.2).
const (
	settingHeaderTableSize = 0x1
	settingMaxFrameSize    = 0x5
)

// TypeSet is a set of frame types, the connection preface among them.
type TypeSet uint16

const (
	setPreface TypeSet = 1 << 15
	setOther   TypeSet = 1 << 14 // any type that RFC 9113 does not have
	setUntold  TypeSet = 1 << 13 // the beginning of a header, which does not tell the type yet
)

// setOf is the set with t alone.
func setOf(t FrameType) TypeSet {
	if int(t) < len(typeNames) {
		return 1 << t
	}
	return setOther
}

// String lists the names: "preface, SETTINGS, WINDOW_UPDATE".
func (s TypeSet) String() string {
	var b []byte
	if s&setPreface != 0 {
		b = append(b, "preface"...)
	}
	for s &^= setPreface | setUntold; s != 0; s &= s - 1 {
		if len(b) > 0 {
			b = append(b, ", "...)
		}
		if t := bits.TrailingZeros16(uint16(s)); t < len(typeNames) {
			b = append(b, typeNames[t]...)
		} else {
			b = append(b, "other frames"...)
		}
	}
	return string(b)
}
