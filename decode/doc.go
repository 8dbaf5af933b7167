// Package decode says what was on the wire. It turns captured frames into
// headers, conversations and messages, and judges nothing: no frame is good or
// late here, and no journey is known.
//
//	capture.Frame ─> layers.Packet ──┬─> (ARP, ICMP: facts), ospf
//	                                 ├─ UDP ─> dhcp, dhcpv6, dns, rip, quic ─> http3
//	                                 └─ TCP ─> stream ─> http, http2, dns, bgp, tls ─> http, http2
//
// # How to add a protocol
//
//  1. Give it a folder of its own with Parse (or, over TCP, a Conn that cuts
//     bytes into Parts) and AppendFacts, and its fact names in fact/names.go.
//  2. Add a Kind for its messages in message.go.
//  3. Add one line to the table in stack.go that says how its first bytes look.
package decode
