package http3

import "github.com/quic-go/qpack"

// readSection reads a field section (RFC 9204 section 4.5) into m. Field lines that refer to the dynamic table
// are counted.
func readSection(b []byte, m *Message) error {
	_, n, err := prefixInt(b, 8) // Required Insert Count
	if err != nil {
		return err
	}
	b = b[n:]
	if _, n, err = prefixInt(b, 7); err != nil { // Base
		return err
	}
	b = b[n:]
	for len(b) > 0 {
		n, dynamic, err := lineLen(b)
		if err != nil {
			return err
		}
		if dynamic {
			m.Unknown++
		} else if err := readLine(b[:n], m); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// readLine reads one field line that needs no dynamic table.
func readLine(line []byte, m *Message) error {
	section := append(make([]byte, 2, 2+len(line)), line...)
	f, err := qpack.NewDecoder().Decode(section)()
	if err == nil {
		m.Take(f.Name, f.Value)
	}
	return err
}

// lineLen is the length of the field line that b begins with (RFC 9204 sections 4.5.2 to
// 4.5.6), and whether it refers to the dynamic table.
func lineLen(b []byte) (n int, dynamic bool, err error) {
	first := b[0]
	switch {
	case first&0x80 != 0: // indexed
		_, n, err = prefixInt(b, 6)
		return n, first&0x40 == 0, err
	case first&0x40 != 0: // literal with name reference
		dynamic = first&0x10 == 0
		_, n, err = prefixInt(b, 4)
	case first&0x20 != 0: // literal with literal name
		n, err = stringLen(b, 3)
	case first&0x10 != 0: // indexed, behind the base
		_, n, err = prefixInt(b, 4)
		return n, true, err
	default: // literal with a name reference behind the base
		dynamic = true
		_, n, err = prefixInt(b, 3)
	}
	if err != nil {
		return 0, false, err
	}
	value, err := stringLen(b[n:], 7)
	return n + value, dynamic, err
}

// stringLen is the length of a string literal and its length in front (RFC 9204 section 4.1.2).
func stringLen(b []byte, bits uint) (int, error) {
	length, n, err := prefixInt(b, bits)
	if err != nil {
		return 0, err
	}
	if length > uint64(len(b)-n) {
		return 0, errEnds
	}
	return n + int(length), nil
}

// prefixInt reads an integer whose first byte has so many bits of it (RFC 7541 section 5.1), and its length.
func prefixInt(b []byte, bits uint) (v uint64, n int, err error) {
	if len(b) == 0 {
		return 0, 0, errEnds
	}
	most := uint64(1)<<bits - 1
	if v = uint64(b[0]) & most; v < most {
		return v, 1, nil
	}
	for shift := uint(0); shift < 56; shift += 7 {
		n++
		if n >= len(b) {
			return 0, 0, errEnds
		}
		v += uint64(b[n]&0x7f) << shift
		if b[n]&0x80 == 0 {
			return v, n + 1, nil
		}
	}
	return 0, 0, errTooLong
}
