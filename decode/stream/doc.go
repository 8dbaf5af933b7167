// Package stream puts the bytes of a TCP connection back in order (RFC 9293
// section 3.4), and says of each which frame brought it.
//
// A [Half] is one direction. Bytes that come in order are handed on as they
// stand in the frame, without a copy. Those that come too early are copied and
// wait for the ones before them. A hole that nothing fills becomes a gap: when
// the other side acknowledges the bytes behind it ([Half.Acked]), when it has
// stood too long, or when too much waits behind it.
//
// Where bytes are sent twice and differ, the first copy counts: a receiver has
// handed it on already, and so have we.
package stream
