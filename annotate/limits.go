package annotate

import (
	"cmp"

	"github.com/pktjourney/pktjourney/decode"
)

// Limits bound what is kept of a capture at one time. What is 0 has its default.
type Limits struct {
	decode.Limits
	Journeys int // that wait for more; of those with open connections eight times as many
	Clients  int // whose lease is remembered
	Answers  int // addresses that DNS answers gave
	Routes   int // of BGP
}

// DefaultLimits are those of the zero Limits. A full table of BGP has about a million routes; of one
// the first are kept.
func DefaultLimits() Limits {
	return Limits{Limits: decode.DefaultLimits(), Journeys: 1 << 12, Clients: 1 << 11, Answers: 1 << 12, Routes: 1 << 16}
}

// limit puts the limits in force.
func (a *Annotator) limit() {
	own, standard := &a.opts.Limits, DefaultLimits()
	a.journeys.limit = cmp.Or(own.Journeys, standard.Journeys)
	a.leases.limit = cmp.Or(own.Clients, standard.Clients)
	a.answers.limit = cmp.Or(own.Answers, standard.Answers)
	a.rib.limit = cmp.Or(own.Routes, standard.Routes)
}

// Reached says that a limit was reached and something given up for it.
type Reached struct {
	Limit Limit
	Value int // the limit
	Count int // what was given up
}

// Limit names one of Limits.
type Limit uint8

// The limits that can be reached.
const (
	LimitFlows     Limit = iota // conversations were forgotten before they ended
	LimitPending                // holes in TCP streams were not waited for
	LimitFragments              // packets were not put together
	LimitJourneys               // journeys were ended early
	LimitClients                // leases were forgotten
	LimitAnswers                // answers were forgotten
	LimitRoutes                 // routes were not taken in
)

// String is the name in the output, and of the flag behind "max-".
func (l Limit) String() string {
	return [...]string{"flows", "pending-bytes", "fragments", "journeys", "clients", "answers", "routes"}[l]
}

// reached lists the limits that were reached. d decoded the frames; nil when that is not known.
func (a *Annotator) reached(d *decode.Decoder) []Reached {
	var costs decode.Costs
	if d != nil {
		costs = d.Costs()
	}
	m, standard := &a.opts.Limits, decode.DefaultLimits()
	all := [...]Reached{
		{LimitFlows, cmp.Or(m.Flows, standard.Flows), costs.Flows},
		{LimitPending, cmp.Or(m.PendingBytes, standard.PendingBytes), costs.Pending},
		{LimitFragments, cmp.Or(m.Fragments, standard.Fragments), costs.Fragments},
		{LimitJourneys, a.journeys.limit, a.journeys.overflow},
		{LimitClients, a.leases.limit, a.leases.overflow},
		{LimitAnswers, a.answers.limit, a.answers.overflow},
		{LimitRoutes, a.rib.limit, a.rib.overflow},
	}
	var list []Reached
	for _, r := range all {
		if r.Count > 0 {
			list = append(list, r)
		}
	}
	return list
}
