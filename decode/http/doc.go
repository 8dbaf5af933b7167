// Package http finds the messages of HTTP/1.0 and HTTP/1.1 in the TCP bytes of
// a connection and reads their heads (RFC 9112, RFC 9110). It follows
// persistent and pipelined connections, all ways to delimit a body, and
// bytes that were never captured.
//
// It is tolerant where RFC 9112 tells recipients to be, and says what broke the
// rules. Text is kept as received. HTTP/0.9 is read too, where a request is one
// line and its answer has no head (RFC 1945 section 4.1); HTTP/2 is package http2's.
//
// A Conn never reads ports. It keeps at most one head of 64 KiB in each direction.
package http
