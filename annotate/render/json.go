package render

import (
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// appendJSON appends s as a JSON string (RFC 8259 section 7). Bytes that are
// no UTF-8 become U+FFFD. Beyond what the RFC asks for, DEL, C1 controls, format
// characters and line separators are escaped, so that a terminal or a
// JavaScript program that gets the line as it is comes to no harm.
func appendJSON[T string | []byte](dst []byte, s T) []byte {
	return append(appendJSONText(append(dst, '"'), s), '"')
}

// appendJSONText is appendJSON without the quotes.
func appendJSONText[T string | []byte](dst []byte, s T) []byte {
	start := 0
	for i := 0; i < len(s); {
		if i+8 <= len(s) && isPlain(load64(s, i)) {
			i += 8
			continue
		}
		c := s[i]
		if c >= ' ' && c < 0x7f && c != '"' && c != '\\' {
			i++
			continue
		}
		dst = append(dst, s[start:i]...)
		if c < utf8.RuneSelf {
			dst = appendJSONByte(dst, c)
			i++
		} else {
			r, n := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
			dst = appendJSONRune(dst, r)
			i += n
		}
		start = i
	}
	return append(dst, s[start:]...)
}

// load64 is the eight bytes of s from i on; the first is the lowest.
func load64[T string | []byte](s T, i int) uint64 {
	_ = s[i+7]
	return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
		uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
}

// isPlain reports whether none of eight bytes needs to be looked at alone: all are printable ASCII other
// than '"' and '\\'. Each line below sets the highest bit of the bytes that it is about, and may
// set that of further ones, which costs only time.
func isPlain(x uint64) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	quote, backslash := x^ones*'"', x^ones*'\\'
	odd := x | (x + ones) // not ASCII, or DEL
	odd |= x - ones*' '
	odd |= (quote - ones) &^ quote
	odd |= (backslash - ones) &^ backslash
	return odd&high == 0
}

func appendJSONByte(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return appendHexByte(append(dst, `\u00`...), c)
}

func appendJSONRune(dst []byte, r rune) []byte {
	if !hides(r) {
		return utf8.AppendRune(dst, r)
	}
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return appendRuneEscape(appendRuneEscape(dst, high), low)
	}
	return appendRuneEscape(dst, r)
}

// stamp writes times as RFC 3339 in UTC with nine digits. It keeps the text
// of the last second, which most frames share.
type stamp struct {
	second int64
	text   []byte // "2026-11-20T09:00:01."
}

// secondWidth is how long the text of a second is, in the years 0 to 9999.
const secondWidth = len("2026-11-20T09:00:01.")

func (s *stamp) append(dst []byte, t time.Time) []byte {
	dst = append(dst, s.of(t)...)
	dst = appendDigits(dst, int64(t.Nanosecond()), 9)
	return append(dst, 'Z')
}

// of is the text of t up to its second. It is valid until the next call.
func (s *stamp) of(t time.Time) []byte {
	if second := t.Unix(); second != s.second || s.text == nil {
		s.second = second
		s.text = t.UTC().AppendFormat(s.text[:0], "2006-01-02T15:04:05.")
	}
	return s.text
}
