package render

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire/deptest"
)

func TestImportsGoOneWay(t *testing.T) {
	deptest.Bans(t, "annotate/render", map[string]string{
		"cmd/...":                         "the command line is the outermost layer",
		"github.com/spf13/cobra":          "renderers know no command line; cmd connects them",
		"github.com/google/gopacket/pcap": "rendering saved captures needs no cgo",
		"golang.org/x/term":               "what the terminal is like is told by Options",
	})
}
