package rules

import (
	"strconv"

	"github.com/pktjourney/pktjourney/decode/fact"
)

// Condition compares one fact with a value.
type Condition struct {
	Fact fact.Name
	Op   Op
	Text string // for Is, IsNot
	Int  int64  // for Over, Under
}

// Op is how a condition compares.
type Op uint8

// The comparisons.
const (
	Is      Op = iota // equal as text; a list holds it
	IsNot             // there, and not Is
	Present           // there at all
	Absent            // not there
	Over              // a number greater than Int
	Under             // a number less than Int
)

// Holds reports whether the condition is true of the facts.
func (c *Condition) Holds(facts fact.List) bool {
	v, ok := facts.Get(c.Fact)
	switch c.Op {
	case Present:
		return ok
	case Absent:
		return !ok
	case Over:
		return ok && v.Kind() == fact.KindInt && v.Int() > c.Int
	case Under:
		return ok && v.Kind() == fact.KindInt && v.Int() < c.Int
	case IsNot:
		return ok && !holds(v, c.Text)
	default:
		return ok && holds(v, c.Text)
	}
}

// String is the condition in words: "dns.response_code is NXDOMAIN".
func (c Condition) String() string {
	switch word := c.Fact.String(); c.Op {
	case Is:
		return word + " is " + c.Text
	case IsNot:
		return word + " is not " + c.Text
	case Present:
		return word + " is there"
	case Absent:
		return word + " is not there"
	case Over:
		return word + " > " + strconv.FormatInt(c.Int, 10)
	default:
		return word + " < " + strconv.FormatInt(c.Int, 10)
	}
}

func holds(v fact.Value, text string) bool {
	if v.Kind() != fact.KindStrings {
		return v.String() == text
	}
	for _, s := range v.Strings() {
		if s == text {
			return true
		}
	}
	return false
}

// all reports whether all conditions are true of the facts. Most frames have none, and most conditions ask for one.
func all(conditions []Condition, facts fact.List) bool {
	for i := range conditions {
		if c := &conditions[i]; len(facts) == 0 && c.Op != Absent || !c.Holds(facts) {
			return false
		}
	}
	return true
}
