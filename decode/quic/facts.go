package quic

import (
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

// handshakeNames are the TLS messages that QUIC carries (RFC 8446 section 4).
var handshakeNames = map[uint8]string{
	clientHello: "client_hello", serverHello: "server_hello", 4: "new_session_ticket", encryptedExtensions: "encrypted_extensions",
	11: "certificate", 13: "certificate_request", 15: "certificate_verify", 20: "finished", 25: "compressed_certificate",
}

// AppendFacts adds the facts of one object of quic.packets.
func (p *Packet) AppendFacts(l fact.List) fact.List {
	l = l.Add(fact.QUICPacketType, fact.String(p.Type.String()), wire.Span{Off: 0, Len: 1})
	if p.Opened {
		l = l.Add(fact.QUICPacketNumber, fact.Int(p.Number), wire.Span{})
	}
	var names []string
	for i := range p.Messages {
		if name, known := handshakeNames[p.Messages[i].Type]; known {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		l = l.Add(fact.QUICPacketHandshake, fact.Strings(names), wire.Span{})
	}
	return l
}
