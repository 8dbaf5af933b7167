package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// answerView is a question that networking courses ask, and what this capture answers.
type answerView struct{ Question, Answer string }

// answers gathers them for one journey.
type answers struct {
	g    *gatherer
	j    *annotate.Journey
	list []answerView
}

func (a *answers) reply(name string, values ...any) {
	a.list = append(a.list, answerView{words.Of("question." + name).In(a.g.opts.Lang), fmt.Sprintf(words.Of("answer."+name).In(a.g.opts.Lang), values...)})
}

func (a *answers) first(step rules.ID) *kept { return a.g.first(a.j, step) }

func (g *gatherer) questions(j *annotate.Journey) []answerView {
	a := &answers{g: g, j: j}
	a.lease()
	a.dns()
	a.tcp()
	a.http()
	a.tls()
	return a.list
}

func (a *answers) lease() {
	ack := a.first("0.4")
	if ack == nil {
		return
	}
	addr, server, time := ack.Facts.Text(fact.DHCPAssignedIP), ack.Facts.Text(fact.DHCPServerIdentifier), ack.Facts.Text(fact.DHCPLeaseTime)
	if addr != "" && server != "" && time != "" {
		a.reply("lease", addr, server, time, ack.Number)
	}
}

func (a *answers) dns() {
	query, answer := a.first("1.3"), a.answer()
	if query == nil {
		return
	}
	transport := "UDP"
	if query.Transport == layers.TransportTCP {
		transport = "TCP"
	}
	if answer != nil && answer.Lean != 0 && answer.HasSince {
		a.reply("query", answer.Lean, answer.Number, a.g.lines.Span(answer.Since))
		a.reply("ports", transport, answer.DstPort, answer.Dst, answer.SrcPort, answer.Src)
	} else {
		a.reply("ports", transport, query.SrcPort, query.Src, query.DstPort, query.Dst)
	}
	if query.HasDstMAC {
		if owner := a.owner(query.DstMAC); owner != "" && owner != query.Dst.String() {
			a.reply("nexthop", macText(query.DstMAC), owner, query.Dst)
		} else {
			a.reply("samelink", macText(query.DstMAC), query.Dst)
		}
	}
	a.addresses(answer)
}

// answer is the first answer that gave an address, else the first.
func (a *answers) answer() *kept { return a.first("2.6") }

// owner is whose MAC address that is, as ARP said before the query.
func (a *answers) owner(mac layers.MAC) string {
	for i := range a.g.frames {
		f := &a.g.frames[i]
		if f.Protocol == "ARP" && f.step == "1.4" && strings.Contains(f.Words, macText(mac)) {
			return f.Source
		}
	}
	return ""
}

func (a *answers) addresses(answer *kept) {
	syn := a.first("3.4")
	if answer == nil || syn == nil {
		return
	}
	v, ok := answer.Facts.Get(fact.DNSResolvedIP)
	if !ok {
		return
	}
	list := strings.Split(render.Neutral(strings.NewReplacer(",", " ", "[", " ", "]", " ").Replace(v.String())), " ")
	list = slices.DeleteFunc(list, func(s string) bool { return s == "" })
	verdict := words.Of("answer.no")
	if slices.Contains(list, syn.Dst.String()) {
		verdict = words.Of("answer.yes")
	}
	a.reply("addresses", short(strings.Join(list, ", ")), syn.Number, syn.Dst, verdict.In(a.g.opts.Lang))
}

func (a *answers) tcp() {
	syn, synack, ack := a.first("3.4"), a.first("3.5"), a.first("3.6")
	if syn == nil || synack == nil || ack == nil || a.j.Timing.TCP < 0 {
		return
	}
	a.reply("handshake", syn.Number, synack.Number, ack.Number, a.g.lines.Span(a.j.Timing.TCP))
	if synack.Ack == syn.Seq+1 {
		a.reply("isn", syn.Seq, synack.Seq, synack.Ack)
	}
}

func (a *answers) http() {
	request, response, step := a.first("4.1"), a.first("4.5"), rules.ID("4.5")
	if request == nil {
		request, response, step = a.first("5.3"), a.first("5.4"), "5.4"
	}
	if request == nil || response == nil {
		return
	}
	a.get(request.Number, step)
	switch status := a.g.statuses[a.j.ID]; {
	case status == nil:
	case status.first < status.frame && step != sealed:
		a.reply("long-status", status.text, status.first, status.frame)
	default:
		a.reply("status", status.text, status.frame)
	}
	bytes, segments := 0, 0
	for i := range a.g.frames {
		if f := &a.g.frames[i]; f.journey == a.j.ID && f.step == step && f.size > 0 {
			bytes += f.size
			segments++
		}
	}
	switch {
	case segments == 0 || a.g.beyond > 0:
	case step == sealed:
		a.reply("sealed-bytes", annotate.AppendThousands(nil, bytes), segments)
	default:
		a.reply("bytes", annotate.AppendThousands(nil, bytes), segments)
	}
}

// sealed is the step of what the server encrypts: its responses, and what goes with them.
const sealed rules.ID = "5.4"

// get tells how long the response took. Inside TLS only the keys tell which data is the request and which the response.
func (a *answers) get(request int, step rules.ID) {
	opened, status := a.g.requests[a.j.ID], a.g.statuses[a.j.ID]
	switch {
	case step == sealed && opened != nil && status != nil && status.frame > opened.frame && !status.at.Before(opened.at):
		a.reply("opened-get", opened.text, opened.frame, status.frame, a.g.lines.Span(status.at.Sub(opened.at)))
	case a.j.Timing.FirstByte < 0:
	case step == sealed:
		a.reply("sealed-get", request, a.g.lines.Span(a.j.Timing.FirstByte), a.firstResponse(request, step))
	default:
		a.reply("get", request, a.g.lines.Span(a.j.Timing.FirstByte), a.firstResponse(request, step))
	}
}

// firstResponse is the first frame with bytes of the response, behind the request.
func (a *answers) firstResponse(request int, step rules.ID) int {
	for i := range a.g.frames {
		if f := &a.g.frames[i]; f.journey == a.j.ID && f.step == step && f.size > 0 && f.Number > request {
			return f.Number
		}
	}
	return 0
}

func (a *answers) tls() {
	hello, answer := a.g.hellos[a.j.ID], a.g.serverHellos[a.j.ID]
	if hello == nil || answer == nil || hello.text == "" {
		return
	}
	version, cipher, _ := strings.Cut(answer.text, " ")
	a.reply("tls", version, cipher, hello.frame, hello.text)
}
