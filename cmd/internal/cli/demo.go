package cli

import (
	"bytes"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/secret"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/testdata/captures"
)

func newDemoCommand(env *Env) *cobra.Command {
	opts := &viewOptions{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Label a capture that is built into the program",
		Long: `Demo labels a capture that is built into the program: a machine is plugged in, gets
an address, asks for www.google.com in a laboratory network and fetches its page.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return runDemo(env, opts) },
	}
	cmd.Flags().SortFlags = false
	opts.addFlags(cmd.Flags())
	return cmd
}

func runDemo(env *Env, o *viewOptions) error {
	s := &settings{quiet: true, secrets: new(secret.Log)}
	if err := o.settle(env, rules.Web(), "", s); err != nil {
		return err
	}
	src, err := capture.OpenReader("demo", bytes.NewReader(captures.HTTP))
	if err != nil {
		return failed(statusNothing, err)
	}
	defer src.Close()
	s.only.Phase = -1
	s.annotate.Files = []string{"demo"}
	return s.run(env, &reading{Source: src, files: []*capture.File{src}, wait: &waiting{}}, &outputFile{w: env.Out})
}
