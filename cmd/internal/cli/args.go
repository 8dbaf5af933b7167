package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

// noArgs is for commands that take none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError(fmt.Errorf("%s takes no argument, got %q", cmd.Name(), args[0]), "see "+cmd.CommandPath()+" --help")
	}
	return nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}
