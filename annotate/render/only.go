package render

import (
	"net/netip"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// Only passes on what was asked for and drops the rest. It changes nothing in
// what it passes on: numbers, labels and sums stay those of the whole capture.
type Only struct {
	Step   rules.ID   // frames that perform or are evidence of it; "" for all
	Phase  int        // frames of it; annotate.NoPhase for all
	Host   string     // journeys to it, in lower case without the final dot; "" for all
	Client netip.Addr // journeys and frames of this client; invalid for all
	Next   annotate.Sink
}

// Passer is a renderer that must know of the frames that it does not get.
type Passer interface{ PassOver(l *annotate.Labelled) }

// Any reports whether o drops anything.
func (o *Only) Any() bool {
	return o.Step != "" || o.Phase != annotate.NoPhase || o.Host != "" || o.Client.IsValid()
}

// Frame implements annotate.Sink.
func (o *Only) Frame(l *annotate.Labelled) error {
	if !l.InJourney() || !o.wantsStep(l) || !o.wantsWhose(l) {
		if p, ok := o.Next.(Passer); ok {
			p.PassOver(l)
		}
		return nil
	}
	return o.Next.Frame(l)
}

func (o *Only) wantsStep(l *annotate.Labelled) bool {
	if o.Phase != annotate.NoPhase && l.Phase != o.Phase {
		return false
	}
	if o.Step == "" || l.Step == o.Step {
		return true
	}
	for _, id := range l.Also {
		if id == o.Step {
			return true
		}
	}
	return false
}

// wantsWhose looks at whose journey the frame is in. A frame of no single
// journey (DHCP, routing) has no name, but it may have a client.
func (o *Only) wantsWhose(l *annotate.Labelled) bool {
	if l.Journey != nil {
		return o.wantsJourney(l.Journey)
	}
	return o.Host == "" && (!o.Client.IsValid() || l.Client == o.Client.String())
}

func (o *Only) wantsJourney(j *annotate.Journey) bool {
	if o.Host != "" && !strings.EqualFold(j.Name, o.Host) {
		return false
	}
	return !o.Client.IsValid() || j.Client == o.Client
}

// Journey implements annotate.Sink.
func (o *Only) Journey(j *annotate.Journey) error {
	if !o.wantsJourney(j) {
		return nil
	}
	return o.Next.Journey(j)
}

// Close implements annotate.Sink.
func (o *Only) Close(s *annotate.Summary) error { return o.Next.Close(s) }
