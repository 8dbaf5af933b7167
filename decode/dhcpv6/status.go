package dhcpv6

import "github.com/pktjourney/pktjourney/decode/wire"

// Status says how a request went. Where the option is absent it is Success, as
// the standard has it (RFC 8415 section 21.13).
type Status struct {
	Code StatusCode
	Text string // for people
}

func readMessageStatus(m *Message, c *wire.Cursor) { m.Status = status(c) }

func status(c *wire.Cursor) Status {
	code := StatusCode(c.Uint16("status code"))
	return Status{Code: code, Text: string(c.Rest())}
}

// statusWithin reads the options of an address or prefix, of which only the
// status is known here.
func statusWithin(c *wire.Cursor) Status {
	var s Status
	for !c.Empty() {
		code, v := subOption(c)
		if code == OptionStatusCode {
			s = status(&v)
		}
	}
	return s
}

// failure is the first status that is not Success, and where it stands: that
// of the message, or of an IA, or of an address or prefix in one.
func (m *Message) failure() (StatusCode, wire.Span) {
	if m.Status.Code != Success {
		return m.Status.Code, m.span(OptionStatusCode)
	}
	for i := range m.IAs {
		if ia := &m.IAs[i]; ia.Status.Code != Success {
			return ia.Status.Code, ia.Span
		}
	}
	for i := range m.Addresses {
		if a := &m.Addresses[i]; a.Status.Code != Success {
			return a.Status.Code, m.IAs[a.IA].Span
		}
	}
	for i := range m.Prefixes {
		if p := &m.Prefixes[i]; p.Status.Code != Success {
			return p.Status.Code, m.IAs[p.IA].Span
		}
	}
	return Success, wire.Span{}
}
