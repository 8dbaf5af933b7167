package quic

// Table finds connections by the connection IDs that their ends chose, so that
// packets are known that come from another address (RFC 9000 section 9). The zero value is ready.
type Table struct {
	byID    map[id]*Conn
	lengths [maxIDLen + 1]int // how many IDs have each length
	budget  budget
}

// The limits of a Table.
const (
	// MaxIDs is how many connection IDs are known at once; further ones are not followed.
	MaxIDs = 1 << 16
	// maxIDsOfConn is how many one connection may have; an end rarely offers more than eight.
	maxIDsOfConn = 24
)

// id is a connection ID as a map key.
type id struct {
	len   uint8
	bytes [maxIDLen]byte
}

func makeID(b []byte) id {
	k := id{len: uint8(len(b))}
	copy(k.bytes[:], b)
	return k
}

// Find gives the connection that the packet at b belongs to by the connection ID of its receiver, and
// the side that sent it; nil when none is known. Of a short header it tries every length that IDs have.
func (t *Table) Find(b []byte) (c *Conn, from Side) {
	if len(b) > 0 && b[0]&longForm != 0 {
		h, _ := parseHeader(b, len(b), 0)
		if c := t.byID[makeID(h.DCID)]; c != nil {
			return c, c.chose(makeID(h.DCID)).Other()
		}
		return nil, Client
	}
	for n := maxIDLen; n > 0; n-- {
		if t.lengths[n] == 0 || len(b) <= n {
			continue
		}
		k := makeID(b[1 : 1+n])
		if c := t.byID[k]; c != nil {
			return c, c.chose(k).Other()
		}
	}
	return nil, Client
}

// add notes that side of c chose the connection ID b.
func (t *Table) add(c *Conn, side Side, b []byte) {
	if len(b) == 0 || len(b) > maxIDLen || len(c.ids) == maxIDsOfConn || len(t.byID) == MaxIDs {
		return
	}
	k := makeID(b)
	if _, known := t.byID[k]; known {
		return
	}
	if t.byID == nil {
		t.byID = make(map[id]*Conn)
	}
	t.byID[k] = c
	t.lengths[k.len]++
	c.ids = append(c.ids, chosen{k, side})
}

// Forget drops c: nothing more of it is expected.
func (t *Table) Forget(c *Conn) {
	for _, k := range c.ids {
		delete(t.byID, k.id)
		t.lengths[k.len]--
	}
	c.ids = nil
	c.release()
}
