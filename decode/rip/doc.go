// Package rip reads RIP messages: versions 1 and 2 (RFC 1058, RFC 2453) and RIPng
// for IPv6 (RFC 2080). It does no I/O and keeps no state.
package rip
