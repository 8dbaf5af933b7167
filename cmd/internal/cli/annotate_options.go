package cli

import (
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"strings"

	"github.com/spf13/pflag"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/filter"
	"github.com/pktjourney/pktjourney/decode/secret"
	"github.com/pktjourney/pktjourney/rules"
)

// annotateOptions are the flags as they were given.
type annotateOptions struct {
	viewOptions
	output string
	force  bool

	filter  string
	keylog  string
	inject  bool
	step    string
	phase   int
	host    string
	client  string
	vantage string
	rules   string
	strict  bool
	quiet   bool
	workers int
	limits  limitOptions
	cover   render.Cover // of a report
}

func (o *annotateOptions) addFlags(f *pflag.FlagSet) {
	f.SortFlags = false
	o.viewOptions.addFlags(f)
	f.StringVarP(&o.output, "output", "o", "", "write to `FILE`; its ending chooses the format unless -f does")
	f.BoolVar(&o.force, "force", false, "overwrite FILE when it exists")
	f.StringVar(&o.filter, "filter", "", "read only the frames that the libpcap filter `EXPR` lets through")
	f.StringVar(&o.keylog, "keylog", "", "decrypt with the TLS secrets in `FILE` (SSLKEYLOGFILE format); those inside a\npcapng file are used without it")
	f.BoolVar(&o.inject, "inject-secrets", false, "put the secrets of --keylog into the pcapng file that is written")
	f.StringVar(&o.step, "step", "", "show only the frames of `STEP`, as in 3.4")
	f.IntVar(&o.phase, "phase", annotate.NoPhase, "show only the frames of phase `N`")
	f.Lookup("phase").DefValue = "0" // hides it in the help
	f.StringVar(&o.host, "host", "", "show only journeys to `NAME`")
	f.StringVar(&o.client, "client", "", "show only journeys of the client with address `ADDR`")
	f.StringVar(&o.vantage, "vantage", autoVantage, "where the capture was taken: `POINT` is auto, client, router, resolver,\nname-server or web-server")
	f.StringVar(&o.rules, "rules", "", "label by the documented journey in `FILE` instead of the built-in one")
	f.BoolVar(&o.strict, "strict", false, "exit with status 1 unless every frame is accounted for: it has a phase,\nor its protocol says why it is part of no journey; all that were read are in the sums, once")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "use at most `N` processors; the result does not depend on it")
	f.Lookup("workers").DefValue = "" // what this machine has
	f.BoolVar(&o.quiet, "quiet", false, "show no progress")
	o.limits.addFlags(f)
}

// autoVantage leaves the capture point to the packets.
const autoVantage = "auto"

// settings are the flags after they were understood.
type settings struct {
	format   render.Format
	render   render.Options
	annotate annotate.Options
	only     render.Only
	filter   string
	secrets  *secret.Log
	strict   bool
	quiet    bool
	workers  int  // processors to use
	screen   bool // show the live view
}

// settle understands the flags; name is that of the point that stands before the capture's name, or "".
func (o *annotateOptions) settle(env *Env, name string) (*settings, error) {
	s := &settings{filter: o.filter, strict: o.strict, quiet: o.quiet, workers: o.workers}
	if o.workers < 0 {
		return nil, usageError(fmt.Errorf("--workers %d", o.workers), "it is 1 or more")
	}
	s.only = render.Only{Step: rules.ID(o.step), Phase: o.phase, Host: hostName(o.host)}
	journey, err := o.journey()
	if err != nil {
		return nil, err
	}
	var secrets []byte
	if s.secrets, secrets, err = readKeyLog(o.keylog); err != nil {
		return nil, err
	}
	err = errors.Join(
		o.viewOptions.settle(env, journey, o.output, s),
		o.checkPlace(journey),
		o.checkClient(s),
		o.checkVantage(name, s),
		o.limits.settle(s),
	)
	if err != nil {
		return nil, firstOf(err)
	}
	s.render.Cover = o.cover
	if o.inject {
		if s.format.Name != pcapngFormat || o.keylog == "" {
			return nil, usageError(errors.New("--inject-secrets puts the secrets of --keylog into a pcapng file"), "as in --keylog keys.txt --inject-secrets -o journey.pcapng")
		}
		s.render.Secrets = secrets
	}
	return s, nil
}

// journey is the one to label by.
func (o *annotateOptions) journey() (*rules.Journey, error) {
	if o.rules == "" {
		return rules.Web(), nil
	}
	j, err := rules.LoadFile(o.rules)
	if err != nil {
		return nil, &exitError{status: statusNothing, err: fmt.Errorf("cannot use %s: %w", o.rules, err),
			hint: "pktjourney journey check " + render.Neutral(o.rules) + " lists what is wrong"}
	}
	return j, nil
}

// checkPlace refuses steps and phases that the journey does not have.
func (o *annotateOptions) checkPlace(j *rules.Journey) error {
	const hint = "pktjourney journey list shows the phases and steps"
	if o.step != "" && j.Step(rules.ID(o.step)) == nil {
		return usageError(fmt.Errorf("--step %s: the journey has no such step", o.step), hint)
	}
	if o.phase != annotate.NoPhase && j.Phase(o.phase) == nil {
		return usageError(fmt.Errorf("--phase %d: the journey has no such phase", o.phase), hint)
	}
	return nil
}

func (o *annotateOptions) checkClient(s *settings) error {
	if o.client == "" {
		return nil
	}
	addr, err := netip.ParseAddr(o.client)
	if err != nil {
		return usageError(fmt.Errorf("--client %q is no IP address", o.client), "as in --client 192.0.2.10")
	}
	s.only.Client = addr
	return nil
}

func (o *annotateOptions) checkVantage(name string, s *settings) error {
	if o.vantage == autoVantage {
		s.annotate.Vantage = pointCalled(name)
		return nil
	}
	p, ok := rules.ParsePoint(o.vantage)
	if !ok || p == rules.Unknown {
		return usageError(fmt.Errorf("%q is no capture point", o.vantage), "the points are auto, client, router, resolver, name-server and web-server")
	}
	s.annotate.Vantage = p
	return nil
}

// hostName is a name as journeys have it: lower case, without the final dot.
func hostName(s string) string { return strings.ToLower(strings.TrimSuffix(s, ".")) }

// firstOf is the first of joined errors: one mistake at a time.
func firstOf(err error) error {
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		return all.Unwrap()[0]
	}
	return err
}

// source is src behind the filter.
func (s *settings) source(src capture.Source) capture.Source {
	if s.filter == "" {
		return src
	}
	return filter.NewSource(src, s.filter)
}

// filterFailed explains an error of reading that is none of the capture.
func filterFailed(err error) error {
	var f *filter.Error
	if errors.As(err, &f) {
		return usageError(fmt.Errorf("--filter %q: %w", f.Expr, f.Err), "the language is that of tcpdump, see man pcap-filter")
	}
	return failed(statusNothing, err)
}

// behind puts before the renderer what selects frames, and who watches for unexplained ones.
func (s *settings) behind(sink annotate.Sink) (annotate.Sink, *strict) {
	if s.only.Any() {
		s.only.Next = sink
		sink = &s.only
	}
	watch := &strict{next: sink, on: s.strict}
	if s.strict {
		sink = watch
	}
	return sink, watch
}
