package rules

import "github.com/pktjourney/pktjourney/decode/fact"

// Sentence is one sentence in each language, with places for values:
//
//	SYN=1 ACK=0 to {destination}[, the address that frame {frame} answered for {name}]
//
// A place names a Slot or a fact. What stands in brackets is left out when one of the
// values in it is not known; outside brackets an unknown value reads "?". "{{", "}}", "[["
// and "]]" stand for the signs themselves.
type Sentence struct {
	Source Text // as it stands in the data file
	parts  [2][]part
	steady [2]bool // see Steady
	same   [2]bool // see SameWithoutFacts
	slots  uint32  // a bit for each that it has a place for, in any language
}

// Slot is a value that is no fact of the frame's message but is known of the frame or
// of its place in the journey.
type Slot uint8

// The slots.
const (
	NoSlot          Slot = iota
	SlotName             // the journey's name
	SlotClient           // the journey's client
	SlotSource           // network address and port of the sender; the MAC address where there is no network layer
	SlotDestination      // the same of the receiver; "broadcast" where it is
	SlotSourceIP         // without the port
	SlotDestinationIP
	SlotTransport // "UDP" or "TCP"
	SlotFrame     // the frame that the label leans on
	SlotSince     // the time since that frame
	SlotSize      // bytes of the transport payload
	SlotDetail    // what the message says, in the words of its protocol: "GET /", "200 OK", "ClientHello"
	SlotCount     // a number that goes with the sentence
	SlotStack     // the headers around the message: "Ethernet 14 + IPv4 20 + UDP 8"

	slotCount
)

var slotNames = [slotCount]string{"", "name", "client", "source", "destination", "source.ip", "destination.ip",
	"transport", "frame", "since", "size", "detail", "count", "stack"}

// String is the slot's name between braces.
func (s Slot) String() string { return slotNames[s] }

// Values gives the values of one frame or journey.
type Values interface {
	// AppendSlot appends the value of s in the language l; false when it is not known.
	AppendSlot(dst []byte, s Slot, l Lang) ([]byte, bool)
	// AppendFact appends the value of n; false when the frame has no such fact.
	AppendFact(dst []byte, n fact.Name) ([]byte, bool)
}

// part is a literal, a place or a bracketed run of parts.
type part struct {
	literal  string
	slot     Slot
	fact     fact.Name
	optional []part
}

// Constant is the sentence in the language l, if it has no place for a value.
func (s *Sentence) Constant(l Lang) (text string, ok bool) {
	if s == nil {
		return "", true
	}
	switch parts := s.parts[l]; {
	case len(parts) == 0:
		return "", true
	case len(parts) == 1 && parts[0].slot == NoSlot && parts[0].fact == fact.None && parts[0].optional == nil:
		return parts[0].literal, true
	}
	return "", false
}

// Steady reports whether the sentence in the language l reads the same for all frames of one direction of
// a conversation in one journey, but for the values of SlotFrame and SlotSize.
func (s *Sentence) Steady(l Lang) bool { return s == nil || s.steady[l] }

// SameWithoutFacts reports what Steady does for frames that have no facts, and whose SlotDetail is the same.
func (s *Sentence) SameWithoutFacts(l Lang) bool { return s == nil || s.same[l] }

// Has reports whether the sentence has a place for slot in any language.
func (s *Sentence) Has(slot Slot) bool { return s != nil && s.slots&(1<<slot) != 0 }

// isSteady works out Steady, and with bare SameWithoutFacts. Beside SlotFrame or SlotSize a bracketed run has no
// other place: whether it is left out must not depend on anything else.
func isSteady(parts []part, bare bool) bool {
	steady := true
	for i := range parts {
		p := &parts[i]
		if p.optional == nil {
			steady = steady && (p.fact == fact.None && p.slot.steady() || bare && (p.fact != fact.None || p.slot == SlotDetail))
			continue
		}
		places, changing := 0, 0
		eachPlace(p.optional, func(slot Slot, _ fact.Name) {
			places++
			if slot == SlotFrame || slot == SlotSize {
				changing++
			}
		})
		steady = steady && (changing == 0 || places == 1) && isSteady(p.optional, bare)
	}
	return steady
}

// steady reports whether s is known from the direction and the journey of a frame, or may stay open.
func (s Slot) steady() bool {
	switch s {
	case NoSlot, SlotName, SlotClient, SlotSource, SlotDestination, SlotSourceIP, SlotDestinationIP, SlotTransport, SlotFrame, SlotSize:
		return true
	}
	return false
}

// Append appends the sentence in the language l. It allocates only when dst has no room.
func (s *Sentence) Append(dst []byte, l Lang, v Values) []byte {
	if s == nil {
		return dst
	}
	dst, _ = appendParts(dst, s.parts[l], l, v)
	return dst
}

func appendParts(dst []byte, parts []part, l Lang, v Values) ([]byte, bool) {
	known := true
	for i := range parts {
		p := &parts[i]
		ok := true
		switch {
		case p.optional != nil:
			if long, all := appendParts(dst, p.optional, l, v); all {
				dst = long
			}
		case p.slot != NoSlot:
			dst, ok = v.AppendSlot(dst, p.slot, l)
		case p.fact != fact.None:
			dst, ok = v.AppendFact(dst, p.fact)
		default:
			dst = append(dst, p.literal...)
		}
		if !ok {
			dst = append(dst, '?')
			known = false
		}
	}
	return dst, known
}

// Each visits the places of the sentence in the language l: a slot or a fact, the other being zero.
func (s *Sentence) Each(l Lang, visit func(Slot, fact.Name)) {
	if s != nil {
		eachPlace(s.parts[l], visit)
	}
}

func eachPlace(parts []part, visit func(Slot, fact.Name)) {
	for i := range parts {
		if p := &parts[i]; p.slot != NoSlot || p.fact != fact.None {
			visit(p.slot, p.fact)
		}
		eachPlace(parts[i].optional, visit)
	}
}
