// Package ospf reads OSPF packets: version 2 (RFC 2328) and version 3 for IPv6
// (RFC 5340). Of link state advertisements it reads the headers, and what router
// advertisements say of their router. It does no I/O and keeps no state.
package ospf
