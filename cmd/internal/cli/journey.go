package cli

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/rules"
)

func newJourneyCommand(env *Env) *cobra.Command {
	opts := &journeyOptions{}
	cmd := &cobra.Command{
		Use:   "journey",
		Short: "Show the documented journey, or check and test one's own",
		Long: `Journey shows what the documented journey teaches: its phases and steps, which
frames perform them, where the document simplifies, and which standards say so.
Without a command it lists the steps.`,
		Example: `  pktjourney journey show 3.4
  pktjourney journey check my-journey.yaml
  pktjourney journey test my-journey`,
		Args: journeyArgs,
		RunE: func(*cobra.Command, []string) error { return runJourneyList(env, opts) },
	}
	opts.addFlags(cmd.PersistentFlags())
	cmd.AddCommand(newJourneyListCommand(env, opts), newJourneyShowCommand(env, opts), newJourneyCheckCommand(env), newJourneyTestCommand(env))
	return cmd
}

func journeyArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError(fmt.Errorf("%s has no command %q", cmd.CommandPath(), args[0]), "the commands are list, show, check and test")
}

// journeyOptions are the flags of the commands that show a journey.
type journeyOptions struct {
	lang  string
	rules string
}

func (o *journeyOptions) addFlags(f *pflag.FlagSet) {
	f.StringVar(&o.lang, "lang", "", "`LANG` of names and sentences: en or ko (default from the locale)")
	f.StringVar(&o.rules, "rules", "", "show the documented journey in `FILE` instead of the built-in one")
}

// settle understands the flags as annotate does.
func (o *journeyOptions) settle(env *Env) (*rules.Journey, rules.Lang, error) {
	lang, err := (&viewOptions{lang: o.lang}).language(env)
	if err != nil {
		return nil, lang, err
	}
	j, err := (&annotateOptions{rules: o.rules}).journey()
	return j, lang, err
}

func newJourneyListCommand(env *Env, opts *journeyOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the phases and steps",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return runJourneyList(env, opts) },
	}
}

func runJourneyList(env *Env, o *journeyOptions) error {
	j, lang, err := o.settle(env)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n\n", render.Neutral(j.Title.In(lang)))
	t := newPlainTable(&out)
	for i := range j.Phases {
		p := &j.Phases[i]
		t.Append([]string{strconv.Itoa(p.Number), render.Neutral(p.Name.In(lang))})
		for k := range p.Steps {
			t.Append([]string{string(p.Steps[k].ID), "  " + render.Neutral(p.Steps[k].Name.In(lang))})
		}
	}
	t.Render()
	return writeTrimmed(env, out.Bytes())
}

// newPlainTable is a table without lines, whose cells stand as they are given.
func newPlainTable(out *bytes.Buffer) *tablewriter.Table {
	cell := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft},
		Padding:    tw.CellPadding{Global: tw.Padding{Right: "  "}},
	}
	return tablewriter.NewTable(out,
		tablewriter.WithConfig(tablewriter.Config{Row: cell, Behavior: tw.Behavior{TrimSpace: tw.Off}}),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Symbols:  tw.NewSymbols(tw.StyleNone),
			Settings: tw.Settings{Lines: tw.LinesNone, Separators: tw.SeparatorsNone},
		})),
	)
}

// writeTrimmed writes text without the blanks at the ends of its lines.
func writeTrimmed(env *Env, text []byte) error {
	var b []byte
	for line := range bytes.Lines(text) {
		b = append(append(b, bytes.TrimRight(line, " \n")...), '\n')
	}
	_, err := env.Out.Write(b)
	return writing(err)
}
