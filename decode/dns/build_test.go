package dns

import (
	"encoding/binary"
	"strings"
)

// Flags of the messages that the tests build.
const (
	query  = bitRD
	answer = bitQR | bitRD | bitRA
)

// header builds a header with ID 0x1234 and the four counts.
func header(flags int, counts ...uint16) []byte {
	b := []byte{0x12, 0x34, byte(flags >> 8), byte(flags)}
	for i := range 4 {
		var n uint16
		if i < len(counts) {
			n = counts[i]
		}
		b = binary.BigEndian.AppendUint16(b, n)
	}
	return b
}

// wireName encodes a name without escapes; "." is the root.
func wireName(name string) []byte {
	var b []byte
	for _, label := range strings.FieldsFunc(name, func(r rune) bool { return r == '.' }) {
		b = append(append(b, byte(len(label))), label...)
	}
	return append(b, 0)
}

// pointer encodes a compression pointer.
func pointer(to int) []byte { return []byte{kindPointer | byte(to>>8), byte(to)} }

// question encodes a question of class IN.
func question(name []byte, t Type) []byte {
	b := binary.BigEndian.AppendUint16(append([]byte(nil), name...), uint16(t))
	return binary.BigEndian.AppendUint16(b, uint16(ClassIN))
}

// record encodes a record of class IN and 300 s.
func record(name []byte, t Type, rdata ...byte) []byte {
	b := binary.BigEndian.AppendUint32(question(name, t), 300)
	b = binary.BigEndian.AppendUint16(b, uint16(len(rdata)))
	return append(b, rdata...)
}

func join(parts ...[]byte) []byte {
	var b []byte
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// opt encodes an OPT record: 1232 bytes, version 0, DO, and the upper bits of
// the response code.
func opt(upper byte) []byte {
	return []byte{0, 0, 41, 0x04, 0xd0, upper, 0, 0x80, 0, 0, 0}
}

// googleQuery asks for www.google.com A with EDNS.
func googleQuery() []byte {
	return join(header(query, 1, 0, 0, 1), question(wireName("www.google.com"), TypeA), opt(0))
}

// googleAnswer answers over an alias, with compression. The question's name is
// at 12, google.com at 16, www.l.google.com at 44.
func googleAnswer() []byte {
	alias := join([]byte{3, 'w', 'w', 'w', 1, 'l'}, pointer(16))
	return join(
		header(answer, 1, 3, 1, 1),
		question(wireName("www.google.com"), TypeA), // 12 to 31
		record(pointer(12), TypeCNAME, alias...),    // 32, data at 44
		record(pointer(44), TypeA, 203, 0, 113, 82),
		record(pointer(44), TypeA, 203, 0, 113, 83),
		record(pointer(16), TypeNS, join([]byte{3, 'n', 's', '1'}, pointer(16))...),
		opt(0))
}

// one builds an answer that has a single record with the given data.
func one(t Type, rdata ...byte) []byte {
	return join(header(answer, 1, 1), question(wireName("a.example"), t), record(pointer(headerLen), t, rdata...))
}
