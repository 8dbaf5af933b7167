package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate/render"
)

// wiresharkOptions are the flags of wireshark.
type wiresharkOptions struct {
	view    viewOptions
	profile string
	rules   string
	force   bool
}

func newWiresharkCommand(env *Env) *cobra.Command {
	o := &wiresharkOptions{}
	cmd := &cobra.Command{
		Use:   "wireshark --profile DIR",
		Short: "Write a profile for Wireshark that shows the labels",
		Long: `Wireshark writes a profile that shows the labels of captures which annotate wrote as
pcapng: a column in the packet list, and a colour for each phase.

DIR becomes the profile. Wireshark finds it in its own folder of profiles, and offers it
under the name of DIR at the right end of its status bar.`,
		Example: `  pktjourney wireshark --profile ~/.config/wireshark/profiles/pktjourney
  pktjourney annotate -o journey.pcapng client.pcap
  wireshark -C pktjourney journey.pcapng`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return runWireshark(env, o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.profile, "profile", "", "make the folder `DIR` a profile")
	f.StringVar(&o.view.lang, "lang", "", "`LANG` of the names: en or ko (default from the locale)")
	f.StringVar(&o.rules, "rules", "", "take the phases of the documented journey in `FILE` instead of the built-in one")
	f.BoolVar(&o.force, "force", false, "overwrite the files of a profile that is there")
	return cmd
}

func runWireshark(env *Env, o *wiresharkOptions) error {
	if o.profile == "" {
		return usageError(errors.New("no profile named"), "as in --profile ~/.config/wireshark/profiles/pktjourney")
	}
	lang, err := o.view.language(env)
	if err != nil {
		return err
	}
	journey, err := (&annotateOptions{rules: o.rules}).journey()
	if err != nil {
		return err
	}
	files := render.WiresharkProfile(journey, lang)
	for _, f := range files {
		if _, err := os.Lstat(filepath.Join(o.profile, f.Name)); !errors.Is(err, fs.ErrNotExist) && !o.force {
			return usageError(fmt.Errorf("%s exists", filepath.Join(o.profile, f.Name)), "overwrite it with --force")
		}
	}
	if err := os.MkdirAll(o.profile, 0o777); err != nil {
		return failed(statusPart, fmt.Errorf("cannot write: %w", err))
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(o.profile, f.Name), f.Text, 0o666); err != nil {
			return failed(statusPart, fmt.Errorf("cannot write: %w", err))
		}
	}
	_, err = fmt.Fprintf(env.Out, "wireshark -C %s FILE.pcapng shows a file that pktjourney annotate -o FILE.pcapng wrote\n", render.Neutral(filepath.Base(o.profile)))
	return writing(err)
}
