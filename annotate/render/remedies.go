package render

import (
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// otherWay are the causes that are no lack of the capture: the journey went another way.
var otherWay = map[rules.Cause]bool{
	rules.OverHTTP: true, rules.OverTLS: true, rules.NotNeeded: true,
}

var (
	wordNothingMissing = words.Of("doctor.nothing-missing")
	wordNoJourney      = words.Of("doctor.no-journey")
	wordCapture        = words.Of("doctor.capture")
	wordDamaged        = words.Of("doctor.damaged")
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
	rules.NotVisible: {words.Of("doctor.not-visible"), nil},
	rules.NoDHCP: {words.Of("doctor.no-dhcp"),
		[]command{
			{"Linux", "sudo dhclient -r eth0 && sudo dhclient eth0"},
			{"Windows", "ipconfig /release & ipconfig /renew"},
			{"macOS", "sudo ipconfig set en0 DHCP"}}},
	rules.NoDNS: {words.Of("doctor.no-dns"),
		flushCaches},
	rules.EncryptedDNS: {words.Of("doctor.encrypted-dns"),
		append([]command{{"Linux", "sudo resolvectl dnsovertls eth0 no"}}, flushCaches...)},
	rules.Remembered: {words.Of("doctor.remembered"), flushCaches},
	rules.Cached: {words.Of("doctor.cached"),
		[]command{{"Linux", "sudo unbound-control flush_zone ."}}},
	rules.NoAnswer: {words.Of("doctor.no-answer"),
		[]command{{"Linux", "dig www.google.com"}, {"Windows", "nslookup www.google.com"}, {"macOS", "dig www.google.com"}}},
	rules.NoAddress: {words.Of("doctor.no-address"),
		[]command{{"Linux", "dig @1.1.1.1 www.google.com"}, {"Windows", "nslookup www.google.com 1.1.1.1"}, {"macOS", "dig @1.1.1.1 www.google.com"}}},
	rules.NoConnection: {words.Of("doctor.no-connection"),
		[]command{{"", "curl http://www.google.com/"}}},
	rules.SynUnanswered: {words.Of("doctor.syn-unanswered"),
		[]command{{"", "curl -v http://www.google.com/"}}},
	rules.Refused:     {words.Of("doctor.refused"), nil},
	rules.BeganBefore: {words.Of("doctor.began-before"), captureAll},
	rules.NoRequest:   {words.Of("doctor.no-request"), captureAll},
	rules.NoResponse:  {words.Of("doctor.no-response"), captureAll},
	rules.Incomplete:  {words.Of("doctor.incomplete"), captureAll},
	rules.OverQUIC: {words.Of("doctor.over-quic"),
		[]command{{"", "curl --http1.1 https://www.google.com/"}}},
	rules.NotSeen: {words.Of("doctor.not-seen"), captureAll},
}
