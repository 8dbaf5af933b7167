package render

import (
	"strconv"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// AppendInfo appends a short summary of the frame in the words of its highest
// protocol: "DNS query A www.google.com". Text from the wire is in it as it came.
func AppendInfo(b []byte, f *decode.Frame) []byte {
	switch {
	case len(f.Facts) == 0:
		return appendHeaderInfo(b, f)
	case f.Protocol == "dhcp":
		return appendWords(b, f.Facts, "DHCP", fact.DHCPMessageType, fact.DHCPAssignedIP, fact.DHCPRequestedIP)
	case f.Protocol == "dns" || f.Protocol == "mdns" || f.Protocol == "llmnr":
		b = appendUpper(b, f.Protocol)
		return appendWords(b, f.Facts, "", fact.DNSType, fact.DNSQuestionType, fact.DNSQuestionName,
			fact.DNSResponseCode, fact.DNSResolvedIP)
	case f.Protocol == "http" || f.Protocol == "http2" || f.Protocol == "http3":
		b = appendUpper(b, f.Protocol)
		return appendWords(b, f.Facts, "", fact.HTTPRequestMethod, fact.URLDomain, fact.URLPath,
			fact.HTTPResponseStatusCode, fact.HTTPResponseReason)
	case f.Protocol == "tls":
		return appendTLSInfo(b, f.Facts)
	case f.Protocol == "quic":
		return appendQUICInfo(b, f.Facts)
	case f.Transport == layers.TransportARP:
		return appendWords(b, f.Facts, "ARP", fact.ARPOperation, fact.ARPTargetIP)
	case f.Transport == layers.TransportICMP:
		return appendWords(b, f.Facts, "ICMP", fact.ICMPMessage)
	case f.Transport == layers.TransportICMPv6:
		return appendWords(b, f.Facts, "ICMPv6", fact.ICMPMessage)
	}
	return appendHeaderInfo(b, f)
}

// appendWords appends title and the values of those facts that are there.
func appendWords(b []byte, facts fact.List, title string, names ...fact.Name) []byte {
	b = append(b, title...)
	for _, n := range names {
		if v, ok := facts.Get(n); ok && v.Len() > 0 {
			b = v.Append(append(b, ' '))
		}
	}
	return b
}

// appendTLSInfo names the handshake messages and the records of other types.
func appendTLSInfo(b []byte, facts fact.List) []byte {
	b = append(b, "TLS"...)
	records, _ := facts.Get(fact.TLSRecords)
	last := ""
	for _, r := range records.Objects() {
		if v, ok := r.Get(fact.TLSRecordHandshake); ok && v.Len() > 0 {
			b = v.Append(append(b, ' '))
			last = ""
			continue
		}
		if kind := r.Text(fact.TLSRecordType); kind != last {
			b = append(append(b, ' '), kind...)
			last = kind
		}
	}
	return appendWords(b, facts, "", fact.TLSClientServerName, fact.TLSAlert)
}

// appendQUICInfo names the packets and the handshake messages that they complete.
func appendQUICInfo(b []byte, facts fact.List) []byte {
	b = append(b, "QUIC"...)
	packets, _ := facts.Get(fact.QUICPackets)
	for _, p := range packets.Objects() {
		b = appendWords(b, p, "", fact.QUICPacketType, fact.QUICPacketHandshake)
	}
	return appendWords(b, facts, "", fact.QUICClientServerName)
}

// appendHeaderInfo says what the headers say of a frame without a message.
func appendHeaderInfo(b []byte, f *decode.Frame) []byte {
	switch {
	case f.Transport == layers.TransportTCP:
		b = appendFlags(append(b, "TCP "...), f.TCP.Flags)
	case f.Protocol != "":
		b = appendUpper(b, f.Protocol)
	default:
		b = append(b, "unknown"...)
	}
	if hasPorts(f) {
		b = appendPorts(b, f)
	}
	if f.PayloadLen > 0 {
		b = strconv.AppendInt(append(b, ", "...), int64(f.PayloadLen), 10)
		b = append(b, " bytes"...)
	}
	return b
}

// appendUpper appends a protocol's name in the capitals that people write it in.
func appendUpper(b []byte, name string) []byte {
	if written, ok := writtenNames[name]; ok {
		return append(b, written...)
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

// writtenNames are the protocols that are not written in capitals alone.
var writtenNames = map[string]string{
	"icmpv6": "ICMPv6", "ipv6": "IPv6", "ipv4": "IPv4", "mdns": "mDNS", "dhcpv6": "DHCPv6", "http2": "HTTP/2", "http3": "HTTP/3", "ospf": "OSPF", "ipsec": "IPsec",
}
