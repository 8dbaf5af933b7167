package tls

import (
	"slices"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// AppendFacts adds the facts of records, which end in one frame, and of the
// hellos and the certificate that ended in them. What it tells may be shared with known, which it fills.
func (c *Conn) AppendFacts(l fact.List, records []Record, known *Known) fact.List {
	if len(records) == 0 {
		return l
	}
	value := known.of(&records[0]).alone
	if len(records) > 1 {
		objects := make([]fact.List, 0, len(records))
		for i := range records {
			objects = append(objects, known.of(&records[i]).facts)
		}
		value = fact.Objects(objects)
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
	return l.Add(fact.TLSRecords, value, wire.Span{})
}

// Known keeps the facts of the records that came last: most connections have the same ones over and over. The
// zero value is ready.
type Known struct {
	kept  [256]knownRecord
	other knownRecord // the newest with more handshake messages than a recordKey has room for
}

// knownRecord is what is told of one record.
type knownRecord struct {
	key   recordKey
	facts fact.List
	alone fact.Value // of tls.records, in a frame with no other record
}

// recordKey is what the facts of a record depend on.
type recordKey struct {
	typ        ContentType
	version    Version
	length     int
	n          int // of handshakes
	handshakes [6]HandshakeType
}

// of is what is told of r. It is valid until the next call; the facts are for good.
func (k *Known) of(r *Record) *knownRecord {
	key := recordKey{typ: r.Type, version: r.Version, length: r.Length, n: len(r.Handshakes)}
	if copy(key.handshakes[:], r.Handshakes) < len(r.Handshakes) {
		k.other.tell(r)
		return &k.other
	}
	entry := &k.kept[uint(key.length+len(k.kept)/8*key.n)%uint(len(k.kept))]
	if entry.key != key || len(entry.facts) == 0 {
		entry.key = key
		entry.tell(r)
	}
	return entry
}

func (k *knownRecord) tell(r *Record) {
	k.facts = slices.Clip(r.facts()) // nobody can append to what others have too
	k.alone = fact.Objects([]fact.List{k.facts})
}

// holds reports whether a message of type t ended in records.
func holds(records []Record, t HandshakeType) bool {
	return slices.ContainsFunc(records, func(r Record) bool { return slices.Contains(r.Handshakes, t) })
}

// facts are those of one object of tls.records.
func (r *Record) facts() fact.List {
	l := append(make(fact.List, 0, 4), fact.List{
		{Name: fact.TLSRecordType, Value: fact.String(r.Type.String()), Span: wire.Span{Off: 0, Len: 1}},
		{Name: fact.TLSRecordVersion, Value: fact.String(r.Version.String()), Span: wire.Span{Off: 1, Len: 2}},
		{Name: fact.TLSRecordLength, Value: fact.Int(int64(r.Length)), Span: wire.Span{Off: 3, Len: 2}},
	}...)
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
