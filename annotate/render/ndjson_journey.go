package render

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// Journey implements annotate.Sink.
func (n *ndjson) Journey(j *annotate.Journey) error {
	b := append(n.out.b, `{"kind":"journey","journey":{"id":`...)
	b = strconv.AppendInt(b, int64(j.ID), 10)
	b = appendJSON(append(b, `,"name":`...), j.Name)
	if j.Client.IsValid() {
		b = append(j.Client.AppendTo(append(b, `,"client":"`...)), '"')
	}
	if len(j.Servers) > 0 {
		b = append(b, `,"servers":[`...)
		for i, s := range j.Servers {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(s.AppendTo(append(b, '"')), '"')
		}
		b = append(b, ']')
	}
	b = strconv.AppendBool(append(b, `,"complete":`...), j.Complete)
	b = append(b, `,"steps":[`...)
	for i := range j.Steps {
		if i > 0 {
			b = append(b, ',')
		}
		b = n.appendStepAt(b, i, &j.Steps[i])
	}
	b = appendTiming(append(b, ']'), &j.Timing)
	b = appendDifferences(b, j.Differences)
	b = n.appendChains(b, j.Chains)
	b = appendRouting(b, j.Routing)
	if len(j.Path) > 0 {
		b = append(b, `,"path":[`...)
		for i := range j.Path {
			if i > 0 {
				b = append(b, ',')
			}
			b = n.appendHops(b, j.Path[i].Hops, string(j.Path[i].Step))
		}
		b = append(b, ']')
	}
	n.out.b = append(b, '}', '}', '\n')
	return n.out.flushFull()
}

// appendHops appends one object for each point that a packet passed, with the step of the packet unless that is "".
func (n *ndjson) appendHops(b []byte, hops []annotate.Sighting, step string) []byte {
	for i := range hops {
		h := &hops[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '{')
		if step != "" {
			b = append(appendJSON(append(b, `"step":`...), step), ',')
		}
		b = appendJSON(append(b, `"point":`...), h.Point)
		b = strconv.AppendInt(append(b, `,"frame":`...), int64(h.Frame), 10)
		b = strconv.AppendInt(append(b, `,"ttl":`...), int64(h.TTL), 10)
		b = append(n.appendTime(b, `,"time":"`, h.Time), '}')
	}
	return b
}

// stepText is what was written of a step: it begins the same for all journeys, and most that lack it do for the same reason.
type stepText struct {
	id      rules.ID
	heads   [annotate.Observed + 1][]byte // in each state
	reason  string
	missing []byte // all of it, for that reason
}

// appendStepAt appends the step of the place i.
func (n *ndjson) appendStepAt(b []byte, i int, s *annotate.StepState) []byte {
	for len(n.steps) <= i {
		n.steps = append(n.steps, stepText{})
	}
	t := &n.steps[i]
	if t.id != s.Step.ID {
		*t = stepText{id: s.Step.ID}
	}
	if s.State != annotate.Missing {
		return n.appendStep(b, t, s)
	}
	if t.reason != s.Reason || t.missing == nil {
		t.reason, t.missing = strings.Clone(s.Reason), n.appendStep(t.missing[:0], t, s)
	}
	return append(b, t.missing...)
}

func (n *ndjson) appendStep(b []byte, t *stepText, s *annotate.StepState) []byte {
	head := &t.heads[s.State]
	if *head == nil {
		*head = appendJSON(append(*head, `{"step":`...), string(s.Step.ID))
		*head = appendJSON(append(*head, `,"state":`...), s.State.String())
	}
	b = append(b, *head...)
	if s.Count > 0 {
		b = strconv.AppendInt(append(b, `,"count":`...), int64(s.Count), 10)
	}
	if len(s.Frames) > 0 {
		b = appendRanges(append(b, `,"frames":`...), s.Frames)
	}
	b = n.appendTime(b, `,"start":"`, s.Start)
	b = n.appendTime(b, `,"end":"`, s.End)
	if s.Reason != "" {
		b = appendJSON(append(b, `,"reason":`...), s.Reason)
	}
	return append(b, '}')
}

// timeText is the text of a time, which the steps of a journey tell more than once.
type timeText struct {
	of   time.Time
	text []byte
}

func (n *ndjson) appendTime(b []byte, key string, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	if !n.when.of.Equal(t) {
		n.when.of, n.when.text = t, n.stamp.append(n.when.text[:0], t)
	}
	return append(append(append(b, key...), n.when.text...), '"')
}

// appendTiming appends the parts that could be measured.
func appendTiming(b []byte, t *annotate.Timing) []byte {
	b = append(b, `,"timing":{`...)
	for _, part := range [...]struct {
		key string
		d   time.Duration
	}{
		{`"dhcp_ms":`, t.DHCP}, {`"dns_ms":`, t.DNS}, {`"tcp_ms":`, t.TCP}, {`"tls_ms":`, t.TLS},
		{`"first_byte_ms":`, t.FirstByte}, {`"total_ms":`, t.Total},
	} {
		if part.d >= 0 {
			b = appendMilliseconds(append(b, part.key...), part.d)
			b = append(b, ',')
		}
	}
	if b[len(b)-1] == ',' {
		b = b[:len(b)-1]
	}
	return append(b, '}')
}

// appendMilliseconds appends d with three decimals, rounded down.
func appendMilliseconds(b []byte, d time.Duration) []byte {
	b = strconv.AppendInt(b, d.Milliseconds(), 10)
	return appendDigits(append(b, '.'), d.Microseconds()%1000, 3)
}

func appendDifferences(b []byte, list []annotate.Difference) []byte {
	b = append(b, `,"differences":[`...)
	for i := range list {
		d := &list[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(append(b, `{"step":`...), string(d.Step))
		b = append(b, `,"frames":[`...)
		for k, number := range d.Frames {
			if k > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(number), 10)
		}
		b = append(appendJSON(append(b, `],"text":`...), d.Text), '}')
	}
	return append(b, ']')
}

// Close implements annotate.Sink.
func (n *ndjson) Close(s *annotate.Summary) error {
	b := appendStrings(append(n.out.b, `{"kind":"capture","capture":{"files":`...), s.Files)
	b = strconv.AppendInt(append(b, `,"frames":`...), int64(s.Frames), 10)
	b = strconv.AppendInt(append(b, `,"labelled":`...), int64(s.Labelled), 10)
	b = appendOutside(b, s.Outside)
	b = strconv.AppendInt(append(b, `,"bytes":`...), s.Bytes, 10)
	if s.Lost > 0 {
		b = strconv.AppendInt(append(b, `,"dropped":`...), int64(s.Lost), 10)
	}
	b = n.appendTime(b, `,"first":"`, s.First)
	b = n.appendTime(b, `,"last":"`, s.Last)
	b = strconv.AppendInt(append(b, `,"journeys":`...), int64(s.Journeys), 10)
	if len(s.Points) == 0 {
		b = appendJSON(append(b, `,"point":`...), s.Point.String())
	}
	b = appendPoints(b, s.Points)
	b = n.appendReached(b, s.Limits)
	b = strconv.AppendBool(append(b, `,"damaged":`...), s.Damage != nil)
	if s.Damage != nil {
		b = appendJSON(append(b, `,"damage":`...), s.Damage.Error())
	}
	n.out.b = append(b, '}', '}', '\n')
	return n.out.flush()
}

// maxKinds bounds the protocols that are listed.
const maxKinds = 64

// appendOutside appends how many frames of each protocol are outside every journey: with those that are labelled
// they are all. What is beyond maxKinds, in the order of the names, is counted as "other".
func appendOutside(b []byte, outside map[string]int) []byte {
	b = append(b, `,"outside":{`...)
	rest := 0
	for i, name := range slices.Sorted(maps.Keys(outside)) {
		if i >= maxKinds {
			rest += outside[name]
			continue
		}
		b = append(appendJSON(b, name), ':')
		b = append(strconv.AppendInt(b, int64(outside[name]), 10), ',')
	}
	if rest > 0 {
		b = append(strconv.AppendInt(append(b, `"other":`...), int64(rest), 10), ',')
	}
	return append(bytes.TrimSuffix(b, []byte{','}), '}')
}

// appendPoints appends the capture points, where there are several.
func appendPoints(b []byte, points []annotate.PointSummary) []byte {
	if len(points) == 0 {
		return b
	}
	b = append(b, `,"points":[`...)
	for i := range points {
		p := &points[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(append(b, `{"place":`...), p.Name)
		b = appendJSON(append(b, `,"point":`...), p.Point.String())
		b = appendStrings(append(b, `,"files":`...), p.Files)
		b = strconv.AppendInt(append(b, `,"frames":`...), int64(p.Frames), 10)
		b = append(b, `,"clock_offset_ms":`...)
		b = strconv.AppendFloat(b, float64(p.Offset)/float64(time.Millisecond), 'f', 3, 64)
		b = append(b, '}')
	}
	return append(b, ']')
}

// Flush implements Flusher.
func (n *ndjson) Flush() error { return n.out.flush() }
