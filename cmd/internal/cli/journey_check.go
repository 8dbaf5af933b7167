package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/rules"
)

func newJourneyCheckCommand(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: "Check a documented journey of one's own",
		Long: `Check reads the documented journey in FILE, with the files beside it that it names,
and lists every mistake as file:line: reason. What may stand there is told in
rules/web/README.md.

Exit status:
  0  the journey can be used: annotate --rules FILE
  1  it has mistakes
  2  wrong usage
  3  it cannot be read`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError(fmt.Errorf("check takes one file, got %d", len(args)), "as in pktjourney journey check my-journey.yaml")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return runJourneyCheck(env, args[0]) },
	}
}

func runJourneyCheck(env *Env, path string) error {
	j, err := rules.LoadFile(path)
	mistakes := rules.Mistakes(err)
	switch {
	case err != nil && len(mistakes) == 0:
		return failed(statusNothing, err)
	case err != nil:
		return listMistakes(env, path, mistakes)
	}
	steps, entries := count(j)
	_, err = fmt.Fprintf(env.Out, "%s: ok (phases: %d, steps: %d, rules: %d, variants: %d)\n",
		render.Neutral(path), len(j.Phases), steps, entries, len(j.Variants))
	return writing(err)
}

func listMistakes(env *Env, path string, mistakes []*rules.Mistake) error {
	for _, m := range mistakes {
		if _, err := fmt.Fprintln(env.Out, render.Neutral(m.Error())); err != nil {
			return writing(err)
		}
	}
	if len(mistakes) == 1 {
		return failed(statusPart, errors.New(path+" has a mistake"))
	}
	return failed(statusPart, fmt.Errorf("%s has %d mistakes", path, len(mistakes)))
}

// count is how many steps and rules j has.
func count(j *rules.Journey) (steps, entries int) {
	for i := range j.Phases {
		p := &j.Phases[i]
		steps += len(p.Steps)
		entries += len(p.Stepless)
		for k := range p.Steps {
			entries += len(p.Steps[k].Rules)
		}
	}
	return steps, entries
}
