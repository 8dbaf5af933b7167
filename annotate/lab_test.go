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
)

// truth is what the lab knows of a recording, from its servers' logs: see testdata/lab/README.md.
type truth struct {
	Scenario string
	Checks   []struct {
		Check string
		OK    bool
	}
	Vantages map[string]*vantage
}

// vantage is the truth of one capture.
type vantage struct {
	File   string
	Frames int
	Steps  map[string][]int  // event to frame numbers
	Acks   map[string]string // frame number of a bare ACK to the event that it acknowledges
	DNS    []struct{ Q string }
}

// allowed are the primary steps that a frame may have at the client, without keys, by what
// it is; the first pattern that fits counts. "-" is no step, "?" leaves the step open.
// A bare ACK stands as "ack:" and what it acknowledges.
var allowed = [][2]string{
	{"dhcp.discover", "0.1"},
	{"dhcp.offer", "0.2"},
	{"dhcp.request*", "0.3"},
	{"dhcp.ack*", "0.4"},
	{"dhcp.nak", "0.4"},
	{"dhcp.server_ping_check.*", "-"},
	{"dhcpv6.solicit", "0.1"},
	{"dhcpv6.advertise", "0.2"},
	{"dhcpv6.request", "0.3"},
	{"dhcpv6.reply", "0.4"},
	{"nd.router_*", "-"},
	{"nd.mld_report", "-"},
	{"nd.neighbor_*", "?"}, // who releases what is not in the truth
	{"arp.gateway.*", "1.4 4.2"},
	{"arp.client*", "-"},
	{"dns.stub.query", "1.3"},
	{"dns.stub.response", "2.6"},
	{"dns.stub.tcp.query", "1.3"},
	{"dns.stub.tcp.response", "2.6"},
	{"dns.tcp.*", "1.3 2.6"},
	{"tcp.syn", "3.4"},
	{"tcp.syn_retransmit", "3.4"},
	{"tcp.syn_ack*", "3.5"},
	{"tcp.handshake_ack", "3.6"},
	{"tcp.fin_*", "-"},
	{"tcp.final_ack", "-"},
	{"tcp.rst", "- 3.5"},
	{"icmp.error.*", "?"},
	{"http.request", "4.1"},
	{"http.response", "4.5"},
	{"tls.server.new_session_ticket", "5.1 5.4"},
	{"tls.*.alert", "5.2 5.3 5.4 -"},
	{"tls.client.application_data", "5.3"},
	{"tls.server.application_data", "5.4"},
	{"tls.client.segment", "5.1 5.3"},
	{"tls.server.segment", "5.1 5.4"},
	{"tls.*", "5.1"},
	{"ack:http.request", "4.4"},
	{"ack:http.response", "4.5"},
	{"ack:tcp.syn_ack", "3.6"},
	{"ack:tls.client.application_data", "5.3 5.4"},
	{"ack:tls.server.application_data", "5.4"},
	{"ack:tls.*.segment", "5.1 5.3 5.4"},
	{"ack:tls.server.new_session_ticket", "5.1 5.4"},
	{"ack:tls.*.alert", "5.2 5.4 -"},
	{"ack:tls.*", "5.1"},
	{"ack:", "?"}, // acknowledges nothing new
}

// stepsFor returns the steps that event may have; nil when the table does not know it.
func stepsFor(event string) []string {
	for _, rule := range allowed {
		if ok, _ := path.Match(rule[0], event); ok {
			return strings.Fields(rule[1])
		}
	}
	return nil
}

func readTruth(t *testing.T, file string) *truth {
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
			for _, v := range tr.Vantages {
				v.compare(t, filepath.Dir(file))
			}
		})
	}
}

// compare labels the capture of v.
func (v *vantage) compare(t *testing.T, dir string) {
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
	if len(got.labels) != v.Frames || known != v.Frames {
		t.Errorf("%s has %d frames, the truth speaks of %d and knows %d", v.File, len(got.labels), v.Frames, known)
	}
}

func (v *vantage) compareFrame(t *testing.T, event string, n int, l annotate.Label) {
	if event == "tcp.ack" {
		event = "ack:" + v.Acks[strconv.Itoa(n)]
	}
	step := string(l.Step)
	if step == "" {
		step = "-"
	}
	switch want := stepsFor(event); {
	case want == nil:
		t.Errorf("frame %d: no rule for %q", n, event)
	case want[0] != "?" && !slices.Contains(want, step):
		t.Errorf("frame %d is %s: step %s, want %s", n, event, step, strings.Join(want, " or "))
	}
	if event == "tcp.syn" || event == "http.request" || event == "tls.client.client_hello" {
		v.compareName(t, event, n, l)
	}
}

// compareName: a connection belongs to a journey to a name that was asked.
func (v *vantage) compareName(t *testing.T, event string, n int, l annotate.Label) {
	name := ""
	if l.Journey != nil {
		name = l.Journey.Name
	}
	for _, q := range v.DNS {
		if strings.EqualFold(q.Q, name) {
			return
		}
	}
	t.Errorf("frame %d is %s of a journey to %q, which was not asked", n, event, name)
}
