package render

import (
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// reachedTexts say of each limit what reaching it cost. {n} is how much was given up, {limit} the limit.
var reachedTexts = [...]rules.Text{
	annotate.LimitFlows:     words.Of("limit.flows"),
	annotate.LimitPending:   words.Of("limit.pending"),
	annotate.LimitFragments: words.Of("limit.fragments"),
	annotate.LimitJourneys:  words.Of("limit.journeys"),
	annotate.LimitClients:   words.Of("limit.clients"),
	annotate.LimitAnswers:   words.Of("limit.answers"),
	annotate.LimitRoutes:    words.Of("limit.routes"),
}

// reachedText says what reaching a limit cost, and which flag raises it.
func reachedText(r *annotate.Reached, lang rules.Lang) string {
	text := strings.NewReplacer(
		"{n}", string(annotate.AppendThousands(nil, int(r.Count))),
		"{limit}", string(annotate.AppendThousands(nil, int(r.Value))),
	).Replace(reachedTexts[r.Limit].In(lang))
	return text + " (--max-" + r.Limit.String() + ")"
}

// appendLimits tells in the table which limits were reached.
func (t *table) appendLimits(list []annotate.Reached) {
	if len(list) == 0 {
		return
	}
	t.out.b = append(t.out.b, '\n')
	t.paragraph(t.words.Limits, bold, "", 0)
	for i := range list {
		t.item("", reachedText(&list[i], t.opts.Lang))
	}
}

// appendReached tells the same in the capture's record.
func (n *ndjson) appendReached(b []byte, list []annotate.Reached) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(b, `,"limits":[`...)
	for i := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(append(b, `{"limit":`...), list[i].Limit.String())
		b = strconv.AppendInt(append(b, `,"value":`...), int64(list[i].Value), 10)
		b = strconv.AppendInt(append(b, `,"count":`...), int64(list[i].Count), 10)
		b = append(appendJSON(append(b, `,"text":`...), reachedText(&list[i], n.opts.Lang)), '}')
	}
	return append(b, ']')
}
