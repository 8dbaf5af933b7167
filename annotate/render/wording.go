package render

import "github.com/pktjourney/pktjourney/rules/words"

// wording is what the table itself says, apart from the journey's own words.
type wording struct {
	// Heads of columns.
	Number, Time, Journey, Place, Source, Destination, Protocol, Step, Does string
	Phase, Steps                                                            string

	Frames       [2]string // "%d": how many; one, several
	NoFrames     string    // the capture is empty
	Dropped      string    // "%d": frames that the capture lacks
	TakenAt      string    // "%s": one of points
	Points       [6]string // in the order of rules.Point
	Broadcast    string    // the address of everybody
	JourneyLine  string    // "%d": number of a journey
	Segment, Ack [2]string // "%d": in a folded run; one, several
	Datagram     [2]string // the same
	Duplicates   string    // "%d": of those ACKs
	And          string    // between segments and ACKs
	Bytes        string    // "%s": how many

	Deduced     string    // legend of the asterisk
	Incomplete  string    // a journey without its end
	Whole       string    // "%s": the time of a whole journey
	Parts       [5]string // of that time: DHCP, DNS, TCP, TLS, first byte
	Differences string
	Routing     string    // heading of what routers told each other
	Path        string    // heading of the way of packets past several points
	Hop         string    // "%d": TTL
	Clock       string    // "%s" twice: how far a point's clock was ahead, of which it is
	Outside     [2]string // "%d": frames outside the journey; one, several
	OutsideHint [2]string // how to see them
	More        [2]string // "%d": journeys that are not shown; one, several
	Limits      string    // heading of the limits that were reached
	OnlyPart    string    // "%s": why the capture could not be read to its end
}

var wordings = words.Tables[wording]("table")

// counted picks the form for n.
func counted(forms [2]string, n int) string {
	if n == 1 {
		return forms[0]
	}
	return forms[1]
}
