package render

import (
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// measure knows how many columns a character takes. It is not the package's default,
// which depends on the locale: the same capture gives the same bytes everywhere.
var measure = &runewidth.Condition{StrictEmojiNeutral: true}

// columnsOf is how many columns s takes on a terminal; a Korean syllable takes two.
func columnsOf[T string | []byte](s T) int {
	if harmless(s) {
		return len(s)
	}
	n := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		n += measure.RuneWidth(r)
		i += size
	}
	return n
}

// appendSpaces appends n spaces; none when n is negative.
func appendSpaces(b []byte, n int) []byte {
	for ; n > 0; n-- {
		b = append(b, ' ')
	}
	return b
}

// appendLeft appends s and spaces up to width columns.
func appendLeft[T string | []byte](b []byte, s T, width int) []byte {
	return appendSpaces(append(b, s...), width-columnsOf(s))
}

// appendRight appends spaces up to width columns and s.
func appendRight[T string | []byte](b []byte, s T, width int) []byte {
	return append(appendSpaces(b, width-columnsOf(s)), s...)
}

// wrap cuts the first line off s: at most width columns, broken at a space
// where there is one. Width 0 does not break at all.
func wrap(s []byte, width int) (line, rest []byte) {
	if width <= 0 || len(s) <= width {
		return s, nil
	}
	space, taken := -1, 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		taken += measure.RuneWidth(r)
		if taken > width && r != ' ' {
			switch {
			case space > 0:
				return s[:space], s[space+1:]
			case i == 0:
				i = size
			}
			return s[:i], s[i:]
		}
		if r == ' ' {
			space = i
		}
		i += size
	}
	return s, nil
}
