package render

import (
	"fmt"
	"strconv"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

var (
	whyProof  = words.Of("why.proof")
	whyBroken = words.Of("why.broken")
	whyMore   = words.Of("why.more")
	whyLinks  = [...]rules.Text{
		annotate.LinkLease: words.Of("why.link.lease"), annotate.LinkServer: words.Of("why.link.server"), annotate.LinkQuestion: words.Of("why.link.question"),
		annotate.LinkAnswer: words.Of("why.link.answer"), annotate.LinkSYN: words.Of("why.link.syn"), annotate.LinkName: words.Of("why.link.name"),
	}
)

// proofs writes the chains that the frame is part of, each link with the frame that proves it.
func (y *why) proofs() {
	for i := range y.x.Proofs {
		y.heading(whyProof)
		for k := range y.x.Proofs[i].Links {
			y.link(&y.x.Proofs[i].Links[k])
		}
	}
	if y.x.More > 0 {
		y.item("", fmt.Sprintf(whyMore.In(y.opts.Lang), y.x.More))
	}
}

// The columns of a link: the frame, the kind.
const (
	frameColumn = 6
	kindColumn  = 8
)

func (y *why) link(k *annotate.Link) {
	frame, text := "-", ""
	if n := k.Frame(); n != 0 {
		frame = strconv.Itoa(n)
	}
	if k.Broken {
		text = whyBroken.In(y.opts.Lang)
	}
	mark := appendRight(nil, frame, frameColumn)
	mark = append(appendLeft(append(mark, "  "...), whyLinks[k.Kind].In(y.opts.Lang), kindColumn), "  "...)
	y.item(string(mark), text+Neutral(string(k.AppendText(nil, y.opts.Lang))))
}
