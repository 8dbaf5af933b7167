package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/capture/live"
)

// interfacesOptions are the flags as they were given.
type interfacesOptions struct {
	format string
	lang   string
}

func newInterfacesCommand(env *Env) *cobra.Command {
	opts := &interfacesOptions{}
	cmd := &cobra.Command{
		Use:   "interfaces",
		Short: "List what can be captured on",
		Long: `Interfaces lists the network interfaces of this machine that libpcap can capture on: their
addresses, what their frames start with, whether they are up and which one the
default route uses. It needs no rights.

Exit status:
  0  done
  1  the output could not be written
  2  wrong usage
  3  the interfaces could not be listed`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return runInterfaces(env, opts) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVarP(&opts.format, "format", "f", "table", "`FORMAT` of the list: table (for people), ndjson (one JSON object a line, for programs)")
	f.StringVar(&opts.lang, "lang", "", "`LANG` of the table: en or ko (default from the locale)")
	return cmd
}

func runInterfaces(env *Env, o *interfacesOptions) error {
	lang, err := (&viewOptions{lang: o.lang}).language(env)
	if err != nil {
		return err
	}
	if o.format != "table" && o.format != "ndjson" {
		return usageError(fmt.Errorf("interfaces has no format %q", o.format), "the formats are table, ndjson")
	}
	list, err := live.Devices()
	if err != nil {
		return failed(statusNothing, err)
	}
	if o.format == "ndjson" {
		return writing(render.DeviceNDJSON(env.Out, list))
	}
	return writing(render.DeviceTable(env.Out, list, lang))
}
