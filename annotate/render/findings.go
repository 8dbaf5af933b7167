package render

import (
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/rules"
)

// findings are what the frames of a capture tell about how it was taken.
type findings struct {
	cut    int           // frames that the snap length cut
	snap   int           // bytes of the longest of them that were kept
	merged int           // TCP segments that no Ethernet link carries
	lost   int           // frames that the machine which captured dropped
	sealed int           // frames whose step was deduced for want of TLS keys
	secret int           // frames with data that TLS encrypts
	opened bool          // some of that data was decrypted
	ways   map[int]uint8 // the directions seen of a TCP connection, a bit for each
	both   bool          // of one of them both were seen
	spoke  bool          // one of them brought bytes
}

// The limits of findings.
const (
	// maxWays is how many TCP connections are looked at.
	maxWays = 4096
	// maxEthernet is the longest frame of a usual Ethernet link: 1,500 bytes, and a header with two VLAN tags.
	maxEthernet = 1500 + 14 + 8
)

// frame takes note of l.
func (f *findings) frame(l *annotate.Labelled) {
	if captured := l.Captured; captured < l.WireLen {
		f.cut++
		f.snap = max(f.snap, captured)
	}
	f.lost += l.Lost
	if l.Segment.Connection == nil {
		return
	}
	if l.WireLen > maxEthernet {
		f.merged++
	}
	if l.Segment.Connection.TLS() != nil {
		f.encrypted(l)
	}
	f.direction(l)
}

// encrypted notes whether what TLS carries in l could be read.
func (f *findings) encrypted(l *annotate.Labelled) {
	if l.Deduced {
		f.sealed++
	}
	if slices.ContainsFunc(l.Parts, func(p decode.Part) bool { return p.Message.Kind == decode.TLSData }) {
		f.secret++
	}
	if _, read := l.Facts.Get(fact.HTTPVersion); read {
		f.opened = true
	}
}

// direction notes which way a segment went.
func (f *findings) direction(l *annotate.Labelled) {
	seen, known := f.ways[l.Conversation.ID]
	if !known && len(f.ways) == maxWays {
		return
	}
	now := seen | 1<<l.Dir
	if now == 3 {
		f.both = true
	}
	if l.PayloadLen > 0 {
		f.spoke = true
	}
	if now == seen {
		return
	}
	if f.ways == nil {
		f.ways = make(map[int]uint8)
	}
	f.ways[l.Conversation.ID] = now
}

// oneWay reports whether connections carried bytes, and each was seen in one direction only.
func (f *findings) oneWay() bool { return f.spoke && !f.both }

// remedies are what to do about f, in the order in which it helps.
func (f *findings) remedies() []remedy {
	var list []remedy
	if f.oneWay() {
		list = append(list, remedyOneWay)
	}
	if f.cut > 0 {
		list = append(list, remedyCut.filled("{n}", f.cut).filled("{snap}", f.snap))
	}
	if f.merged > 0 {
		list = append(list, remedyMerged.filled("{n}", f.merged))
	}
	if f.lost > 0 {
		list = append(list, remedyLost.filled("{n}", f.lost))
	}
	switch {
	case f.sealed > 0:
		list = append(list, remedySealed.filled("{n}", f.sealed))
	case f.secret > 0 && !f.opened:
		list = append(list, remedySecret.filled("{n}", f.secret))
	}
	return list
}

// filled puts a number in the place of name.
func (r remedy) filled(name string, n int) remedy {
	number := string(appendThousands(nil, int64(n)))
	for i := range r.text {
		r.text[i] = strings.ReplaceAll(r.text[i], name, number)
	}
	return r
}

// What the findings ask for.
var (
	remedyOneWay = remedy{rules.Text{
		"Of every connection one direction only was captured: mirror both directions of the port, or capture on the machine itself.",
		"모든 연결이 한 방향만 캡처되었습니다. 포트를 양방향으로 미러링하거나 그 기기에서 직접 캡처하세요."}, captureAll}
	remedyCut = remedy{rules.Text{
		"Frames cut while capturing, to {snap} bytes at most: {n}. Names and requests behind the cut can not be read. Capture whole frames (-s 0).",
		"캡처할 때 최대 {snap}바이트로 잘린 프레임: {n}개. 잘린 뒤의 이름과 요청은 읽을 수 없습니다. 프레임 전체를(-s 0) 캡처하세요."}, captureAll}
	remedyMerged = remedy{rules.Text{
		"Segments longer than an Ethernet link carries: {n}. The network card puts segments together before they are captured (offloading). To see those of the wire, switch that off while capturing.",
		"이더넷 링크의 한계보다 긴 세그먼트: {n}개. 네트워크 카드가 캡처 전에 세그먼트를 합친 것입니다(오프로드). 실제 세그먼트를 보려면 캡처하는 동안 끄세요."},
		[]command{{"Linux", "sudo ethtool -K eth0 gro off lro off gso off tso off"}}}
	remedySealed = remedy{rules.Text{
		"Frames whose step is deduced from the size and direction of what TLS encrypts: {n}. With the keys they are read. Start the browser anew like this, then capture.",
		"TLS로 암호화된 데이터의 크기와 방향으로 단계를 추정한 프레임: {n}개. 키가 있으면 내용을 읽습니다. 브라우저를 다음과 같이 새로 시작하고 캡처하세요."},
		keyLog}
	remedySecret = remedy{rules.Text{
		"Frames with data that TLS encrypts: {n}. Their steps are known, the requests and pages inside are not. With the keys they are read. Start the browser anew like this, then capture.",
		"TLS로 암호화된 데이터가 있는 프레임: {n}개. 단계는 알 수 있지만 안의 요청과 페이지는 볼 수 없습니다. 키가 있으면 내용을 읽습니다. 브라우저를 다음과 같이 새로 시작하고 캡처하세요."},
		keyLog}
	remedyLost = remedy{rules.Text{
		"Frames that the capturing machine dropped: {n}. They are missing here, not on the network. Give it a larger buffer, or a filter.",
		"캡처하던 장비가 놓친 프레임: {n}개. 네트워크가 아니라 이 캡처에서만 빠졌습니다. 버퍼를 늘리거나 필터를 쓰세요."},
		[]command{
			{"", "sudo pktjourney capture -i eth0 --buffer 512 --filter 'port 53 or port 80 or port 443' -w journey.pcapng"},
			{"Linux", "sudo tcpdump -i eth0 -B 524288 -s 0 -w journey.pcap"}}}
)

// keyLog makes a browser write its TLS secrets, and uses them.
var keyLog = []command{
	{"Linux", "SSLKEYLOGFILE=$PWD/keys.txt firefox"},
	{"Windows", `set SSLKEYLOGFILE=%CD%\keys.txt & start firefox`},
	{"macOS", "SSLKEYLOGFILE=$PWD/keys.txt /Applications/Firefox.app/Contents/MacOS/firefox"},
	{"", "pktjourney annotate --keylog keys.txt journey.pcap"},
}
