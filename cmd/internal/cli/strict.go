package cli

import (
	"fmt"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
)

// strict watches that every frame is accounted for. Each frame that is read must be handed over, and the summary must count
// it once: labelled, or outside the journey with the name of its protocol. It also watches for frames that nothing
// explains: they are part of no journey, and no protocol that has a name of its own says why.
type strict struct {
	next  annotate.Sink
	on    bool
	first int // number of the first unexplained frame; 0: none
	count int // unexplained frames
	sums  frameSums
}

// frameSums are the frames by what became of them.
type frameSums struct {
	read     int // from the files
	handed   int // over to the renderer
	counted  int // in the summary
	labelled int // in the summary
	outside  int // in the summary, of all protocols
	inside   int // of those handed over, part of a journey
}

// agree reports whether no frame was lost and none counted twice.
func (s *frameSums) agree() bool {
	return s.read == s.handed && s.read == s.counted && s.counted == s.labelled+s.outside && s.labelled == s.inside
}

// reads counts the frames that src gives.
func (s *strict) reads(src capture.Source) capture.Source {
	if !s.on {
		return src
	}
	return &countedSource{src, &s.sums.read}
}

// countedSource counts frames.
type countedSource struct {
	capture.Source
	n *int
}

// Next implements capture.Source.
func (c *countedSource) Next() (*capture.Frame, error) {
	f, err := c.Source.Next()
	if err == nil {
		*c.n++
	}
	return f, err
}

// Frame implements annotate.Sink.
func (s *strict) Frame(l *annotate.Labelled) error {
	s.sums.handed++
	switch {
	case l.InJourney():
		s.sums.inside++
	case bare(l.Protocol):
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
func (s *strict) Close(sum *annotate.Summary) error {
	s.sums.counted, s.sums.labelled = sum.Frames, sum.Labelled
	for _, n := range sum.Outside {
		s.sums.outside += n
	}
	return s.next.Close(sum)
}

// verdict is an error when a frame is not accounted for.
func (s *strict) verdict() error {
	switch {
	case !s.on:
		return nil
	case !s.sums.agree():
		return failed(statusPart, fmt.Errorf("--strict: the sums differ: %d frames were read, %d handed over (%d of them in a journey); the summary has %d, %d labelled and %d outside",
			s.sums.read, s.sums.handed, s.sums.inside, s.sums.counted, s.sums.labelled, s.sums.outside))
	case s.count == 1:
		return failed(statusPart, fmt.Errorf("--strict: frame %d is not accounted for", s.first))
	case s.count > 1:
		return failed(statusPart, fmt.Errorf("--strict: %d frames are not accounted for, the first is frame %d", s.count, s.first))
	}
	return nil
}
