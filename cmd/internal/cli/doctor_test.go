package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/filter"
	"github.com/pktjourney/pktjourney/rules"
)

// symptom is a recorded capture, whole or with less in it than was recorded, and what is wrong with it then.
type symptom struct {
	capture string // under testdata/captures
	filter  string // what is kept of it; "" all
	from    int    // the first frame that is kept
	to      int    // the last one; 0: all
	without []int  // frames that are not kept
	pause   int    // the frame behind which nothing happens for two minutes; 0: none
	vantage rules.Point

	step  rules.ID
	cause rules.Cause
	says  string // the doctor's remedy; "" where there is nothing to do
}

var symptoms = []symptom{
	{capture: "http/client.pcap", step: "2.2", cause: rules.NotVisible, says: "Capture where these frames pass"},
	{capture: "http/client.pcap", filter: "not port 67", step: "0.1", cause: rules.NoDHCP, says: "give the lease back"},
	{capture: "http/client.pcap", filter: "not port 53", step: "1.3", cause: rules.NoDNS, says: "The name was in a cache"},
	{capture: "http/client.pcap", filter: "not src port 53", step: "2.6", cause: rules.NoAnswer, says: "No answer was captured"},
	{capture: "browser/client.pcap", to: 20, filter: "port 67 or host 192.168.1.100 and not tcp", step: "3.4", cause: rules.NoAddress, says: "this name has no address"},
	{capture: "http/client.pcap", filter: "not tcp", step: "3.4", cause: rules.NoConnection, says: "Only the name was asked"},
	{capture: "http/client.pcap", filter: "not (tcp and tcp[13] != 2)", step: "3.5", cause: rules.SynUnanswered, says: "a firewall drops the packets"},
	{capture: "ports/client.pcap", step: "3.6", cause: rules.Refused, says: "Nothing listens on that port"},
	{capture: "http/client.pcap", filter: "tcp[13] & 2 = 0", step: "3.4", cause: rules.BeganBefore, says: "Start capturing first"},
	{capture: "http/client.pcap", filter: "not (tcp dst port 80 and len > 80)", step: "4.1", cause: rules.NoRequest, says: "Browsers open connections that they may not use"},
	{capture: "http/client.pcap", filter: "not (tcp src port 80 and len > 80)", step: "4.5", cause: rules.NoResponse, says: "both directions"},
	{capture: "http/client.pcap", to: 20, step: "4.6", cause: rules.Incomplete}, // inside the client: no capture shows it
	{capture: "http/client.pcap", step: "5.1", cause: rules.OverHTTP},
	{capture: "https/client.pcap", step: "4.1", cause: rules.OverTLS},
	{capture: "renew/client.pcap", from: 20, step: "0.1", cause: rules.NotNeeded},
	{capture: "two-clients/resolver.pcap", filter: "host 198.51.100.2", vantage: rules.Resolver, step: "2.2", cause: rules.Cached, says: "answered from its cache"},
	{capture: "http/client.pcap", filter: "not (tcp[13] = 18)", step: "3.5", cause: rules.NotSeen, says: "Is it the right interface"},
	{capture: "dns-loss/client.pcap", without: []int{34, 36, 37}, pause: 33, step: "1.3", cause: rules.Remembered, says: "The client had the address in a cache"},
	{capture: "dot/client.pcap", step: "1.3", cause: rules.EncryptedDNS, says: "DNS was encrypted"},
	{capture: "http3/client.pcap", step: "3.4", cause: rules.OverQUIC, says: "The page came over HTTP/3"},
}

// Each cause of a missing step is found in recorded captures, and the doctor says what to do about it.
func TestDoctorFindsCauses(t *testing.T) {
	if _, err := filter.Compile("tcp", capture.LinkEthernet); err != nil {
		t.Skip("needs libpcap:", err)
	}
	seen := make(map[rules.Cause]bool)
	for _, s := range symptoms {
		seen[s.cause] = true
		t.Run(string(s.cause), s.check)
	}
	for _, c := range rules.Causes {
		if !seen[c] && c != rules.HopsKnown && c != rules.ResponseRead && c != rules.ResponseComplete {
			t.Errorf("no capture lacks a step because of %s", c)
		}
	}
}

func (s symptom) check(t *testing.T) {
	var out strings.Builder
	d := &diagnosis{Sink: render.Doctor(&out, render.Options{Journey: rules.Web()})}
	a := annotate.New(rules.Web(), annotate.Options{Vantage: s.vantage}, d)
	s.read(t, a)
	if err := a.Finish(nil); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, st := range d.steps {
		found = found || st.Step.ID == s.step && st.State == annotate.Missing && st.Cause == s.cause
		if st.Step.ID == s.step && st.Cause != s.cause {
			t.Logf("step %s: state %v, cause %s, %s", s.step, st.State, st.Cause, st.Reason)
		}
	}
	if !found {
		t.Errorf("%s, %q: step %s is not missing because of %s", s.capture, s.filter, s.step, s.cause)
	}
	if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), s.says) {
		t.Errorf("%s, %q: %q is not in\n%s", s.capture, s.filter, s.says, out.String())
	}
}

// read gives the frames that are kept to a.
func (s symptom) read(t *testing.T, a *annotate.Annotator) {
	file, err := capture.Open("../../../testdata/captures/" + s.capture)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	src := capture.Source(file)
	if s.filter != "" {
		src = filter.NewSource(file, s.filter)
	}
	var decoder decode.Decoder
	for {
		frame, err := src.Next()
		if err != nil {
			return
		}
		if frame.Number < s.from || s.to > 0 && frame.Number > s.to || slices.Contains(s.without, frame.Number) {
			continue
		}
		if s.pause > 0 && frame.Number > s.pause {
			frame.Time = frame.Time.Add(2 * time.Minute)
		}
		if err := a.Annotate(&decoder, frame); err != nil {
			t.Fatal(err)
		}
	}
}

// diagnosis keeps the steps of all journeys.
type diagnosis struct {
	annotate.Sink
	steps []annotate.StepState
}

// Journey implements annotate.Sink.
func (d *diagnosis) Journey(j *annotate.Journey) error {
	d.steps = append(d.steps, j.Steps...)
	return d.Sink.Journey(j)
}
