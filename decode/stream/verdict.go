package stream

import "strings"

// Verdict says how a segment's bytes stand to those seen before. More than one bit may be set.
type Verdict uint8

// The verdicts. Bytes that a gap stands for count as seen.
const (
	Retransmission Verdict = 1 << iota // all of its bytes were seen before
	Partial                            // some of its bytes were seen before
	OutOfOrder                         // it brings bytes that stand before others seen earlier
	Ahead                              // bytes of it wait for others before them
	KeepAlive                          // it asks for a sign of life (RFC 9293 section 3.8.4)
)

// Has reports whether all bits of w are set.
func (v Verdict) Has(w Verdict) bool { return v&w == w }

var verdictNames = [...]string{"retransmission", "partial", "out of order", "ahead", "keep-alive"}

// String lists the bits, as in "[partial out of order]".
func (v Verdict) String() string {
	var words []string
	for i, name := range verdictNames {
		if v&(1<<i) != 0 {
			words = append(words, name)
		}
	}
	return "[" + strings.Join(words, " ") + "]"
}
