package render

import (
	"bytes"
	"errors"
	"net/netip"
	"os"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// story is a made-up capture as annotate would hand it over: something of each kind that
// a renderer shows.
type story struct {
	journey *rules.Journey
	frames  []annotate.Labelled
	ended   []*annotate.Journey
	summary annotate.Summary
}

var (
	clientIP   = netip.MustParseAddr("192.168.1.100")
	resolverIP = netip.MustParseAddr("198.51.100.53")
	serverIP   = netip.MustParseAddr("203.0.113.82")
	began      = time.Date(2026, 11, 20, 9, 0, 1, 123456789, time.UTC)
	eth0       = &capture.Interface{Name: "eth0", LinkType: capture.LinkEthernet}
)

func testJourney(tb testing.TB) *rules.Journey {
	j, err := rules.Load(os.DirFS("testdata"), "journey.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	return j
}

// newStory tells the journey of one client to a name, or of two to two.
func newStory(tb testing.TB) *story {
	s := &story{journey: testJourney(tb)}
	j := &annotate.Journey{ID: 1, Name: "www.google.com", Client: clientIP, Conclusion: &annotate.Conclusion{Servers: []netip.Addr{serverIP}}}
	s.dhcp()
	s.arp()
	s.dns(j)
	s.tcp(j)
	s.end(j)
	return s
}

// add puts a frame behind the others.
func (s *story) add(after time.Duration, f decode.Frame, l annotate.Label) *annotate.Labelled {
	f.Number = len(s.frames) + 1
	f.Time = began.Add(after)
	f.LinkType, f.Interface = capture.LinkEthernet, eth0
	f.Data = make([]byte, 54+f.PayloadLen)
	f.WireLen, f.Captured = len(f.Data), len(f.Data)
	f.HasSrcMAC, f.SrcMAC = true, layers.MAC{2, 0, 0, 0, 1, 100}
	if !f.HasDstMAC {
		f.HasDstMAC, f.DstMAC = true, layers.MAC{2, 0, 0, 0, 1, 1}
	}
	s.frames = append(s.frames, annotate.Labelled{Frame: f, Label: l})
	return &s.frames[len(s.frames)-1]
}

// label is the label that the journey has for an event.
func (s *story) label(e rules.Event, j *annotate.Journey, facts fact.List) annotate.Label {
	r := s.journey.Match(e, rules.Client, facts)
	return annotate.Label{Journey: j, Phase: r.Phase, Step: r.Step, Also: r.Also, Variants: r.Variant,
		Point: rules.Client, Does: r.Does, Reason: r.Reason}
}

func packet(p layers.Transport, src, dst netip.Addr, sport, dport uint16, size int) layers.Packet {
	return layers.Packet{IPVersion: 4, Src: src, Dst: dst, Transport: p, SrcPort: sport, DstPort: dport, PayloadLen: size}
}

func (s *story) dhcp() {
	p := packet(layers.TransportUDP, netip.MustParseAddr("0.0.0.0"), netip.MustParseAddr("255.255.255.255"), 68, 67, 300)
	p.HasDstMAC, p.DstMAC = true, layers.Broadcast
	facts := fact.List{
		{Name: fact.DHCPTransactionID, Value: fact.String("0xaf31937b")},
		{Name: fact.DHCPMessageType, Value: fact.String("discover")},
	}
	s.add(0, decode.Frame{Packet: p, Protocol: "dhcp", Facts: facts, Conversation: &flow.Conversation{}},
		s.label(rules.DHCPDiscover, nil, facts)).Client = clientIP.String()
}

// arp is a frame outside the journey.
func (s *story) arp() {
	p := layers.Packet{Transport: layers.TransportARP}
	p.HasDstMAC, p.DstMAC = true, layers.Broadcast
	facts := fact.List{{Name: fact.ARPOperation, Value: fact.String("request")}}
	s.add(500*time.Millisecond, decode.Frame{Packet: p, Protocol: "arp", Facts: facts},
		annotate.Label{Phase: annotate.NoPhase, Does: s.journey.Phrase("outside.protocol"), Detail: "arp"})
}

func (s *story) dns(j *annotate.Journey) {
	facts := fact.List{
		{Name: fact.DNSQuestionType, Value: fact.String("A")},
		{Name: fact.DNSID, Value: fact.Int(4660)},
		{Name: fact.DNSQuestionName, Value: fact.String("www.google.com")},
		{Name: fact.DNSType, Value: fact.String("query")},
		{Name: fact.DNSHeaderFlags, Value: fact.Strings([]string{"RD"})},
	}
	p := packet(layers.TransportUDP, clientIP, resolverIP, 53124, 53, 32)
	l := s.label(rules.DNSQuery, j, facts)
	s.add(time.Second, decode.Frame{Packet: p, Protocol: "dns", Facts: facts, Conversation: &flow.Conversation{ID: 1}}, l)
	l.Variants = s.journey.Set("retransmission")
	s.add(6*time.Second, decode.Frame{Packet: p, Protocol: "dns", Facts: facts, Conversation: &flow.Conversation{ID: 1}}, l)
}

func (s *story) tcp(j *annotate.Journey) {
	conv := &flow.Conversation{}
	segment := func(after time.Duration, e rules.Event, flags layers.TCPFlags, fromServer bool, size int) *annotate.Labelled {
		p := packet(layers.TransportTCP, clientIP, serverIP, 40112, 80, size)
		if fromServer {
			p.Src, p.Dst, p.SrcPort, p.DstPort = p.Dst, p.Src, p.DstPort, p.SrcPort
		}
		dir := flow.FromOriginator
		if fromServer {
			dir = flow.FromResponder
		}
		p.TCP.Flags, p.TCP.Seq, p.TCP.Ack = flags, 4294967295, 7
		return s.add(after, decode.Frame{Packet: p, Protocol: "tcp", Conversation: conv, Dir: dir}, s.label(e, j, nil))
	}
	segment(6100*time.Millisecond, rules.TCPSyn, layers.SYN, false, 0).Lean = 3
	first := segment(6200*time.Millisecond, rules.HTTPResponse, layers.ACK, true, 1448)
	first.Detail = "200 OK"
	for i := range 3 {
		at := 6201*time.Millisecond + time.Duration(i)*time.Millisecond
		segment(at, rules.HTTPResponse, layers.ACK|layers.PSH, true, 1448)
		segment(at, rules.HTTPResponseAck, layers.ACK, false, 0)
	}
	last := segment(6210*time.Millisecond, rules.HTTPResponse, layers.ACK|layers.PSH, true, 99)
	last.Protocol, last.Message = "http", []capture.Range{{First: 6, Last: 7}, {First: 9, Last: 9}}
	last.Facts = fact.List{
		{Name: fact.HTTPResponseBytes, Value: fact.Int(5891)},
		{Name: fact.HTTPVersion, Value: fact.String("1.1")},
		{Name: fact.HTTPResponseStatusCode, Value: fact.Int(200)},
		{Name: fact.HTTPResponseReason, Value: fact.String("OK")},
	}
	segment(6300*time.Millisecond, rules.TCPClose, layers.ACK|layers.FIN, true, 0)
}

func (s *story) end(j *annotate.Journey) {
	at := func(number int) time.Time { return s.frames[number-1].Time }
	states := []annotate.StepState{
		{State: annotate.Observed, Count: 1, Frames: []capture.Range{{First: 1, Last: 1}}, Start: at(1), End: at(1), Needed: true},
		{State: annotate.Deduced, Count: 1, Frames: []capture.Range{{First: 3, Last: 3}}, Needed: true, Reason: "from frame 3"},
		{State: annotate.Observed, Count: 2, Frames: []capture.Range{{First: 3, Last: 4}}, Start: at(3), End: at(4), Needed: true},
		{State: annotate.Missing, Needed: true, Reason: "cannot be seen from the client's link"},
		{State: annotate.Observed, Count: 1, Frames: []capture.Range{{First: 5, Last: 5}}, Start: at(5), End: at(5), Needed: true},
		{State: annotate.Observed, Count: 8, Frames: []capture.Range{{First: 6, Last: 13}}, Start: at(6), End: at(13), Needed: true},
		{State: annotate.Missing, Reason: "HTTP without TLS"},
	}
	k := 0
	for i := range s.journey.Phases {
		for n := range s.journey.Phases[i].Steps {
			states[k].Step = &s.journey.Phases[i].Steps[n]
			k++
		}
	}
	j.Steps = states
	j.Timing = annotate.Timing{DHCP: -1, DNS: 5101234 * time.Microsecond, TCP: -1, TLS: -1, FirstByte: 45678 * time.Microsecond, Total: 6210 * time.Millisecond}
	j.Differences = []annotate.Difference{{Step: "1.3", Frames: []int{3}, Text: "The query offers to take answers of 1,232 bytes over UDP, more than the 512 that the document names (frame 3)."}}
	s.ended = append(s.ended, j)
	last := s.frames[len(s.frames)-1]
	s.summary = annotate.Summary{Files: []string{"client.pcap"}, Frames: len(s.frames), Labelled: len(s.frames) - 1, Bytes: 9876,
		First: began, Last: last.Time, LinkTypes: []capture.LinkType{capture.LinkEthernet}, Point: rules.Client,
		PointReason: "its packets still have TTL 64", Journeys: 1, Outside: map[string]int{"arp": 1}}
}

// tell hands everything to sink.
func (s *story) tell(tb testing.TB, sink annotate.Sink) {
	for i := range s.frames {
		if err := show(sink, &s.frames[i]); err != nil {
			tb.Fatal(err)
		}
	}
	for _, j := range s.ended {
		if err := sink.Journey(j); err != nil {
			tb.Fatal(err)
		}
	}
	if err := sink.Close(&s.summary); err != nil {
		tb.Fatal(err)
	}
}

// show hands l to sink, as a reader of frames does.
func show(sink annotate.Sink, l *annotate.Labelled) error {
	if c, ok := sink.(Copier); ok {
		c.Take(&l.Frame.Frame, capture.Blocks{})
	}
	return sink.Frame(l)
}

// rendered is the story in a format.
func (s *story) rendered(tb testing.TB, f Format, o Options) string {
	var b bytes.Buffer
	o.Journey = s.journey
	s.tell(tb, f.New(&b, o))
	return b.String()
}

var errDamage = errors.New("client.pcap: cut short at byte 9876, at frame 15: the record has 96 bytes, 31 are left")

// hostileStory is the story with text wherever a capture can put some.
func hostileStory(tb testing.TB, text string) *story {
	s := newStory(tb)
	for i := range s.frames {
		l := &s.frames[i]
		l.Detail, l.Protocol = text, text
		l.Interface = &capture.Interface{Name: text}
		for k := range l.Facts {
			switch l.Facts[k].Value.Kind() {
			case fact.KindString:
				l.Facts[k].Value = fact.String(text)
			case fact.KindStrings:
				l.Facts[k].Value = fact.Strings([]string{text, text})
			}
		}
	}
	j := s.ended[0]
	j.Name = text
	j.Steps[3].Reason = text
	j.Differences[0].Text = text
	s.summary.Files, s.summary.PointReason = []string{text}, text
	s.summary.Outside = map[string]int{text: 2}
	s.summary.Damage = errors.New(text)
	return s
}
