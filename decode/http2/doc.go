// Package http2 finds the messages of HTTP/2 (RFC 9113) in the TCP bytes of a
// connection, or in those that TLS carries, and reads their header fields (HPACK,
// RFC 7541). It follows any number of interleaved streams, interim responses,
// trailers and promised requests, and bytes that were never captured.
//
// Without the beginning of a connection, and behind bytes that are missing, the
// dynamic table of HPACK is unknown. Fields that stand in it are then counted
// and not told; those of the static table, and all that is spelled out, are read
// as ever.
//
// A Conn never reads ports. It keeps the newest 1,024 open streams, a table of 64 KiB and one field of
// 32 KiB in each direction, and of a message's fields the first 256 KiB. Only
// bodies that are DNS messages are kept, up to 64 KiB of each.
package http2
