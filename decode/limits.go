package decode

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/decode/stream"
)

// Limits bound what a Decoder keeps. What is 0 has its default.
type Limits struct {
	Flows        int           // conversations
	FlowTimeout  time.Duration // how long a TCP connection may say nothing; where it is 0, KeepIdle conversations may for ever
	PendingBytes int           // TCP bytes behind holes, of all connections
	Fragments    int           // packets that wait for fragments
}

// KeepIdle is how many conversations are kept however idle they are, unless Limits has a FlowTimeout.
const KeepIdle = flow.KeepIdle

// DefaultLimits are those of the zero Limits.
func DefaultLimits() Limits {
	return Limits{Flows: flow.MaxConversations, FlowTimeout: flow.IdleTCP, PendingBytes: stream.DefaultBudget, Fragments: layers.MaxFragmented}
}

// Costs are what a Decoder gave up because a limit was reached.
type Costs struct {
	Flows     int // conversations that had not ended: later frames begin new ones
	Pending   int // holes in TCP streams that were not waited for
	Fragments int // packets that were not put together
}

// Costs are those until now.
func (d *Decoder) Costs() Costs {
	return Costs{Flows: d.flows.Overflow(), Pending: d.budget.Skipped(), Fragments: d.parts.Overflow()}
}

// limit puts the limits in force.
func (d *Decoder) limit() {
	d.flows.Limit, d.flows.Idle = d.Limits.Flows, d.Limits.FlowTimeout
	d.budget.Limit = d.Limits.PendingBytes
	d.parts.Limit = d.Limits.Fragments
}
