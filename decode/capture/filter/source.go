package filter

import (
	"strings"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// Source gives those frames of another source that a filter lets through. They
// keep their numbers.
type Source struct {
	src    capture.Source
	expr   string
	byLink map[capture.LinkType]*Filter // nil: no frame of that link type matches
}

// NewSource filters src. The filter is compiled when the first frame of a link
// type arrives; if that fails, Next gives an *Error. To know beforehand, use
// Compile.
func NewSource(src capture.Source, expr string) *Source {
	return &Source{src: src, expr: expr, byLink: map[capture.LinkType]*Filter{}}
}

// Next gives the next frame that the filter lets through; see capture.Source.
func (s *Source) Next() (*capture.Frame, error) {
	for {
		frame, err := s.src.Next()
		if err != nil {
			return nil, err
		}
		f, err := s.filterFor(frame.LinkType)
		if err != nil {
			return nil, err
		}
		if f != nil && f.Match(frame) {
			return frame, nil
		}
	}
}

func (s *Source) filterFor(link capture.LinkType) (*Filter, error) {
	if f, ok := s.byLink[link]; ok {
		return f, nil
	}
	f, err := Compile(s.expr, link)
	if err != nil && !rejectsAll(err) {
		return nil, err
	}
	s.byLink[link] = f
	return f, nil
}

// rejectsAll knows libpcap's message for a filter that no frame of a link type
// can match; it has no code for it.
func rejectsAll(err error) bool {
	return strings.Contains(err.Error(), "expression rejects all packets")
}
