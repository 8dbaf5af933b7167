package quic

import (
	"bytes"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// retry takes a Retry packet: the client begins again with the connection ID that the server
// chose, and the keys of Initial packets follow that (RFC 9001 section 5.2).
func (c *Conn) retry(b []byte, h *Header) error {
	f := h.Version.family()
	if f.retry.key != "" && !f.authentic(b, c.original) {
		return &wire.Error{Proto: "quic", Field: "retry.integrity_tag", Span: wire.Span{Off: len(b) - tagLen, Len: tagLen}, Err: wire.ErrMalformed}
	}
	c.restart(h.SCID)
	return nil
}

// restart makes id the connection ID that Initial keys are derived from. Packet numbers and CRYPTO
// offsets go on (RFC 9000 section 17.2.5.3) but the ClientHello is sent anew.
func (c *Conn) restart(id []byte) {
	c.derived = bytes.Clone(id)
	for i := range c.half {
		h := &c.half[i]
		h.keys[levelInitial] = nil
		if s := h.crypto[levelInitial]; s != nil {
			s.giveUp(&c.table.budget)
			h.crypto[levelInitial] = nil
		}
	}
}

// authentic checks the integrity tag at the end of a Retry packet (RFC 9001 section 5.8). original is
// the Destination Connection ID of the Initial packet that it answers.
func (f *family) authentic(b, original []byte) bool {
	aead, err := newGCM([]byte(f.retry.key))
	if err != nil || len(b) < tagLen {
		return false
	}
	body, tag := b[:len(b)-tagLen], b[len(b)-tagLen:]
	pseudo := append([]byte{byte(len(original))}, original...)
	_, err = aead.Open(nil, []byte(f.retry.nonce), tag, append(pseudo, body...))
	return err == nil
}
