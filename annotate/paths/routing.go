package paths

import (
	"cmp"
	"slices"

	"github.com/pktjourney/pktjourney/annotate"
)

// routing puts together what was heard of routers at each point.
func routing(reports []*annotate.Journey) *annotate.Routing {
	var out *annotate.Routing
	for _, r := range reports {
		if r.Routing == nil {
			continue
		}
		if out == nil {
			out = new(annotate.Routing)
		}
		out.IGPs = addNew(out.IGPs, r.Routing.IGPs, func(a, b annotate.IGP) bool { return a.Protocol == b.Protocol })
		out.Speakers = addNew(out.Speakers, r.Routing.Speakers, func(a, b annotate.Speaker) bool { return a.AS == b.AS && a.Router == b.Router })
		out.Boundaries = addNew(out.Boundaries, r.Routing.Boundaries, func(a, b annotate.Boundary) bool { return a.Router == b.Router })
		out.Routes = addNew(out.Routes, r.Routing.Routes, func(a, b annotate.Route) bool {
			return a.Step == b.Step && a.To == b.To && a.Told == b.Told && a.ASPath == b.ASPath
		})
		out.Notes = addNew(out.Notes, r.Routing.Notes, func(a, b annotate.Note) bool { return a.Step == b.Step && a.Text == b.Text })
	}
	if out != nil {
		slices.SortStableFunc(out.Notes, func(a, b annotate.Note) int { return cmp.Compare(a.Step, b.Step) })
	}
	return out
}

// addNew adds what is not in list yet.
func addNew[T any](list, more []T, same func(a, b T) bool) []T {
	for _, x := range more {
		if !slices.ContainsFunc(list, func(o T) bool { return same(o, x) }) {
			list = append(list, x)
		}
	}
	return list
}
