package annotate_test

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// truth is what the lab knows of a recording, from its servers' logs: see testdata/lab/README.md.
type truth struct {
	Scenario   string
	Uncompared string // why the labels are not compared
	Checks     []struct {
		Check string
		OK    bool
	}
	Vantages map[string]*vantage
}

// vantage is the truth of one capture.
type vantage struct {
	File   string
	Point  string // what stands there: client, router, resolver, name-server, web-server; bystander: a host that only hears broadcasts of the client; any: a router's both sides
	Frames int
	Steps  map[string][]int  // event to frame numbers
	Acks   map[string]string // frame number of a bare ACK to the event that it acknowledges
	DNS    []struct{ Q string }
	// Journeys are the questions to resolvers and the connections to the web server; nil in older recordings.
	Journeys []quest
}

// allowed are the primary steps that a frame may have without keys, by what it is and
// where it was captured; the first line that fits counts. "-" is no step, "?" leaves the
// step open. A bare ACK stands as "ack:" and what it acknowledges.
var allowed = []struct{ event, point, steps string }{
	{"dhcp.discover", "*", "0.1"},
	{"dhcp.offer", "*", "0.2"},
	{"dhcp.request*", "*", "0.3"},
	{"dhcp.ack*", "*", "0.4"},
	{"dhcp.nak", "*", "0.4"},
	{"dhcp.*", "*", "-"},
	{"dhcpv6.solicit", "*", "0.1"},
	{"dhcpv6.advertise", "*", "0.2"},
	{"dhcpv6.request", "*", "0.3"},
	{"dhcpv6.renew", "*", "0.3"},
	{"dhcpv6.rebind", "*", "0.3"},
	{"dhcpv6.confirm", "*", "0.3"},
	{"dhcpv6.reply", "*", "0.4"},
	{"dhcpv6.*", "*", "-"},
	{"nd.neighbor_*", "*", "?"}, // who releases what is not in the truth
	{"nd.*", "*", "-"},
	{"arp.gateway.*", "client", "1.4 4.2"},
	{"arp.gateway.*", "any", "1.4 4.2"},
	{"arp.gateway.*", "bystander", "1.4 -"}, // if a DHCP message there told which address is the gateway's
	{"arp.nexthop.*", "*", "?"},
	{"arp.*", "*", "-"},
	{"dns.stub.query", "client", "1.3"},
	{"dns.stub.query", "router", "1.5"},
	{"dns.stub.query", "resolver", "1.6"},
	{"dns.stub.query", "any", "1.3 1.5"},
	{"dns.stub.response", "client", "2.6"},
	{"dns.stub.response", "router", "2.5"},
	{"dns.stub.response", "resolver", "2.4"},
	{"dns.stub.response", "any", "2.5 2.6"},
	{"dns.stub.tcp.query", "client", "1.3"},
	{"dns.stub.tcp.query", "router", "1.5"},
	{"dns.stub.tcp.query", "resolver", "1.6"},
	{"dns.stub.tcp.response", "client", "2.6"},
	{"dns.stub.tcp.response", "router", "2.5"},
	{"dns.stub.tcp.response", "resolver", "2.4"},
	{"dns.forward.query", "router", "1.3 1.5"}, // the forwarder asks as a client does
	{"dns.forward.query", "resolver", "1.6"},
	{"dns.forward.query", "any", "2.2"},
	{"dns.forward.response", "router", "2.5 2.6"},
	{"dns.forward.response", "resolver", "2.4"},
	{"dns.forward.response", "any", "2.2"},
	{"dns.tcp.*", "client", "1.3 2.6"},
	{"dns.tcp.*", "router", "1.5 2.5 2.2"},
	{"dns.tcp.*", "resolver", "1.6 2.4 2.2"},
	{"dns.tcp.*", "name-server", "2.2"},
	{"dns.dot.*", "client", "1.3 2.6"},
	{"dns.dot.*", "router", "1.5 2.5"},
	{"dns.dot.*", "resolver", "1.6 2.4"},
	{"dns.iter.*", "*", "2.2"},
	{"dns.notify.*", "*", "2.2"},
	{"dns.xfr_soa.*", "*", "2.2"},
	{"dns.?xfr.*", "*", "2.2"},
	{"routing.igmp", "*", "?"},
	{"routing.*", "*", "1.5"},
	{"tcp.syn", "*", "3.4"},
	{"tcp.syn_retransmit", "*", "3.4"},
	{"tcp.syn_ack*", "*", "3.5"},
	{"tcp.handshake_ack", "*", "3.6"},
	{"tcp.fin_*", "*", "-"},
	{"tcp.final_ack", "*", "-"},
	{"tcp.rst", "*", "- 3.5"},
	{"icmp.error.dhcp", "*", "0.3"},
	{"icmp.error.*", "*", "?"},
	{"http.request", "client", "4.1"},
	{"http.request", "router", "4.3"},
	{"http.request", "web-server", "4.4"},
	{"http.request", "any", "4.1 4.3"},
	{"http.response", "*", "4.5"},
	{"other.data", "*", "-"},
	{"tls.server.new_session_ticket", "*", "5.1 5.4"},
	{"tls.*.alert", "*", "5.2 5.3 5.4 -"},
	{"tls.*.change_cipher_spec", "*", "5.1 5.2"},
	{"tls.client.application_data", "*", "5.3"},
	{"tls.server.application_data", "*", "5.4"},
	{"tls.client.segment", "*", "5.1 5.3"},
	{"tls.server.segment", "*", "5.1 5.4"},
	{"tls.*", "*", "5.1"},
	{"quic.*.initial", "*", "5.1"},
	{"quic.*.handshake", "*", "5.1"},
	{"quic.client.0rtt", "*", "5.3"},
	{"quic.client.1rtt", "*", "5.3 5.1"},
	{"quic.server.1rtt", "*", "5.4 5.1"},
	{"ack:http.request", "*", "4.4"},
	{"ack:http.response", "*", "4.5"},
	{"ack:tcp.syn_ack", "*", "3.6"},
	{"ack:tls.client.application_data", "*", "5.3 5.4"},
	{"ack:tls.server.application_data", "*", "5.4"},
	{"ack:tls.*.segment", "*", "5.1 5.3 5.4"},
	{"ack:tls.server.new_session_ticket", "*", "5.1 5.4"},
	{"ack:tls.*.alert", "*", "5.2 5.4 -"},
	{"ack:tls.*", "*", "5.1"},
	{"ack:other.data", "*", "-"},
	{"ack:", "*", "?"}, // acknowledges nothing new
}

// stepsFor returns the steps that event may have at point; nil when the table does not know it.
func stepsFor(event, point string) []string {
	for _, rule := range allowed {
		if ok, _ := path.Match(rule.event, event); ok && (rule.point == "*" || rule.point == point) {
			return strings.Fields(rule.steps)
		}
	}
	return nil
}

// unusual are the variants that a frame must have, by what it is.
var unusual = []struct{ event, variant string }{
	{"dhcp.*_renew", "renew"},
	{"dhcp.*_rebind", "rebind"},
	{"dhcp.*_init_reboot", "reboot"},
	{"dhcp.nak", "nak"},
	{"dhcp.decline", "decline"},
	{"dhcp.release", "release"},
	{"dhcp.inform", "inform"},
	{"dhcpv6.*", "dhcpv6"},
	{"dhcpv6.renew", "renew"},
	{"dhcpv6.rebind", "rebind"},
	{"dhcpv6.confirm", "reboot"},
	{"dhcpv6.release", "release"},
	{"dhcpv6.information_request", "inform"},
	{"nd.router_*", "slaac"},
	{"icmp.error.*", "error"},
	{"dns.*.tcp.*", "tcp"},
	{"dns.tcp.*", "tcp"},
	{"dns.dot.*", "encrypted-dns"},
	{"dns.notify.*", "notify"},
	{"dns.axfr.*", "axfr"},
	{"dns.ixfr.*", "ixfr"},
	{"tcp.syn_retransmit", "retransmission"},
	{"tcp.fin_*", "close"},
	{"tcp.final_ack", "close"},
}

func readTruth(t testing.TB, file string) *truth {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tr := new(truth)
	if err := json.Unmarshal(b, tr); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return tr
}

// Every frame of the lab's captures has the step that the lab says. LAB_CAPTURES may
// name another folder of recordings than the stored one; testdata/lab/check does so.
func TestLabTruth(t *testing.T) {
	folder, least := "../testdata/captures", 10
	if other := os.Getenv("LAB_CAPTURES"); other != "" {
		folder, least = other, 1
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "truth.json"))
	if err != nil || len(files) < least {
		t.Fatalf("%d recordings: %v", len(files), err)
	}
	for _, file := range files {
		tr := readTruth(t, file)
		t.Run(tr.Scenario, func(t *testing.T) {
			for _, c := range tr.Checks {
				if !c.OK {
					t.Errorf("the recording itself is not to be trusted: %s", c.Check)
				}
			}
			if tr.Uncompared != "" {
				t.Logf("not compared: %s", tr.Uncompared)
				return
			}
			for _, v := range tr.Vantages {
				v.compare(t, filepath.Dir(file))
			}
		})
	}
}

// compare labels the capture of v.
func (v *vantage) compare(t testing.TB, dir string) {
	file, err := os.ReadFile(filepath.Join(dir, v.File))
	if err != nil {
		t.Fatal(err)
	}
	got := annotated(t, frames(t, file), annotate.Options{})
	known := 0
	for event, numbers := range v.Steps {
		known += len(numbers)
		for _, n := range numbers {
			v.compareFrame(t, event, n, got.frames[n])
		}
	}
	v.compareQuests(t, got)
	if len(got.labels) != v.Frames || known != v.Frames {
		t.Errorf("%s has %d frames, the truth speaks of %d and knows %d", v.File, len(got.labels), v.Frames, known)
	}
}

func (v *vantage) compareFrame(t testing.TB, event string, n int, l annotate.Label) {
	if event == "tcp.ack" {
		event = "ack:" + v.Acks[strconv.Itoa(n)]
	}
	step := string(l.Step)
	if step == "" {
		step = "-"
	}
	want := stepsFor(event, v.Point)
	if strings.HasPrefix(event, "tcp.syn") && len(v.Steps["dns.stub.query"]) == 0 {
		want = append(want, "-") // to a port that tells nothing, for a name that was not asked here: rule 15
	}
	switch {
	case want == nil:
		t.Errorf("%s: frame %d: no rule for %q at the %s", v.File, n, event, v.Point)
	case want[0] != "?" && !slices.Contains(want, step):
		t.Errorf("%s: frame %d is %s: step %s, want %s", v.File, n, event, step, strings.Join(want, " or "))
	}
	v.compareVariants(t, event, n, l)
	if v.Point != "client" {
		return
	}
	if event == "tcp.syn" || event == "http.request" || event == "tls.client.client_hello" {
		v.compareName(t, event, n, l)
	}
}

func (v *vantage) compareVariants(t testing.TB, event string, n int, l annotate.Label) {
	if !l.InJourney() {
		return
	}
	book := rules.Web()
	for _, rule := range unusual {
		if ok, _ := path.Match(rule.event, event); ok && l.Variants&book.Set(rule.variant) == 0 {
			t.Errorf("%s: frame %d is %s: variants %v, want %s", v.File, n, event, book.Names(nil, l.Variants), rule.variant)
		}
	}
}

// compareName: a connection belongs to a journey to a name that was asked. What was asked over TLS is not known.
func (v *vantage) compareName(t testing.TB, event string, n int, l annotate.Label) {
	name := ""
	if l.Journey != nil {
		name = l.Journey.Name
	}
	if len(v.Steps["dns.dot.client"]) > 0 {
		return
	}
	for _, q := range v.DNS {
		if strings.EqualFold(q.Q, name) {
			return
		}
	}
	t.Errorf("%s: frame %d is %s of a journey to %q, which was not asked", v.File, n, event, name)
}
