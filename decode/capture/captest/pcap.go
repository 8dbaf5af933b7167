// Package captest writes small captures in memory for tests. What it writes is
// correct unless a test asks otherwise; it checks nothing.
package captest

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// order is what both byte orders of encoding/binary can do.
type order interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// PcapStyle is how a pcap file is written. The zero value is what tcpdump
// writes on most machines: little endian, microseconds.
type PcapStyle struct {
	BigEndian bool
	Nano      bool   // times in nanoseconds
	Modified  bool   // the longer record headers of Alexey Kuznetsov's format
	LinkBits  uint32 // upper bits of the link type field
	Minor     uint16 // minor version; 0 is the usual 4
}

// Pcap is a pcap file of the given frames, of which Time, WireLen (0: nothing
// was cut) and Data count.
func Pcap(link capture.LinkType, frames ...capture.Frame) []byte {
	return PcapStyle{}.Pcap(link, frames...)
}

// Pcap is a pcap file in that style.
func (s PcapStyle) Pcap(link capture.LinkType, frames ...capture.Frame) []byte {
	b := s.header(link)
	for i := range frames {
		b = s.record(b, &frames[i])
	}
	return b
}

func (s PcapStyle) order() order {
	if s.BigEndian {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

func (s PcapStyle) magic() uint32 {
	switch {
	case s.Nano:
		return 0xa1b23c4d
	case s.Modified:
		return 0xa1b2cd34
	}
	return 0xa1b2c3d4
}

func (s PcapStyle) header(link capture.LinkType) []byte {
	o, minor := s.order(), s.Minor
	if minor == 0 {
		minor = 4
	}
	b := o.AppendUint32(nil, s.magic())
	b = o.AppendUint16(b, 2)
	b = o.AppendUint16(b, minor)
	b = append(b, make([]byte, 8)...) // time zone and accuracy, not used
	b = o.AppendUint32(b, 262144)
	return o.AppendUint32(b, uint32(link)|s.LinkBits)
}

func (s PcapStyle) record(b []byte, f *capture.Frame) []byte {
	o, fraction := s.order(), f.Time.Nanosecond()
	if !s.Nano {
		fraction /= 1000
	}
	b = o.AppendUint32(b, uint32(f.Time.Unix()))
	b = o.AppendUint32(b, uint32(fraction))
	captured, onWire := uint32(len(f.Data)), uint32(wireLen(f))
	if s.Minor > 0 && s.Minor < 3 {
		captured, onWire = onWire, captured
	}
	b = o.AppendUint32(b, captured)
	b = o.AppendUint32(b, onWire)
	if s.Modified {
		b = append(b, make([]byte, 8)...) // interface, protocol, packet type
	}
	return append(b, f.Data...)
}

func wireLen(f *capture.Frame) int {
	if f.WireLen > 0 {
		return f.WireLen
	}
	return len(f.Data)
}
