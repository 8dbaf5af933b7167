package cli

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/explain"
	"github.com/pktjourney/pktjourney/annotate/render"
)

func newWhyCommand(env *Env) *cobra.Command {
	opts := &annotateOptions{phase: annotate.NoPhase}
	cmd := &cobra.Command{
		Use:   "why [flags] FRAME CAPTURE",
		Short: "Say why a frame has its label",
		Long: `Why tells of one frame which step it performs, on which bytes that rests, by which
rule, on which frames it leans, and why the other rules for such a frame lost.

FRAME is its number, as annotate and Wireshark show it. CAPTURE is a file, "-" for
standard input, or POINT=CAPTURE.

Exit status:
  0  done
  1  the capture could be read only in part, or the output could not be written
  2  wrong usage, or the capture has no such frame
  3  nothing could be read`,
		Example: `  pktjourney why 16 lan.pcap
  pktjourney why --lang ko 16 client=lan.pcap`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usageError(fmt.Errorf("why takes a frame number and a capture, got %d arguments", len(args)), "as in pktjourney why 16 lan.pcap")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return runWhy(env, opts, args[0], args[1]) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&opts.lang, "lang", "", "`LANG` of names and sentences: en or ko (default from the locale)")
	f.StringVar(&opts.vantage, "vantage", autoVantage, "where the capture was taken: `POINT` is auto, client, router, resolver,\nname-server or web-server")
	f.StringVar(&opts.keylog, "keylog", "", "decrypt with the TLS secrets in `FILE` (SSLKEYLOGFILE format); those inside a\npcapng file are used without it")
	f.StringVar(&opts.rules, "rules", "", "label by the documented journey in `FILE` instead of the built-in one")
	f.StringVar(&opts.color, "color", "auto", "colours: `WHEN` is auto, always or never")
	f.BoolVar(&opts.quiet, "quiet", false, "show no progress")
	return cmd
}

func runWhy(env *Env, o *annotateOptions, frame, file string) error {
	number, err := strconv.Atoi(frame)
	if err != nil || number < 1 {
		return usageError(fmt.Errorf("%q is no frame number", frame), "frames are numbered from 1, as in pktjourney why 16 lan.pcap")
	}
	in, err := splitArguments([]string{file})
	if err != nil {
		return err
	}
	s, err := o.settle(env, in[0].name)
	if err != nil {
		return err
	}
	src, err := in.open(env, false)
	if err != nil {
		return failed(statusNothing, err)
	}
	defer src.close()
	return s.why(env, src, number)
}

// why reads the capture to its end: later frames may change the label.
func (s *settings) why(env *Env, src *reading, number int) error {
	p := newProgress(env, src.Source, s.quiet)
	x := explain.New(number, s.annotate.Lang)
	src.withSecrets(s.secrets)
	keeping := &explain.Keeping{Source: src.Source, Number: number}
	damage, err := annotateAll(keeping, s.decoder(), annotate.New(s.render.Journey, s.annotate, x), p)
	p.clear()
	if err != nil {
		return err
	}
	if x.Found {
		err = writing(render.Why(env.Out, x, keeping.Data, s.render))
	} else if damage == nil {
		err = usageError(fmt.Errorf("the capture has no frame %d", number), fmt.Sprintf("it has %d frames", x.Frames))
	}
	if damage != nil {
		return errors.Join(err, damaged(damage, 1))
	}
	return err
}
