// Package dhcpv6 reads DHCPv6 messages (RFC 8415) and the options for DNS (RFC
// 3646), those inside relay messages too. It does no I/O and keeps no state;
// pairing of messages is annotate's work.
//
// To add an option: name its code in names.go, give Message a field, and add
// one line to the table in option.go with the function that reads the value.
package dhcpv6
