package render

import (
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

func TestEveryCauseHasARemedy(t *testing.T) {
	for _, c := range rules.Causes {
		if c == rules.HopsKnown || c == rules.ResponseComplete || c == rules.ResponseRead || otherWay[c] {
			continue
		}
		r, ok := remedies[c]
		if !ok || r.text.In(rules.English) == "" || r.text.In(rules.Korean) == "" {
			t.Errorf("%s has no remedy in both languages", c)
		}
	}
}

func TestDoctor(t *testing.T) {
	steps := []annotate.StepState{
		{Step: &rules.Step{ID: "0.1"}, Cause: rules.NoDHCP, Reason: "no DHCP\x1b[2J"},
		{Step: &rules.Step{ID: "0.2"}, Cause: rules.NoDHCP, Reason: "no DHCP\x1b[2J"},
		{Step: &rules.Step{ID: "3.4"}, State: annotate.Observed},
		{Step: &rules.Step{ID: "5.1"}, Cause: rules.OverHTTP, Reason: "plain"},
	}
	var b strings.Builder
	d := Doctor(&b, Options{})
	if err := d.Journey(&annotate.Journey{ID: 1, Name: "a\x1b[2J", Conclusion: &annotate.Conclusion{Steps: steps}}); err != nil {
		t.Fatal(err)
	}
	if err := d.Journey(&annotate.Journey{ID: 2, Name: "b", Conclusion: &annotate.Conclusion{Steps: steps[2:]}}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(&annotate.Summary{}); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{`a\x1b[2J`, `  0.1 0.2: no DHCP\x1b[2J`, "ipconfig /renew", "Journey 2   b\n  No step is missing"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "5.1") || strings.Contains(got, "\x1b") {
		t.Errorf("says too much:\n%s", got)
	}
}

// The capture that is to be added stands beside the one that there is, under the names of their points.
func TestDoctorNamesBothPoints(t *testing.T) {
	router := &rules.Step{ID: "4.3", Visible: 1 << rules.Router}
	for own, want := range map[rules.Point]string{
		rules.Client:    "annotate client=client.pcap router=router.pcap\n",
		rules.WebServer: "annotate web-server=web-server.pcap router=router.pcap\n",
		rules.Unknown:   "annotate client=client.pcap router=router.pcap\n",
	} {
		var b strings.Builder
		d := Doctor(&b, Options{})
		j := &annotate.Journey{ID: 1, Name: "a", Conclusion: &annotate.Conclusion{Point: own, Steps: []annotate.StepState{{Step: router, Cause: rules.NotVisible, Reason: "not visible"}}}}
		if err := d.Journey(j); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(&annotate.Summary{}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(b.String(), want) {
			t.Errorf("%v: %q, want %q at the end", own, b.String(), want)
		}
	}
}
