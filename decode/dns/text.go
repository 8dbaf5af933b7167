package dns

import (
	"fmt"
	"strconv"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// maxText is how much text one message may make us write. Compression and
// escapes let 64 kB ask for many megabytes of names; whole zones in one message
// stay far below this.
const maxText = 1 << 20

var errText = fmt.Errorf("%w: names and data grow beyond 1 MiB", wire.ErrMalformed)

// made is the text put together since it was last emptied, as a string of its own.
func (p *parser) made(c *wire.Cursor, field string) string {
	p.spent += len(p.text)
	if p.spent > maxText {
		c.Fail(field, 0, errText)
		return ""
	}
	return string(p.text)
}

// shared is made, but a name that was read lately is not made anew.
func (p *parser) shared(c *wire.Cursor, field string) string {
	if s, ok := p.m.names.find(p.text); ok {
		return s
	}
	s := p.made(c, field)
	p.m.names.add(s)
	return s
}

// names are those that were read last. The records of a message mostly repeat
// the name of its question, and an answer that of its query.
type names struct {
	last [8]string
	next uint8 // which to replace
}

func (n *names) find(text []byte) (string, bool) {
	for _, s := range n.last {
		if s == string(text) && s != "" {
			return s, true
		}
	}
	return "", false
}

func (n *names) add(s string) {
	n.last[n.next%uint8(len(n.last))] = s
	n.next++
}

// space separates the parts of a record's data.
func (p *parser) space() {
	if len(p.text) > 0 {
		p.text = append(p.text, ' ')
	}
}

// number appends a part that is a number.
func (p *parser) number(n uint64) {
	p.space()
	p.text = strconv.AppendUint(p.text, n, 10)
}

// upperHex appends bytes in hexadecimal.
func (p *parser) upperHex(b []byte) {
	const digits = "0123456789ABCDEF"
	for _, v := range b {
		p.text = append(p.text, digits[v>>4], digits[v&15])
	}
}

// quoted appends a part in quotes (RFC 1035 section 5.1).
func (p *parser) quoted(b []byte) {
	p.space()
	p.text = append(p.text, '"')
	for _, v := range b {
		switch {
		case v == '"' || v == '\\':
			p.text = append(p.text, '\\', v)
		case v < ' ' || v > '~':
			p.text = appendDecimal(p.text, v)
		default:
			p.text = append(p.text, v)
		}
	}
	p.text = append(p.text, '"')
}

// characterString reads a length and that many bytes (RFC 1035 section 3.3)
// and appends them in quotes.
func (p *parser) characterString(c *wire.Cursor, field string) {
	n := int(c.Uint8(field))
	p.quoted(c.Bytes(field, n))
}
