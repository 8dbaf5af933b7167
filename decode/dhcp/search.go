package dhcp

import "github.com/pktjourney/pktjourney/decode/wire"

// maxSearch bounds the names of a search list, which compression makes longer
// than the option; resolvers take less (RFC 3397 section 2 gives no limit).
const maxSearch = 64

// pointerBits mark a compression pointer (RFC 1035 section 4.1.4).
const pointerBits = 0xc0

// readDomainSearch reads at least one name, all put together before (RFC 3397
// section 2). Those beyond maxSearch are passed over.
func readDomainSearch(m *Message, c *wire.Cursor) {
	list := c.Rest()
	for at := 0; len(m.DomainSearch) < maxSearch; {
		n := searchName{list: list, at: wire.NewCursor(proto, list), start: at}
		n.at.Skip("domain search", at)
		text := n.read()
		if n.at.Err() != nil {
			c.Fail("domain search", 1, wire.ErrMalformed)
			return
		}
		m.DomainSearch = append(m.DomainSearch, text)
		if at = n.own(); at == len(list) {
			return
		}
	}
}

// searchName reads one name of a search list.
type searchName struct {
	list  []byte
	at    wire.Cursor // the next label
	start int         // of the labels that are read now; a pointer must point before them
	end   int         // where the name ends in its own place; 0 until the first pointer
}

// read gives the name without its final dot, "." for the root. A name has less
// labels than bytes, so that this many steps are enough for labels and pointers.
func (s *searchName) read() string {
	var text [2 * wire.MaxName]byte
	out := text[:0]
	size := 1
	for range wire.MaxName {
		n := int(s.at.Uint8("label"))
		switch {
		case n == 0 && len(out) == 0:
			return "."
		case n == 0:
			return string(out)
		case n >= pointerBits:
			s.jump(n &^ pointerBits)
			continue
		}
		if size += n + 1; n > wire.MaxLabel || size > wire.MaxName {
			break
		}
		out = wire.AppendLabel(out, s.at.Bytes("label", n))
	}
	s.at.Fail("label", 1, wire.ErrMalformed)
	return ""
}

// jump follows a pointer, which counts from the start of the list and leads
// further back than the one before.
func (s *searchName) jump(upper int) {
	target := upper<<8 | int(s.at.Uint8("pointer"))
	if s.end == 0 {
		s.end = s.at.Off()
	}
	if target >= s.start {
		s.at.Fail("pointer", 2, wire.ErrMalformed)
		return
	}
	s.at, s.start = wire.NewCursor(proto, s.list), target
	s.at.Skip("pointer", target)
}

// own is how far the name was read in its own place.
func (s *searchName) own() int {
	if s.end > 0 {
		return s.end
	}
	return s.at.Off()
}
