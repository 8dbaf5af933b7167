package render

import (
	"strconv"

	"github.com/pktjourney/pktjourney/annotate"
)

// appendRouting appends what routers told each other of the ways of a journey.
func appendRouting(b []byte, r *annotate.Routing) []byte {
	if r == nil {
		return b
	}
	b = append(b, `,"routing":{`...)
	b = appendObjects(b, "igps", r.IGPs, func(b []byte, g *annotate.IGP) []byte {
		return appendFrameNumber(appendJSON(append(b, `"protocol":`...), g.Protocol), g.Frame)
	})
	b = appendObjects(b, "speakers", r.Speakers, func(b []byte, s *annotate.Speaker) []byte {
		b = strconv.AppendUint(append(b, `"as":`...), uint64(s.AS), 10)
		if s.Router.IsValid() {
			b = append(s.Router.AppendTo(append(b, `,"router_id":"`...)), '"')
		}
		return appendFrameNumber(b, s.Frame)
	})
	b = appendObjects(b, "asbrs", r.Boundaries, func(b []byte, r *annotate.Boundary) []byte {
		return appendFrameNumber(appendJSON(append(b, `"router_id":`...), r.Router), r.Frame)
	})
	b = appendObjects(b, "routes", r.Routes, appendRoute)
	b = appendObjects(b, "notes", r.Notes, appendNote)
	return append(b[:len(b)-1], '}') // notes are never empty, and the last
}

// appendObjects appends a list of objects and a comma; nothing when it is empty.
func appendObjects[T any](b []byte, key string, list []T, each func([]byte, *T) []byte) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(append(append(b, '"'), key...), `":[`...)
	for i := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(each(append(b, '{'), &list[i]), '}')
	}
	return append(b, ']', ',')
}

func appendFrameNumber(b []byte, number int) []byte {
	return strconv.AppendInt(append(b, `,"frame":`...), int64(number), 10)
}

func appendRoute(b []byte, r *annotate.Route) []byte {
	b = appendJSON(append(b, `"step":`...), string(r.Step))
	b = append(r.To.AppendTo(append(b, `,"destination":"`...)), '"')
	b = append(r.Prefix.AppendTo(append(b, `,"prefix":"`...)), '"')
	b = appendJSON(append(b, `,"as_path":`...), r.ASPath)
	if r.NextHop.IsValid() {
		b = append(r.NextHop.AppendTo(append(b, `,"next_hop":"`...)), '"')
	}
	if r.Told != 0 {
		b = strconv.AppendUint(append(b, `,"told":`...), uint64(r.Told), 10)
	}
	return appendFrameNumber(b, r.Frame)
}

func appendNote(b []byte, n *annotate.Note) []byte {
	b = appendJSON(append(b, `"step":`...), string(n.Step))
	b = append(b, `,"frames":[`...)
	for i, number := range n.Frames {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(number), 10)
	}
	return appendJSON(append(b, `],"text":`...), n.Text)
}
