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
		Use:   "annotate [flags] [NAME=]CAPTURE...",
		Short: "Label saved captures",
		Long: `Annotate gives each frame of a capture its phase and step of the documented
journey, says what the frame does there and why, and then shows for each journey
which steps were seen, how long they took and where the packets differ from the
document.

CAPTURE is a pcap or pcapng file, plain or compressed (gzip, zstd), or "-" for
standard input. It is recognised by content. Several captures are read as one in pieces:
merged by time and numbered as mergecap would.

NAME=CAPTURE tells where a capture was taken, as --vantage does: client=lan.pcap. The
captures of several points are read together: the same packet is recognised at each
point, differences of the clocks are taken out, and a step that one point sees is
observed for the whole journey. NAME is a capture point, also with something behind it
(router2, router-wan), or any word: then the point is deduced.

` + statusHelp,
		Example: `  pktjourney annotate lan.pcap
  pktjourney annotate -f ndjson lan.pcap | jq -c 'select(.journey.step == "3.4")'
  pktjourney annotate client=lan.pcap router=wan.pcap resolver=ns.pcap web=www.pcap
  pktjourney annotate ring_00001.pcap ring_00002.pcap
  tcpdump -c 500 -w - | pktjourney annotate --lang ko -`,
		Args: someCaptures,
		RunE: func(_ *cobra.Command, args []string) error { return runAnnotate(env, opts, args) },
	}
	opts.addFlags(cmd.Flags())
	return cmd
}

func someCaptures(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError(errors.New("no capture given"), `name a pcap or pcapng file, or "-" for standard input; see `+cmd.CommandPath()+" --help")
	}
	return nil
}

func runAnnotate(env *Env, o *annotateOptions, args []string) error {
	in, err := splitArguments(args)
	if err != nil {
		return err
	}
	return annotateInputs(env, o, in)
}

// annotateInputs opens everything, in the order in which a failure leaves nothing behind.
func annotateInputs(env *Env, o *annotateOptions, in inputs) error {
	if len(in.points()) > 1 {
		return runPoints(env, o, in)
	}
	s, err := o.settle(env, in[0].name)
	if err != nil {
		return err
	}
	src, err := in.open(env, s.workers > 1)
	if err != nil {
		return failed(statusNothing, err)
	}
	defer src.close()
	out, err := openOutput(env, o, in)
	if err != nil {
		return err
	}
	s.annotate.Files = in.files()
	return errors.Join(s.run(env, src, out), out.close())
}

// run reads the captures to their end and hands their frames through decoder and annotator.
func (s *settings) run(env *Env, src *reading, out *outputFile) error {
	p := newProgress(env, src.Source, s.quiet)
	src.withSecrets(s.secrets)
	w, end := s.writer(out.w)
	renderer := s.format.New(p.guard(w, out.w), s.render)
	if f, ok := renderer.(render.Flusher); ok {
		src.wait.do = f.Flush
	}
	sink, strict := s.behind(renderer)
	damage, err := annotateAll(strict.reads(copyTo(renderer, s.source(src), src.files)), s.decoder(), annotate.New(s.render.Journey, s.annotate, sink), p)
	p.clear()
	if e := end(); err == nil {
		err = writing(e)
	}
	switch {
	case err != nil:
		return err
	case damage != nil:
		return damaged(damage, len(src.files))
	}
	return strict.verdict()
}

// writer is w, written by a goroutine of its own if there is a processor for it, and what ends that. What somebody
// waits for on a pipe is written at once.
func (s *settings) writer(w io.Writer) (io.Writer, func() error) {
	if s.workers < 2 {
		return w, func() error { return nil }
	}
	b := writeBehind(w)
	return b, b.end
}

// annotateAll gives every frame of src to a. damage is what ended the reading before its time.
func annotateAll(src capture.Source, decoder *decode.Decoder, a *annotate.Annotator, p *progress) (damage *capture.DamageError, err error) {
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
		if err := a.Annotate(decoder, f); err != nil {
			return nil, writing(err)
		}
	}
}

// decoder makes a decoder that knows the secrets.
func (s *settings) decoder() *decode.Decoder {
	return &decode.Decoder{Secrets: s.secrets, Limits: s.annotate.Limits.Limits}
}

// writing says that err came from the output.
func writing(err error) error {
	if err == nil || brokenPipe(err) {
		return err
	}
	return failed(statusPart, fmt.Errorf("cannot write the result: %w", err))
}

// damaged says where the reading had to stop.
func damaged(d *capture.DamageError, files int) error {
	if files > 1 {
		return &exitError{status: statusPart, err: d, hint: "the frames before that place and those of the other files are labelled"}
	}
	if d.Frame <= 1 {
		return &exitError{status: statusNothing, err: d, hint: "no frame stands before that place"}
	}
	hint := fmt.Sprintf("the %d frames before it are labelled", d.Frame-1)
	if d.Frame == 2 {
		hint = "the one frame before it is labelled"
	}
	return &exitError{status: statusPart, err: d, hint: hint}
}
