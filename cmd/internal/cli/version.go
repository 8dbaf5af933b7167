package cli

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersionCommand(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return runVersion(env.Out) },
	}
}

func runVersion(w io.Writer) error {
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		commit = setting(info, "vcs.revision")
		if setting(info, "vcs.modified") == "true" {
			commit += " with changes"
		}
	}
	if commit != "" {
		commit = ", commit " + commit
	}
	_, err := fmt.Fprintf(w, "pktjourney %s%s, %s %s/%s\n", version(), commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// version is that of the module which the program was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown version"
}

// setting is a value that the build left in the program; "" when it did not.
func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
