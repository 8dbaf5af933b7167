// Package dns reads DNS messages (RFC 1034, RFC 1035) with EDNS(0) (RFC 6891)
// and the resource records that a browser's look-ups meet, service bindings
// (RFC 9460) and DNSSEC (RFC 4034) among them. It does no I/O and keeps no
// state; pairing of queries and answers is annotate's work.
//
// Names are lower case without the final dot, the root is ".". Bytes that are
// not printable ASCII are written \DDD, dots and backslashes inside a label \.
// and \\ (RFC 1035 section 5.1, RFC 4343 section 2.1).
//
// To add a record type: name its number in names.go and give it a case in
// rdata.go, with the function that writes its data in the file of its standard.
package dns
