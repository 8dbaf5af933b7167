package render

import (
	"net/netip"
	"strconv"
	"time"
)

// columns is how the frame list is laid out: the width of each column.
type columns struct {
	number, time, journey, place, source, destination, protocol, step int

	words   int  // columns for what the frame does; 0: no limit
	indent  int  // where the words begin
	stacked bool // the terminal is narrow: who sent it to whom stands below the words
}

const (
	margin      = 2  // columns on the left
	gap         = 2  // columns between two columns
	wantedWords = 38 // with less the words would be torn to pieces: stack instead
	maxAddress  = 39 // an IPv6 address in full
	minTime     = 9

	// Room for what may still come.
	manyNumbers  = 7
	longTime     = 11
	manyJourneys = 3
	someAddress  = 15 // an IPv4 address in full
	someProtocol = 6
)

// layOut chooses the widths for rows that are like those given; more of them follow when
// they are only the beginning.
func layOut(rows []row, width int, w *wording, journeys, beginning bool) columns {
	c := columns{
		number: columnsOf(w.Number), time: max(minTime, columnsOf(w.Time)), source: columnsOf(w.Source),
		destination: columnsOf(w.Destination), protocol: columnsOf(w.Protocol), step: columnsOf(w.Step),
	}
	if journeys {
		c.journey = columnsOf(w.Journey)
	}
	if len(rows) > 0 && rows[0].place != "" {
		c.place = columnsOf(w.Place)
	}
	for i := range rows {
		c.widen(&rows[i])
	}
	if beginning {
		c.number, c.time, c.journey = max(c.number, manyNumbers), max(c.time, longTime), max(c.journey, manyJourneys)
		c.source, c.destination, c.protocol = max(c.source, someAddress), max(c.destination, someAddress), max(c.protocol, someProtocol)
	}
	c.indent = c.before()
	if width > 0 && width-c.indent < wantedWords {
		c.stacked = true
		c.indent = margin + c.number + gap + c.time + gap + c.step + gap
		if c.journey > 0 {
			c.indent += c.journey + gap
		}
		if c.place > 0 {
			c.indent += c.place + gap
		}
	}
	if width > 0 {
		c.words = width - c.indent
	}
	return c
}

// widen makes room for r.
func (c *columns) widen(r *row) {
	c.number = max(c.number, digits(int64(r.number)))
	c.time = max(c.time, digits(int64(r.since/time.Second))+7)
	if c.journey > 0 {
		c.journey = max(c.journey, digits(int64(r.journey)))
	}
	if c.place > 0 {
		c.place = max(c.place, columnsOf(r.place))
	}
	c.source = max(c.source, min(len(r.source()), maxAddress))
	c.destination = max(c.destination, min(len(r.destination()), maxAddress))
	c.protocol = max(c.protocol, columnsOf(r.protocol()))
	c.step = max(c.step, len(r.step))
}

// before is how many columns stand before the words when all stand in one line.
func (c *columns) before() int {
	n := margin + c.number + gap + c.time + gap + c.source + gap + c.destination + gap + c.protocol + gap + c.step + gap
	if c.journey > 0 {
		n += c.journey + gap
	}
	if c.place > 0 {
		n += c.place + gap
	}
	return n
}

// appendHead appends the heads of the columns.
func (c *columns) appendHead(b []byte, w *wording) []byte {
	b = appendRight(appendSpaces(b, margin), w.Number, c.number)
	b = appendRight(appendSpaces(b, gap), w.Time, c.time)
	b = appendSpaces(b, gap)
	if c.journey > 0 {
		b = appendSpaces(appendRight(b, w.Journey, c.journey), gap)
	}
	if c.place > 0 {
		b = appendSpaces(appendLeft(b, w.Place, c.place), gap)
	}
	if !c.stacked {
		b = appendSpaces(appendLeft(b, w.Source, c.source), gap)
		b = appendSpaces(appendLeft(b, w.Destination, c.destination), gap)
		b = appendSpaces(appendLeft(b, w.Protocol, c.protocol), gap)
	}
	b = appendSpaces(appendLeft(b, w.Step, c.step), gap)
	return append(append(b, w.Does...), '\n')
}

// appendStart appends what stands before the step.
func (c *columns) appendStart(b []byte, r *row) []byte {
	b = appendSpaces(b, margin+c.number-digits(int64(r.number)))
	b = strconv.AppendInt(b, int64(r.number), 10)
	b = appendSeconds(appendSpaces(b, gap), r.since, c.time)
	b = appendSpaces(b, gap)
	if c.journey > 0 {
		b = appendSpaces(appendJourney(b, r.journey, c.journey), gap)
	}
	if c.place > 0 {
		b = appendSpaces(appendLeft(b, r.place, c.place), gap)
	}
	if !c.stacked {
		b = appendSpaces(appendLeft(b, r.source(), c.source), gap)
		b = appendSpaces(appendLeft(b, r.destination(), c.destination), gap)
		b = appendSpaces(appendLeft(b, r.protocol(), c.protocol), gap)
	}
	return b
}

func appendJourney(b []byte, id, width int) []byte {
	if id == 0 {
		return appendSpaces(b, width)
	}
	return strconv.AppendInt(appendSpaces(b, width-digits(int64(id))), int64(id), 10)
}

// appendSeconds appends a time since the first frame in seconds, with six digits.
func appendSeconds(b []byte, d time.Duration, width int) []byte {
	if d < 0 {
		return append(appendSpaces(b, width-1), '-')
	}
	s := int64(d / time.Second)
	b = appendSpaces(b, width-digits(s)-7)
	b = append(strconv.AppendInt(b, s, 10), '.')
	return appendDigits(b, int64(d%time.Second/time.Microsecond), 6)
}

// digits is how many digits n has.
func digits(n int64) int {
	count := 1
	for ; n >= 10; n /= 10 {
		count++
	}
	return count
}

// shortAddress is an address that fits into width columns: of a long IPv6 address
// the front and the end.
func shortAddress(s []byte, width int) []byte {
	if len(s) <= width || width < 8 {
		return s
	}
	if _, err := netip.ParseAddr(string(s)); err != nil {
		return s
	}
	front := (width - 2) / 2
	short := append([]byte(nil), s[:front]...)
	return append(append(short, ".."...), s[len(s)-(width-2-front):]...)
}
