package quic

import "testing"

// FuzzConn reads a datagram of each side after a handshake has begun.
func FuzzConn(f *testing.F) {
	for _, v := range []Version{Version1, Version2} {
		f.Add(clientInitial(f, v), serverInitial(f, v))
		f.Add(clientInitial(f, v), retryOf(f, v))
	}
	f.Add([]byte{0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, []byte("\x4cfe4189655e5cd55c41f69"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var table Table
		c := table.Open(clientInitial(t, Version1))
		if len(a) > 0 && a[0]&1 == 0 {
			c = table.Join(a, len(a)+int(a[0]))
		}
		if c == nil {
			return
		}
		c.Secrets = func(string) []byte { return make([]byte, 32) }
		read(t, c, Client, a)
		read(t, c, Server, b)
		table.Find(a)
		table.Forget(c)
		if table.budget.held != 0 || len(table.byID) != 0 {
			t.Errorf("forgotten, but %d bytes and %d IDs are held", table.budget.held, len(table.byID))
		}
	})
}

// read reads a datagram, and checks that each packet takes bytes of it.
func read(t *testing.T, c *Conn, from Side, b []byte) {
	var p Packet
	for off := 0; off < len(b); {
		n, _ := c.Next(from, b[off:], len(b)-off, &p)
		if n <= 0 || off+n > len(b) {
			t.Fatalf("packet of %d bytes at %d of %d", n, off, len(b))
		}
		p.AppendFacts(nil)
		off += n
	}
}

// FuzzFrames reads the frames of two opened packets.
func FuzzFrames(f *testing.F) {
	f.Add(initialHello(f)[:300], []byte{})
	f.Add(unhex(f, "0a000548454c4c4f"), unhex(f, "0f0000053031"))
	f.Add(unhex(f, "0e04010548454c4c4f"), unhex(f, "0b0401480604000000000100"))
	f.Add(unhex(f, "0205000000"), unhex(f, "1c000006726561736f6e1801000401020304ffffffffffffffffffffffffffffffff"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var table Table
		c := table.begin(&Header{Version: Version1})
		for _, payload := range [][]byte{a, b} {
			p := Packet{Header: Header{Type: OneRTT}, Opened: true, payload: payload}
			c.frames(Client, &p)
			for _, chunk := range p.Chunks {
				if len(chunk.Data) > len(a)+len(b) {
					t.Fatalf("chunk of %d bytes", len(chunk.Data))
				}
			}
		}
		table.Forget(c)
		if table.budget.held != 0 {
			t.Errorf("%d bytes are held", table.budget.held)
		}
	})
}
