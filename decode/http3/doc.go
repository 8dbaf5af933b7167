// Package http3 finds the messages of HTTP/3 (RFC 9114) in the streams of a QUIC
// connection and reads their header fields (QPACK, RFC 9204).
//
// Fields that stand in the dynamic table of QPACK are counted and not told; those of
// the static table, and all that is spelled out, are read. Server push is passed over.
//
// A Conn keeps of each open stream at most one field section of 64 KiB, and follows
// the newest 256 streams in each direction.
package http3
