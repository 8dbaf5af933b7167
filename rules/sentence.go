package rules

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pktjourney/pktjourney/decode/fact"
)

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

// NewSentence reads a sentence in its two languages. The error says what is wrong with which.
func NewSentence(source Text) (*Sentence, error) {
	s := &Sentence{Source: source}
	for l, text := range source {
		parts, rest, err := parseParts(text, false)
		if err == nil && rest != "" {
			err = errors.New("a ] without its [")
		}
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		s.parts[l] = parts
	}
	return s, nil
}

// parseParts reads up to the end of text, or up to the bracket that closes a run.
func parseParts(text string, inside bool) (parts []part, rest string, err error) {
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			parts = append(parts, part{literal: literal.String()})
			literal.Reset()
		}
	}
	for text != "" {
		c := text[0]
		if len(text) > 1 && text[1] == c && strings.IndexByte("{}[]", c) >= 0 {
			literal.WriteByte(c)
			text = text[2:]
			continue
		}
		switch c {
		case '{':
			flush()
			word, after, found := strings.Cut(text[1:], "}")
			if !found {
				return nil, "", errors.New("a { without its }")
			}
			p, ok := place(word)
			if !ok {
				return nil, "", fmt.Errorf("{%s} is no value that a sentence can have", word)
			}
			parts, text = append(parts, p), after
		case '[':
			flush()
			run, after, err := parseParts(text[1:], true)
			if err != nil {
				return nil, "", err
			}
			parts, text = append(parts, part{optional: run}), after
		case ']':
			flush()
			if !inside {
				return parts, text, nil
			}
			return parts, text[1:], nil
		default:
			literal.WriteByte(c)
			text = text[1:]
		}
	}
	flush()
	if inside {
		return nil, "", errors.New("a [ without its ]")
	}
	return parts, "", nil
}

// place finds what a word between braces stands for.
func place(word string) (part, bool) {
	for s, name := range slotNames {
		if name == word && word != "" {
			return part{slot: Slot(s)}, true
		}
	}
	n, ok := fact.Lookup(word)
	return part{fact: n}, ok
}
