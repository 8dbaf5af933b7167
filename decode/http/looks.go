package http

import "bytes"

// Guess is what the first bytes of a direction tell.
type Guess uint8

// The guesses.
const (
	No Guess = iota
	NeedMore
	Yes
)

// Looks says whether b, the first bytes of a direction, are HTTP/1: a status
// line, or a registered method with a target that HTTP has. Where the request
// line is complete its version decides, which tells SIP, RTSP and ICAP apart.
func Looks(b []byte) Guess {
	if n := min(len(b), len(versionPrefix)); string(b[:n]) == versionPrefix[:n] {
		return looksStatusLine(b)
	}
	method, rest, ok := bytes.Cut(b[:min(len(b), maxMethod+1)], []byte{' '})
	switch {
	case !ok && mayStartMethod(method):
		return NeedMore
	case !ok || methods[string(method)] == "":
		return No
	case len(rest) == 0:
		return NeedMore
	}
	return looksTarget(b[len(method)+1:], string(method))
}

func looksStatusLine(b []byte) Guess {
	n := bytes.IndexByte(b, ' ')
	switch {
	case n < 0 && (len(b) <= len(versionPrefix) || isVersion(b)):
		return NeedMore
	case n < 0 || !isVersion(b[:n]):
		return No
	}
	code := bytes.TrimLeft(b[n:], " ")
	if _, ok := decimal(code[:min(len(code), codeLen)]); !ok && len(code) > 0 {
		return No
	}
	if len(code) < codeLen {
		return NeedMore
	}
	return Yes
}

// looksTarget goes by the request line behind the method.
func looksTarget(b []byte, method string) Guess {
	if end := bytes.IndexByte(b, '\n'); end >= 0 {
		line := bytes.TrimRight(b[:end], " \t\r")
		_, simple := simpleTarget(method, line)
		if simple || isVersion(line) || versionAt(line) > 0 {
			return Yes
		}
		return No
	}
	if b = bytes.TrimLeft(b, " "); len(b) == 0 { // RFC 9112 section 3 lets readers pass over more than one
		return NeedMore
	}
	switch {
	case b[0] == '/', method == "CONNECT" && tokenChar[b[0]], b[0] == '*' && len(b) > 1 && b[1] == ' ':
		return Yes
	case b[0] == '*' && len(b) == 1:
		return NeedMore
	}
	return looksScheme(b)
}

// looksScheme: an absolute target has one of two schemes (RFC 9110 section 4.2).
func looksScheme(b []byte) Guess {
	for _, scheme := range []string{"http://", "https://"} {
		n := min(len(b), len(scheme))
		if bytes.EqualFold(b[:n], []byte(scheme[:n])) {
			if n == len(scheme) {
				return Yes
			}
			return NeedMore
		}
	}
	return No
}

// startsResponse reports whether b starts like a status line, as far as it goes.
func startsResponse(b []byte) bool {
	n := min(len(b), len(versionPrefix))
	return n > 0 && string(b[:n]) == versionPrefix[:n]
}
