// Package layers reads the headers below the messages: the link layer (Ethernet,
// Linux cooked, BSD loopback, raw IP, IEEE 802.11 and rarer ones), ARP, IPv4 and
// IPv6, ICMP and Neighbour Discovery, UDP and TCP, and the headers of tunnels.
//
// [Packet.Decode] reads them by hand, without allocating, into a Packet that is
// refilled for every frame. gopacket serves here where speed does not matter:
// it knows the names of rare protocols and of ICMP messages. No other decoder
// imports it.
//
// To add a header: give it a [Layer] and a name in names.go, write its method in
// a file of its own, and call that from the header that announces it (link for link
// types, etherType for link payloads, transport for IP payloads). What only a port
// announces goes through carries, which takes it back when no packet is found inside.
package layers
