package dhcpv6

import "github.com/pktjourney/pktjourney/decode/wire"

// The sizes of a DUID, its type included (RFC 8415 section 11.1).
const (
	minDUID = 2 + 1
	maxDUID = 2 + 128
)

// DUID is the name that a client or server keeps for life (RFC 8415 section
// 11), its type included.
type DUID []byte

// Type says what the DUID is made from; zero when there is no DUID.
func (d DUID) Type() DUIDType {
	c := wire.NewCursor(proto, d)
	return DUIDType(c.Uint16("type"))
}

// LinkLayerAddr is the link-layer address that the DUID is made from, of an
// interface that the host has or had; nil when it is made from something else
// (RFC 8415 sections 11.2 and 11.4).
func (d DUID) LinkLayerAddr() []byte {
	c := wire.NewCursor(proto, d)
	switch kind := DUIDType(c.Uint16("type")); kind {
	case DUIDLLT:
		c.Skip("hardware type and time", 2+4)
	case DUIDLL:
		c.Skip("hardware type", 2)
	default:
		return nil
	}
	return c.Rest()
}

// String is the DUID in lower-case hexadecimal with colons, as servers' lease
// files and Wireshark's filters (dhcpv6.duid.bytes) have it; empty when there is none.
func (d DUID) String() string {
	const digits = "0123456789abcdef"
	var text [3 * maxDUID]byte
	out := text[:0]
	for i, v := range d {
		if i > 0 {
			out = append(out, ':')
		}
		out = append(out, digits[v>>4], digits[v&15])
	}
	return string(out)
}

// readClientID reads who the client is (RFC 8415 section 21.2).
func readClientID(m *Message, c *wire.Cursor) { m.ClientID = duid(c, "client identifier") }

// readServerID reads which server it is, or is meant (RFC 8415 section 21.3).
func readServerID(m *Message, c *wire.Cursor) { m.ServerID = duid(c, "server identifier") }

func duid(c *wire.Cursor, field string) DUID {
	if c.Len() < minDUID {
		c.Fail(field, minDUID, wire.ErrShort)
	} else if c.Len() > maxDUID {
		c.Fail(field, c.Len(), wire.ErrMalformed)
	}
	return c.Rest()
}
