package rules

// Event is what a frame does, in the words of the protocols: the closed
// vocabulary in which the data files say which frames perform a step. Which
// frame is which event is annotate's work.
type Event uint8

// The events. "Client" and "server" are the two ends of the conversation that the event
// belongs to.
const (
	NoEvent Event = iota

	DHCPDiscover
	DHCPOffer
	DHCPRequest
	DHCPAck
	DHCPNak
	DHCPDecline
	DHCPRelease
	DHCPInform
	DHCPCheck // the server tries whether an address is free: ARP or echo, and what is answered
	DHCPProbe // the client tries or announces its address by ARP
	NDRouter  // Router Solicitation or Advertisement

	ARPForQuery      // the next hop's MAC address, for a DNS query that waits for it
	ARPForConnection // the same, for any other packet

	DNSQuery
	DNSResponse
	DNSQueryConnection    // serves a query over TCP or TLS: the handshake, the ACK of the query
	DNSResponseConnection // serves the response: its ACKs, the close
	DNSSecureQuery        // DNS over TLS: handshakes, bytes of the client and their ACKs
	DNSSecureResponse     // DNS over TLS: bytes of the server, their ACKs, the close
	DNSIterativeQuery     // RD=0, a resolver's own
	DNSIterativeResponse
	DNSIterativeConnection // a resolver's own connection: handshake, ACKs, close

	TCPSyn
	TCPSynAck
	TCPHandshakeAck // the first ACK that completes the handshake
	TCPRefused      // RST to a SYN
	TCPClose        // FIN, or the ACK that covers one
	TCPReset        // RST of a connection that stood
	TCPData         // bytes that are neither HTTP nor TLS nor DNS, and their ACKs

	HTTPRequest
	HTTPRequestAck // the server's bare ACK of a request
	HTTPResponse
	HTTPResponseAck
	HTTPControl    // frames of HTTP/2 in clear text that are of no request and no response: preface, settings and the like
	HTTPControlAck // a bare ACK of them

	TLSHandshake
	TLSHandshakeAck
	TLSChangeCipherSpec // a frame with nothing but ChangeCipherSpec
	TLSCompatibility    // the same in TLS 1.3, where it means nothing
	TLSAlert            // a frame with nothing but an alert
	TLSClientData       // application data, client to server
	TLSClientDataAck
	TLSServerData
	TLSServerDataAck

	QUICHandshake  // Initial and Handshake packets
	QUICClientData // 1-RTT packets, client to server
	QUICServerData

	ICMPError // quotes a packet of the journey

	RoutingMessage // OSPF, RIP, EIGRP, IGRP, IS-IS, BGP

	eventCount
)

var eventNames = [eventCount]string{
	NoEvent: "none",

	DHCPDiscover: "dhcp.discover", DHCPOffer: "dhcp.offer", DHCPRequest: "dhcp.request", DHCPAck: "dhcp.ack",
	DHCPNak: "dhcp.nak", DHCPDecline: "dhcp.decline", DHCPRelease: "dhcp.release", DHCPInform: "dhcp.inform",
	DHCPCheck: "dhcp.check", DHCPProbe: "dhcp.probe", NDRouter: "nd.router",

	ARPForQuery: "arp.for_query", ARPForConnection: "arp.for_connection",

	DNSQuery: "dns.query", DNSResponse: "dns.response",
	DNSQueryConnection: "dns.query_connection", DNSResponseConnection: "dns.response_connection",
	DNSSecureQuery: "dns.secure_query", DNSSecureResponse: "dns.secure_response",
	DNSIterativeQuery: "dns.iterative_query", DNSIterativeResponse: "dns.iterative_response",
	DNSIterativeConnection: "dns.iterative_connection",

	TCPSyn: "tcp.syn", TCPSynAck: "tcp.syn_ack", TCPHandshakeAck: "tcp.handshake_ack", TCPRefused: "tcp.refused",
	TCPClose: "tcp.close", TCPReset: "tcp.reset", TCPData: "tcp.data",

	HTTPRequest: "http.request", HTTPRequestAck: "http.request_ack",
	HTTPResponse: "http.response", HTTPResponseAck: "http.response_ack",
	HTTPControl: "http.control", HTTPControlAck: "http.control_ack",

	TLSHandshake: "tls.handshake", TLSHandshakeAck: "tls.handshake_ack",
	TLSChangeCipherSpec: "tls.change_cipher_spec", TLSCompatibility: "tls.compatibility", TLSAlert: "tls.alert",
	TLSClientData: "tls.client_data", TLSClientDataAck: "tls.client_data_ack",
	TLSServerData: "tls.server_data", TLSServerDataAck: "tls.server_data_ack",

	QUICHandshake: "quic.handshake", QUICClientData: "quic.client_data", QUICServerData: "quic.server_data",

	ICMPError: "icmp.error",

	RoutingMessage: "routing.message",
}

// String is the event's name in the data files.
func (e Event) String() string {
	if e < eventCount {
		return eventNames[e]
	}
	return "unknown"
}

// ParseEvent finds an event by its name in the data files.
func ParseEvent(name string) (Event, bool) {
	for e, n := range eventNames {
		if n == name && Event(e) != NoEvent {
			return Event(e), true
		}
	}
	return NoEvent, false
}
