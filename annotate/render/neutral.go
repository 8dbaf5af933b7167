package render

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// Neutral is s with everything that could drive a terminal or hide text shown
// as an escape: control characters and bytes that are no UTF-8 as \x1b, invisible
// format characters (bidirectional overrides, zero-width marks) and line
// separators as \u202e.
func Neutral(s string) string {
	if harmless(s) {
		return s
	}
	return string(appendNeutral(nil, s))
}

// appendNeutral appends s as Neutral shows it.
func appendNeutral[T string | []byte](dst []byte, s T) []byte {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			dst = appendNeutralASCII(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		switch {
		case r == utf8.RuneError && n == 1:
			dst = appendHexByte(append(dst, `\x`...), s[i])
		case hides(r):
			dst = appendRuneEscape(dst, r)
		default:
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}

func appendNeutralASCII(dst []byte, c byte) []byte {
	if c < ' ' || c == 0x7f {
		return appendHexByte(append(dst, `\x`...), c)
	}
	return append(dst, c)
}

// hides reports whether a rune beyond ASCII is no visible text: C1 controls,
// format characters, line and paragraph separators.
func hides(r rune) bool {
	return r < 0xa0 || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// harmless reports whether s is printable ASCII.
func harmless[T string | []byte](s T) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

const hexDigits = "0123456789abcdef"

func appendHexByte(dst []byte, c byte) []byte {
	return append(dst, hexDigits[c>>4], hexDigits[c&15])
}

// appendRuneEscape appends \u202e, or \U000e0001 for what needs more digits.
func appendRuneEscape(dst []byte, r rune) []byte {
	digits := 4
	dst = append(dst, '\\', 'u')
	if r > 0xffff {
		digits = 8
		dst[len(dst)-1] = 'U'
	}
	s := strconv.FormatInt(int64(r), 16)
	for i := len(s); i < digits; i++ {
		dst = append(dst, '0')
	}
	return append(dst, s...)
}
