package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
)

// maxOutside is how many protocols are named; the others are counted together.
const maxOutside = 8

// outsideList counts the frames outside every journey and lists their protocols, the most frequent first:
// "5 ICMPv6, 4 ARP".
func outsideList(outside map[string]int) (total int, list string) {
	names := slices.SortedFunc(maps.Keys(outside), func(a, b string) int {
		return cmp.Or(outside[b]-outside[a], strings.Compare(a, b))
	})
	var parts []string
	rest := 0
	for i, name := range names {
		total += outside[name]
		if i >= maxOutside {
			rest += outside[name]
			continue
		}
		shown := string(appendUpper(nil, name))
		if shown == "" {
			shown = "?"
		}
		parts = append(parts, fmt.Sprintf("%s %s", annotate.AppendThousands(nil, outside[name]), Neutral(shown)))
	}
	if rest > 0 {
		parts = append(parts, fmt.Sprintf("%s ...", annotate.AppendThousands(nil, rest)))
	}
	return total, strings.Join(parts, ", ")
}

// LinkName is how people call a link type.
func LinkName(t capture.LinkType) string {
	switch t {
	case capture.LinkEthernet:
		return "Ethernet"
	case capture.LinkLinuxSLL, capture.LinkLinuxSLL2:
		return "Linux cooked"
	case capture.LinkNull, capture.LinkLoop:
		return "BSD loopback"
	case capture.LinkRaw, capture.LinkRawOld, capture.LinkRawOpenBSD, capture.LinkIPv4, capture.LinkIPv6:
		return "raw IP"
	}
	return fmt.Sprintf("link type %d", t)
}
