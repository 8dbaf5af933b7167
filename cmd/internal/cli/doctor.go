package cli

import (
	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
)

func newDoctorCommand(env *Env) *cobra.Command {
	opts := &annotateOptions{}
	opts.fixed = render.Format{Name: "doctor", New: render.Doctor}
	opts.phase = annotate.NoPhase
	cmd := &cobra.Command{
		Use:   "doctor [flags] CAPTURE...",
		Short: "Say which steps are missing, and how to see them",
		Long: `Doctor names for each journey the steps that are missing from the capture, grouped
by why they are missing, and says what to do to see them in the next capture.

CAPTURE is what annotate takes: files, "-" for standard input, POINT=CAPTURE.

Exit status:
  0  done, whether steps are missing or not
  1  the capture could be read only in part (the message says where it stops),
     or the output could not be written
  2  wrong usage
  3  nothing could be read`,
		Example: `  pktjourney doctor lan.pcap
  pktjourney doctor --lang ko client=lan.pcap router=wan.pcap`,
		Args: someCaptures,
		RunE: func(_ *cobra.Command, args []string) error { return runAnnotate(env, opts, args) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&opts.lang, "lang", "", "`LANG` of names and sentences: en or ko (default from the locale)")
	f.StringVar(&opts.vantage, "vantage", autoVantage, "where the capture was taken: `POINT` is auto, client, router, resolver,\nname-server or web-server")
	f.StringVar(&opts.keylog, "keylog", "", "decrypt with the TLS secrets in `FILE` (SSLKEYLOGFILE format); those inside a\npcapng file are used without it")
	f.StringVar(&opts.rules, "rules", "", "look for the steps of the documented journey in `FILE` instead of the built-in one")
	f.StringVar(&opts.color, "color", "auto", "colours: `WHEN` is auto, always or never")
	f.BoolVar(&opts.quiet, "quiet", false, "show no progress")
	return cmd
}
