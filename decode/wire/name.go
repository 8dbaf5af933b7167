package wire

// The most bytes of a label and of a name (RFC 1035 section 2.3.4).
const (
	MaxLabel = 63
	MaxName  = 255
)

// DomainName reads one name that is not compressed, as DHCPv6 and Neighbour
// Discovery send it (RFC 8415 section 10, RFC 8106 section 5.2). The result has
// no final dot; the root is ".".
func (c *Cursor) DomainName(field string) string {
	var text [2 * MaxName]byte
	out := text[:0]
	for size := 1; ; size++ { // the byte of the root label is counted first
		n := int(c.Uint8(field))
		if n == 0 {
			break
		}
		if size += n; n > MaxLabel || size >= MaxName {
			c.Fail(field, n, ErrMalformed)
			break
		}
		out = AppendLabel(out, c.Bytes(field, n))
	}
	if len(out) == 0 {
		return "."
	}
	return string(out)
}

// AppendLabel appends a label to a name, with a dot between them. A dot or
// backslash inside the label gets a backslash in front, as in master files (RFC
// 1035 section 5.1).
func AppendLabel(out, label []byte) []byte {
	if len(out) > 0 {
		out = append(out, '.')
	}
	for _, b := range label {
		if b == '.' || b == '\\' {
			out = append(out, '\\')
		}
		out = append(out, b)
	}
	return out
}
