// Package quic reads the packets of QUIC connections (RFC 9000): version 1
// (RFC 9001), version 2 (RFC 9369), the last drafts before them, and the TLS
// variants that Google and Facebook used meanwhile.
//
// The keys of Initial packets follow from a connection ID that stands in clear
// (RFC 9001 section 5.2), so that the ClientHello and the ServerHello can be read
// by anyone on the path. A Conn opens them, puts their CRYPTO frames in order and
// hands out whole TLS handshake messages as bytes; it does not read those. All
// later packets need the secrets of the connection, which the caller looks up.
//
// A packet is always read as far as its header goes. Packets with a short header
// have no mark of their own: only a connection that is followed tells them.
package quic
