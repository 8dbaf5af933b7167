package layers

import "encoding/binary"

// Option kinds (RFC 9293 section 3.2, RFC 7323, RFC 2018).
const (
	optEnd       = 0
	optNop       = 1
	optMSS       = 2
	optWScale    = 3
	optSACKPerm  = 4
	optSACK      = 5
	optTimestamp = 8
)

// tcpOptions reads the options b, which stand at off in the frame. An option
// whose length breaks the rules ends the list.
func (p *Packet) tcpOptions(b []byte, off int32) {
	for i := 0; i < len(b) && b[i] != optEnd; {
		if b[i] == optNop {
			i++
			continue
		}
		if i+1 >= len(b) || b[i+1] < 2 || int(b[i+1]) > len(b)-i {
			p.malformed(LayerTCP, "option length", off+int32(i), min(2, len(b)-i))
			return
		}
		n := int(b[i+1])
		p.TCP.option(b[i], b[i+2:i+n])
		i += n
	}
}

// option keeps one option. Those of a length that is not theirs count as unknown.
func (t *TCP) option(kind byte, v []byte) {
	switch {
	case kind == optMSS && len(v) == 2:
		t.MSS = binary.BigEndian.Uint16(v)
	case kind == optWScale && len(v) == 1:
		t.WScale, t.HasWScale = v[0], true
	case kind == optSACKPerm && len(v) == 0:
		t.SACKPerm = true
	case kind == optSACK:
		t.HasSACK = true
	case kind == optTimestamp && len(v) == 8:
		t.TSVal, t.TSEcr = binary.BigEndian.Uint32(v[0:4]), binary.BigEndian.Uint32(v[4:8])
		t.HasTS = true
	}
}
