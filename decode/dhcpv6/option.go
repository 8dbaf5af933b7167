package dhcpv6

import "github.com/pktjourney/pktjourney/decode/wire"

// Option is one option as it stood in the message (RFC 8415 section 21.1).
type Option struct {
	Code OptionCode
	Data []byte    // the value, without code and length
	Span wire.Span // of Data, from the start of the datagram

	bad bool // the value could not be read
}

// reader says how the value of an option is read.
type reader struct {
	read func(*Message, *wire.Cursor)
	many bool // it may stand there more than once; of the others the first counts
}

// readers has the options that Message has fields for. The relayed message is
// not among them: it is read when the message around it is done.
var readers = [...]reader{
	OptionClientID:    {read: readClientID},
	OptionServerID:    {read: readServerID},
	OptionIANA:        {read: readIANA, many: true},
	OptionIATA:        {read: readIATA, many: true},
	OptionElapsedTime: {read: readElapsedTime},
	OptionStatusCode:  {read: readMessageStatus},
	OptionRapidCommit: {read: readRapidCommit},
	OptionDNSServers:  {read: readDNSServers},
	OptionDomainList:  {read: readDomainList},
	OptionIAPD:        {read: readIAPD, many: true},
}

// options reads all options up to the end of the message.
func (p *parser) options(c *wire.Cursor) {
	var done [len(readers)]bool
	for !c.Empty() {
		o, ok := nextOption(c)
		if !ok {
			return
		}
		if int(o.Code) < len(readers) {
			if r := &readers[o.Code]; r.read != nil && (r.many || !done[o.Code]) {
				done[o.Code] = true
				o.bad = !p.read(r, o.Span)
			}
		}
		p.m.Options = append(p.m.Options, o)
	}
}

// nextOption reads an option's code, length and value; false when they are not whole.
func nextOption(c *wire.Cursor) (Option, bool) {
	o := Option{Code: OptionCode(c.Uint16("option code"))}
	n := int(c.Uint16("option length"))
	o.Span = wire.Span{Off: c.Off(), Len: n}
	o.Data = c.Bytes("option value", n)
	return o, c.Err() == nil
}

// read reads the value at s and reports whether that went well.
func (p *parser) read(r *reader, s wire.Span) bool {
	p.value = p.at(s)
	v := &p.value
	r.read(p.m, v)
	end(v)
	p.note(broken(v.Err(), "option "))
	return v.Err() == nil
}

// end fails when a value has bytes after what its option is to hold.
func end(c *wire.Cursor) {
	if !c.Empty() {
		c.Fail("length", c.Len(), wire.ErrMalformed)
	}
}
