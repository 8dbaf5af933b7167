package rip

import "github.com/pktjourney/pktjourney/decode/wire"

// Looks reports whether b is like a message of RIP (RFC 2453 section 4): a known command and
// version, and whole entries of families that routers use. The last entry may be cut.
func Looks(b []byte) bool {
	c := wire.NewCursor(proto, b)
	if !looksHeader(&c, 2) {
		return false
	}
	for c.Len() >= entryLen {
		e := c.Sub("entry", entryLen)
		switch e.Uint16("address family") {
		case familyNone, familyIPv4, familyAuth:
		default:
			return false
		}
	}
	return true
}

// LooksNG is Looks for RIPng (RFC 2080 section 2.1).
func LooksNG(b []byte) bool {
	c := wire.NewCursor(proto, b)
	if !looksHeader(&c, 1) {
		return false
	}
	for c.Len() >= entryLen {
		e := c.Sub("entry", entryLen)
		e.Skip("prefix and tag", 18)
		if e.Uint8("prefix length") > 128 {
			return false
		}
	}
	return true
}

// looksHeader: versions have been given out from 1 up to newest.
func looksHeader(c *wire.Cursor, newest uint8) bool {
	command := Command(c.Uint8("command"))
	version := c.Uint8("version")
	c.Skip("reserved", 2)
	return c.Err() == nil && (command == Request || command == Response) && version >= 1 && version <= newest
}
