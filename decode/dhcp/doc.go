// Package dhcp reads DHCPv4 messages (RFC 2131) with their options (RFC 2132,
// RFC 3396), and the BOOTP messages that they grew from (RFC 951). It does no
// I/O and keeps no state; pairing of messages is annotate's work.
//
// To add an option: name its code in names.go, give Message a field, and add
// one line to the table in option.go with the function that reads the value.
package dhcp
