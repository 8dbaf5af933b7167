// Package save writes frames to a pcapng file while they are captured.
package save

import (
	"io"
	"runtime"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/block"
)

// bufferSize is how many bytes are gathered before they are written.
const bufferSize = 256 << 10

// Writer writes the frames of one interface as pcapng, with times in nanoseconds. Blocks are
// gathered and written whole, so that the file may end behind any write.
type Writer struct {
	w       io.Writer
	b       []byte
	packet  block.Packet
	started time.Time
	count   uint64
	err     error // the first of w; nothing is written after it
}

// About says where a capture comes from.
type About struct {
	Application string
	Filter      string // what the frames passed; "": all did
	Started     time.Time
}

// New writes the head of a capture on one interface to w.
func New(w io.Writer, iface *capture.Interface, about About) (*Writer, error) {
	s := &Writer{w: w, started: about.Started}
	s.b = block.AppendSection(s.b, block.System(runtime.GOOS), block.Application(about.Application))
	options := []block.Option{block.Name(iface.Name)}
	if about.Filter != "" {
		options = append(options, block.Filter(about.Filter))
	}
	s.b = block.AppendInterface(s.b, uint16(iface.LinkType), uint32(iface.SnapLen), options...)
	return s, s.Flush()
}

// Frame writes f.
func (s *Writer) Frame(f *capture.Frame) error {
	if len(s.b)+block.PacketLen(len(f.Data)) > bufferSize {
		if err := s.Flush(); err != nil {
			return err
		}
	}
	s.count++
	s.packet = block.Packet{Time: f.Time.UnixNano(), WireLen: f.WireLen, Data: f.Data}
	if f.Lost > 0 {
		s.b = block.AppendPacket(s.b, &s.packet, block.Dropped(uint64(f.Lost)))
	} else {
		s.b = block.AppendPacket(s.b, &s.packet)
	}
	return s.err
}

// KeyLog writes TLS secrets in the SSLKEYLOGFILE format. They are for the frames that follow.
func (s *Writer) KeyLog(secrets []byte) error {
	s.b = block.AppendKeyLog(s.b, secrets)
	return s.Flush()
}

// Flush writes what was gathered.
func (s *Writer) Flush() error {
	if len(s.b) > 0 && s.err == nil {
		_, s.err = s.w.Write(s.b)
	}
	s.b = s.b[:0]
	return s.err
}

// Close writes the counts of the whole capture and what is left. It does not close what it writes to.
func (s *Writer) Close(c capture.Counts) error {
	s.b = block.AppendStatistics(s.b, 0, c.At,
		block.Started(s.started), block.Ended(c.At), block.Received(c.Received),
		block.InterfaceDropped(c.InterfaceDropped), block.SystemDropped(c.Dropped), block.Delivered(s.count))
	return s.Flush()
}
