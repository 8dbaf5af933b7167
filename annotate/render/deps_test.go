package render

import (
	"os/exec"
	"strings"
	"testing"
)

// banned are packages that this one must not import, and why.
var banned = map[string]string{
	"github.com/spf13/cobra":                               "renderers know no command line; cmd connects them",
	"github.com/google/gopacket":                           "renderers show what decode found out and read no packets",
	"encoding/json":                                        "by reflection a frame costs ten times as much as by appending",
	"github.com/fatih/color/v2":                            "colours are decided by Options, not by the environment",
	"golang.org/x/term":                                    "what the terminal is like is told by Options",
	"github.com/spf13/pflag":                               "renderers know no command line; cmd connects them",
	"github.com/pktjourney/pktjourney/decode/capture/live": "rendering needs no libpcap",
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Skipf("go list does not run here: %v", err)
	}
	for _, name := range strings.Fields(string(out)) {
		if why, ok := banned[name]; ok || strings.HasPrefix(name, "github.com/google/gopacket/") {
			t.Errorf("imports %s: %s", name, why)
		}
	}
}
