package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// answerView is a question that networking courses ask, and what this capture answers.
type answerView struct{ Question, Answer string }

// asked are the questions, and the answers with places for values.
var asked = map[string]struct{ question, answer rules.Text }{
	"lease": {rules.Text{"Which address did the client get, from whom and for how long?", "클라이언트는 어떤 주소를 누구에게서 얼마 동안 받았습니까?"},
		rules.Text{"%s, from the DHCP server %s, for %s s (Ack in frame %d).", "%s. DHCP 서버 %s, 기간 %s초 (%d번 프레임의 Ack)."}},
	"query": {rules.Text{"Which frame holds the DNS query, and which its answer?", "DNS 질의와 응답은 어느 프레임에 있습니까?"},
		rules.Text{"The query is in frame %d, the answer in frame %d, %s later.", "질의는 %d번, 응답은 %d번 프레임이며 %s 걸렸습니다."}},
	"ports": {rules.Text{"Over which transport and ports?", "어느 전송 계층 프로토콜과 포트를 썼습니까?"},
		rules.Text{"%s, from port %d of %s to port %d of %s.", "%s, %[3]s의 포트 %[2]d에서 %[5]s의 포트 %[4]d로."}},
	"nexthop": {rules.Text{"Whose MAC address does the frame with the query have as its destination?", "질의 프레임의 목적지 MAC 주소는 누구의 것입니까?"},
		rules.Text{"%s, that of %s, though the packet goes to %s: the next hop, not the DNS server.", "%s. 패킷의 목적지는 %[3]s이지만 이 주소는 다음 홉 %[2]s의 것입니다."}},
	"samelink": {rules.Text{"Whose MAC address does the frame with the query have as its destination?", "질의 프레임의 목적지 MAC 주소는 누구의 것입니까?"},
		rules.Text{"%s, that of the next hop on the way to %s.", "%s. %s(으)로 가는 길의 다음 홉입니다."}},
	"addresses": {rules.Text{"Which addresses did the answer give, and does the SYN go to one of them?", "응답이 준 주소는 무엇이며 SYN은 그중 하나로 갑니까?"},
		rules.Text{"%s. The SYN in frame %d goes to %s: %s.", "%s. %d번 프레임의 SYN은 %s(으)로 갑니다: %s."}},
	"yes": {rules.Text{}, rules.Text{"yes, it is one of them", "예, 그중 하나입니다"}},
	"no":  {rules.Text{}, rules.Text{"no, this answer did not give it", "아니요, 이 응답이 준 주소가 아닙니다"}},
	"handshake": {rules.Text{"Which frames are the three-way handshake, and how long did it take?", "3-way 핸드셰이크는 어느 프레임이며 얼마나 걸렸습니까?"},
		rules.Text{"SYN in frame %d, SYN+ACK in frame %d, ACK in frame %d: %s.", "SYN %d번, SYN+ACK %d번, ACK %d번 프레임: %s."}},
	"isn": {rules.Text{"Which initial sequence numbers did the two sides choose?", "양쪽이 고른 초기 순서 번호는 무엇입니까?"},
		rules.Text{"The client %d, the server %d; the SYN+ACK acknowledges %d, one more than the client's.", "클라이언트 %d, 서버 %d. SYN+ACK의 확인 응답 번호는 클라이언트 번호보다 1 큰 %d입니다."}},
	"get": {rules.Text{"How long was it from the request to the response?", "요청에서 응답까지 얼마나 걸렸습니까?"},
		rules.Text{"The request is in frame %d; the first byte of the response came %s later, in frame %d.", "요청은 %d번 프레임이고, 응답의 첫 바이트는 %s 뒤 %d번 프레임으로 왔습니다."}},
	"status": {rules.Text{"What did the server answer?", "서버는 무엇이라고 답했습니까?"},
		rules.Text{"Status %s, in frame %d.", "상태 코드 %s, %d번 프레임."}},
	"bytes": {rules.Text{"How many bytes of TCP payload did the response take, in how many segments?", "응답은 TCP 페이로드 몇 바이트, 세그먼트 몇 개였습니까?"},
		rules.Text{"%s bytes in %d segments.", "%s바이트, 세그먼트 %d개."}},
	"tls": {rules.Text{"Which TLS version and cipher suite were agreed on, and which name did the client send in clear text?", "합의한 TLS 버전과 암호 스위트는 무엇이며, 클라이언트가 평문으로 보낸 이름은 무엇입니까?"},
		rules.Text{"TLS %s with %s; the ClientHello in frame %d names %s.", "TLS %s, %s. %d번 프레임의 ClientHello에 %s이(가) 있습니다."}},
}

// answers gathers them for one journey.
type answers struct {
	g    *gatherer
	j    *annotate.Journey
	list []answerView
}

func (a *answers) say(name string, values ...any) {
	q := asked[name]
	a.list = append(a.list, answerView{q.question.In(a.g.opts.Lang), fmt.Sprintf(q.answer.In(a.g.opts.Lang), values...)})
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
		a.say("lease", addr, server, time, ack.Number)
	}
}

func (a *answers) dns() {
	query, answer := a.first("1.3"), a.answer()
	if query == nil {
		return
	}
	if answer != nil && a.j.Timing.DNS >= 0 {
		a.say("query", query.Number, answer.Number, a.g.lines.Span(a.j.Timing.DNS))
	}
	transport := "UDP"
	if query.Transport == layers.TransportTCP {
		transport = "TCP"
	}
	a.say("ports", transport, query.SrcPort, query.Src, query.DstPort, query.Dst)
	if query.HasDstMAC {
		if owner := a.owner(query.DstMAC); owner != "" && owner != query.Dst.String() {
			a.say("nexthop", macText(query.DstMAC), owner, query.Dst)
		} else {
			a.say("samelink", macText(query.DstMAC), query.Dst)
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
	verdict := asked["no"].answer
	if slices.Contains(list, syn.Dst.String()) {
		verdict = asked["yes"].answer
	}
	a.say("addresses", short(strings.Join(list, ", ")), syn.Number, syn.Dst, verdict.In(a.g.opts.Lang))
}

func (a *answers) tcp() {
	syn, synack, ack := a.first("3.4"), a.first("3.5"), a.first("3.6")
	if syn == nil || synack == nil || ack == nil || a.j.Timing.TCP < 0 {
		return
	}
	a.say("handshake", syn.Number, synack.Number, ack.Number, a.g.lines.Span(a.j.Timing.TCP))
	if synack.Ack == syn.Seq+1 {
		a.say("isn", syn.Seq, synack.Seq, synack.Ack)
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
	if a.j.Timing.FirstByte >= 0 {
		a.say("get", request.Number, a.g.lines.Span(a.j.Timing.FirstByte), a.firstResponse(request.Number, step))
	}
	if frame, status := a.status(); status != "" {
		a.say("status", status, frame)
	}
	bytes, segments := 0, 0
	for i := range a.g.frames {
		if f := &a.g.frames[i]; f.journey == a.j.ID && f.step == step && f.size > 0 {
			bytes += f.size
			segments++
		}
	}
	if segments > 0 && a.g.beyond == 0 {
		a.say("bytes", thousands(bytes), segments)
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

// status is the status of the first response that was read.
func (a *answers) status() (frame int, status string) {
	if k := a.g.statuses[a.j.ID]; k != nil {
		return k.frame, k.text
	}
	return 0, ""
}

func (a *answers) tls() {
	hello, answer := a.g.hellos[a.j.ID], a.g.serverHellos[a.j.ID]
	if hello == nil || answer == nil || hello.text == "" {
		return
	}
	version, cipher, _ := strings.Cut(answer.text, " ")
	a.say("tls", version, cipher, hello.frame, hello.text)
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
