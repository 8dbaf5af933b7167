package cli

import (
	"fmt"

	"github.com/pktjourney/pktjourney/annotate"
)

// strict watches for frames that nothing accounts for: they are part of no
// journey, and no protocol that has a name of its own says why.
type strict struct {
	next  annotate.Sink
	on    bool
	first int // number of the first such frame; 0: none
	count int
}

// Frame implements annotate.Sink.
func (s *strict) Frame(l *annotate.Labelled) error {
	if !l.InJourney() && bare(l.Protocol) {
		s.count++
		if s.first == 0 {
			s.first = l.Number
		}
	}
	return s.next.Frame(l)
}

// bare reports whether a protocol only carries others, so that its name explains nothing.
func bare(protocol string) bool {
	switch protocol {
	case "", "ethernet", "ipv4", "ipv6", "tcp", "udp":
		return true
	}
	return false
}

// Journey implements annotate.Sink.
func (s *strict) Journey(j *annotate.Journey) error { return s.next.Journey(j) }

// Close implements annotate.Sink.
func (s *strict) Close(sum *annotate.Summary) error { return s.next.Close(sum) }

// verdict is an error when there were such frames.
func (s *strict) verdict() error {
	if !s.on || s.count == 0 {
		return nil
	}
	if s.count == 1 {
		return failed(statusPart, fmt.Errorf("--strict: frame %d is not accounted for", s.first))
	}
	return failed(statusPart, fmt.Errorf("--strict: %d frames are not accounted for, the first is frame %d", s.count, s.first))
}
