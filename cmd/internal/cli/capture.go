package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/cmd/internal/rights"
	"github.com/pktjourney/pktjourney/decode/capture/live"
)

func newCaptureCommand(env *Env) *cobra.Command {
	opts := &captureOptions{}
	cmd := &cobra.Command{
		Use:   "capture [-i IFACE] [flags]",
		Short: "Label live traffic",
		Long: `Capture labels the frames of a network interface as they pass, and says at the end
what annotate says of a saved capture. Ctrl-C ends it.

It needs the right to capture (CAP_NET_RAW), not root. Once the interface is open it gives up
that and every other right, before it looks at the first frame: under sudo it goes on as you,
so that the files it writes are yours.

Exit status:
  0  done
  1  the interface went away or the output could not be written; what came until then is
     labelled and kept
  2  wrong usage
  3  nothing could be captured`,
		Example: `  sudo pktjourney capture -i eth0
  sudo pktjourney capture -i eth0 --filter 'port 53 or port 80' -w journey.pcapng
  sudo pktjourney capture -i any --duration 30s -f ndjson -o journey.ndjson`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return runCapture(env, opts) },
	}
	opts.addFlags(cmd.Flags())
	cmd.RegisterFlagCompletionFunc("interface", completeDevices)
	return cmd
}

// completeDevices offers the interfaces to the shell.
func completeDevices(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	list, err := live.Devices()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var names []string
	for _, d := range list {
		names = append(names, d.Name+"\t"+render.Neutral(d.Description))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// runCapture opens the interface with the rights that it was started with, and does all else without them.
func runCapture(env *Env, o *captureOptions) error {
	s, err := o.settle(env, "")
	if err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	if o.device == "" {
		if o.device, err = defaultDevice(); err != nil {
			return err
		}
	}
	handle, err := live.Open(o.live(env))
	if err != nil {
		return cannotCapture(err)
	}
	defer handle.Close()
	files, err := o.openFiles(env)
	if err != nil {
		return err
	}
	s.annotate.Files, s.render.Live = []string{o.device}, true
	s.screen = o.screen(env, s.format)
	return errors.Join(s.watch(env, o, handle, files), files.close())
}

// cannotCapture says why, and what to do about it.
func cannotCapture(err error) error {
	var noRights *live.RightsError
	var badFilter *live.FilterError
	switch {
	case errors.As(err, &badFilter):
		return usageError(fmt.Errorf("--%w", badFilter), "the language is that of tcpdump, see man pcap-filter")
	case errors.As(err, &noRights):
		return &exitError{status: statusNothing, err: err, hint: rightsHint()}
	}
	return &exitError{status: statusNothing, err: fmt.Errorf("cannot capture: %w", err), hint: "pktjourney interfaces lists what can be captured on"}
}

// rightsHint says how to get the right to capture.
func rightsHint() string {
	program, err := os.Executable()
	if err != nil {
		program = "pktjourney"
	}
	switch runtime.GOOS {
	case "linux":
		return "run it with sudo, or give the program the right once and for all:\n  sudo setcap cap_net_raw=ep " + render.Neutral(program)
	case "darwin":
		return "run it with sudo, or join the group access_bpf, which comes with Wireshark"
	}
	return "run it as root"
}

// captureFiles are where the labels go and where the frames are kept.
type captureFiles struct {
	out  *outputFile
	save *os.File // nil: they are not kept
}

func (f *captureFiles) close() error {
	err := f.out.close()
	if f.save != nil {
		err = errors.Join(err, saving(f.save.Close()))
	}
	return err
}

// openFiles gives up all rights, and creates the files as the user: under sudo as the one who called
// it, else as the one who runs the program.
func (o *captureOptions) openFiles(env *Env) (*captureFiles, error) {
	heir, sudo, root := rights.Heir(os.Geteuid(), env.Getenv)
	if !root {
		return o.createAfter(env, rights.DropCapabilities)
	}
	become := func() error { return rights.Become(heir) }
	if sudo {
		return o.createAfter(env, become)
	}
	files, err := o.create(env)
	if err != nil {
		return nil, err
	}
	return files, dropping(become())
}

func (o *captureOptions) createAfter(env *Env, drop func() error) (*captureFiles, error) {
	if err := drop(); err != nil {
		return nil, dropping(err)
	}
	return o.create(env)
}

// dropping says that the rights could not be given up: nothing is decoded with them.
func dropping(err error) error {
	if err == nil {
		return nil
	}
	return failed(statusNothing, err)
}

// create creates the files.
func (o *captureOptions) create(env *Env) (*captureFiles, error) {
	if o.save != "" {
		keep := annotateOptions{output: o.save, force: o.force, keylog: o.keylog, rules: o.rules}
		if err := keep.mayWrite(nil); err != nil {
			return nil, err
		}
		if info, err := os.Stat(o.save); o.output != "" && (filepath.Clean(o.save) == filepath.Clean(o.output) || err == nil && isSameFile(o.output, info)) {
			return nil, usageError(fmt.Errorf("%s cannot hold the packets and the labels", o.save), "name another file with -o")
		}
	}
	out, err := openLive(env, &o.annotateOptions)
	if err != nil || o.save == "" {
		return &captureFiles{out: out}, err
	}
	f, err := os.OpenFile(o.save, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, failed(statusPart, fmt.Errorf("cannot write: %w", err))
	}
	return &captureFiles{out: out, save: f}, nil
}

// watch labels frames until something ends the capture, and tells what the kernel dropped.
func (s *settings) watch(env *Env, o *captureOptions, handle *live.Handle, files *captureFiles) error {
	r, err := newLiveReading(env, o, handle, files.save)
	if err != nil {
		return err
	}
	defer r.stop.release()
	if s.screen {
		err = s.show(env, r)
	} else {
		err = s.print(env, r, files.out.w)
	}
	return errors.Join(err, r.finish(!s.quiet))
}

// print writes the labels as they come.
func (s *settings) print(env *Env, r *liveReading, out io.Writer) error {
	renderer := s.format.New(out, s.render)
	sink, strict := s.behind(renderer)
	decoder, a := s.decoder(), annotate.New(s.render.Journey, s.annotate, sink)
	r.idle = append(r.idle, a)
	if f, ok := renderer.(render.Flusher); ok {
		r.flush = f.Flush
	}
	if !s.quiet {
		r.greet()
	}
	if _, err := annotateAll(strict.reads(copyTo(renderer, r, nil)), decoder, a, newProgress(env, r, true)); err != nil {
		return err
	}
	return strict.verdict()
}
