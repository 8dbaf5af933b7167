package tls

// Guess is what the first bytes of a direction tell.
type Guess uint8

// The guesses.
const (
	No Guess = iota
	NeedMore
	Yes
)

// Looks says whether b, the first bytes of a direction, are TLS. It needs the
// header of a record; a handshake record must begin with a message that exists,
// unless it is encrypted and another record follows it.
func Looks(b []byte) Guess {
	switch {
	case len(b) > 0 && b[0]&0x80 != 0:
		return looksOld(b)
	case !plausible(b):
		return No
	case len(b) < headerLen:
		return NeedMore
	case !startsRecord(b):
		return No
	case ContentType(b[0]) == TypeHandshake:
		return looksHandshake(b)
	}
	return Yes
}

func looksHandshake(b []byte) Guess {
	if len(b) == headerLen {
		return NeedMore
	}
	if HandshakeType(b[headerLen]).known() {
		return Yes
	}
	n := headerLen + int(b[3])<<8 + int(b[4])
	switch {
	case len(b) >= n+headerLen:
		return Yes // startsRecord has looked at the second header
	case len(b) > n:
		return NeedMore
	}
	return No
}

func looksOld(b []byte) Guess {
	switch {
	case !oldHello(b):
		return No
	case len(b) < headerLen:
		return NeedMore
	}
	return Yes
}
