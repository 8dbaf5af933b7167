package dhcp

import (
	"github.com/pktjourney/pktjourney/decode/wire"
)

// Option is one option as it stood in the message. An option longer than 255
// bytes stands there in several pieces (RFC 3396), each an Option of its own.
type Option struct {
	Code OptionCode
	Data []byte    // the value, without code and length
	Span wire.Span // of Data
}

// Where option 52 says that options stand (RFC 2132 section 9.3).
const (
	overloadFile       = 1
	overloadServerName = 2
)

// reader says how the value of an option is read.
type reader struct {
	read func(*Message, *wire.Cursor)
	// list: repeats are pieces of one value (RFC 3396 section 7). Values of a
	// fixed size can not be in pieces; there the first of several counts.
	list bool
}

// readers has the options that Message has fields for.
var readers = [256]reader{
	OptionSubnetMask:     {read: readSubnetMask},
	OptionRouter:         {read: readRouters, list: true},
	OptionDNSServer:      {read: readDNSServers, list: true},
	OptionHostname:       {read: readHostname, list: true},
	OptionDomain:         {read: readDomain, list: true},
	OptionNTPServer:      {read: readNTPServers, list: true},
	OptionRequestedIP:    {read: readRequestedIP},
	OptionLeaseTime:      {read: readLeaseTime},
	OptionOverload:       {read: readOverload},
	OptionMessageType:    {read: readMessageType},
	OptionServerID:       {read: readServerID},
	OptionParameterList:  {read: readParameterList, list: true},
	OptionMessage:        {read: readText, list: true},
	OptionMaxMessageSize: {read: readMaxMessageSize},
	OptionRenewalTime:    {read: readRenewalTime},
	OptionRebindingTime:  {read: readRebindingTime},
	OptionVendorClass:    {read: readVendorClass, list: true},
	OptionClientID:       {read: readClientID, list: true},
	OptionServerName:     {read: readServerName, list: true},
	OptionBootFile:       {read: readBootFile, list: true},
	OptionRelayAgent:     {read: readRelayAgent, list: true},
	OptionDomainSearch:   {read: readDomainSearch, list: true},
	OptionRoutes:         {read: readRoutes, list: true},
}

// options lists the options of one area up to its end option, which the
// message's own area must have (RFC 2131 section 4.1). inField: the area is
// sname or file, whose size is fixed, so that running over it is no lack of bytes.
func (p *parser) options(c *wire.Cursor, inField bool) {
	for !inField || !c.Empty() {
		code := OptionCode(c.Uint8("end option"))
		if c.Err() != nil || code == OptionEnd {
			break
		}
		if code == OptionPad {
			continue
		}
		n := int(c.Uint8("option length"))
		at := c.Off()
		data := c.Bytes("option value", n)
		if c.Err() != nil {
			break
		}
		p.m.Options = append(p.m.Options, Option{code, data, wire.Span{Off: at, Len: n}})
		p.m.count(code)
	}
	if inField {
		p.note(broken(c.Err()))
	} else {
		p.note(c.Err())
	}
}

func (m *Message) count(code OptionCode) {
	if m.seen[code] < 255 {
		m.seen[code]++
	}
	m.valid[code] = true
}

// broken turns a lack of bytes inside a field whose own length says where it
// ends into the sender's mistake.
func broken(err error) error {
	e, ok := err.(*wire.Error)
	if !ok {
		return err
	}
	return &wire.Error{Proto: e.Proto, Field: e.Field, Span: e.Span, Err: wire.ErrMalformed}
}

// overload is the value of option 52, needed before the others are read.
func (p *parser) overload() uint8 {
	i := p.m.find(OptionOverload)
	if i < 0 || len(p.m.Options[i].Data) != 1 {
		return 0
	}
	return p.m.Options[i].Data[0]
}

// find is the index of the first option with the code, or -1.
func (m *Message) find(code OptionCode) int {
	if m.seen[code] == 0 {
		return -1
	}
	for i := range m.Options {
		if m.Options[i].Code == code {
			return i
		}
	}
	return -1
}

// values reads every option that has a reader, each code once.
func (p *parser) values() {
	var done [256]bool
	for i := range p.m.Options {
		o := &p.m.Options[i]
		if r := &readers[o.Code]; r.read != nil && !done[o.Code] {
			done[o.Code] = true
			p.read(r, i)
		}
	}
}

// read reads the value of option i; one that stands in pieces is put together first.
func (p *parser) read(r *reader, i int) {
	o := p.m.Options[i]
	data := o.Data
	if r.list && p.m.seen[o.Code] > 1 {
		data = p.m.joined(i)
	}
	p.value = wire.NewCursor(proto, data)
	v := &p.value
	r.read(p.m, v)
	if v.Err() == nil && !v.Empty() {
		v.Fail("length", v.Len(), wire.ErrMalformed)
	}
	if err := v.Err(); err != nil {
		p.m.valid[o.Code] = false
		p.note(wrong(o, err))
	}
}

// wrong places the error of a value at its option.
func wrong(o Option, err error) error {
	e, ok := err.(*wire.Error)
	if !ok {
		return err
	}
	return &wire.Error{Proto: proto, Field: "option " + e.Field, Span: o.Span, Err: wire.ErrMalformed}
}

// joined is the value of option i together with its later pieces (RFC 3396
// section 7).
func (m *Message) joined(i int) []byte {
	code := m.Options[i].Code
	var all []byte
	for _, o := range m.Options[i:] {
		if o.Code == code {
			all = append(all, o.Data...)
		}
	}
	return all
}
