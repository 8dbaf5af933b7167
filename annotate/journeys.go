package annotate

import (
	"net/netip"
	"time"
)

// A journey without open connections is over when nothing of it came for so
// long, in the time of the capture, or when so many others are younger.
const (
	linger      = time.Minute
	busyLinger  = 10 * time.Second // where more than fewJourneys are open: then memory counts
	fewJourneys = 256
	openForIdle = 8 // so many times as many may have open connections
)

// journeyList holds the open journeys, the longest idle first.
type journeyList struct {
	first, last *Journey
	n           int
	limit       int                // beyond it the longest idle are ended
	overflow    int                // how many were
	open        map[quest]*Journey // the one that a new question or connection may join
}

// linger is how long a journey without open connections is kept.
func (l *journeyList) linger() time.Duration {
	if l.n > fewJourneys {
		return busyLinger
	}
	return linger
}

// quest is what makes a journey: who wants to get to which name.
type quest struct {
	client netip.Addr
	name   string
}

func (l *journeyList) add(j *Journey) {
	t := j.trail
	t.prev, t.next = l.last, nil
	if l.last == nil {
		l.first = j
	} else {
		l.last.trail.next = j
	}
	l.last = j
	l.n++
}

func (l *journeyList) remove(j *Journey) {
	t := j.trail
	if t.prev == nil {
		l.first = t.next
	} else {
		t.prev.trail.next = t.next
	}
	if t.next == nil {
		l.last = t.prev
	} else {
		t.next.trail.prev = t.prev
	}
	t.prev, t.next = nil, nil
	l.n--
}

// touch notes that something of j came at the time now.
func (a *Annotator) touch(j *Journey, now time.Time) {
	j.trail.last = now
	if a.journeys.last != j && !j.trail.closed {
		a.journeys.remove(j)
		a.journeys.add(j)
	}
}

// begin begins the journey of client to name. An open one of that name is left to end by itself.
func (a *Annotator) begin(client netip.Addr, name string, now time.Time) *Journey {
	a.nextID++
	j := &Journey{ID: a.nextID, Name: name, Client: client}
	host := a.hosts.called(client)
	t := a.work.trail()
	t.last, t.began, t.host, t.lease = now, now, host, a.leaseOf(client)
	j.trail = t
	a.journeys.open[quest{host, name}] = j
	a.journeys.add(j)
	return j
}

// leaseOf finds the lease of an address, else that of its host by another one; nil when the capture has none.
func (a *Annotator) leaseOf(addr netip.Addr) *lease {
	s := a.leases.of(addr)
	if host := a.hosts.called(addr); s == nil && host != addr {
		return a.leases.of(host)
	}
	return s
}

// opened finds the open journey of client to name. It may have begun before it was known of which
// host the address is.
func (a *Annotator) opened(client netip.Addr, name string) *Journey {
	host := a.hosts.called(client)
	j := a.journeys.open[quest{host, name}]
	if j == nil && host != client {
		return a.journeys.open[quest{client, name}]
	}
	return j
}

// asks finds the journey that a query of client for name belongs to: the open one,
// unless all its connections have ended.
func (a *Annotator) asks(client netip.Addr, name string, now time.Time) *Journey {
	j := a.opened(client, name)
	if j == nil || j.trail.over() || j.trail.abandoned(now) {
		return a.begin(client, name, now)
	}
	return j
}

// joins finds the journey that the new connection k to name belongs to.
func (a *Annotator) joins(k *connection, name string, now time.Time) *Journey {
	if j := a.opened(k.client, name); j != nil {
		return j
	}
	j := a.begin(k.client, name, now)
	j.trail.remembered = k.from.name == name
	return j
}

// retire closes the journeys that are over.
func (a *Annotator) retire(now time.Time) error {
	if j := a.journeys.first; j == nil || a.journeys.n <= a.journeys.limit && seconds(j.trail.last, now) < a.journeys.linger()-time.Second {
		return nil // for nearly all frames, and cheaper than what follows
	}
	for j := a.journeys.first; j != nil; j = a.journeys.first {
		idle := now.Sub(j.trail.last)
		if idle <= a.journeys.linger() && a.journeys.n <= a.journeys.limit {
			return nil
		}
		if j.trail.open > 0 && idle <= maxSilence && a.journeys.n <= openForIdle*a.journeys.limit {
			a.touchBack(j)
			return nil
		}
		if a.waitsFor(j) {
			return nil
		}
		if idle <= a.journeys.linger() {
			a.journeys.overflow++
		}
		if err := a.close(j); err != nil {
			return err
		}
	}
	return nil
}

// seconds is the time from one time to another, less than a second too little or too much, and at most an hour.
func seconds(from, to time.Time) time.Duration {
	return time.Duration(min(to.Unix()-from.Unix(), 3600)) * time.Second
}

// maxSilence is how long an open connection may say nothing before its journey is closed all the same.
const maxSilence = time.Hour

// touchBack puts a journey with open connections behind the others without
// making it younger, so that it does not keep them from ending.
func (a *Annotator) touchBack(j *Journey) {
	a.journeys.remove(j)
	a.journeys.add(j)
}

// waitsFor reports whether frames that are not handed over yet may belong to j.
func (a *Annotator) waitsFor(j *Journey) bool {
	return !a.queue.empty() && a.queue.first().Number <= j.trail.frame
}

// reach notes that l may belong to j.
func (j *Journey) reach(l *Labelled) {
	if j != nil && !j.trail.closed {
		j.trail.frame = max(j.trail.frame, l.Number)
	}
}

// close ends j and hands it over.
func (a *Annotator) close(j *Journey) error {
	j.trail.closed = true
	a.journeys.remove(j)
	a.unlist(j)
	report := a.work.begin(j)
	a.conclude(report)
	t := j.trail
	j.trail = overTrail
	err := a.sink.Journey(report)
	a.work.done(t)
	return err
}

// unlist keeps new questions and connections from joining j.
func (a *Annotator) unlist(j *Journey) {
	if q := (quest{j.trail.host, j.Name}); a.journeys.open[q] == j {
		delete(a.journeys.open, q)
	}
}

// rename gives j the name that its own bytes told.
func (a *Annotator) rename(j *Journey, name string) {
	a.unlist(j)
	j.Name = name
	a.journeys.open[quest{j.trail.host, name}] = j
}
