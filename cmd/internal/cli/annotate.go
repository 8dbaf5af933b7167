package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
)

func newAnnotateCommand(env *Env) *cobra.Command {
	opts := &annotateOptions{}
	cmd := &cobra.Command{
		Use:   "annotate [flags] CAPTURE",
		Short: "Label a saved capture",
		Long: `Annotate gives each frame of a capture its phase and step of the documented
journey, says what the frame does there and why, and then shows for each journey
which steps were seen, how long they took and where the packets differ from the
document.

CAPTURE is a pcap or pcapng file, plain or compressed (gzip, zstd), or "-" for
standard input. It is recognised by content. POINT=CAPTURE also tells where it was
taken, as --vantage does: client=lan.pcap.

` + statusHelp,
		Example: `  pktjourney annotate lan.pcap
  pktjourney annotate -f ndjson lan.pcap | jq -c 'select(.journey.step == "3.4")'
  tcpdump -c 500 -w - | pktjourney annotate --lang ko -`,
		Args: oneCapture,
		RunE: func(_ *cobra.Command, args []string) error { return runAnnotate(env, opts, args[0]) },
	}
	opts.addFlags(cmd.Flags())
	return cmd
}

func oneCapture(cmd *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return usageError(errors.New("no capture given"), `name a pcap or pcapng file, or "-" for standard input; see `+cmd.CommandPath()+" --help")
	case 1:
		return nil
	}
	return usageError(fmt.Errorf("one capture at a time, got %d", len(args)), "to read a capture in pieces: mergecap -w - FILE... | pktjourney annotate -")
}

// runAnnotate opens everything, in the order in which a failure leaves nothing behind.
func runAnnotate(env *Env, o *annotateOptions, arg string) error {
	in := splitArgument(arg)
	s, err := o.settle(env, in.point)
	if err != nil {
		return err
	}
	src, wait, err := in.open(env)
	if err != nil {
		return failed(statusNothing, err)
	}
	defer src.Close()
	out, err := openOutput(env, o, in.file)
	if err != nil {
		return err
	}
	s.annotate.Files = []string{in.name()}
	return errors.Join(s.run(env, src, wait, out), out.close())
}

// run reads the capture to its end and hands its frames through decoder and annotator.
func (s *settings) run(env *Env, src *capture.File, wait *waiting, out *outputFile) error {
	p := newProgress(env, src, s.quiet)
	renderer := s.format.New(p.guard(out.w), s.render)
	if f, ok := renderer.(render.Flusher); ok {
		wait.do = f.Flush
	}
	sink, strict := s.behind(renderer)
	damage, err := annotateAll(s.source(src), annotate.New(s.render.Journey, s.annotate, sink), p)
	p.clear()
	switch {
	case err != nil:
		return err
	case damage != nil:
		return damaged(damage)
	}
	return strict.verdict()
}

// annotateAll gives every frame of src to a. damage is what ended the reading before its time.
func annotateAll(src capture.Source, a *annotate.Annotator, p *progress) (damage *capture.DamageError, err error) {
	var decoder decode.Decoder
	for {
		f, err := src.Next()
		switch {
		case err == io.EOF:
			return nil, writing(a.Finish(nil))
		case errors.As(err, &damage):
			return damage, writing(a.Finish(damage))
		case err != nil:
			return nil, filterFailed(err)
		}
		p.saw(f.Number)
		if err := a.Frame(decoder.Decode(f)); err != nil {
			return nil, writing(err)
		}
	}
}

// writing says that err came from the output.
func writing(err error) error {
	if err == nil || brokenPipe(err) {
		return err
	}
	return failed(statusPart, fmt.Errorf("cannot write the result: %w", err))
}

// damaged says where the reading had to stop.
func damaged(d *capture.DamageError) error {
	if d.Frame <= 1 {
		return &exitError{status: statusNothing, err: d, hint: "no frame stands before that place"}
	}
	hint := fmt.Sprintf("the %d frames before it are labelled", d.Frame-1)
	if d.Frame == 2 {
		hint = "the one frame before it is labelled"
	}
	return &exitError{status: statusPart, err: d, hint: hint}
}
