package annotate

import (
	"net/netip"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// arpWait is a question for a MAC address whose packet has not been seen yet: a host asks for
// the next hop when it has something to send, by ARP (RFC 826) or by Neighbour Discovery
// (RFC 4861 section 7.2.2).
type arpWait struct {
	asker  netip.Addr
	from   layers.MAC // of the asker, where it asked from a link-local address: its packet may have another
	target netip.Addr
	echo   bool       // it is no ARP frame but an echo request that may be a DHCP server's
	mac    layers.MAC // the answer; valid iff known
	known  bool
	frames []int // question, repeats and answer
	at     time.Time
}

// maxARPWaits bounds the questions that are open at a time, and maxARPFrames the frames of one.
const (
	maxARPWaits  = 256
	maxARPFrames = 16
)

// arp labels an ARP frame. Most wait for the packet that they release.
func (a *Annotator) arp(l *Labelled) (waits bool) {
	p := &l.ARP
	sender, target := p.SenderIP(), p.TargetIP()
	a.point.onLink(sender)
	if p.Op == layers.ARPRequest {
		a.hosts.own(p.SenderMAC, sender, a.leases.limit)
	}
	switch {
	case sender.IsUnspecified() || sender == target:
		if s := a.leases.byAddr[target]; s != nil {
			l.Client = s.mac
			a.give(l, rules.DHCPProbe, rules.Unknown)
			s.walk(l)
		}
		return false
	case p.Op == layers.ARPRequest && l.HasDstMAC && !l.DstMAC.IsMulticast():
		return false // a check of a known neighbour
	case p.Op == layers.ARPRequest && a.tries(sender, target, l.Time):
		a.check(l, target)
		a.leases.byAddr[target].tried = l.Time
		return false
	case p.Op == layers.ARPRequest:
		return a.asksFor(l, sender, target)
	case p.Op == layers.ARPReply:
		return a.answersARP(l)
	}
	return false
}

// asksFor notes a question for the MAC address of target.
func (a *Annotator) asksFor(l *Labelled, asker, target netip.Addr) bool {
	w := a.arpOf(asker, target)
	if w == nil {
		if len(a.arps) == maxARPWaits {
			return false
		}
		w = &arpWait{asker: asker, target: target}
		a.awaitARP(w, l.Time)
	}
	w.at, w.echo = l.Time, l.Transport == layers.TransportICMP
	return w.join(l.Number)
}

// awaitARP adds w, which was asked at the time at.
func (a *Annotator) awaitARP(w *arpWait, at time.Time) {
	if len(a.arps) == 0 || at.Before(a.arpOldest) {
		a.arpOldest = at
	}
	a.arps = append(a.arps, w)
	a.arpAskers |= w.askers()
}

// dropARP removes the questions that over tells.
func (a *Annotator) dropARP(over func(*arpWait) bool) {
	a.arps = slices.DeleteFunc(a.arps, over)
	a.arpAskers = 0
	for _, w := range a.arps {
		a.arpAskers |= w.askers()
	}
}

// askers are bits for who asked: a frame with none of them releases nothing. It spares most
// frames a walk over the questions.
func (w *arpWait) askers() uint64 {
	if w.from != (layers.MAC{}) {
		return askerBit(w.asker) | macBit(w.from)
	}
	return askerBit(w.asker)
}

func askerBit(addr netip.Addr) uint64 { return 1 << (addr.As16()[15] % 64) }

func macBit(mac layers.MAC) uint64 { return 1 << (mac[len(mac)-1] % 64) }

func (w *arpWait) join(frame int) bool {
	if len(w.frames) == maxARPFrames {
		return false
	}
	w.frames = append(w.frames, frame)
	return true
}

func (a *Annotator) arpOf(asker, target netip.Addr) *arpWait {
	for _, w := range a.arps {
		if w.asker == asker && w.target == target {
			return w
		}
	}
	return nil
}

// answersARP joins an answer to its question.
func (a *Annotator) answersARP(l *Labelled) bool {
	asker, target := l.ARP.TargetIP(), l.ARP.SenderIP()
	w := a.arpOf(asker, target)
	if w == nil {
		if s := a.leases.byAddr[target]; a.tries(asker, target, l.Time) && l.Time.Sub(s.tried) <= maxWait {
			a.check(l, target)
		}
		return false
	}
	return w.answered(l, l.ARP.SenderMAC)
}

func (w *arpWait) answered(l *Labelled, mac layers.MAC) bool {
	w.mac, w.known = mac, true
	return w.join(l.Number)
}

// expireARP forgets the questions whose packet did not come in time.
func (a *Annotator) expireARP(now time.Time) {
	if len(a.arps) == 0 || now.Sub(a.arpOldest) <= maxWait {
		return
	}
	a.arpOldest = now
	a.dropARP(func(w *arpWait) bool {
		over := now.Sub(w.at) > maxWait
		switch {
		case over:
			a.overheard(w)
		case w.at.Before(a.arpOldest):
			a.arpOldest = w.at
		}
		return over
	})
}

// overheard labels a question for the gateway that was answered elsewhere: behind a switch
// only the broadcast is heard, neither the answer nor the packet. What a host sends through
// its gateway first is a query.
func (a *Annotator) overheard(w *arpWait) {
	g := &a.leases
	if w.echo || w.known || len(w.frames) != 1 || !g.routers[w.target] || g.servers[w.asker] || a.point.heard(w.asker) {
		return
	}
	if s := a.queue.find(w.frames[0]); s != nil && s.waits {
		s.waits, s.Client = false, w.asker.String()
		if lease := g.byAddr[w.asker]; lease != nil {
			s.Client = lease.mac
		}
		a.give(&s.Labelled, rules.ARPForQuery, rules.Client)
		s.Deduced = true
	}
}

// released labels the ARP frames that l had to wait for, as e: l is the first
// packet that its sender sends to the MAC address which they asked for.
func (a *Annotator) released(l *Labelled, e rules.Event) {
	if len(a.arps) == 0 || a.arpAskers&(askerBit(l.Src)|macBit(l.SrcMAC)) == 0 {
		return
	}
	a.dropARP(func(w *arpWait) bool {
		if !w.releases(&l.Frame) {
			return false
		}
		for _, number := range w.frames {
			if s := a.queue.waiter(number, l.Time); s != nil {
				s.waits = false
				s.Journey, s.via = l.Journey, l.via
				s.lean(l.Number, time.Time{})
				a.give(&s.Labelled, e, l.Point)
			}
		}
		return true
	})
}

// releases reports whether f is a packet that waited for the answer to w.
func (w *arpWait) releases(f *decode.Frame) bool {
	if w.echo || f.Src != w.asker && !w.sends(f) {
		return false
	}
	if w.known && f.HasDstMAC {
		return f.DstMAC == w.mac
	}
	return f.Dst == w.target || w.known
}

// sends reports whether f is a packet that the host which asked from its link-local address
// sends itself, not one that it forwards.
func (w *arpWait) sends(f *decode.Frame) bool {
	return w.from != layers.MAC{} && f.HasSrcMAC && f.SrcMAC == w.from && hops(f.TTL) == 0
}

// A server may still try an address so long after the last message about it.
const tryTime = 10 * time.Second

// tries reports whether a DHCP server is finding out if an address that it gives is free (RFC 2131 section 2.2).
func (a *Annotator) tries(server, addr netip.Addr, now time.Time) bool {
	s := a.leases.byAddr[addr]
	return s != nil && a.leases.servers[server] && now.Sub(s.last) <= tryTime
}

// check labels a frame of the check of addr.
func (a *Annotator) check(l *Labelled, addr netip.Addr) {
	if s := a.leases.byAddr[addr]; s != nil {
		l.Client = s.mac
	}
	a.give(l, rules.DHCPCheck, rules.Unknown)
}

// checked labels the ARP and echo frames with which server tried addr before it offered it.
func (a *Annotator) checked(addr, server netip.Addr, now time.Time) {
	a.dropARP(func(w *arpWait) bool {
		if w.target != addr || w.asker != server {
			return false
		}
		for _, number := range w.frames {
			if s := a.queue.waiter(number, now); s != nil {
				s.waits = false
				a.check(&s.Labelled, addr)
			}
		}
		return true
	})
}
