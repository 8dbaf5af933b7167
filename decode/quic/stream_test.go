package quic

import "testing"

func appPacket(t *testing.T, c *Conn, frames string) *Packet {
	t.Helper()
	p := &Packet{Header: Header{Type: OneRTT}, Opened: true, payload: unhex(t, frames)}
	if err := c.frames(Client, p); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestStreamFrames(t *testing.T) {
	var table Table
	c := table.begin(&Header{Version: Version1})
	for _, f := range []struct {
		ref, frames, data string
		chunks            int
		end, reset        bool
	}{
		{"RFC 9000 section 19.8: offset and length", "0e000505776f726c64", "", 0, false, false},
		{"RFC 9000 section 19.8: to the end of the packet", "080068656c6c6f", "hello" + "world", 2, false, false},
		{"RFC 9000 section 19.8: repeated", "080068656c6c6f", "", 0, false, false},
		{"RFC 9000 section 19.8: FIN without data", "0d000a", "", 1, true, false},
		{"RFC 9000 section 19.8: after the FIN", "0a000141", "", 0, false, false},
		{"RFC 9000 section 19.4: reset", "04040000", "", 1, false, true},
		{"RFC 9000 section 19.1, 19.2, 19.20", "0000011e", "", 0, false, false},
		{"RFC 9000 section 19.3: ACK with ranges, ECN", "030a0001000101010203", "", 0, false, false},
	} {
		p := appPacket(t, c, f.frames)
		var data string
		var end, reset bool
		for _, chunk := range p.Chunks {
			data += string(chunk.Data)
			end, reset = end || chunk.End, reset || chunk.Reset
		}
		if data != f.data || len(p.Chunks) != f.chunks || end != f.end || reset != f.reset {
			t.Errorf("%s: %+v", f.ref, p.Chunks)
		}
	}
}

func TestCloseAndNewConnectionID(t *testing.T) {
	var table Table
	c := table.begin(&Header{Version: Version1})
	p := appPacket(t, c, "1d0102"+"6869")
	if p.Close == nil || !p.Close.Application || p.Close.Code != 1 || p.Close.Reason != "hi" {
		t.Errorf("RFC 9000 section 19.19: %+v", p.Close)
	}
	appPacket(t, c, "18010004"+"0a0b0c0d"+"000102030405060708090a0b0c0d0e0f")
	b := append([]byte{0x40, 0x0a, 0x0b, 0x0c, 0x0d}, make([]byte, 20)...)
	if got, from := table.Find(b); got != c || from != Server {
		t.Errorf("RFC 9000 section 19.15: found %v, from %v", got, from)
	}
	p = &Packet{Header: Header{Type: OneRTT}, payload: []byte{0x21, 0}}
	if c.frames(Client, p) == nil {
		t.Error("a frame of a type that nobody knows was read")
	}
}

func TestStreamsAreBounded(t *testing.T) {
	var s streams
	for i := range uint64(2 * maxStreams) {
		if a := s.get(4 * i); a != nil {
			a.done = i%2 == 0
		}
	}
	if len(s.open) > maxStreams || s.get(4*3000) != nil && len(s.open) > maxStreams {
		t.Errorf("%d streams", len(s.open))
	}
	if s.get(0) != nil {
		t.Error("a stream that is over begins again")
	}
}
