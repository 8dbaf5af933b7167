package fact

// Name identifies a fact. Names stand in the order in which the outputs write
// them: names that share a prefix are neighbours, so that an output can nest
// them without sorting more than numbers.
type Name uint16

// The facts. To add one, put it beside its neighbours here and in words below.
const (
	None Name = iota

	DHCPMessageType
	DHCPTransactionID
	DHCPClientMAC
	DHCPClientID
	DHCPClientIP
	DHCPAssignedIP
	DHCPServerIdentifier
	DHCPRequestedIP
	DHCPRelayIP
	DHCPRelayCircuitID
	DHCPRelayRemoteID
	DHCPBroadcast
	DHCPLeaseTime
	DHCPRenewalTime
	DHCPRebindingTime
	DHCPSubnetMask
	DHCPRouter
	DHCPStaticRoutes
	DHCPDNSServers
	DHCPNTPServers
	DHCPDomain
	DHCPDomainSearch
	DHCPHostname
	DHCPVendorClass
	DHCPMessage

	// Inside the objects of DHCPStaticRoutes.
	DHCPRoutePrefix
	DHCPRouteRouter

	DHCPv6MessageType
	DHCPv6TransactionID
	DHCPv6ClientID
	DHCPv6ServerID
	DHCPv6RequestedIPs
	DHCPv6AssignedIPs
	DHCPv6AssignedPrefixes
	DHCPv6Leases
	DHCPv6RapidCommit
	DHCPv6DNSServers
	DHCPv6Domains
	DHCPv6Status
	DHCPv6RelayedMessageType
	DHCPv6PeerIP

	// Inside the objects of DHCPv6Leases.
	DHCPv6LeaseIP
	DHCPv6LeasePrefix
	DHCPv6LeasePreferred
	DHCPv6LeaseValid

	DNSID
	DNSType
	DNSOpCode
	DNSResponseCode
	DNSHeaderFlags
	DNSQuestionName
	DNSQuestionType
	DNSQuestionClass
	DNSAnswers
	DNSAuthorities
	DNSAdditionals
	DNSResolvedIP
	DNSEDNSSize
	DNSBytes

	// Inside the objects of DNSAnswers and its neighbours.
	RecordName
	RecordType
	RecordTTL
	RecordData

	HTTPVersion
	HTTPRequestMethod
	HTTPRequestMIMEType
	HTTPRequestBytes
	HTTPResponseStatusCode
	HTTPResponseReason
	HTTPResponseMIMEType
	HTTPResponseBytes
	HTTPResponseLocation

	URLPath
	URLDomain

	TLSVersion
	TLSCipher
	TLSNextProtocol
	TLSResumed
	TLSHelloRetryRequest
	TLSClientServerName
	TLSClientECH
	TLSClientNextProtocols
	TLSClientVersions
	TLSClientAlternativeNames
	TLSClientIssuer
	TLSClientSubject
	TLSClientNotBefore
	TLSClientNotAfter
	TLSServerAlternativeNames
	TLSServerIssuer
	TLSServerSubject
	TLSServerNotBefore
	TLSServerNotAfter
	TLSAlert
	TLSRecords

	// Inside the objects of TLSRecords.
	TLSRecordType
	TLSRecordVersion
	TLSRecordLength
	TLSRecordHandshake

	QUICVersion
	QUICCipher
	QUICNextProtocol
	QUICResumed
	QUICClientServerName
	QUICClientNextProtocols
	QUICClose
	QUICPackets

	// Inside the objects of QUICPackets.
	QUICPacketType
	QUICPacketNumber
	QUICPacketHandshake

	BGPMessageType
	BGPAS
	BGPHoldTime
	BGPRouterID
	BGPPrefixes
	BGPWithdrawn
	BGPASPath
	BGPOrigin
	BGPNextHop
	BGPError
	BGPShutdown

	OSPFVersion
	OSPFMessageType
	OSPFRouterID
	OSPFAreaID
	OSPFHelloInterval
	OSPFDesignatedRouter
	OSPFBackupDesignatedRouter
	OSPFNeighbors
	OSPFLSAs

	// Inside the objects of OSPFLSAs.
	OSPFLSAType
	OSPFLSALinkStateID
	OSPFLSAAdvertisingRouter
	OSPFLSAAge
	OSPFLSASequence
	OSPFLSARoles

	RIPCommand
	RIPVersion
	RIPEntries

	// Inside the objects of RIPEntries.
	RIPEntryPrefix
	RIPEntryMetric
	RIPEntryNextHop

	ARPOperation
	ARPSenderMAC
	ARPSenderIP
	ARPTargetMAC
	ARPTargetIP

	ICMPType
	ICMPCode
	ICMPMessage

	NDTarget
	NDRouter
	NDSolicited
	NDOverride
	NDHopLimit
	NDManaged
	NDOtherConfig
	NDRouterLifetime
	NDSourceMAC
	NDTargetMAC
	NDMTU
	NDPrefixes
	NDDNSServers
	NDDomains

	// Inside the objects of NDPrefixes.
	NDPrefix
	NDPrefixOnLink
	NDPrefixAutonomous
	NDPrefixValid
	NDPrefixPreferred

	Messages // all that end in a frame, when there are several: the facts of each

	nameCount
)

// words are the dotted names, as in INTERFACE and NDJSON. Facts that stand in a
// list's objects have no dot.
var words = [nameCount]string{
	DHCPMessageType:      "dhcp.message_type",
	DHCPTransactionID:    "dhcp.transaction_id",
	DHCPClientMAC:        "dhcp.client_mac",
	DHCPClientID:         "dhcp.client_id",
	DHCPClientIP:         "dhcp.client_ip",
	DHCPAssignedIP:       "dhcp.assigned_ip",
	DHCPServerIdentifier: "dhcp.server_identifier",
	DHCPRequestedIP:      "dhcp.requested_ip",
	DHCPRelayIP:          "dhcp.relay_ip",
	DHCPRelayCircuitID:   "dhcp.relay_circuit_id",
	DHCPRelayRemoteID:    "dhcp.relay_remote_id",
	DHCPBroadcast:        "dhcp.broadcast",
	DHCPLeaseTime:        "dhcp.lease_time",
	DHCPRenewalTime:      "dhcp.renewal_time",
	DHCPRebindingTime:    "dhcp.rebinding_time",
	DHCPSubnetMask:       "dhcp.subnet_mask",
	DHCPRouter:           "dhcp.router",
	DHCPStaticRoutes:     "dhcp.static_routes",
	DHCPNTPServers:       "dhcp.ntp_servers",
	DHCPDNSServers:       "dhcp.dns_servers",
	DHCPDomain:           "dhcp.domain",
	DHCPDomainSearch:     "dhcp.domain_search",
	DHCPVendorClass:      "dhcp.vendor_class",
	DHCPHostname:         "dhcp.hostname",
	DHCPMessage:          "dhcp.message",

	DHCPRoutePrefix: "prefix",
	DHCPRouteRouter: "router",

	DHCPv6MessageType:        "dhcpv6.message_type",
	DHCPv6TransactionID:      "dhcpv6.transaction_id",
	DHCPv6ClientID:           "dhcpv6.client_id",
	DHCPv6ServerID:           "dhcpv6.server_id",
	DHCPv6RequestedIPs:       "dhcpv6.requested_ips",
	DHCPv6AssignedIPs:        "dhcpv6.assigned_ips",
	DHCPv6AssignedPrefixes:   "dhcpv6.assigned_prefixes",
	DHCPv6Leases:             "dhcpv6.leases",
	DHCPv6RapidCommit:        "dhcpv6.rapid_commit",
	DHCPv6DNSServers:         "dhcpv6.dns_servers",
	DHCPv6Domains:            "dhcpv6.domains",
	DHCPv6Status:             "dhcpv6.status",
	DHCPv6RelayedMessageType: "dhcpv6.relayed_message_type",
	DHCPv6PeerIP:             "dhcpv6.peer_ip",

	DHCPv6LeaseIP:        "ip",
	DHCPv6LeasePrefix:    "prefix",
	DHCPv6LeasePreferred: "preferred_lifetime",
	DHCPv6LeaseValid:     "valid_lifetime",

	DNSID:            "dns.id",
	DNSType:          "dns.type",
	DNSOpCode:        "dns.op_code",
	DNSResponseCode:  "dns.response_code",
	DNSHeaderFlags:   "dns.header_flags",
	DNSQuestionName:  "dns.question.name",
	DNSQuestionType:  "dns.question.type",
	DNSQuestionClass: "dns.question.class",
	DNSAnswers:       "dns.answers",
	DNSAuthorities:   "dns.authorities",
	DNSAdditionals:   "dns.additionals",
	DNSResolvedIP:    "dns.resolved_ip",
	DNSEDNSSize:      "dns.edns_size",
	DNSBytes:         "dns.bytes",

	RecordName: "name",
	RecordType: "type",
	RecordTTL:  "ttl",
	RecordData: "data",

	HTTPVersion:            "http.version",
	HTTPRequestMethod:      "http.request.method",
	HTTPRequestMIMEType:    "http.request.mime_type",
	HTTPRequestBytes:       "http.request.bytes",
	HTTPResponseStatusCode: "http.response.status_code",
	HTTPResponseReason:     "http.response.reason",
	HTTPResponseMIMEType:   "http.response.mime_type",
	HTTPResponseBytes:      "http.response.bytes",
	HTTPResponseLocation:   "http.response.location",

	URLPath:   "url.path",
	URLDomain: "url.domain",

	TLSVersion:                "tls.version",
	TLSCipher:                 "tls.cipher",
	TLSNextProtocol:           "tls.next_protocol",
	TLSResumed:                "tls.resumed",
	TLSHelloRetryRequest:      "tls.hello_retry_request",
	TLSClientServerName:       "tls.client.server_name",
	TLSClientECH:              "tls.client.encrypted_client_hello",
	TLSClientNextProtocols:    "tls.client.next_protocols",
	TLSClientVersions:         "tls.client.supported_versions",
	TLSClientAlternativeNames: "tls.client.x509.alternative_names",
	TLSClientIssuer:           "tls.client.x509.issuer.common_name",
	TLSClientSubject:          "tls.client.x509.subject.common_name",
	TLSClientNotBefore:        "tls.client.not_before",
	TLSClientNotAfter:         "tls.client.not_after",
	TLSServerAlternativeNames: "tls.server.x509.alternative_names",
	TLSServerIssuer:           "tls.server.x509.issuer.common_name",
	TLSServerSubject:          "tls.server.x509.subject.common_name",
	TLSServerNotBefore:        "tls.server.not_before",
	TLSServerNotAfter:         "tls.server.not_after",
	TLSAlert:                  "tls.alert",
	TLSRecords:                "tls.records",

	TLSRecordType:      "type",
	TLSRecordVersion:   "version",
	TLSRecordLength:    "length",
	TLSRecordHandshake: "handshake",

	QUICVersion:             "quic.version",
	QUICCipher:              "quic.cipher",
	QUICNextProtocol:        "quic.next_protocol",
	QUICResumed:             "quic.resumed",
	QUICClientServerName:    "quic.client.server_name",
	QUICClientNextProtocols: "quic.client.next_protocols",
	QUICClose:               "quic.close",
	QUICPackets:             "quic.packets",

	QUICPacketType:      "type",
	QUICPacketNumber:    "number",
	QUICPacketHandshake: "handshake",

	BGPMessageType: "bgp.message_type",
	BGPAS:          "bgp.as",
	BGPHoldTime:    "bgp.hold_time",
	BGPRouterID:    "bgp.router_id",
	BGPPrefixes:    "bgp.prefixes",
	BGPWithdrawn:   "bgp.withdrawn",
	BGPASPath:      "bgp.as_path",
	BGPOrigin:      "bgp.origin",
	BGPNextHop:     "bgp.next_hop",
	BGPError:       "bgp.error",
	BGPShutdown:    "bgp.shutdown_communication",

	OSPFVersion:                "ospf.version",
	OSPFMessageType:            "ospf.message_type",
	OSPFRouterID:               "ospf.router_id",
	OSPFAreaID:                 "ospf.area_id",
	OSPFHelloInterval:          "ospf.hello_interval",
	OSPFDesignatedRouter:       "ospf.designated_router",
	OSPFBackupDesignatedRouter: "ospf.backup_designated_router",
	OSPFNeighbors:              "ospf.neighbors",
	OSPFLSAs:                   "ospf.lsas",

	OSPFLSAType:              "type",
	OSPFLSALinkStateID:       "link_state_id",
	OSPFLSAAdvertisingRouter: "advertising_router",
	OSPFLSAAge:               "age",
	OSPFLSASequence:          "sequence",
	OSPFLSARoles:             "roles",

	RIPCommand: "rip.command",
	RIPVersion: "rip.version",
	RIPEntries: "rip.entries",

	RIPEntryPrefix:  "prefix",
	RIPEntryMetric:  "metric",
	RIPEntryNextHop: "next_hop",

	ARPOperation: "arp.operation",
	ARPSenderMAC: "arp.sender_mac",
	ARPSenderIP:  "arp.sender_ip",
	ARPTargetMAC: "arp.target_mac",
	ARPTargetIP:  "arp.target_ip",

	ICMPType:    "icmp.type",
	ICMPCode:    "icmp.code",
	ICMPMessage: "icmp.message",

	NDTarget:         "nd.target",
	NDRouter:         "nd.router",
	NDSolicited:      "nd.solicited",
	NDOverride:       "nd.override",
	NDHopLimit:       "nd.hop_limit",
	NDManaged:        "nd.managed",
	NDOtherConfig:    "nd.other_config",
	NDRouterLifetime: "nd.router_lifetime",
	NDSourceMAC:      "nd.source_mac",
	NDTargetMAC:      "nd.target_mac",
	NDMTU:            "nd.mtu",
	NDPrefixes:       "nd.prefixes",
	NDDNSServers:     "nd.dns_servers",
	NDDomains:        "nd.domains",

	NDPrefix:           "prefix",
	NDPrefixOnLink:     "on_link",
	NDPrefixAutonomous: "autonomous",
	NDPrefixValid:      "valid_lifetime",
	NDPrefixPreferred:  "preferred_lifetime",

	Messages: "messages",
}

// String is the dotted name.
func (n Name) String() string {
	if n < nameCount {
		return words[n]
	}
	return ""
}

var byWord = func() map[string]Name {
	m := make(map[string]Name, len(words))
	for n, w := range words {
		if _, taken := m[w]; w != "" && !taken {
			m[w] = Name(n)
		}
	}
	return m
}()

// Lookup finds a name by its dotted form. Names that stand only inside lists
// (without a dot) are not found.
func Lookup(word string) (Name, bool) {
	n, ok := byWord[word]
	return n, ok && !n.inList()
}

// inList reports whether n stands only inside the objects of a list.
func (n Name) inList() bool {
	return n >= RecordName && n <= RecordData || n >= TLSRecordType && n <= TLSRecordHandshake ||
		n >= QUICPacketType && n <= QUICPacketHandshake || n >= OSPFLSAType && n <= OSPFLSARoles || n >= RIPEntryPrefix && n <= RIPEntryNextHop
}
