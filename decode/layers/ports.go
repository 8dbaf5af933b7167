package layers

// PortName names the protocol that usually has one of the two ports, in lower
// case; "" when neither is well known. It is a guess for frames that no decoder
// reads: what makes a conversation DNS, HTTP or TLS is its bytes.
func PortName(t Transport, src, dst uint16) string {
	names := udpPorts
	if t == TransportTCP {
		names = tcpPorts
	}
	low, high := min(src, dst), max(src, dst)
	if name := names[low]; name != "" {
		return name
	}
	return names[high]
}

// Names as Wireshark gives them in frame.protocols (Service Name and Transport
// Protocol Port Number Registry of IANA).
var (
	udpPorts = map[uint16]string{
		53:    "dns",
		67:    "dhcp",
		68:    "dhcp",
		69:    "tftp",
		88:    "kerberos",
		111:   "rpc",
		123:   "ntp",
		137:   "nbns",
		138:   "nbdgm",
		161:   "snmp",
		162:   "snmp",
		319:   "ptp",
		320:   "ptp",
		389:   "cldap",
		443:   "quic",
		500:   "isakmp",
		514:   "syslog",
		520:   "rip",
		521:   "ripng",
		546:   "dhcpv6",
		547:   "dhcpv6",
		1194:  "openvpn",
		1645:  "radius",
		1646:  "radius",
		1701:  "l2tp",
		1812:  "radius",
		1813:  "radius",
		1900:  "ssdp",
		1985:  "hsrp",
		2055:  "netflow",
		2123:  "gtp",
		2152:  "gtp",
		3478:  "stun",
		3702:  "ws-discovery",
		3784:  "bfd",
		4500:  "ipsec-nat-t",
		4789:  "vxlan",
		4790:  "vxlan-gpe",
		5060:  "sip",
		5353:  "mdns",
		5355:  "llmnr",
		6081:  "geneve",
		6343:  "sflow",
		17500: "db-lsp",
		51820: "wireguard",
	}
	tcpPorts = map[uint16]string{
		20:    "ftp-data",
		21:    "ftp",
		22:    "ssh",
		23:    "telnet",
		25:    "smtp",
		43:    "whois",
		53:    "dns",
		88:    "kerberos",
		110:   "pop3",
		111:   "rpc",
		119:   "nntp",
		135:   "dcerpc",
		139:   "nbss",
		143:   "imap",
		179:   "bgp",
		389:   "ldap",
		445:   "smb",
		465:   "smtps",
		514:   "shell",
		554:   "rtsp",
		587:   "smtp",
		631:   "ipp",
		636:   "ldaps",
		853:   "dns-over-tls",
		873:   "rsync",
		993:   "imaps",
		995:   "pop3s",
		1080:  "socks",
		1433:  "mssql",
		1521:  "oracle",
		1723:  "pptp",
		1883:  "mqtt",
		2049:  "nfs",
		3268:  "ldap",
		3306:  "mysql",
		3389:  "rdp",
		5060:  "sip",
		5222:  "xmpp",
		5432:  "postgresql",
		5900:  "vnc",
		6379:  "redis",
		6667:  "irc",
		9418:  "git",
		11211: "memcache",
		27017: "mongodb",
	}
)
