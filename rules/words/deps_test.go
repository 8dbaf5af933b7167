package words

import (
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire/deptest"
)

func TestImportsGoOneWay(t *testing.T) {
	deptest.Bans(t, "rules/words", map[string]string{
		"annotate/...":           "whoever says something asks for its words",
		"decode/capture/...":     "words are said of labels, not of captures",
		"cmd/...":                "the command line is the outermost layer",
		"github.com/spf13/cobra": "no package below cmd knows of flags",
	})
}
