package annotate

import (
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// Options say how to annotate. The zero value is ready: English, capture point deduced.
type Options struct {
	Lang    rules.Lang  // of the sentences in journeys and summary
	Vantage rules.Point // the capture point; Unknown: deduce it
	Files   []string    // names of the captures, for the summary
	Limits  Limits      // of what is kept

	// Preview is shown each frame whose label has to wait, with the label as far as it is known by
	// now; the Sink gets it later. It is valid until Preview returns. May be nil.
	Preview func(*Labelled)
}

// Annotator labels the frames of one capture. Make it with New.
type Annotator struct {
	book *rules.Journey
	opts Options
	sink Sink
	plan plan

	queue        queue
	answers      answers
	resolving    resolving
	encrypted    encrypted
	leases       leases
	hosts        hosts
	rib          rib
	decoder      *decode.Decoder // of the frames, where it is known
	link         []stepTrail     // what routers and hosts of the link did for all journeys
	arps         []*arpWait
	arpOldest    time.Time // no question of arps is older
	arpAskers    uint64    // bits for who asked them; see askers
	journeys     journeyList
	nextID       int
	transactions int // questions that conversations remember
	work         workspace
	lacks        map[rules.Cause]*rules.Sentence // the sentences of missing steps, as far as they were needed
	lack         struct {                        // that was needed last
		cause    rules.Cause
		sentence *rules.Sentence
	}
	set     variantSets
	also    map[alsoKey][]rules.ID
	varies  [256]rules.VariantSet // the variants whose own conditions speak of an event
	apart   outsideWords
	summary Summary
	point   pointFinder
}

// variantSets are the variants that the program itself finds.
type variantSets struct {
	retransmission, duplicate, outOfOrder, serverSwitch, keepAlive, zeroWindow, windowUpdate rules.VariantSet
	renew, rebind, reboot, tcp, dhcpv6, referral, cached, forwarded                          rules.VariantSet
}

// New makes an annotator of the journey that book documents. What it finds goes to sink.
func New(book *rules.Journey, opts Options, sink Sink) *Annotator {
	a := &Annotator{book: book, opts: opts, sink: sink}
	a.journeys.open = make(map[quest]*Journey)
	a.leases.init()
	a.limit()
	a.plan = a.planned()
	a.encrypted = make(encrypted)
	a.lacks = make(map[rules.Cause]*rules.Sentence)
	a.also = make(map[alsoKey][]rules.ID)
	a.summary = Summary{Files: opts.Files, Outside: make(map[string]int)}
	a.set = variantSets{
		retransmission: book.Set("retransmission"), duplicate: book.Set("duplicate"), outOfOrder: book.Set("out-of-order"),
		serverSwitch: book.Set("server-switch"), keepAlive: book.Set("keep-alive"), zeroWindow: book.Set("zero-window"), windowUpdate: book.Set("window-update"),
		renew: book.Set("renew"), rebind: book.Set("rebind"), reboot: book.Set("reboot"),
		tcp: book.Set("tcp"), dhcpv6: book.Set("dhcpv6"), referral: book.Set("referral"), cached: book.Set("cached"), forwarded: book.Set("forwarded"),
	}
	a.apart.take(book)
	for i := range book.Variants {
		for _, w := range book.Variants[i].When {
			for _, e := range w.Events {
				a.varies[e] |= 1 << i
			}
		}
	}
	return a
}

// Annotate decodes f with d, which decodes for nobody else, and labels it: Tick, Decode and Frame in
// their right order.
func (a *Annotator) Annotate(d *decode.Decoder, f *capture.Frame) error {
	if err := a.Tick(f.Time, f.Number); err != nil {
		return err
	}
	a.DecodedBy(d)
	s := a.queue.next()
	d.DecodeInto(&s.Frame, f)
	return a.frame(s)
}

// DecodedBy says which decoder the frames are of, so that the summary can tell of its limits.
func (a *Annotator) DecodedBy(d *decode.Decoder) { a.decoder = d }

// Frame labels f; Tick was called with its time before it was decoded. Frames go to the sink in
// order: this one now, or later when its label needs frames that follow it. The error is the sink's.
func (a *Annotator) Frame(f *decode.Frame) error {
	s := a.queue.next()
	s.copy(f)
	return a.frame(s)
}

// frame labels the frame in s, the queue's next slot.
func (a *Annotator) frame(s *slot) error {
	f, l := &s.Frame, &s.Labelled
	a.count(f)
	a.noteDrops(f)
	for _, conv := range f.Ended {
		a.forgetsQueries(conv)
		if k, ok := conv.Note.(*connection); ok && k.journey != nil {
			a.shut(k)
		}
	}
	waits := a.label(l)
	l.Journey.reach(l)
	if l.via != nil {
		l.via.journey.reach(l)
	}
	a.settle(f)
	a.settleFragments(l)
	now, number := f.Time, f.Number
	if !waits && !l.nameless() && a.queue.empty() {
		if err := a.emit(l); err != nil {
			return err
		}
		a.queue.discard(s)
	} else {
		a.queue.push(s, waits)
		a.preview(l)
	}
	if err := a.drain(now, number); err != nil {
		return err
	}
	return a.retire(now)
}

// preview shows l, which waits.
func (a *Annotator) preview(l *Labelled) {
	if a.opts.Preview == nil {
		return
	}
	early := *l
	if l.via != nil {
		early.Journey = l.via.journey
	}
	a.opts.Preview(&early)
}

// Tick says that no frame that is still to come is older than now or has a smaller number than
// that: labels that waited long enough by then are final. It is called before each frame is decoded, for
// the decoder may learn from it what the waiting frames must not know; a live capture also calls it
// while nothing passes, and gets the same labels as its saved file.
func (a *Annotator) Tick(now time.Time, number int) error {
	a.expireARP(now)
	return a.drain(now, number)
}

// Finish labels what still waits and hands over the journeys that are still
// open, then the summary. damage is what ended the reading before its time, or nil.
func (a *Annotator) Finish(damage error) error {
	for _, w := range a.arps {
		a.overheard(w)
	}
	for !a.queue.empty() {
		if err := a.emitFirst(); err != nil {
			return err
		}
	}
	for a.journeys.first != nil {
		if err := a.close(a.journeys.first); err != nil {
			return err
		}
	}
	a.summary.Damage = damage
	a.summary.Limits = a.reached(a.decoder)
	a.summary.Journeys = a.nextID
	a.summary.Point, a.summary.PointReason = a.point.verdict(a)
	return a.sink.Close(&a.summary)
}

// count keeps the summary.
func (a *Annotator) count(f *decode.Frame) {
	s := &a.summary
	if s.Frames == 0 {
		s.First = f.Time
	}
	s.Frames++
	s.Bytes += int64(f.WireLen)
	s.Last = f.Time
	for _, t := range s.LinkTypes {
		if t == f.LinkType {
			return
		}
	}
	s.LinkTypes = append(s.LinkTypes, f.LinkType)
}

// label gives l its label, as far as it is known by now, and reports whether
// later frames may change it.
func (a *Annotator) label(l *Labelled) (waits bool) {
	if l.Transport == layers.TransportTCP && a.goesOn(l) {
		return false
	}
	a.outside(l)
	if l.Frag.Any() && l.Transport == layers.TransportOther {
		return true
	}
	if a.routing(l) {
		return false
	}
	switch l.Transport {
	case layers.TransportTCP:
		waits = a.segment(l)
	case layers.TransportUDP:
		waits = a.datagram(l)
	case layers.TransportARP:
		waits = a.arp(l)
	case layers.TransportICMP:
		waits = a.icmp(l)
	case layers.TransportICMPv6:
		waits = a.icmpv6(l)
	}
	return waits
}

// datagram labels a UDP datagram by its message, and reports whether the answer to it may change the label.
func (a *Annotator) datagram(l *Labelled) (waits bool) {
	if l.QUIC != nil {
		a.quicDatagram(l)
		return false
	}
	if len(l.Parts) == 0 {
		return false
	}
	switch m := l.Parts[0].Message; {
	case m.Kind == decode.DHCP:
		a.dhcp(l, m.DHCP)
	case m.Kind == decode.DHCPv6:
		a.dhcpv6(l, m.DHCPv6.Innermost())
	case m.Kind == decode.DNS && l.Protocol == "dns":
		return a.dns(l, m.DNS)
	}
	return false
}

// outside makes l the label of a frame that is no part of a journey.
func (a *Annotator) outside(l *Labelled) {
	l.Label = Label{Phase: NoPhase, Does: a.apart.protocol, Reason: a.apart.why(l)}
}

// outsideWords are the sentences of frames that are no part of a journey, at hand because
// every frame begins as one; and of a fragment of a packet that is.
type outsideWords struct {
	protocol, reason, neighbour, fragment *rules.Sentence
	part, partReason                      *rules.Sentence
}

func (w *outsideWords) take(book *rules.Journey) {
	w.protocol, w.reason = book.Phrase("outside.protocol"), book.Phrase("outside.protocol.reason")
	w.neighbour, w.fragment = book.Phrase("outside.neighbour.reason"), book.Phrase("outside.fragment.reason")
	w.part, w.partReason = book.Phrase("fragment"), book.Phrase("fragment.reason")
}

// why is the sentence that tells why l is no part of a journey.
func (w *outsideWords) why(l *Labelled) *rules.Sentence {
	switch t := l.ICMP.Type; {
	case l.Transport == layers.TransportARP,
		l.Transport == layers.TransportICMPv6 && (t == layers.ICMPv6NeighbourSolicitation || t == layers.ICMPv6NeighbourAdvertisement):
		return w.neighbour
	case l.Frag.Any() && l.Transport == layers.TransportOther:
		return w.fragment
	}
	return w.reason
}

// give gives l the step of the event e, as the documented journey has it.
func (a *Annotator) give(l *Labelled, e rules.Event, p rules.Point) {
	a.giveIn(l, e, NoPhase, p)
}

// giveIn is give for events that can happen in several phases.
func (a *Annotator) giveIn(l *Labelled, e rules.Event, phase int, p rules.Point) {
	l.Point = p
	r := a.book.MatchIn(e, phase, p, l.Facts)
	if r == nil {
		return
	}
	l.Phase, l.Step, l.Also = r.Phase, r.Step, r.Also
	l.Event, l.Rule, l.Deduced = e, r, r.Deduced
	l.Does, l.Reason = r.Does, r.Reason
	l.Variants |= r.Variant
	l.Implied = r.Variant
	l.Variants |= a.book.VariantsOf(e, a.varies[e], l.Facts)
}

// lean says which frame the label rests on, and when that frame was.
func (l *Labelled) lean(frame int, at time.Time) {
	l.Lean, l.Since, l.HasSince = frame, 0, frame != 0 && !at.IsZero()
	if l.HasSince {
		l.Since = l.Time.Sub(at)
	}
}

// emit hands l over, final.
func (a *Annotator) emit(l *Labelled) error {
	if l.via != nil {
		a.settleVia(l)
	}
	if l.InJourney() {
		a.summary.Labelled++
		a.record(l)
	} else {
		a.summary.Outside[l.Protocol]++
	}
	return a.sink.Frame(l)
}
