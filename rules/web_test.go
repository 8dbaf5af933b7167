package rules

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// TestWeb tells the mistakes of the built-in files, which Web can only panic about.
func TestWeb(t *testing.T) {
	if _, err := loadWeb(); err != nil {
		t.Fatal(err)
	}
}

// The headings of the document, as it has them.
var documentSteps = []struct{ id, heading string }{
	{"0.1", "DHCP Discover"}, {"0.2", "DHCP Offer"}, {"0.3", "DHCP Request"}, {"0.4", "DHCP ack"},
	{"1.1", "브라우저에 www.google.com 을 입력"}, {"1.2", "브라우저가 DNS Query 메시지 생성"},
	{"1.3", "DNS Query는 일반적으로 UDP Protocol을 사용"}, {"1.4", "Encapsulation으로 물리 계층까지 Data 전송"},
	{"1.5", "AS내부 IGP, AS외부 BGP 이동"}, {"1.6", "DNS Server에 도착"},
	{"2.1", "Decapsulation으로 응용 계층까지 Data 전송"}, {"2.2", "DNS Server 반복적 쿼리 실행"},
	{"2.3", "DNS Response 메시지를 생성"}, {"2.4", "Re-encapsulation으로 물리 계층까지 Data 전송"},
	{"2.5", "AS내부 IGP, AS외부 BGP 이동"}, {"2.6", "Client에 도착 후 Decapsulation"},
	{"3.1", "브라우저가 google 공인 IP로 HTTP GET 요청 메시지를 생성"}, {"3.2", "HTTP GET 요청 메시지는 TCP Protocol을 사용"},
	{"3.3", "TCP 연결 수립을 위해 HTTP 요청 메시지 보류"}, {"3.4", "전송 계층에서 Client -> Server(SYN 요청)"},
	{"3.5", "전송 계층에서 Client <- Server(SYN + ACK 응답)"}, {"3.6", "전송 계층에서 Client -> Server(ACK 응답)"},
	{"4.1", "TCP 연결 이후 HTTP GET 요청 메시지 전송"}, {"4.2", "Encapsulation으로 물리 계층까지 Data 전송"},
	{"4.3", "AS내부 IGP, AS외부 BGP 이동"}, {"4.4", "google Server에 도착"},
	{"4.5", "Server에서 HTTP GET 응답 메시지 전송"}, {"4.6", "브라우저에 Google Main 페이지 출력"},
	{"5.1", "응용 계층에서 TLS HandShake Protocol 수행"}, {"5.2", "응용 계층에서 TLS Record Protocol 수행"},
	{"5.3", "Client에서 HTTPS GET 요청 암호화"}, {"5.4", "Server에서 HTTPS GET 요청 복호화 및 HTTPS GET 응답 암호화"},
	{"5.5", "Client에서 HTTPS GET 응답 복호화"}, {"5.6", "브라우저에 Google Main 페이지 출력"},
}

func TestWebHasTheStepsOfTheDocument(t *testing.T) {
	var got []string
	for _, p := range Web().Phases {
		for _, s := range p.Steps {
			got = append(got, string(s.ID)+" "+s.Name.In(Korean))
		}
	}
	var want []string
	for _, s := range documentSteps {
		want = append(want, s.id+" "+s.heading)
	}
	if !slices.Equal(got, want) {
		t.Errorf("steps\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestHeadingsStandInTheDocument(t *testing.T) {
	text, err := os.ReadFile("../../shared/journey/document.ko.md")
	if err != nil {
		t.Skip("the document itself is not here:", err)
	}
	for _, s := range documentSteps {
		if !strings.Contains(string(text), s.heading) {
			t.Errorf("%s: the document has no heading %q", s.id, s.heading)
		}
	}
}

func TestHeadingNamesWhatWasAsked(t *testing.T) {
	j := Web()
	for _, c := range []struct{ id, asked, en, ko string }{
		{"1.1", "", "www.google.com is typed into the browser", "브라우저에 www.google.com 을 입력"},
		{"1.1", "example.org", "example.org is typed into the browser", "브라우저에 example.org 을 입력"},
		{"4.4", "www.google.com", "Arrival at Google's server", "google Server에 도착"},
		{"4.4", "example.org", "Arrival at the server of example.org", "example.org Server에 도착"},
		{"3.4", "example.org", "Transport layer, client to server (SYN request)", "전송 계층에서 Client -> Server(SYN 요청)"},
	} {
		s := j.Step(ID(c.id))
		if en, ko := j.Heading(s, English, c.asked), j.Heading(s, Korean, c.asked); en != c.en || ko != c.ko {
			t.Errorf("%s for %q: %q, %q", c.id, c.asked, en, ko)
		}
	}
}

// rules are all rules of j.
func (j *Journey) rules() []*Rule {
	var all []*Rule
	for _, rules := range j.byEvent {
		all = append(all, rules...)
	}
	return all
}

func TestEveryEventHasARule(t *testing.T) {
	for e := NoEvent + 1; e < eventCount; e++ {
		for p := Unknown; p < pointCount; p++ {
			if Web().Match(e, p, nil) == nil {
				t.Errorf("%v at %v, no facts known: no rule", e, p)
			}
		}
	}
}

// A rule without conditions hides those of its phase that come after it.
func TestEveryRuleCanBeReached(t *testing.T) {
	for _, rules := range Web().byEvent {
		for i, r := range rules {
			for _, before := range rules[:i] {
				if before.Phase == r.Phase && len(before.When) == 0 && (before.At == 0 || before.At&r.At == r.At && r.At != 0) {
					t.Errorf("%v: the rule of step %q is hidden by one of step %q", r.Event, r.Step, before.Step)
				}
			}
		}
	}
}

// The steps of what SPEC lists by capture point, and what else the same frame shows.
func TestWebSteps(t *testing.T) {
	response := func(code string) fact.List {
		return fact.List{{Name: fact.HTTPResponseStatusCode, Value: fact.String(code)}}
	}
	for _, c := range []struct {
		event Event
		point Point
		facts fact.List
		step  ID
		also  []ID
	}{
		{DNSQuery, Unknown, nil, "1.3", []ID{"1.1", "1.2", "1.4"}},
		{DNSQuery, Client, nil, "1.3", []ID{"1.1", "1.2", "1.4"}},
		{DNSQuery, Router, nil, "1.5", nil},
		{DNSQuery, Resolver, nil, "1.6", nil},
		{DNSResponse, Client, nil, "2.6", []ID{"2.3"}},
		{DNSResponse, Router, nil, "2.5", nil},
		{DNSResponse, Resolver, nil, "2.4", []ID{"2.3"}},
		{DNSResponseConnection, Resolver, nil, "2.4", nil},
		{HTTPRequest, Client, nil, "4.1", []ID{"3.1", "4.2"}},
		{HTTPRequest, Router, nil, "4.3", nil},
		{HTTPRequest, WebServer, nil, "4.4", nil},
		{HTTPRequestAck, Client, nil, "4.4", nil},
		{HTTPResponse, WebServer, response("200"), "4.5", nil},
		{DNSIterativeQuery, Router, nil, "2.2", nil},
		{TCPSyn, Client, nil, "3.4", []ID{"3.2"}},
		{RoutingMessage, Router, nil, "1.5", []ID{"2.5", "4.3"}},
		{TLSServerDataAck, Client, nil, "5.4", nil},
		{DHCPNak, Client, nil, "0.4", nil},
		{DHCPRelease, Client, nil, "", nil},
	} {
		r := Web().Match(c.event, c.point, c.facts)
		if r.Step != c.step || !slices.Equal(r.Also, c.also) {
			t.Errorf("%v at %v: step %q, also %q; want %q, %q", c.event, c.point, r.Step, r.Also, c.step, c.also)
		}
	}
}

func TestMatchInPrefersThePhase(t *testing.T) {
	for _, c := range []struct{ phase, want int }{{4, 4}, {5, 5}, {3, 4}, {-1, 4}} {
		if r := Web().MatchIn(TCPClose, c.phase, Client, nil); r.Phase != c.want || r.Step != "" {
			t.Errorf("in phase %d: phase %d, step %q", c.phase, r.Phase, r.Step)
		}
	}
	if r := Web().Match(eventCount, Client, nil); r != nil {
		t.Errorf("an event that is none has the rule %v", r)
	}
}

func TestVariantsByData(t *testing.T) {
	text := func(n fact.Name, s string) fact.List { return fact.List{{Name: n, Value: fact.String(s)}} }
	status := func(n int64) fact.List { return fact.List{{Name: fact.HTTPResponseStatusCode, Value: fact.Int(n)}} }
	for _, c := range []struct {
		ref   string
		event Event
		facts fact.List
		want  []string
	}{
		{"RFC 1035 section 4.1.1", DNSResponse, text(fact.DNSResponseCode, "NOERROR"), nil},
		{"RFC 1035 section 4.1.1", DNSResponse, text(fact.DNSResponseCode, "NXDOMAIN"), []string{"nxdomain"}},
		{"RFC 1035 section 4.1.1", DNSResponse, text(fact.DNSResponseCode, "SERVFAIL"), []string{"servfail"}},
		{"RFC 1035 section 4.1.1", DNSIterativeResponse, text(fact.DNSResponseCode, "REFUSED"), []string{"refused"}},
		{"RFC 1035 section 4.1.1", DNSResponse, text(fact.DNSResponseCode, "FORMERR"), []string{"error"}},
		{"RFC 1035 section 4.1.1", DNSResponse,
			fact.List{{Name: fact.DNSHeaderFlags, Value: fact.Strings([]string{"TC", "RD"})}}, []string{"truncated"}},
		{"RFC 5936 section 2.1", DNSQuery, text(fact.DNSQuestionType, "AXFR"), []string{"axfr"}},
		{"RFC 1995 section 3", DNSQuery, text(fact.DNSQuestionType, "IXFR"), []string{"ixfr"}},
		{"RFC 1996 section 3.3", DNSQuery, text(fact.DNSOpCode, "NOTIFY"), []string{"notify"}},
		{"RFC 9110 section 15.2", HTTPResponse, status(100), []string{"interim"}},
		{"RFC 9110 section 15.3", HTTPResponse, status(200), nil},
		{"RFC 9110 section 15.4", HTTPResponse, status(301), []string{"redirect"}},
		{"RFC 9110 section 15.4.5", HTTPResponse, status(304), []string{"not-modified"}},
		{"RFC 9110 section 15.5", HTTPResponse, status(404), []string{"error"}},
		{"RFC 8446 section 2.2", TLSHandshake, fact.List{{Name: fact.TLSResumed, Value: fact.Bool(true)}}, []string{"resumed"}},
		{"no event of the variant", TCPSyn, status(404), nil},
	} {
		if got := Web().Names(nil, Web().VariantsOf(c.event, AllVariants, c.facts)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v has %q, want %q", c.ref, c.event, got, c.want)
		}
	}
}

// The program finds these by what came before a frame.
func TestVariantsOfTheProgram(t *testing.T) {
	for _, name := range []string{"retransmission", "duplicate", "out-of-order", "server-switch", "tcp", "renew", "rebind",
		"reboot", "nak", "decline", "release", "inform", "refused", "reset", "keep-alive", "zero-window", "redirect",
		"not-modified", "error", "resumed", "alert", "referral", "cached", "nxdomain", "servfail", "truncated", "axfr",
		"ixfr", "notify", "dnssec", "encrypted-dns", "quic", "forwarded", "close", "dhcpv6", "slaac"} {
		if Web().Set(name) == 0 {
			t.Errorf("no variant %q", name)
		}
	}
	if Web().Set("x") != 0 {
		t.Error("a variant that is none has a set")
	}
}

func TestExplanationsAreThere(t *testing.T) {
	for _, s := range Web().byStep {
		if len(s.Refs) == 0 {
			t.Errorf("%s cites no standard", s.ID)
		}
		if s.Inside && len(s.Rules) > 0 {
			t.Errorf("%s happens inside a host and has frames", s.ID)
		}
		if s.Inside && len(s.Deduce) == 0 {
			t.Errorf("%s can never be found", s.ID)
		}
	}
}

func TestMatchDoesNotAllocate(t *testing.T) {
	j, facts := Web(), fact.List{{Name: fact.DNSResponseCode, Value: fact.String("NXDOMAIN")}}
	if n := testing.AllocsPerRun(100, func() {
		j.MatchIn(DNSResponse, 2, Client, facts)
		j.VariantsOf(DNSResponse, AllVariants, facts)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkMatch(b *testing.B) {
	j, facts := Web(), fact.List{{Name: fact.DNSResponseCode, Value: fact.String("NOERROR")}}
	b.ReportAllocs()
	for b.Loop() {
		j.Match(DNSResponse, Client, facts)
	}
}
