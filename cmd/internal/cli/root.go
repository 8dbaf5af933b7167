// Package cli is the command line of pktjourney. Its rules:
//
//   - Standard output is the result, standard error is talk.
//   - "-" is standard input.
//   - A message starts with "pktjourney: ", is lower case, has no full stop, says what
//     is wrong and, where it can, on a second line what to do.
//   - The same capture gives the same bytes of output, whatever the clock and the terminal
//     say; a terminal only adds colours, folding and line breaks.
//   - Text that came from a capture or a file is never printed as it came.
package cli

import (
	"errors"
	"fmt"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate/render"
)

// Main runs the program and gives its exit status.
func Main(env *Env, args []string) int {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe shall be an error of Write
	saveMemory()
	root := newRootCommand(env)
	root.SetArgs(args)
	err := root.Execute()
	complain(env, err)
	return statusOf(err)
}

// complain tells the user about err.
func complain(env *Env, err error) {
	if err == nil || brokenPipe(err) {
		return
	}
	fmt.Fprintf(env.Err, "pktjourney: %s\n", render.Neutral(err.Error()))
	var e *exitError
	if errors.As(err, &e) {
		if e.hint != "" {
			fmt.Fprintf(env.Err, "%s\n", e.hint)
		}
		return
	}
	fmt.Fprintln(env.Err, "see pktjourney help")
}

// newRootCommand lists every command.
func newRootCommand(env *Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "pktjourney",
		Short: "Say what each packet of a capture does on the way to a web page",
		Long: `pktjourney gives each frame of a packet capture the phase and step of a
documented journey: from getting an IP address to seeing www.google.com's page.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE:          runRoot,
	}
	root.SetIn(env.In)
	root.SetOut(env.Out)
	root.SetErr(env.Err)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		newAnnotateCommand(env),
		newCaptureCommand(env),
		newDemoCommand(env),
		newDoctorCommand(env),
		newInterfacesCommand(env),
		newJourneyCommand(env),
		newRecordCommand(env),
		newReportCommand(env),
		newVersionCommand(env),
		newWhyCommand(env),
		newWiresharkCommand(env),
	)
	return root
}

// runRoot is the program without a command.
func runRoot(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError(errors.New("no command given"), "see pktjourney help, or try pktjourney demo")
	}
	hint := "see pktjourney help"
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "did you mean pktjourney " + near[0] + "?"
	} else if isFile(args[0]) {
		hint = "did you mean pktjourney annotate " + render.Neutral(args[0]) + "?"
	}
	return usageError(fmt.Errorf("no command is called %q", args[0]), hint)
}

func flagError(cmd *cobra.Command, err error) error {
	return usageError(err, "see "+cmd.CommandPath()+" --help")
}
