package openvpn

import "encoding/binary"

// lengthLen is the length of the length that stands before each packet over TCP.
const lengthLen = 2

// Stream cuts one direction of a TCP connection into packets. The zero Stream is ready.
type Stream struct {
	held []byte // the beginning of a packet that is not complete
	skip int    // bytes of the data channel that are not looked at
	lost bool   // bytes are missing: where packets begin is not known any more
}

// Data takes the next bytes, and gives each packet that is complete by now to visit: its bytes, valid
// during the call.
func (s *Stream) Data(b []byte, visit func(packet []byte)) {
	for len(b) > 0 && !s.lost {
		if s.skip > 0 {
			n := min(s.skip, len(b))
			s.skip, b = s.skip-n, b[n:]
			continue
		}
		if len(s.held) == 0 {
			if n := wholeLen(b); n > 0 {
				visit(b[lengthLen:n])
				b = b[n:]
				continue
			}
		}
		b = s.hold(b)
		if n := wholeLen(s.held); n > 0 {
			visit(s.held[lengthLen:n])
			s.held = s.held[:0]
		}
	}
}

// hold takes as many of b as the packet that it keeps lacks, and gives back the others.
func (s *Stream) hold(b []byte) (rest []byte) {
	want := lengthLen + 1
	if len(s.held) >= lengthLen {
		want = max(want, lengthLen+int(binary.BigEndian.Uint16(s.held)))
	}
	n := min(want-len(s.held), len(b))
	s.held, rest = append(s.held, b[:n]...), b[n:]
	if len(s.held) != lengthLen+1 {
		return rest
	}
	size := int(binary.BigEndian.Uint16(s.held))
	switch {
	case size == 0:
		s.lost = true
	case !Opcode(s.held[lengthLen] >> 3).control():
		s.held, s.skip = s.held[:0], size-1
	}
	return rest
}

// wholeLen is the length of the packet that b begins with, its length included; 0 when it is not whole.
func wholeLen(b []byte) int {
	if len(b) < lengthLen {
		return 0
	}
	n := lengthLen + int(binary.BigEndian.Uint16(b))
	if n == lengthLen || n > len(b) {
		return 0
	}
	return n
}

// Gap says that the next n bytes are missing.
func (s *Stream) Gap(n int) {
	if s.skip >= n {
		s.skip -= n
		return
	}
	s.lost, s.held = true, nil
}
