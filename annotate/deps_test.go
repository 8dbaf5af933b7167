package annotate_test

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire/deptest"
)

func TestImportsGoOneWay(t *testing.T) {
	deptest.Bans(t, "annotate", map[string]string{
		"annotate/render/...":               "renderers are sinks of annotate",
		"cmd/...":                           "the command line is the outermost layer",
		"github.com/spf13/cobra":            "no package below cmd knows of flags",
		"github.com/google/gopacket/pcap":   "labelling saved captures needs no cgo",
		"github.com/olekukonko/tablewriter": "annotate does not print",
	})
}
