package captest

import (
	"encoding/binary"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// Block types of pcapng.
const (
	SectionBlock   = 0x0a0d0d0a
	InterfaceBlock = 1
	PacketBlock    = 2
	SimpleBlock    = 3
	EnhancedBlock  = 6
	SecretsBlock   = 10
)

// Ng is a pcapng file of one section with the given frames. Of a frame Time,
// WireLen (0: nothing was cut), Data and Interface count; a nil Interface is
// one without a name and of LinkType. Times are written in nanoseconds.
func Ng(frames ...capture.Frame) []byte {
	w := NewNgWriter(false)
	ids := map[capture.Interface]uint32{}
	for i := range frames {
		f := &frames[i]
		iface := capture.Interface{LinkType: f.LinkType}
		if f.Interface != nil {
			iface = *f.Interface
		}
		id, ok := ids[iface]
		if !ok {
			id = uint32(len(ids))
			ids[iface] = id
			w.Interface(iface, w.Option(9, []byte{9}))
		}
		w.Enhanced(id, uint64(f.Time.UnixNano()), f)
	}
	return w.Bytes()
}

// NgWriter writes a pcapng file block by block.
type NgWriter struct {
	order order
	b     []byte
}

// NewNgWriter begins a file with a section of the given byte order.
func NewNgWriter(bigEndian bool) *NgWriter {
	w := &NgWriter{}
	w.Section(bigEndian)
	return w
}

// Bytes is the file so far.
func (w *NgWriter) Bytes() []byte { return w.b }

// Section begins a section.
func (w *NgWriter) Section(bigEndian bool) {
	w.order = binary.LittleEndian
	if bigEndian {
		w.order = binary.BigEndian
	}
	body := w.order.AppendUint32(nil, 0x1a2b3c4d)
	body = w.order.AppendUint16(body, 1)
	body = w.order.AppendUint16(body, 0)
	w.Block(SectionBlock, w.order.AppendUint64(body, ^uint64(0))) // length not known
}

// Block adds a block of any type, padded to four bytes.
func (w *NgWriter) Block(kind uint32, body []byte) {
	body = pad(body)
	length := uint32(len(body) + 12)
	w.b = w.order.AppendUint32(w.b, kind)
	w.b = w.order.AppendUint32(w.b, length)
	w.b = append(w.b, body...)
	w.b = w.order.AppendUint32(w.b, length)
}

// Option is the bytes of one option in the section's byte order.
func (w *NgWriter) Option(code uint16, value []byte) []byte {
	b := w.order.AppendUint16(nil, code)
	b = w.order.AppendUint16(b, uint16(len(value)))
	return pad(append(b, value...))
}

// Interface adds an interface description; its ID counts from 0 in each section.
func (w *NgWriter) Interface(iface capture.Interface, options ...[]byte) {
	body := w.order.AppendUint16(nil, uint16(iface.LinkType))
	body = w.order.AppendUint16(body, 0)
	body = w.order.AppendUint32(body, uint32(iface.SnapLen))
	if iface.Name != "" {
		body = append(body, w.Option(2, []byte(iface.Name))...)
	}
	for _, o := range options {
		body = append(body, o...)
	}
	w.Block(InterfaceBlock, body)
}

// Enhanced adds an enhanced packet block; units is the time in the
// interface's resolution.
func (w *NgWriter) Enhanced(iface uint32, units uint64, f *capture.Frame, options ...[]byte) {
	body := w.order.AppendUint32(nil, iface)
	body = pad(append(w.times(body, units, f), f.Data...))
	for _, o := range options {
		body = append(body, o...)
	}
	w.Block(EnhancedBlock, body)
}

// Obsolete adds a packet block as the first writers of pcapng did.
func (w *NgWriter) Obsolete(iface uint16, units uint64, f *capture.Frame) {
	body := w.order.AppendUint16(nil, iface)
	body = w.order.AppendUint16(body, 3) // frames that were dropped
	w.Block(PacketBlock, append(w.times(body, units, f), f.Data...))
}

func (w *NgWriter) times(body []byte, units uint64, f *capture.Frame) []byte {
	body = w.order.AppendUint32(body, uint32(units>>32))
	body = w.order.AppendUint32(body, uint32(units))
	body = w.order.AppendUint32(body, uint32(len(f.Data)))
	return w.order.AppendUint32(body, uint32(wireLen(f)))
}

// Simple adds a simple packet block, which has no time.
func (w *NgWriter) Simple(f *capture.Frame) {
	body := w.order.AppendUint32(nil, uint32(wireLen(f)))
	w.Block(SimpleBlock, append(body, f.Data...))
}

// KeyLog adds a decryption secrets block with TLS secrets.
func (w *NgWriter) KeyLog(secrets string) {
	body := w.order.AppendUint32(nil, 0x544c534b)
	body = w.order.AppendUint32(body, uint32(len(secrets)))
	w.Block(SecretsBlock, append(body, secrets...))
}

func pad(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}
