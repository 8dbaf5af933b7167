package cli

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/cmd/internal/fetch"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/live"
	"github.com/pktjourney/pktjourney/decode/secret"
)

// recordOptions are the flags as they were given.
type recordOptions struct {
	captureOptions
	command  string
	dns      string
	insecure bool
	renew    bool
	renewBy  string
	yes      bool
	timeout  time.Duration
	dryRun   bool
}

func newRecordCommand(env *Env) *cobra.Command {
	o := &recordOptions{}
	o.phase = annotate.NoPhase
	cmd := &cobra.Command{
		Use:   "record [flags] NAME|URL",
		Short: "Do the whole experiment: capture, fetch a page, label",
		Long: `Record captures while it fetches a page itself, and labels what came of it. NAME is fetched
over plain HTTP and then over HTTPS, a URL as it says. The question for the name goes to the DNS
server and not to a cache of this machine, so that it is really on the wire.

It writes one pcapng file: the packets, the labels as their comments, and the TLS secrets of
the requests, so that Wireshark and pktjourney open them. Then it prints the journeys.

Like capture it needs the right to capture (CAP_NET_RAW), and gives up every right before it
looks at the first frame.

Exit status:
  0  done
  1  no request was answered, or the output could not be written; what was captured is kept
  2  wrong usage
  3  nothing could be captured`,
		Example: `  sudo pktjourney record www.google.com
  sudo pktjourney record --renew www.google.com
  sudo pktjourney record -o lab3.pcapng http://www.example.com/page
  sudo pktjourney record --command 'curl -s https://www.google.com/' www.google.com`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError(fmt.Errorf("record takes one name or URL, got %d", len(args)), "as in pktjourney record www.google.com")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return runRecord(env, o, args[0]) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVarP(&o.output, "output", "o", "", "write to `FILE` (default: the name with .pcapng behind it)")
	f.BoolVar(&o.force, "force", false, "overwrite FILE when it exists")
	f.StringVarP(&o.device, "interface", "i", "", "capture on `IFACE` (default: the one that leads to the DNS server)")
	f.StringVar(&o.filter, "filter", "", "capture only the frames that the libpcap filter `EXPR` lets through")
	f.StringVar(&o.dns, "dns", "", "ask the DNS server at `ADDR` (default: that of this machine)")
	f.StringVar(&o.command, "command", "", "run `COMMAND` in a shell instead of fetching the page; SSLKEYLOGFILE is set for it")
	f.BoolVar(&o.insecure, "insecure", false, "accept any certificate")
	f.BoolVar(&o.renew, "renew", false, "renew the DHCP lease first; asks before it does")
	f.StringVar(&o.renewBy, "renew-command", "", "renew it by `COMMAND` (default: what this machine has)")
	f.BoolVarP(&o.yes, "yes", "y", false, "do not ask")
	f.BoolVar(&o.dryRun, "dry-run", false, "only say what would be done")
	f.DurationVar(&o.timeout, "timeout", 30*time.Second, "give up after `TIME`")
	f.StringVar(&o.lang, "lang", "", "`LANG` of names and sentences: en or ko (default from the locale)")
	f.BoolVar(&o.quiet, "quiet", false, "say only what went wrong")
	o.color, o.vantage = "auto", "client"
	o.snapLen, o.buffer = live.DefaultSnapLen, live.DefaultBuffer>>20
	return cmd
}

func runRecord(env *Env, o *recordOptions, arg string) error {
	target, err := fetch.Parse(arg)
	if err != nil {
		return usageError(err, "name a host or a page, as in www.google.com or http://www.example.com/")
	}
	if o.output == "" {
		o.output = safeName(target.Host) + ".pcapng"
	}
	o.format = pcapngFormat
	s, err := o.settle(env, "client")
	if err != nil {
		return err
	}
	plan, err := o.plan(env, target)
	if err != nil {
		return err
	}
	if !o.quiet || o.dryRun {
		plan.tell(env.Err)
	}
	if o.dryRun {
		return nil
	}
	if o.renew && !o.yes && !agreed(env, "Renew the lease? This machine may lose its connection for a moment. [y/N] ") {
		return usageError(errors.New("not renewed"), "without --renew the lease stays as it is; --yes does not ask")
	}
	return o.record(env, s, plan)
}

// safeName is a name for a file that no name of a host can lead elsewhere.
func safeName(host string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, strings.TrimLeft(host, "."))
}

// agreed asks on the terminal.
func agreed(env *Env, question string) bool {
	fmt.Fprint(env.Err, question)
	var answer string
	fmt.Fscanln(env.In, &answer)
	return strings.HasPrefix(strings.ToLower(answer), "y")
}

// plan is what record is going to do.
type plan struct {
	target  *fetch.Target
	device  string
	servers []netip.Addr // to ask for the name
	notes   []string     // what the user should know of them
	command string
	renewBy string
	output  string
}

// plan finds out what is needed, without a packet.
func (o *recordOptions) plan(env *Env, target *fetch.Target) (*plan, error) {
	p := &plan{target: target, command: o.command, device: o.device, output: o.output}
	if o.dns != "" {
		addr, err := netip.ParseAddr(o.dns)
		if err != nil {
			return nil, usageError(fmt.Errorf("--dns %q is no IP address", o.dns), "as in --dns 192.0.2.53")
		}
		p.servers = []netip.Addr{addr}
	} else {
		p.servers, p.notes = fetch.Servers()
	}
	if o.command != "" && len(p.notes) > 0 {
		p.notes = append(p.notes, "the command asks as this machine does: its question may not be on the wire")
	}
	if p.device == "" {
		p.device = o.leadsTo(p.servers)
	}
	if p.device == "" {
		var err error
		if p.device, err = defaultDevice(); err != nil {
			return nil, err
		}
	}
	if o.renew {
		if p.renewBy = o.renewBy; p.renewBy == "" {
			p.renewBy = fetch.Renewal(p.device)
		}
		if p.renewBy == "" {
			return nil, usageError(errors.New("no DHCP client is known here"), "name one with --renew-command, as in 'dhclient -1 eth0'")
		}
	}
	return p, nil
}

// leadsTo is the interface whose address this machine uses towards the first server; "" when that is not known.
func (o *recordOptions) leadsTo(servers []netip.Addr) string {
	if len(servers) == 0 {
		return ""
	}
	own := fetch.LocalAddr(servers[0])
	list, err := live.Devices()
	if err != nil {
		return ""
	}
	for _, d := range list {
		for _, p := range d.Addresses {
			if p.Addr() == own {
				return d.Name
			}
		}
	}
	return ""
}

// tell says what is going to be done.
func (p *plan) tell(w io.Writer) {
	fmt.Fprintf(w, "captures on %s\n", render.Neutral(p.device))
	if p.renewBy != "" {
		fmt.Fprintf(w, "renews the lease: %s\n", render.Neutral(p.renewBy))
	}
	if p.command != "" {
		fmt.Fprintf(w, "runs %s\n", render.Neutral(p.command))
	} else {
		fmt.Fprintf(w, "asks %s for the name, fetches %s\n", addresses(p.servers), render.Neutral(strings.Join(p.target.URLs, " and ")))
	}
	for _, n := range p.notes {
		fmt.Fprintf(w, "  %s\n", render.Neutral(n))
	}
	fmt.Fprintf(w, "writes %s, with the TLS secrets\n", render.Neutral(p.output))
}

func addresses(list []netip.Addr) string {
	if len(list) == 0 {
		return "the DNS server of this machine"
	}
	var b []string
	for _, a := range list {
		b = append(b, a.String())
	}
	return strings.Join(b, " or ")
}

// record does it.
func (o *recordOptions) record(env *Env, s *settings, p *plan) error {
	o.device = p.device
	options := o.live(env)
	options.Immediate = false
	handle, err := live.Open(options)
	if err != nil {
		return cannotCapture(err)
	}
	defer handle.Close()
	if p.renewBy != "" {
		if err := fetch.Run(p.renewBy, nil, o.timeout, env.Err); err != nil {
			return failed(statusNothing, fmt.Errorf("cannot renew the lease: %w", err))
		}
	}
	raw, err := nameless()
	if err != nil {
		return failed(statusNothing, err)
	}
	defer raw.Close()
	keys, err := nameless()
	if err != nil {
		return failed(statusNothing, err)
	}
	defer keys.Close()
	files, err := o.openFiles(env)
	if err != nil {
		return err
	}
	err = o.fetch(env, p, handle, raw, keys)
	return errors.Join(err, o.publish(env, s, raw, keys, files.out), files.close())
}

// nameless is a file that is there only as long as it is open: what is in it can not be left behind, whatever
// rights are given up before the end.
func nameless() (*os.File, error) {
	f, err := os.CreateTemp("", "pktjourney-*")
	if err != nil {
		return nil, err
	}
	return f, errors.Join(f.Chmod(0o666), os.Remove(f.Name()))
}

// fetch captures while the page is fetched.
func (o *recordOptions) fetch(env *Env, p *plan, handle *live.Handle, raw, keys *os.File) error {
	r, err := newLiveReading(env, &o.captureOptions, handle, raw)
	if err != nil {
		return err
	}
	defer r.stop.release()
	captured := make(chan error, 1)
	go func() {
		for {
			if _, err := r.Next(); err != nil {
				captured <- err
				return
			}
		}
	}()
	err = o.visit(env, p, keys)
	time.Sleep(lastFrames) // what closes the connections still comes
	r.stop.ask()
	if e := <-captured; e != io.EOF {
		err = errors.Join(err, e)
	}
	return errors.Join(err, r.finish(!o.quiet))
}

// apart is how long one request waits after the one before: while a connection of that is still being closed, both
// would be one journey.
const apart = 500 * time.Millisecond

// visit makes the requests.
func (o *recordOptions) visit(env *Env, p *plan, keys *os.File) error {
	if p.command != "" {
		err := fetch.Run(p.command, keys, o.timeout, env.Err)
		if err != nil {
			return failed(statusPart, fmt.Errorf("the command: %w", err))
		}
		return nil
	}
	client := fetch.New(p.servers, keys, o.insecure, o.timeout)
	answered := false
	var last error
	for i, url := range p.target.URLs {
		if i > 0 {
			time.Sleep(apart)
		}
		result, err := client.Get(url)
		if err != nil {
			last = err
			fmt.Fprintf(env.Err, "%s: %s\n", render.Neutral(url), render.Neutral(err.Error()))
			continue
		}
		answered = true
		if !o.quiet {
			fmt.Fprintf(env.Err, "%s: %s\n", render.Neutral(url), render.Neutral(result))
		}
	}
	if !answered {
		return failed(statusPart, fmt.Errorf("no request was answered: %w", last))
	}
	return nil
}

// publish labels what was captured, writes it with its secrets, and prints the journeys.
func (o *recordOptions) publish(env *Env, s *settings, raw, keys *os.File, out *outputFile) error {
	if _, err := keys.Seek(0, io.SeekStart); err != nil {
		return failed(statusPart, err)
	}
	text, err := io.ReadAll(keys)
	if err != nil {
		return failed(statusPart, err)
	}
	s.secrets = new(secret.Log)
	s.secrets.Add(text)
	s.render.Secrets = text
	s.annotate.Files = []string{filepath.Base(o.output)}
	if err := s.again(env, raw, out); err != nil {
		return err
	}
	table := *s
	table.format = render.Formats[0]
	table.render.Color, table.render.Width = env.colored(o.color), env.Width
	if err := table.again(env, raw, &outputFile{w: env.Out}); err != nil {
		return err
	}
	if !o.quiet {
		fmt.Fprintf(env.Err, "\n%s is written; pktjourney report %s makes a report of it\n", render.Neutral(o.output), render.Neutral(quoted(o.output)))
	}
	return nil
}

// again reads the capture in raw from its beginning.
func (s *settings) again(env *Env, raw *os.File, out *outputFile) error {
	if _, err := raw.Seek(0, io.SeekStart); err != nil {
		return failed(statusPart, err)
	}
	f, err := capture.OpenReader(s.annotate.Files[0], raw)
	if err != nil {
		return failed(statusPart, err)
	}
	defer f.Close()
	return s.run(env, &reading{Source: f, files: []*capture.File{f}, wait: &waiting{}}, out)
}
