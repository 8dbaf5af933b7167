package block_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/block"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

// packetBlock is the last block of a file with one frame, which has the given options.
func packetBlock(bigEndian bool, options func(w *captest.NgWriter) [][]byte) []byte {
	w := captest.NewNgWriter(bigEndian)
	w.Interface(capture.Interface{LinkType: capture.LinkEthernet})
	start := len(w.Bytes())
	w.Enhanced(0, 1, &capture.Frame{WireLen: 3, Data: []byte("abc")}, options(w)...)
	return w.Bytes()[start:]
}

func order(bigEndian bool) block.ByteOrder {
	if bigEndian {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

func comments(raw []byte, o block.ByteOrder) (list []string) {
	block.Comments(raw, o, func(text []byte) { list = append(list, string(text)) })
	return list
}

func TestAppendCommented(t *testing.T) {
	old := func(text []byte) bool { return bytes.HasPrefix(text, []byte("old")) }
	for _, big := range []bool{false, true} {
		for _, c := range []struct {
			name    string
			options func(w *captest.NgWriter) [][]byte
			comment string
			want    []string
		}{
			{"no options", func(*captest.NgWriter) [][]byte { return nil }, "new", []string{"new"}},
			{"behind others", func(w *captest.NgWriter) [][]byte {
				return [][]byte{w.Option(1, []byte("mine")), w.Option(4, make([]byte, 8))}
			}, "new", []string{"mine", "new"}},
			{"instead of the old one", func(w *captest.NgWriter) [][]byte {
				return [][]byte{w.Option(1, []byte("old one")), w.Option(1, []byte("mine"))}
			}, "new", []string{"mine", "new"}},
			{"the old one goes", func(w *captest.NgWriter) [][]byte { return [][]byte{w.Option(1, []byte("old one"))} }, "", nil},
			{"with an end of options", func(w *captest.NgWriter) [][]byte {
				return [][]byte{w.Option(1, []byte("mine")), {0, 0, 0, 0}}
			}, "new", []string{"mine", "new"}},
		} {
			raw := packetBlock(big, c.options)
			got := block.AppendCommented([]byte("x"), raw, order(big), []byte(c.comment), old)[1:]
			if text := comments(got, order(big)); !slices.Equal(text, c.want) {
				t.Errorf("%s, big endian %v: %q, want %q", c.name, big, text, c.want)
			}
			if first, rest := block.Cut(got, order(big)); len(first) != len(got) || len(rest) > 0 {
				t.Errorf("%s, big endian %v: not one whole block: %x", c.name, big, got)
			}
			again := block.AppendCommented(nil, got, order(big), nil, func(text []byte) bool { return string(text) == c.comment })
			same := block.AppendCommented(nil, again, order(big), []byte(c.comment), nil)
			if !bytes.Equal(same, got) {
				t.Errorf("%s, big endian %v: taken away and put back: %x, want %x", c.name, big, same, got)
			}
		}
	}
}

func TestWhatHasNoRoomStaysAsItIs(t *testing.T) {
	w := captest.NewNgWriter(false)
	w.Interface(capture.Interface{LinkType: capture.LinkEthernet})
	start := len(w.Bytes())
	w.Simple(&capture.Frame{WireLen: 60, Data: make([]byte, 60)})
	simple := w.Bytes()[start:]
	lying := packetBlock(false, func(*captest.NgWriter) [][]byte { return nil })
	binary.LittleEndian.PutUint32(lying[20:], 1<<30)
	for _, raw := range [][]byte{simple, lying, nil, {1, 2, 3}} {
		if got := block.AppendCommented(nil, raw, binary.LittleEndian, []byte("new"), nil); !bytes.Equal(got, raw) {
			t.Errorf("%x became %x", raw, got)
		}
	}
}

// Options that can not be read stay, behind the comment.
func TestBrokenOptions(t *testing.T) {
	raw := packetBlock(false, func(*captest.NgWriter) [][]byte { return [][]byte{{9, 0, 0xff, 0, 1, 2, 3, 4}} })
	got := block.AppendCommented(nil, raw, binary.LittleEndian, []byte("new"), nil)
	if text := comments(got, binary.LittleEndian); !slices.Equal(text, []string{"new"}) || !bytes.Contains(got, []byte{9, 0, 0xff, 0, 1, 2, 3, 4}) {
		t.Errorf("%q in %x", text, got)
	}
}

func TestForgetLength(t *testing.T) {
	raw := block.AppendSection(nil)
	binary.LittleEndian.PutUint64(raw[16:], 1000)
	block.ForgetLength(raw)
	if !bytes.Equal(raw, block.AppendSection(nil)) {
		t.Errorf("%x", raw)
	}
}

func TestAppendKeyLogInBothOrders(t *testing.T) {
	const secrets = "CLIENT_RANDOM 00 11\n"
	for _, big := range []bool{false, true} {
		w := captest.NewNgWriter(big)
		file := block.AppendKeyLogIn(w.Bytes(), []byte(secrets), order(big))
		f, err := capture.OpenReader("test", bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Next(); string(bytes.TrimSpace(f.KeyLog())) != "CLIENT_RANDOM 00 11" {
			t.Errorf("big endian %v: %q, %v", big, f.KeyLog(), err)
		}
	}
}

func FuzzAppendCommented(f *testing.F) {
	f.Add(packetBlock(false, func(w *captest.NgWriter) [][]byte { return [][]byte{w.Option(1, []byte("old"))} }), "new", false)
	f.Add(packetBlock(true, func(w *captest.NgWriter) [][]byte { return nil }), "[3.4] SYN", true)
	f.Fuzz(func(t *testing.T, raw []byte, comment string, big bool) {
		o := order(big)
		whole, _ := block.Cut(raw, o)
		got := block.AppendCommented(nil, whole, o, []byte(comment), func(b []byte) bool { return len(b) == 3 })
		if first, rest := block.Cut(got, o); len(whole) > 0 && !block.IsSection(whole) && (len(first) != len(got) || len(rest) > 0) {
			t.Fatalf("%x is not one block", got)
		}
	})
}
