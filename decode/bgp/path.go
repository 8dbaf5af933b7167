package bgp

import (
	"strconv"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Segment is a part of an AS path (RFC 4271 section 4.3, RFC 5065 section 3).
type Segment struct {
	Kind SegmentKind
	ASes []uint32
}

// SegmentKind says how the numbers of a segment belong together.
type SegmentKind uint8

// The kinds.
const (
	Set SegmentKind = 1 + iota
	Sequence
	ConfedSequence
	ConfedSet
)

// asTrans stands for a number that does not fit into two bytes (RFC 6793 section 9).
const asTrans = 23456

// AppendPath appends path as routers print it: "65001 65002", sets in braces, confederations in
// parentheses.
func AppendPath(b []byte, path []Segment) []byte {
	for i, s := range path {
		if i > 0 {
			b = append(b, ' ')
		}
		marks := [...]string{Set: "{,}", Sequence: " ", ConfedSequence: "( )", ConfedSet: "[,]"}[s.Kind]
		between := marks[len(marks)/2]
		if len(marks) > 1 {
			b = append(b, marks[0])
		}
		for k, as := range s.ASes {
			if k > 0 {
				b = append(b, between)
			}
			b = strconv.AppendUint(b, uint64(as), 10)
		}
		if len(marks) > 1 {
			b = append(b, marks[2])
		}
	}
	return b
}

// attributes are those of an UPDATE that make its AS path together.
type attributes struct {
	path, path4 []Segment
	aggregated  bool  // by a router that takes numbers of four bytes: AS4_PATH is not to be used
	narrow      bool  // path has numbers of two bytes
	err         error // what is wrong with one of them
}

// read reads one of the attributes.
func (a *attributes) read(code uint8, c *wire.Cursor, fourByte bool) {
	span := wire.Span{Off: c.Off(), Len: c.Len()}
	b, ok, field := c.Rest(), true, "attribute.as_path"
	switch code {
	case attributePath:
		a.path, a.narrow, ok = pathOf(b, fourByte)
	case attributePath4:
		a.path4, ok = segments(b, 4)
		field = "attribute.as4_path"
	case attributeAggregator:
		const narrow = 6 // an AS number of two bytes, and an address
		a.aggregated = len(b) == narrow && (uint32(b[0])<<8|uint32(b[1])) != asTrans
	}
	if !ok && a.err == nil {
		a.err = &wire.Error{Proto: "bgp", Field: field, Span: span, Err: wire.ErrMalformed}
	}
}

// pathOf reads an AS_PATH. Where the agreement on four bytes was not seen, the size with which
// the segments fill the attribute counts.
func pathOf(b []byte, fourByte bool) (path []Segment, narrow, ok bool) {
	if fourByte {
		path, ok = segments(b, 4)
		return path, false, ok
	}
	if path, ok = segments(b, 2); ok {
		return path, true, true
	}
	if wide, fits := segments(b, 4); fits {
		return wide, false, true
	}
	return path, true, false
}

// segments reads segments whose numbers have size bytes.
func segments(b []byte, size int) (path []Segment, ok bool) {
	for total := 0; len(b) >= 2; {
		kind, n := SegmentKind(b[0]), int(b[1])
		if kind < Set || kind > ConfedSet || n == 0 || len(b) < 2+n*size {
			return path, false
		}
		s := Segment{Kind: kind}
		for i := range min(n, maxListed-total) {
			var as uint32
			for _, x := range b[2+i*size:][:size] {
				as = as<<8 | uint32(x)
			}
			s.ASes = append(s.ASes, as)
		}
		if total += len(s.ASes); len(s.ASes) > 0 {
			path = append(path, s)
		}
		b = b[2+n*size:]
	}
	return path, len(b) == 0
}

// whole is the path with what AS4_PATH knows better put in: as many numbers of AS_PATH stay in
// front as it has more (RFC 6793 section 4.2.3).
func (a *attributes) whole() []Segment {
	extra := Hops(a.path) - Hops(a.path4)
	if !a.narrow || a.aggregated || len(a.path4) == 0 || extra < 0 {
		return a.path
	}
	var out []Segment
	for _, s := range a.path {
		if s.confederation() {
			out = append(out, s)
			continue
		}
		if extra == 0 {
			break
		}
		if s.Kind == Sequence && len(s.ASes) > extra {
			s.ASes = s.ASes[:extra:extra]
		}
		extra -= s.hops()
		out = append(out, s)
	}
	for _, s := range a.path4 {
		if n := len(out); n > 0 && s.Kind == Sequence && out[n-1].Kind == Sequence {
			out[n-1].ASes = append(out[n-1].ASes[:len(out[n-1].ASes):len(out[n-1].ASes)], s.ASes...)
		} else if !s.confederation() {
			out = append(out, s)
		}
	}
	return out
}

// Hops is how long the choice of the shortest path takes path to be (RFC 4271 section 9.1.2.2,
// RFC 5065 section 5.3).
func Hops(path []Segment) (n int) {
	for _, s := range path {
		n += s.hops()
	}
	return n
}

func (s *Segment) hops() int {
	switch s.Kind {
	case Set:
		return 1
	case Sequence:
		return len(s.ASes)
	}
	return 0
}

func (s *Segment) confederation() bool { return s.Kind == ConfedSequence || s.Kind == ConfedSet }
