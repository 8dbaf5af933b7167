package layers

import (
	"testing"
	"unsafe"
)

func TestPacketIsSmall(t *testing.T) {
	if n := unsafe.Sizeof(Packet{}); n > 264 {
		t.Errorf("a Packet has %d bytes", n)
	} else { t.Log(n) }
}
