package rules_test

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire/deptest"
)

func TestImportsGoOneWay(t *testing.T) {
	deptest.Bans(t, "rules", map[string]string{
		"decode":                     "rules speak of facts, not of frames",
		"decode/capture/...":         "a documented journey is read without a capture",
		"decode/layers":              "rules know no headers",
		"decode/stream":              "which bytes belong together is decode's work",
		"decode/dhcp":                "facts are all that rules know of a message",
		"decode/dns":                 "facts are all that rules know of a message",
		"decode/http":                "facts are all that rules know of a message",
		"decode/tls":                 "facts are all that rules know of a message",
		"annotate/...":               "annotate applies rules; rules never see a label",
		"cmd/...":                    "the command line is the outermost layer",
		"github.com/spf13/cobra":     "no package below cmd knows of flags",
		"github.com/google/gopacket": "headers are decode/layers' work",
	})
}
