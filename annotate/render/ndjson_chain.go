package render

import (
	"strconv"

	"github.com/pktjourney/pktjourney/annotate"
)

// appendChains appends how the connections of a journey were found.
func (n *ndjson) appendChains(b []byte, chains []annotate.Chain) []byte {
	if len(chains) == 0 {
		return b
	}
	b = append(b, `,"chains":[`...)
	for i := range chains {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for k := range chains[i].Links {
			if k > 0 {
				b = append(b, ',')
			}
			b = n.appendLink(b, &chains[i].Links[k])
		}
		b = append(b, ']')
	}
	return append(b, ']')
}

func (n *ndjson) appendLink(b []byte, k *annotate.Link) []byte {
	b = appendJSON(append(b, `{"link":`...), k.Kind.String())
	b = strconv.AppendBool(append(b, `,"broken":`...), k.Broken)
	if len(k.Frames) > 0 {
		b = append(b, `,"frames":[`...)
		for i, number := range k.Frames {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(number), 10)
		}
		b = append(b, ']')
	}
	n.scratch = k.AppendText(n.scratch[:0], n.opts.Lang)
	return append(appendJSON(append(b, `,"text":`...), n.scratch), '}')
}
