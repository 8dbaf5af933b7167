package http

import "bytes"

// trailer follows the trailer section of a body in chunks (RFC 9112 section 7.1.2),
// whose lines come in pieces.
type trailer struct {
	length int  // bytes of the current line so far
	cr     bool // the line is one CR so far
	field  bool // it has a colon, or goes on with the line before
	fields bool // a whole line came before
}

// next takes bytes up to the end of the empty line from b. A line that is no
// field is an error; n counts the bytes before it.
func (t *trailer) next(b []byte) (n int, done bool, err error) {
	for n < len(b) {
		end := bytes.IndexByte(b[n:], '\n')
		if end < 0 {
			t.add(b[n:])
			return len(b), false, nil
		}
		t.add(b[n : n+end])
		switch {
		case t.length == 0 || t.length == 1 && t.cr:
			return n + end + 1, true, nil
		case !t.field:
			return n, false, chunkFault("trailer")
		}
		*t = trailer{fields: true}
		n += end + 1
	}
	return n, false, nil
}

// add takes more of the current line.
func (t *trailer) add(b []byte) {
	if len(b) == 0 {
		return
	}
	if t.length == 0 {
		t.cr = b[0] == '\r'
		t.field = t.fields && (b[0] == ' ' || b[0] == '\t') // obs-fold (RFC 9112 section 5.2)
	}
	t.field = t.field || bytes.IndexByte(b, ':') >= 0
	t.length += len(b)
}
