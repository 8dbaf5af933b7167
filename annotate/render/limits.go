package render

import (
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// reachedTexts say of each limit what reaching it cost. {n} is how much was given up, {limit} the limit.
var reachedTexts = [...]rules.Text{
	annotate.LimitFlows: {
		"Conversations forgotten before they ended (limit {limit}): {n}. Later frames of theirs begin new ones.",
		"끝나기 전에 잊은 대화(한도 {limit}개): {n}개. 그 뒤의 프레임은 새 대화로 시작합니다."},
	annotate.LimitPending: {
		"Holes in TCP streams that were not waited for, because too much waited behind them (limit {limit} bytes): {n}. Messages with such a hole can not be read.",
		"뒤에서 기다리는 데이터가 너무 많아(한도 {limit}바이트) 기다리지 않은 TCP 스트림의 빈 곳: {n}개. 그런 메시지는 읽을 수 없습니다."},
	annotate.LimitFragments: {
		"Packets whose fragments were not put together (limit {limit}): {n}. Their messages can not be read.",
		"조각을 합치지 못한 패킷(한도 {limit}개): {n}개. 그 메시지는 읽을 수 없습니다."},
	annotate.LimitJourneys: {
		"Journeys ended early (limit {limit}): {n}. Later frames of theirs begin new ones.",
		"일찍 끝낸 여정(한도 {limit}개): {n}개. 그 뒤의 프레임은 새 여정으로 시작합니다."},
	annotate.LimitClients: {
		"Clients whose lease was forgotten for a newer one (limit {limit}): {n}. Their later journeys lack phase 0.",
		"새 임대 때문에 임대를 잊은 클라이언트(한도 {limit}개): {n}개. 그 뒤의 여정에는 PHASE 0이 없습니다."},
	annotate.LimitAnswers: {
		"Addresses of DNS answers forgotten for newer ones (limit {limit}): {n}. Later connections to them are named by Host or SNI alone.",
		"새 주소 때문에 잊은 DNS 응답의 주소(한도 {limit}개): {n}개. 그 뒤 그 주소로 가는 연결의 이름은 Host나 SNI로만 압니다."},
	annotate.LimitRoutes: {
		"Routes of BGP that were not taken in (limit {limit}, and 8 to one prefix): {n}. What is told of the way to their prefixes may be wrong.",
		"받아들이지 않은 BGP 경로(한도 {limit}개, 한 프리픽스에 8개): {n}개. 그 프리픽스로 가는 경로는 사실과 다를 수 있습니다."},
}

// reachedText says what reaching a limit cost, and which flag raises it.
func reachedText(r *annotate.Reached, lang rules.Lang) string {
	text := strings.NewReplacer(
		"{n}", string(appendThousands(nil, int64(r.Count))),
		"{limit}", string(appendThousands(nil, int64(r.Value))),
	).Replace(reachedTexts[r.Limit].In(lang))
	return text + " (--max-" + r.Limit.String() + ")"
}

// appendLimits tells in the table which limits were reached.
func (t *table) appendLimits(list []annotate.Reached) {
	if len(list) == 0 {
		return
	}
	t.out.b = append(t.out.b, '\n')
	t.paragraph(t.words.limits, bold, "", 0)
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
