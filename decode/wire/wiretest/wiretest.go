// Package wiretest holds checks that every parser's tests share.
package wiretest

import (
	"errors"
	"testing"

	"github.com/pktjourney/pktjourney/decode/wire"
)

// Prefixes feeds parse every proper prefix of good, a well-formed message. Each
// must fail with wire.ErrShort at a place inside or just after the prefix, and none may panic.
// Prefixes for which endsWell is true (it may be nil) are complete messages themselves.
func Prefixes(t *testing.T, good []byte, parse func([]byte) error, endsWell func(n int) bool) {
	t.Helper()
	if err := parse(good); err != nil {
		t.Fatalf("the whole message: %v", err)
	}
	for n := range good {
		err := parse(good[:n:n])
		if err == nil {
			if endsWell == nil || !endsWell(n) {
				t.Errorf("prefix of %d bytes: no error", n)
			}
			continue
		}
		var e *wire.Error
		if !errors.As(err, &e) || !errors.Is(err, wire.ErrShort) {
			t.Errorf("prefix of %d bytes: %v, want wire.ErrShort", n, err)
		} else if e.Span.Off < 0 || e.Span.Off > n {
			t.Errorf("prefix of %d bytes: error at offset %d", n, e.Span.Off)
		}
	}
}
