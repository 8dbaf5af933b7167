package paths

import (
	"cmp"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// maxRanges bounds the frame numbers of a step, as annotate does.
const maxRanges = 64

// told is j put together from what the points say of it.
func (j *joint) told() *annotate.Journey {
	reports := j.reports()
	main := reports[0]
	out, end := *main, *main.Conclusion
	out.ID, out.Conclusion = j.journey.ID, &end
	out.Complete = true
	out.Steps = nil
	for i := range main.Steps {
		var states []*annotate.StepState
		for _, r := range reports {
			states = append(states, &r.Steps[i])
		}
		out.Steps = append(out.Steps, join(states))
	}
	for i := range out.Steps {
		s := &out.Steps[i]
		confirm(s, out.Steps)
		if s.State == annotate.Missing && s.Needed {
			out.Complete = false
		}
	}
	for _, r := range reports[1:] {
		fill(&out.Timing, &r.Timing)
		out.Differences = unite(out.Differences, r.Differences)
	}
	out.Differences = slices.DeleteFunc(slices.Clone(out.Differences), func(d annotate.Difference) bool {
		return d.Unseen && stateOf(out.Steps, d.Step) == annotate.Observed
	})
	out.Routing = routing(reports)
	for _, l := range j.legs {
		out.Path = append(out.Path, annotate.Leg{Step: l.step, Hops: l.packet.hops()})
	}
	return &out
}

// reports are what the points say, the one that knows best first.
func (j *joint) reports() []*annotate.Journey {
	main := j.main()
	list := []*annotate.Journey{main.report}
	for _, p := range j.parts {
		if p != main {
			list = append(list, p.report)
		}
	}
	return list
}

// join joins what the points say of one step: what any of them observed was observed.
func join(states []*annotate.StepState) annotate.StepState {
	best := *states[0]
	for _, s := range states[1:] {
		needed := best.Needed || s.Needed
		switch {
		case s.State > best.State:
			best = *s
		case s.State == annotate.Observed:
			add(&best, s)
		case s.State == annotate.Missing && best.State == annotate.Missing && s.Needed && !best.Needed:
			best.Reason = s.Reason // it would have been visible there
		}
		best.Needed = needed
	}
	return best
}

// add adds the frames of another point.
func add(to, s *annotate.StepState) {
	to.Count += s.Count
	to.Frames = ranges(append(slices.Clone(to.Frames), s.Frames...))
	if s.Start.Before(to.Start) {
		to.Start = s.Start
	}
	if s.End.After(to.End) {
		to.End = s.End
	}
}

// ranges puts ranges in order and joins neighbours.
func ranges(list []capture.Range) []capture.Range {
	slices.SortFunc(list, func(a, b capture.Range) int { return cmp.Compare(a.First, b.First) })
	out := list[:0]
	for _, r := range list {
		if n := len(out); n > 0 && r.First <= out[n-1].Last+1 {
			out[n-1].Last = max(out[n-1].Last, r.Last)
		} else if n < maxRanges {
			out = append(out, r)
		}
	}
	return out
}

// confirm makes a step that happens inside a host observed when the frames before and after
// it were captured there.
func confirm(s *annotate.StepState, all []annotate.StepState) {
	if s.State != annotate.Deduced || len(s.Step.Between) == 0 {
		return
	}
	var frames []capture.Range
	for _, id := range s.Step.Between {
		if stateOf(all, id) != annotate.Observed {
			return
		}
		frames = append(frames, find(all, id).Frames[0])
	}
	s.State, s.Reason = annotate.Observed, ""
	s.Frames = ranges(frames)
	s.Count = 0
	for _, r := range s.Frames {
		s.Count += r.Last - r.First + 1
	}
}

func find(all []annotate.StepState, id rules.ID) *annotate.StepState {
	for i := range all {
		if all[i].Step.ID == id {
			return &all[i]
		}
	}
	return nil
}

func stateOf(all []annotate.StepState, id rules.ID) annotate.State {
	if s := find(all, id); s != nil {
		return s.State
	}
	return annotate.Missing
}

// fill takes from another point what this one could not measure.
func fill(to, from *annotate.Timing) {
	for _, part := range []struct{ to, from *time.Duration }{
		{&to.DHCP, &from.DHCP}, {&to.DNS, &from.DNS}, {&to.TCP, &from.TCP}, {&to.TLS, &from.TLS},
		{&to.FirstByte, &from.FirstByte}, {&to.Total, &from.Total},
	} {
		if *part.to < 0 {
			*part.to = *part.from
		}
	}
}

// unite adds the differences that are not there yet.
func unite(list, more []annotate.Difference) []annotate.Difference {
	list = slices.Clone(list)
	for _, d := range more {
		if !slices.ContainsFunc(list, func(o annotate.Difference) bool { return o.Step == d.Step && o.Text == d.Text }) {
			list = append(list, d)
		}
	}
	return list
}
