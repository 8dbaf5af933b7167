package render

import (
	"fmt"
	"strconv"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

var (
	whyProof  = rules.Text{"How the connection was found, link by link", "연결을 찾은 과정"}
	whyBroken = rules.Text{"broken: ", "끊김: "}
	whyMore   = rules.Text{"%d more such chains", "이런 과정 %d개 더"}
	whyLinks  = [...]rules.Text{
		annotate.LinkLease: {"lease", "임대"}, annotate.LinkServer: {"server", "서버"}, annotate.LinkQuestion: {"question", "질의"},
		annotate.LinkAnswer: {"answer", "응답"}, annotate.LinkSYN: {"SYN", "SYN"}, annotate.LinkName: {"name", "이름"},
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
