package render

import (
	"strconv"
	"time"

	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// unitWords are the units of time, as they stand behind a number.
type unitWords struct{ Microsecond, Millisecond, Second, Minute, Hour string }

var units = words.Tables[unitWords]("unit")

// appendSpan appends d with the digits that count: "113 ms", "1.011 s", "3 h 25 min".
func appendSpan(b []byte, d time.Duration, lang rules.Lang) []byte {
	unit := &units[lang]
	switch {
	case d < time.Millisecond:
		return append(strconv.AppendInt(b, d.Microseconds(), 10), unit.Microsecond...)
	case d < time.Second:
		return append(appendRounded(b, float64(d)/float64(time.Millisecond), 2), unit.Millisecond...)
	case d < 2*time.Minute:
		return append(appendRounded(b, d.Seconds(), 3), unit.Second...)
	case d < 2*time.Hour:
		b = append(strconv.AppendInt(b, int64(d/time.Minute), 10), unit.Minute...)
		b = strconv.AppendInt(append(b, ' '), int64(d%time.Minute/time.Second), 10)
		return append(b, unit.Second...)
	}
	b = append(strconv.AppendInt(b, int64(d/time.Hour), 10), unit.Hour...)
	b = strconv.AppendInt(append(b, ' '), int64(d%time.Hour/time.Minute), 10)
	return append(b, unit.Minute...)
}

// appendRounded appends v with so many decimals below 10, one below 100 and none above.
func appendRounded(b []byte, v float64, decimals int) []byte {
	switch {
	case v >= 100:
		decimals = 0
	case v >= 10:
		decimals = 1
	}
	return strconv.AppendFloat(b, v, 'f', decimals, 64)
}
