package tls

import (
	"slices"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// AppendFacts adds the facts of records, which end in one frame, and of the
// hellos and the certificate that ended in them. What it tells may be shared with known, which it fills.
func (c *Conn) AppendFacts(l fact.List, records []Record, known *Known) fact.List {
	switch {
	case len(records) == 0:
		return l
	case len(records) == 1 && records[0].plain():
		return l.Add(fact.TLSRecords, known.of(&records[0]), wire.Span{})
	}
	objects := make([]fact.List, 0, len(records))
	for i := range records {
		objects = append(objects, records[i].facts())
	}
	if c.client != nil && holds(records, TypeClientHello) {
		l = c.client.AppendFacts(l)
	}
	if c.server != nil && holds(records, TypeServerHello) {
		l = c.server.AppendFacts(l)
		l = l.Add(fact.TLSResumed, fact.Bool(c.resumed), wire.Span{})
	}
	if c.certificate != nil && holds(records, TypeCertificate) {
		l = c.certificate.AppendFacts(l, c.clientCertificate)
		c.certificate = nil
	}
	for i := range records {
		if a := records[i].Alert; a.Level != 0 {
			l = l.Add(fact.TLSAlert, fact.String(a.String()), wire.Span{Off: headerLen, Len: alertLen})
			break
		}
	}
	return l.Add(fact.TLSRecords, fact.Objects(objects), wire.Span{})
}

// Known keeps the facts of the records that came last and say nothing but their header: most
// connections have the same ones over and over. The zero value is ready.
type Known struct {
	kept [256]struct {
		header header
		value  fact.Value
	}
}

// header is what the header of a record says.
type header struct {
	typ     ContentType
	version Version
	length  int
}

// plain reports whether nothing but its header can be told of r.
func (r *Record) plain() bool { return len(r.Handshakes) == 0 && r.Alert.Level == 0 }

// of is the value of tls.records for r, which is plain, alone.
func (k *Known) of(r *Record) fact.Value {
	h := header{r.Type, r.Version, r.Length}
	entry := &k.kept[uint(h.length)%uint(len(k.kept))]
	if entry.header != h || entry.value.Kind() == fact.KindNone {
		entry.header, entry.value = h, fact.Objects([]fact.List{r.facts()})
	}
	return entry.value
}

// holds reports whether a message of type t ended in records.
func holds(records []Record, t HandshakeType) bool {
	return slices.ContainsFunc(records, func(r Record) bool { return slices.Contains(r.Handshakes, t) })
}

// facts are those of one object of tls.records.
func (r *Record) facts() fact.List {
	l := fact.List{
		{Name: fact.TLSRecordType, Value: fact.String(r.Type.String()), Span: wire.Span{Off: 0, Len: 1}},
		{Name: fact.TLSRecordVersion, Value: fact.String(r.Version.String()), Span: wire.Span{Off: 1, Len: 2}},
		{Name: fact.TLSRecordLength, Value: fact.Int(int64(r.Length)), Span: wire.Span{Off: 3, Len: 2}},
	}
	if len(r.Handshakes) > 0 {
		names := make([]string, len(r.Handshakes))
		for i, t := range r.Handshakes {
			names[i] = t.String()
		}
		l = l.Add(fact.TLSRecordHandshake, fact.Strings(names), wire.Span{})
	}
	return l
}

// AppendFacts adds the facts of the hello; spans count from its handshake header.
func (h *ClientHello) AppendFacts(l fact.List) fact.List {
	if h.ServerName != "" {
		l = l.Add(fact.TLSClientServerName, fact.String(h.ServerName), h.serverNameSpan)
	}
	if h.ECH {
		l = l.Add(fact.TLSClientECH, fact.Bool(true), wire.Span{})
	}
	if len(h.ALPN) > 0 {
		l = l.Add(fact.TLSClientNextProtocols, fact.Strings(h.ALPN), wire.Span{})
	}
	if versions := h.versionNames(); len(versions) > 0 {
		l = l.Add(fact.TLSClientVersions, fact.Strings(versions), wire.Span{})
	}
	return l
}

// versionNames are the versions that the client offers, without GREASE.
func (h *ClientHello) versionNames() []string {
	var names []string
	for _, v := range h.SupportedVersions {
		if !grease(uint16(v)) {
			names = append(names, v.String())
		}
	}
	return names
}

// AppendFacts adds the facts of the hello; spans count from its handshake header.
func (h *ServerHello) AppendFacts(l fact.List) fact.List {
	l = l.Add(fact.TLSVersion, fact.String(h.Version.String()), h.versionSpan)
	l = l.Add(fact.TLSCipher, fact.String(h.CipherSuite.String()), h.cipherSpan)
	if h.ALPN != "" {
		l = l.Add(fact.TLSNextProtocol, fact.String(h.ALPN), wire.Span{})
	}
	if h.HelloRetry {
		l = l.Add(fact.TLSHelloRetryRequest, fact.Bool(true), wire.Span{})
	}
	return l
}
