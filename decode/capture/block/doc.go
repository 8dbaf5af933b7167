// Package block writes the blocks of pcapng files (draft-ietf-opsawg-pcapng).
// Each function appends one whole block to a slice, in little endian, so that a file
// may end behind any of them, and puts comments into blocks that were read. It does no I/O and keeps no state. Reading is
// the work of decode/capture.
package block
