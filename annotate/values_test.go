package annotate_test

import (
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
)

func TestAppendThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", 1000001: "1,000,001", -1000: "-1,000"} {
		if got := string(annotate.AppendThousands(nil, n)); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
