package cli

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
)

// limitOptions are the flags that bound what is kept of a capture.
type limitOptions struct {
	given annotate.Limits
	flags *pflag.FlagSet // nil in a command that has none of them
}

const flagFlowTimeout = "flow-timeout"

// limitFlags are the flags that take a number.
var limitFlags = [...]struct {
	limit annotate.Limit
	usage string
	in    func(*annotate.Limits) *int
}{
	{annotate.LimitFlows, "keep at most `N` conversations at a time", func(l *annotate.Limits) *int { return &l.Flows }},
	{annotate.LimitPending, "let at most `N` bytes wait for TCP segments before them", func(l *annotate.Limits) *int { return &l.PendingBytes }},
	{annotate.LimitFragments, "put at most `N` fragmented packets together at a time", func(l *annotate.Limits) *int { return &l.Fragments }},
	{annotate.LimitJourneys, "let at most `N` journeys wait for more, eight times as many with open\nconnections", func(l *annotate.Limits) *int { return &l.Journeys }},
	{annotate.LimitClients, "remember the leases of at most `N` clients", func(l *annotate.Limits) *int { return &l.Clients }},
	{annotate.LimitAnswers, "remember at most `N` addresses of DNS answers", func(l *annotate.Limits) *int { return &l.Answers }},
	{annotate.LimitRoutes, "remember at most `N` routes of BGP", func(l *annotate.Limits) *int { return &l.Routes }},
}

func (o *limitOptions) addFlags(f *pflag.FlagSet) {
	o.flags, o.given = f, annotate.DefaultLimits()
	for _, line := range limitFlags {
		n := line.in(&o.given)
		f.IntVar(n, flagOf(line.limit), *n, line.usage)
	}
	f.DurationVar(&o.given.FlowTimeout, flagFlowTimeout, o.given.FlowTimeout,
		fmt.Sprintf("forget a TCP connection that said nothing for `TIME`; unless this is given,\nthe newest %d conversations are kept all the same", decode.KeepIdle))
}

// flagOf is the name of the flag that sets the limit.
func flagOf(l annotate.Limit) string { return "max-" + l.String() }

// settle understands the flags. A command that has none of them keeps the defaults.
func (o *limitOptions) settle(s *settings) error {
	if o.flags == nil {
		return nil
	}
	s.annotate.Limits = o.given
	if !o.flags.Changed(flagFlowTimeout) {
		s.annotate.Limits.FlowTimeout = 0
	}
	return o.check()
}

// check refuses limits that leave nothing.
func (o *limitOptions) check() error {
	for _, line := range limitFlags {
		if n := *line.in(&o.given); n < 1 {
			return usageError(fmt.Errorf("--%s %d", flagOf(line.limit), n), "a limit is at least 1; see pktjourney annotate --help")
		}
	}
	if t := o.given.FlowTimeout; t <= 0 {
		return usageError(fmt.Errorf("--%s %v", flagFlowTimeout, t), "it is a time, as in 90s or 10m")
	}
	return nil
}
