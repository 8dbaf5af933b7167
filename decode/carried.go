package decode

import (
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/tls"
)

// carriedTLS is a TLS connection inside of messages of another protocol, which cuts it into pieces.
type carriedTLS struct {
	tls   *tls.Conn
	began [2]bool
	half  [2]carriedHalf
}

type carriedHalf struct {
	held     []byte // pieces of what is not complete
	building ranges // the frames of the record that is being read
}

// maxCarried bounds the pieces that are held: a handshake message has at most 2^14 bytes in each of
// few records (RFC 8446 section 5.1).
const maxCarried = 1 << 17

// carry reads a piece of TLS that frame brought in the direction dir. more says that what it is a piece
// of goes on. The facts of the records that end with it are those of r.
func (d *Decoder) carry(r *Frame, c *carriedTLS, dir flow.Dir, piece []byte, frame int, more bool) {
	h := &c.half[dir]
	h.building = h.building.add(frame)
	if (more || len(h.held) > 0) && len(h.held)+len(piece) <= maxCarried {
		h.held = append(h.held, piece...)
		piece = h.held
	}
	if more && len(h.held) > 0 {
		return
	}
	h.held = nil
	d.tlsParts = c.tls.Data(dir, piece, d.tlsParts[:0])
	ended := false
	for i := range d.tlsParts {
		p := &d.tlsParts[i]
		ended = p.End
		if p.End && tlsKind(p.Class) != Unknown {
			d.records = append(d.records, p.Record)
			r.Message = ranges(r.Message).join(h.building)
		}
	}
	if ended {
		h.building = h.building[:0]
	}
	d.tellRecords(r, c.tls)
	r.dropOwn()
}

// tellRecords puts the facts of the records that ended in r on it.
func (d *Decoder) tellRecords(r *Frame, c *tls.Conn) {
	if len(d.records) > 0 {
		r.Facts = c.AppendFacts(r.Facts, d.records, &d.known)
		d.records = d.records[:0]
	}
}
