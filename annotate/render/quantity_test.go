package render

import (
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/rules"
)

func TestAppendSpan(t *testing.T) {
	for _, c := range []struct {
		d          time.Duration
		en, korean string
	}{
		{0, "0 us", "0 us"},
		{999 * time.Nanosecond, "0 us", "0 us"},
		{71 * time.Microsecond, "71 us", "71 us"},
		{1500 * time.Microsecond, "1.50 ms", "1.50 ms"},
		{26200 * time.Microsecond, "26.2 ms", "26.2 ms"},
		{113 * time.Millisecond, "113 ms", "113 ms"},
		{1011 * time.Millisecond, "1.011 s", "1.011초"},
		{11600 * time.Millisecond, "11.6 s", "11.6초"},
		{119 * time.Second, "119 s", "119초"},
		{125 * time.Second, "2 min 5 s", "2분 5초"},
		{3*time.Hour + 25*time.Minute, "3 h 25 min", "3시간 25분"},
	} {
		if got := string(appendSpan(nil, c.d, rules.English)); got != c.en {
			t.Errorf("%v: %q, want %q", c.d, got, c.en)
		}
		if got := string(appendSpan(nil, c.d, rules.Korean)); got != c.korean {
			t.Errorf("%v: %q, want %q", c.d, got, c.korean)
		}
	}
}
