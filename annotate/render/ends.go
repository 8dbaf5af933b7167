package render

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"net/netip"
	"strconv"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// ends writes the two ends of frames and what goes with them. The text of one direction of a conversation
// stays the same, so that of the last ones is kept: it spares a tenth of what a frame costs
// (measured November 2026).
type ends struct {
	kept  directions[endsText]
	other endsText // of the frame without a conversation that came last
}

// endsText is what is written of the ends.
type endsText struct {
	text     []byte // `,"source":{...},"destination":{...},"network":{...}`
	network  int    // where the last of them begins; all of text while there is none
	protocol string // that it tells of
	id       []byte // the Community ID; empty without a conversation
	stream   []byte // `,"stream":7`; empty without a conversation
	ports    []byte // ` 40000 > 443`; empty without ports
	label    labelText
	lines    [kinds]lineText
}

// oneWay reports whether t is of one direction of a conversation, so that all its frames have the same ends.
func (t *endsText) oneWay() bool { return len(t.id) > 0 }

// of gives the text for f. It is valid until the next call.
func (e *ends) of(f *decode.Frame) *endsText {
	if f.Conversation == nil {
		e.other.make(f)
		return &e.other
	}
	t, same := e.kept.of(f)
	if !same || !t.oneWay() {
		t.make(f)
	}
	return t
}

func (t *endsText) make(f *decode.Frame) {
	ports := hasPorts(f)
	b := appendEnd(t.text[:0], `,"source":{`, f.HasSrcMAC, f.SrcMAC, f.Src, ports, f.SrcPort)
	t.text = appendEnd(b, `,"destination":{`, f.HasDstMAC, f.DstMAC, f.Dst, ports, f.DstPort)
	t.id, t.stream, t.ports, t.label.reason.of = t.id[:0], t.stream[:0], t.ports[:0], nil
	for i := range t.lines {
		t.lines[i].text = t.lines[i].text[:0]
	}
	if f.Conversation != nil {
		t.id = appendCommunityID(t.id, f)
		t.stream = strconv.AppendInt(append(t.stream, `,"stream":`...), int64(f.Conversation.ID), 10)
	}
	if ports {
		t.ports = appendPorts(t.ports, f)
	}
	t.network = len(t.text)
}

// append appends the ends of f and its network. The protocol of a conversation's frames is mostly that of the last.
func (t *endsText) append(b []byte, f *decode.Frame) []byte {
	if len(t.text) == t.network || t.protocol != f.Protocol {
		t.protocol = f.Protocol
		t.text = appendNetwork(t.text[:t.network], f, t.id)
	}
	return append(b, t.text...)
}

func hasPorts(f *decode.Frame) bool {
	return f.Transport == layers.TransportTCP || f.Transport == layers.TransportUDP
}

// appendPorts appends the ports of f as a summary has them.
func appendPorts(b []byte, f *decode.Frame) []byte {
	b = strconv.AppendInt(append(b, ' '), int64(f.SrcPort), 10)
	return strconv.AppendInt(append(b, " > "...), int64(f.DstPort), 10)
}

// appendEnd appends one end, or nothing when nothing is known of it.
func appendEnd(b []byte, key string, hasMAC bool, mac layers.MAC, ip netip.Addr, hasPort bool, port uint16) []byte {
	if !hasMAC && !ip.IsValid() {
		return b
	}
	b = append(b, key...)
	if hasMAC {
		b = append(mac.Append(append(b, `"mac":"`...)), `",`...)
	}
	if ip.IsValid() {
		b = append(ip.AppendTo(append(b, `"ip":"`...)), `",`...)
	}
	if hasPort {
		b = append(strconv.AppendInt(append(b, `"port":`...), int64(port), 10), ',')
	}
	b[len(b)-1] = '}'
	return b
}

// appendCommunityID appends the Community ID flow hash, version 1 with seed 0
// (github.com/corelight/community-id-spec): of the two ends, the lower one first,
// so that both directions give the same.
func appendCommunityID(dst []byte, f *decode.Frame) []byte {
	src, target, srcPort, dstPort := f.Src, f.Dst, f.SrcPort, f.DstPort
	if c := src.Compare(target); c > 0 || c == 0 && srcPort > dstPort {
		src, target, srcPort, dstPort = target, src, dstPort, srcPort
	}
	proto := byte(6)
	if f.Transport == layers.TransportUDP {
		proto = 17
	}
	b := append(make([]byte, 0, 40), 0, 0) // the seed
	b = append(b, src.AsSlice()...)
	b = append(b, target.AsSlice()...)
	b = append(b, proto, 0)
	b = binary.BigEndian.AppendUint16(b, srcPort)
	b = binary.BigEndian.AppendUint16(b, dstPort)
	sum := sha1.Sum(b)
	return base64.StdEncoding.AppendEncode(append(dst, "1:"...), sum[:])
}

func appendNetwork(b []byte, f *decode.Frame, id []byte) []byte {
	transport := transportWord(f.Transport)
	if transport == "" && f.Protocol == "" {
		return b
	}
	b = append(b, `,"network":{`...)
	if transport != "" {
		b = append(append(append(b, `"transport":"`...), transport...), `",`...)
	}
	if f.Protocol != "" {
		b = append(appendJSON(append(b, `"protocol":`...), f.Protocol), ',')
	}
	if len(id) > 0 {
		b = append(b, `"community_id":"`...)
		b = append(append(b, id...), `",`...)
	}
	b[len(b)-1] = '}'
	return b
}

func transportWord(t layers.Transport) string {
	switch t {
	case layers.TransportTCP:
		return "tcp"
	case layers.TransportUDP:
		return "udp"
	case layers.TransportICMP:
		return "icmp"
	case layers.TransportICMPv6:
		return "ipv6-icmp"
	}
	return ""
}
