package render

import "github.com/pktjourney/pktjourney/rules"

// otherWay are the causes that are no lack of the capture: the journey went another way.
var otherWay = map[rules.Cause]bool{
	rules.OverHTTP: true, rules.OverTLS: true, rules.NotNeeded: true,
}

var (
	wordNothingMissing = rules.Text{"No step is missing that this journey could show.", "이 여정에서 볼 수 있는 단계는 모두 있습니다."}
	wordNoJourney      = rules.Text{
		"No journey in this capture. Is it the right interface, and does the filter let DNS and TCP through? Start capturing, then open the page.",
		"이 캡처에는 여정이 없습니다. 인터페이스가 맞는지, 필터가 DNS와 TCP를 통과시키는지 확인하고, 캡처를 시작한 다음 페이지를 여세요."}
	wordCapture = rules.Text{"How the capture was taken", "캡처 방법"}
	wordDamaged = rules.Text{
		"The file is damaged: what follows the damage is not in this list. Stop the capture with Ctrl-C so that the file is written to its end.",
		"파일이 손상되어 그 뒤의 내용은 여기에 없습니다. 캡처를 Ctrl-C로 끝내야 파일이 끝까지 저장됩니다."}
)

// remedy is what to do so that the next capture has a step.
type remedy struct {
	text     rules.Text
	commands []command
}

// command is a line to type on one system, or at one capture point; system "" goes for all.
type command struct{ system, line string }

var flushCaches = []command{
	{"Linux", "sudo resolvectl flush-caches"},
	{"Windows", "ipconfig /flushdns"},
	{"macOS", "sudo dscacheutil -flushcache; sudo killall -HUP mDNSResponder"},
}

var captureAll = []command{
	{"Linux", "sudo tcpdump -i any -s 0 -w journey.pcap"},
	{"Windows", "pktmon start --capture --pkt-size 0"},
	{"Windows", "pktmon stop & pktmon etl2pcap PktMon.etl -o journey.pcapng"},
	{"macOS", "sudo tcpdump -i en0 -s 0 -w journey.pcap"},
}

// atPoint captures what passes a point, and labels it together with the capture at own.
func atPoint(p string, own rules.Point) []command {
	here := own.String()
	if own == rules.Unknown {
		here = rules.Client.String()
	}
	filter := ""
	if p == rules.Resolver.String() || p == rules.NameServer.String() {
		filter = " port 53"
	}
	return []command{
		{p, "sudo tcpdump -i any -s 0 -w " + p + ".pcap" + filter},
		{"", "pktjourney annotate " + here + "=" + here + ".pcap " + p + "=" + p + ".pcap"},
	}
}

// remedies say for each cause what to do. Causes of otherWay need none.
var remedies = map[rules.Cause]remedy{
	rules.NotVisible: {rules.Text{
		"Capture where these frames pass at the same time, and give both captures with the names of their points.",
		"이 프레임들이 지나는 곳에서도 동시에 캡처하고, 두 캡처를 캡처 지점의 이름과 함께 주세요."}, nil},
	rules.NoDHCP: {rules.Text{
		"While capturing, give the lease back and ask for a new one. A static address never shows these steps.",
		"캡처하는 동안 임대를 반납하고 다시 받으세요. 고정 주소라면 이 단계는 나타나지 않습니다."},
		[]command{
			{"Linux", "sudo dhclient -r eth0 && sudo dhclient eth0"},
			{"Windows", "ipconfig /release & ipconfig /renew"},
			{"macOS", "sudo ipconfig set en0 DHCP"}}},
	rules.NoDNS: {rules.Text{
		"The name was in a cache, in the hosts file, or asked before the capture began. Start capturing, empty the caches, then open the page in a private window. If it still is not asked, the browser may use DNS over HTTPS: switch that off in its settings (secure DNS).",
		"이름이 캐시나 hosts 파일에 있었거나 캡처 전에 물었습니다. 캡처를 시작하고 캐시를 비운 다음 시크릿 창에서 페이지를 여세요. 그래도 묻지 않으면 브라우저가 DNS over HTTPS를 쓰는 것일 수 있으니 설정(보안 DNS)에서 끄세요."},
		flushCaches},
	rules.EncryptedDNS: {rules.Text{
		"DNS was encrypted. Switch secure DNS off in the browser's settings and DNS over TLS off in the system's, then empty the caches.",
		"DNS가 암호화되었습니다. 브라우저 설정의 보안 DNS와 시스템의 DNS over TLS를 끄고 캐시를 비우세요."},
		append([]command{{"Linux", "sudo resolvectl dnsovertls eth0 no"}}, flushCaches...)},
	rules.Remembered: {rules.Text{
		"The client had the address in a cache. Empty the caches, then open the page again.",
		"클라이언트의 캐시에 주소가 있었습니다. 캐시를 비우고 페이지를 다시 여세요."}, flushCaches},
	rules.Cached: {rules.Text{
		"The DNS server answered from its cache. Empty that, or ask for a name that it has not been asked for before.",
		"DNS 서버가 캐시에서 답했습니다. 서버의 캐시를 비우거나 물은 적 없는 이름을 물어보세요."},
		[]command{{"Linux", "sudo unbound-control flush_zone ."}}},
	rules.NoAnswer: {rules.Text{
		"No answer was captured: the server may be down or blocked, or the capture has one direction only (mirror both directions of the port) or ended too soon. Ask the server by hand.",
		"응답이 캡처되지 않았습니다. 서버가 멈췄거나 막혔거나, 캡처가 한 방향뿐이거나(포트 미러링은 양방향으로) 너무 일찍 끝났습니다. 서버에 직접 물어보세요."},
		[]command{{"Linux", "dig www.google.com"}, {"Windows", "nslookup www.google.com"}, {"macOS", "dig www.google.com"}}},
	rules.NoConnection: {rules.Text{
		"Only the name was asked. Open the page while capturing; a filter must let its ports (TCP 80 and 443) through.",
		"이름만 물었습니다. 캡처하는 동안 페이지를 여세요. 필터는 TCP 80과 443을 통과시켜야 합니다."},
		[]command{{"", "curl http://www.google.com/"}}},
	rules.SynUnanswered: {rules.Text{
		"The server is down, a firewall drops the packets, or the capture has one direction only (mirror both directions of the port).",
		"서버가 멈췄거나, 방화벽이 패킷을 버리거나, 캡처가 한 방향뿐입니다(포트 미러링은 양방향으로)."},
		[]command{{"", "curl -v http://www.google.com/"}}},
	rules.Refused: {rules.Text{
		"Nothing listens on that port of the server, or a firewall refuses. Check the address and the port.",
		"서버의 그 포트를 쓰는 프로그램이 없거나 방화벽이 거절합니다. 주소와 포트를 확인하세요."}, nil},
	rules.BeganBefore: {rules.Text{
		"Start capturing first. Then close the browser, so that no old connection is used again, and open the page.",
		"캡처를 먼저 시작하고, 이전 연결을 다시 쓰지 않도록 브라우저를 닫았다가 페이지를 여세요."}, captureAll},
	rules.NoRequest: {rules.Text{
		"Browsers open connections that they may not use. If a request was made, the capture lacks it: capture until the page is shown, whole frames (-s 0).",
		"브라우저는 쓰지 않을 연결도 맺습니다. 요청을 했다면 캡처에 빠진 것이니, 페이지가 보일 때까지 프레임 전체를(-s 0) 캡처하세요."}, captureAll},
	rules.NoResponse: {rules.Text{
		"Capture until the page is shown, and both directions (mirror both directions of the port).",
		"페이지가 보일 때까지 양방향으로 캡처하세요(포트 미러링도 양방향으로)."}, captureAll},
	rules.Incomplete: {rules.Text{
		"Capture until the page is shown, whole frames (-s 0). If the capture lost packets, give it a larger buffer (tcpdump -B 65536).",
		"페이지가 보일 때까지 프레임 전체를(-s 0) 캡처하세요. 캡처에서 패킷을 잃었다면 버퍼를 늘리세요(tcpdump -B 65536)."}, captureAll},
	rules.OverQUIC: {rules.Text{
		"The page came over HTTP/3. Switch QUIC off to see TCP: in Chrome chrome://flags (Experimental QUIC protocol), in Firefox about:config (network.http.http3.enable).",
		"페이지가 HTTP/3으로 왔습니다. TCP를 보려면 QUIC을 끄세요: Chrome은 chrome://flags (Experimental QUIC protocol), Firefox는 about:config (network.http.http3.enable)."},
		[]command{{"", "curl --http1.1 https://www.google.com/"}}},
	rules.NotSeen: {rules.Text{
		"Is it the right interface, both directions, and did the capture lose packets? Capture whole frames on all interfaces, with a larger buffer (-B 65536).",
		"인터페이스가 맞고 양방향인지, 캡처에서 패킷을 잃지 않았는지 확인하세요. 모든 인터페이스에서 프레임 전체를 큰 버퍼(-B 65536)로 캡처하세요."}, captureAll},
}
