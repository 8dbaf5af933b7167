package wire

import (
	"errors"
	"testing"
)

func TestCursorReadsFieldsInOrder(t *testing.T) {
	c := NewCursor("test", []byte{1, 0, 2, 0, 0, 3, 0, 0, 0, 4, 2, 0xaa, 0xbb, 9})
	if got := c.Uint8("a"); got != 1 {
		t.Errorf("Uint8 = %d", got)
	}
	if got := c.Uint16("b"); got != 2 {
		t.Errorf("Uint16 = %d", got)
	}
	if got := c.Uint24("c"); got != 3 {
		t.Errorf("Uint24 = %d", got)
	}
	if got := c.Uint32("d"); got != 4 {
		t.Errorf("Uint32 = %d", got)
	}
	sub := c.Sub8("e")
	if got := sub.Uint16("f"); got != 0xaabb || sub.Off() != 13 || !sub.Empty() {
		t.Errorf("sub read %#x, off %d, left %d", got, sub.Off(), sub.Len())
	}
	if got := c.Rest(); len(got) != 1 || got[0] != 9 || c.Err() != nil {
		t.Errorf("Rest = %v, err %v", got, c.Err())
	}
}

func TestCursorKeepsTheFirstErrorAndItsPlace(t *testing.T) {
	c := NewCursor("test", []byte{0, 3, 1, 2, 3})
	sub := c.Sub16("list")
	sub.Uint16("first")
	sub.Uint16("second")
	sub.Uint8("third")
	var e *Error
	if !errors.As(c.Err(), &e) || !errors.Is(c.Err(), ErrShort) {
		t.Fatalf("parent's error = %v", c.Err())
	}
	if e.Field != "second" || e.Span != (Span{4, 2}) {
		t.Errorf("got %v", e)
	}
	if want := "test: second: 2 bytes at offset 4: message ends"; e.Error() != want {
		t.Errorf("text %q, want %q", e.Error(), want)
	}
	if c.Len() != 0 || c.Uint8("after") != 0 {
		t.Error("a failed cursor still reads")
	}
}

func TestCursorRefusesNegativeLengths(t *testing.T) {
	c := NewCursor("test", []byte{1, 2})
	if c.Bytes("n", -1) != nil || c.Err() == nil {
		t.Error("a negative length was read")
	}
}
