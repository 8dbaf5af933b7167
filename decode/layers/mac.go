package layers

// MAC is a 48-bit link address.
type MAC [6]byte

// Broadcast is the address of every station on the link.
var Broadcast = MAC{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

// IsMulticast reports whether the group bit is set, as it is for broadcast too
// (RFC 9542 section 2.1).
func (m MAC) IsMulticast() bool { return m[0]&1 != 0 }

// Append appends m as the Elastic Common Schema writes it: "00-00-5E-00-53-2A"
// (RFC 9542 section 2.1).
func (m MAC) Append(b []byte) []byte {
	const digits = "0123456789ABCDEF"
	for i, v := range m {
		if i > 0 {
			b = append(b, '-')
		}
		b = append(b, digits[v>>4], digits[v&15])
	}
	return b
}

// String is m as Append writes it.
func (m MAC) String() string { return string(m.Append(make([]byte, 0, 17))) }
