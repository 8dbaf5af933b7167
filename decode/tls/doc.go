// Package tls finds the records of a TLS connection in its TCP bytes, says
// what each carries, and reads the messages that are sent in clear: the hellos,
// the alerts, and of certificates who they are for and how long. It knows TLS 1.3
// (RFC 8446), 1.2 (RFC 5246), 1.1 (RFC 4346), 1.0 (RFC 2246), SSL 3.0 (RFC 6101),
// and the SSL 2.0 form of a ClientHello (RFC 5246 appendix E.2).
//
// From TLS 1.3 on most of the handshake is encrypted and looks like application
// data. What such a record carries follows from the order of the handshake and
// from the record's length; its parts say that they were deduced.
//
// With the secrets of a key log records are decrypted: then the types inside are
// known, and the application data is given out. A Conn never reads ports, and keeps at
// most one record and one handshake message of each direction in memory.
package tls
